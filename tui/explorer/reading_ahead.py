"""Makes the page that the next key will most likely show, while nobody waits for anything."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.timer import Timer

from tui.explorer.widgets.record_list import RecordList

_QUIET = 0.02
"""Seconds without another move after which nobody is taken to wait."""
_AFTER_START = 0.6
"""Seconds after the start after which it has been drawn and whatever follows from it is done."""


class ReadingAhead:
    """Follows the cursor of lists, and asks for the record that is as far on as the last move went."""

    def __init__(self, after: Callable[[float, Callable[[], None]], Timer], make: Callable[[str], None]) -> None:
        """Take what calls something after some seconds, and what makes the page of a record, given by its id."""
        self._after = after
        self._make = make
        self._from: tuple[RecordList, int] | None = None
        self._waiting: Timer | None = None

    def started(self, pane: RecordList) -> None:
        """Make the page of the first move while a start page is read: what makes such pages is not loaded by then."""
        self._waiting = self._after(_AFTER_START, partial(self._read, pane, pane.cursor, pane.cursor + 1))

    def moved(self, pane: RecordList) -> None:
        """Note a move in a list."""
        before, self._from = self._from, (pane, pane.cursor)
        way = pane.cursor - before[1] if before is not None and before[0] is pane else 1
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self._after(_QUIET, partial(self._read, pane, pane.cursor, pane.cursor + way))

    def _read(self, pane: RecordList, cursor: int, ahead: int) -> None:
        self._waiting = None
        if pane.cursor == cursor and (row := pane.row(ahead)) is not None:
            self._make(row.id)
