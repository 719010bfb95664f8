"""One key, one frame: a query is answered in the message of its key, unless it takes longer than a frame may.

What takes longer goes on in a thread of its own, on a reader of its own, and its answer is shown when it comes. A newer
query stops it, and an answer to an older query is never shown.
"""

from __future__ import annotations

from abc import abstractmethod
from functools import partial

from tui.explorer.on_demand import OnDemandScreen
from tui.index import Patience, Stopped, View

FRAME = 0.012
"""Seconds that a query may take in the message of its key."""


class SearchingScreen(OnDemandScreen):
    """The panes on a session that is asked without anybody having to wait for an older question."""

    _search: Patience | None = None

    def ask(self, text: str, cursors: dict[str, str], shown: str = "") -> None:
        """Show the view of a query; `cursors` has the record to stand on in each list, `shown` the one to read."""
        if self._search is not None:
            self._search.end()
            self._search = None
        try:
            self.session.ask(text, shown, Patience(FRAME))
        except Stopped:
            self._search = Patience()
            search = partial(self._find, text, cursors, self._search)
            self.run_worker(search, thread=True, group="search")
            return
        self.answered(cursors)

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
            self._search = None
            self.session.view = found
            self.answered(cursors)
