"""Where the lists and the page stand, as the terminal has room for them and they have a use for it.

This is done here and not by the style sheet, which Textual would apply anew to every part at each change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from textual.app import ComposeResult

from tui.explorer.shares import shares
from tui.explorer.widgets.bars import PageRule
from tui.explorer.widgets.held_widget import HeldContainer
from tui.explorer.widgets.reader import Reader
from tui.explorer.widgets.record_list import RecordList

_BARS = 3
"""Rows of the query line, the tabs and the keys."""
_LEAST_BELOW = 7
"""Rows that a short list must leave for its page to stand below it: a rule, and lines enough to tell what it is."""
_REASON = 2
"""Rows of what an empty list says."""
_FRAME = 2
_WEIGHTS = (1.5, 1, 1, 1.5)
"""What the four lists get of one column: of summits and agreements there is most to see."""


class Room(NamedTuple):
    """What there is of a terminal."""

    rows: int
    narrow: bool
    """Whether one list at a time shows, and the others are tabs."""
    three: bool
    """Whether the lists have two columns beside the page, and not one."""
    low: bool
    """Whether four lists have no useful height under each other; the style sheet opens the one with the cursor."""
    slow: bool
    """Whether the line is slow: lists stay where they are then, and no page follows a cursor that moves."""


class Arrangement:
    """The lists in their columns, beside the reader, over it or in its place."""

    def __init__(self, lists: Mapping[str, RecordList], reader: Reader) -> None:
        self._lists = lists
        self._reader = reader
        self._columns = {
            HeldContainer(classes="column"): ("summit", "leader"),
            HeldContainer(classes="column"): ("topic", "agreement"),
        }
        self._body = HeldContainer(id="body")
        self._all_lists = HeldContainer(id="lists")
        self.page_rule = PageRule()
        self._rows_above = 0
        self._heights: tuple[int, ...] = ()

    def compose(self) -> ComposeResult:
        """Put the parts into each other."""
        with self._body:
            with self._all_lists:
                for column, kinds in self._columns.items():
                    with column:
                        yield from (self._lists[kind] for kind in kinds)
            yield self.page_rule
            yield self._reader

    def arrange(self, room: Room, current: RecordList, *, reads: bool, typing: bool) -> None:
        """Show what there is room for.

        Where it is narrow, that is the list `current`, or the reader if it `reads`. While a query is `typing`, nothing
        moves and no page stands below a list, which would change with each letter.
        """
        above = self._short(current.total, room) if room.narrow and not (reads or typing) else 0
        self._stack(above)
        if not (room.narrow or typing):
            self._share_rows(room)
        self._all_lists.display = not (room.narrow and reads)
        self._reader.display = not room.narrow or reads or above > 0
        for column, kinds in self._columns.items():
            column.display = not room.narrow or current.kind in kinds
            for kind in kinds:
                self._lists[kind].display = not room.narrow or kind == current.kind
            if room.low and not room.narrow:
                column.set_class(current.kind in kinds, "-here")
                for kind in kinds:
                    self._lists[kind].set_class(kind == current.kind, "-here")

    def _short(self, total: int, room: Room) -> int:
        """The rows of a list that leaves the page room below it, an empty one's for its reason; 0 for any other.

        On a slow line it may have no row to go to from the first: a move would send a page.
        """
        rows = total or _REASON
        return rows if rows <= room.rows - _BARS - _LEAST_BELOW and (total <= 1 or not room.slow) else 0

    def _stack(self, rows: int) -> None:
        """Let the page stand below a list of so many rows; with 0 beside the lists, or in their place."""
        if rows != self._rows_above:
            self._rows_above = rows
            self._body.styles.layout = "vertical" if rows else "horizontal"
            self._all_lists.styles.height = rows or "1fr"
            self.page_rule.display = rows > 0

    def _share_rows(self, room: Room) -> None:
        """Give the lists beside the reader the rows that they have a use for, or those of the style sheet."""
        heights: list[int] = []
        if not (room.low or room.slow):
            needs = [(pane.total or _REASON) + _FRAME for pane in self._lists.values()]
            rows = room.rows - _BARS + 1
            if room.three:
                heights = [*shares(rows, needs[:2], (1, 1)), *shares(rows, needs[2:], (1, 1))]
            else:
                heights = shares(rows, needs, _WEIGHTS)
        if (room.three, *heights) == self._heights:
            return
        self._heights = (room.three, *heights)
        given = dict(zip(self._lists, heights, strict=False))
        # Fractions, since a line that says how far an index is may take a row of it.
        for column, kinds in self._columns.items():
            for kind in kinds:
                self._lists[kind].styles.height = f"{given[kind]}fr" if given else None
            whole = sum(given[kind] for kind in kinds) if given and not room.three else 0
            column.styles.height = f"{whole}fr" if whole else None
