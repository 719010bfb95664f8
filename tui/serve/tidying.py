"""Keeps Python's garbage collector from stopping everyone: it need not look at what open sessions hold.

An explorer is tens of thousands of objects. A full collection looks at those of all sessions, some hundred milliseconds
in which no one's key is answered, and comes every few seconds where people type. So what a session holds is set aside
once it is there (`gc.freeze`), and looked at again only when enough sessions have ended to be worth it.
"""

from __future__ import annotations

import asyncio
import gc

from textual._styles_cache import StylesCache

from tui.explorer.heap import give_back
from tui.serve.limits import later

_PAUSE = 1.5
"""Seconds after the last coming or going: a session has painted by then, or has let go of what it can."""

_SHARE = 4
"""All is looked at again when a session has ended for every so many that are open."""

_MANY, _SOON = 4, 0.2
"""How many that have ended are worth a look sooner, and the seconds until then.

Where people come and go quickly, what the dead hold would soon be more than what the living hold, and Python gives
little of its heap back after such a peak: a small object that was made in the midst of it keeps a megabyte.
"""


class Tidier:
    """Is told of sessions that come and go, and collects and sets aside when a moment has passed."""

    def __init__(self) -> None:
        self._open = self._ended = self._just_ended = 0
        self._again = False
        self._timer: asyncio.TimerHandle | None = None

    def came(self) -> None:
        """Note that a session has begun."""
        self._open += 1
        self._await()

    def left(self) -> None:
        """Note that a session has ended."""
        self._open -= 1
        self._ended += 1
        if self._timer is not None:
            self._just_ended += 1
        self._await()
        if self._ended >= _MANY and self._due:
            self._hurry()

    @property
    def _due(self) -> bool:
        return self._ended * _SHARE > self._open

    def tidy(self) -> None:
        """Collect, what was set aside too where that is due, and set aside what is left."""
        self._timer = None
        due = self._due
        if due:
            # Those that ended while this was awaited may not have let go, and are set aside with the others.
            self._ended = self._just_ended
            # Textual keeps colours by the cache of a widget's lines too, and so the lines of explorers that are gone.
            StylesCache.get_inner_outer.cache_clear()
            gc.unfreeze()
        gc.collect()
        gc.freeze()
        if due:
            give_back()
        again, self._again, self._just_ended = self._again, False, 0
        if again:
            self._await()

    def _await(self) -> None:
        """Tidy in a moment; once more after that when there is more to come or go until then."""
        if self._timer is None:
            self._timer = later(_PAUSE, self.tidy)
        else:
            self._again = True

    def _hurry(self) -> None:
        """Tidy sooner than was meant."""
        if self._timer is not None and self._timer.when() - asyncio.get_running_loop().time() > _SOON:
            self._timer.cancel()
            self._timer = later(_SOON, self.tidy)
