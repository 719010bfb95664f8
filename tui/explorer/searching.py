"""One key, one frame: a query is answered in the message of its key, unless it takes longer than a frame may.

What takes longer goes on in a thread of its own, on a reader of its own, and its answer is shown when it comes. A newer
query stops it, and an answer to an older query is never shown.
"""

from __future__ import annotations

import asyncio
import contextlib
from abc import abstractmethod
from functools import partial

from tui.explorer.on_demand import OnDemandScreen
from tui.index import Patience, Stopped, View

FRAME = 0.012
"""Seconds that a query may take in the message of its key."""

_AWAITED = 3.0
"""Seconds that a key waits for an answer that it acts on."""

_OF_LINE = {"accept", "insist", "next_offer", "previous_offer"}
"""What keys of the query line do with the answer; all others edit the query, or leave it as it is."""

_WITHOUT = {"search", "widen", "clear", "go_back", "go_forward", "start", "quit", "help", "command_palette"}
"""What keys of the lists do without it."""


class SearchingScreen(OnDemandScreen):
    """The panes on a session that is asked without anybody having to wait for an older question."""

    _search: Patience | None = None
    _comes: asyncio.Event | None = None
    """Set when the answer is there that is searched in a thread, or is not wanted any more."""

    def ask(self, text: str, cursors: dict[str, str], shown: str = "") -> None:
        """Show the view of a query; `cursors` has the record to stand on in each list, `shown` the one to read."""
        if self._search is not None:
            self._search.end()
            self._searched()
        try:
            self.session.ask(text, shown, Patience(FRAME))
        except Stopped:
            self._search, self._comes = Patience(), asyncio.Event()
            search = partial(self._find, text, cursors, self._search)
            self.run_worker(search, thread=True, group="search")
            return
        self.answered(cursors)

    async def wait_for_answer(self, action: str, *, typing: bool) -> None:
        """Wait, though not for long, until what an action acts on is the answer to the query, not to the one before.

        Who types on with Enter and `j` means the list that is about to come.
        """
        needed = action in _OF_LINE if typing else action not in _WITHOUT
        if self._comes is not None and needed:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._comes.wait(), _AWAITED)

    def _searched(self) -> None:
        self._search = None
        if self._comes is not None:
            self._comes.set()
            self._comes = None

    @abstractmethod
    def answered(self, cursors: dict[str, str]) -> None:
        """Show the view of the session."""

    def _find(self, text: str, cursors: dict[str, str], search: Patience) -> None:
        """Search in a thread, and hand the answer to the screen."""
        try:
            found = self.session.index.beside().view(text, self.session.sorts, search)
        except Stopped:
            return
        self.app.call_from_thread(self._came, text, cursors, search, found)

    def _came(self, text: str, cursors: dict[str, str], search: Patience, found: View) -> None:
        if search is self._search:
            self.session.view = found
            self.answered(cursors)
            self._searched()
