"""Keeps Python's garbage collector from stopping everyone: it need not look at what open sessions hold.

An explorer is tens of thousands of objects. A full collection looks at those of all sessions, some hundred milliseconds
in which no one's key is answered, and comes every few seconds where people type. So what a session holds is set aside
once it is there (`gc.freeze`), and looked at again only when enough sessions have ended to be worth it.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc

from textual._styles_cache import StylesCache

from tui.serve.limits import later

_PAUSE = 1.5
"""Seconds after the last coming or going: a session has painted by then, or has let go of what it can."""

_SHARE = 4
"""All is looked at again when a session has ended for every so many that are open."""


class Tidier:
    """Is told of sessions that come and go, and collects and sets aside when a moment has passed."""

    def __init__(self) -> None:
        self._open = self._ended = 0
        self._timer: asyncio.TimerHandle | None = None

    def came(self) -> None:
        """Note that a session has begun."""
        self._open += 1
        self._await()

    def left(self) -> None:
        """Note that a session has ended."""
        self._open -= 1
        self._ended += 1
        self._await()

    def tidy(self) -> None:
        """Collect, what was set aside too where that is due, and set aside what is left."""
        self._timer = None
        due = self._ended * _SHARE > self._open
        if due:
            self._ended = 0
            # Textual keeps colours by the cache of a widget's lines too, and so the lines of explorers that are gone.
            StylesCache.get_inner_outer.cache_clear()
            gc.unfreeze()
        gc.collect()
        gc.freeze()
        if due:
            _give_memory_back()

    def _await(self) -> None:
        if self._timer is None:
            self._timer = later(_PAUSE, self.tidy)


def _give_memory_back() -> None:
    """Have the C library return the pages that it keeps free within its heap, where it is one that can (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
