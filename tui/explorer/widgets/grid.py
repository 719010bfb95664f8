"""The grid of the timeline: topics down, meetings across, both headings standing still while the cells move."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from tui.exchange.page import Span
from tui.exchange.printable import cell_width, fit, printable
from tui.exchange.timeline import Cell, Timeline
from tui.explorer.commands import GRID
from tui.explorer.inks import inks
from tui.explorer.widgets.surface import Surface
from tui.language import gettext, later

_HEADINGS = 3
_MEETING, _YEAR = 3, 4
"""Cells of a column."""
_COUNT = 5
"""Cells of how many agendas a topic stands on."""
_MARKS = {"discussed": "●", "priority": "◆", "expected": "○", "excluded": "×"}
_TONES = {"discussed": "plain", "priority": "active", "expected": "pending", "excluded": "ended"}

_ON_MEETINGS = later("● on ◆ priority ○ expected × kept off – dropped + new ✓ agreed … foreseen")
_ON_MEETINGS_SHORT = later("●on ◆first ○expected ×off –out +new ✓agreed …foreseen")
_ON_YEARS = later("● on one agenda, 2 on two ○ expected × kept off ✓ agreed … foreseen")
_ON_YEARS_SHORT = later("●once 2twice ○expected ×off ✓agreed …foreseen")


def legend(width: int, *, yearly: bool) -> str:
    """Return what the marks of the cells mean, for a terminal of a width in cells."""
    if width < len(_ON_MEETINGS) + 6:
        return gettext(_ON_YEARS_SHORT if yearly else _ON_MEETINGS_SHORT)
    return gettext(_ON_YEARS if yearly else _ON_MEETINGS)


class Grid(Surface):
    """Draws a timeline and keeps a cursor on one of its cells."""

    where = GRID

    def __init__(self, timeline: Timeline) -> None:
        super().__init__("grid")
        self.timeline = timeline
        self.total = len(timeline.lines)
        self._longest = max((cell_width(line.name) for line in timeline.lines), default=0)
        self.row = 0
        self.column = (timeline.lines[0].held or [0])[-1] if timeline.lines else 0
        self._left = 0

    def show(self, timeline: Timeline, column: int) -> None:
        """Show the same topics in another order or in other columns, with the cursor on the same topic."""
        here = self.timeline.lines[self.row].id if self.total else ""
        self.timeline = timeline
        self.row = next((place for place, line in enumerate(timeline.lines) if line.id == here), 0)
        self.column = column
        self.top = self._left = 0
        self.reveal()
        self.refresh()

    @property
    def window(self) -> int:
        """How many topics show."""
        return max(self.size.height - _HEADINGS, 1)

    @property
    def whole(self) -> int:
        """How many lines it takes to show every topic, with headings and frame."""
        return self.total + _HEADINGS + 2

    @property
    def position(self) -> int:
        """The row of the cursor."""
        return self.row

    def go_to(self, position: int) -> bool:
        """Move the cursor to a row; True when it moved."""
        return self._move(position, self.column)

    def go_across(self, column: int) -> bool:
        """Move the cursor to a column; True when it moved."""
        return self._move(self.row, column)

    @property
    def cell(self) -> Cell:
        """The cell under the cursor."""
        return self.timeline.lines[self.row].cells.get(self.column, Cell())

    def _move(self, row: int, column: int) -> bool:
        row = max(0, min(row, self.total - 1))
        column = max(0, min(column, len(self.timeline.columns) - 1))
        if (row, column) == (self.row, self.column) or not self.total:
            return False
        before, self.row = self.row, row
        turned, self.column = column != self.column, column
        if not self.reveal():
            self.refresh_line(before)
            self.refresh_line(row)
            if turned:
                self.refresh_headings()
        return True

    def reveal(self) -> bool:
        """Scroll so that the cursor shows and no room is left at the end; True when that drew everything anew."""
        left = min(self._left, self.column, max(len(self.timeline.columns) - self._across, 0))
        left = max(left, self.column - self._across + 1, 0)
        moved, self._left = left != self._left, left
        top = max(min(self.top, self.row), self.row - self.window + 1)
        scrolled = self.scroll_to_line(top)
        if moved and not scrolled:
            self.refresh()
        return moved or scrolled

    @property
    def _names(self) -> int:
        """Cells of the column of names: a third, or down to a quarter where every column shows then."""
        wanted = min(self._longest + 2, self.size.width // 3)
        beside_all = self.text_width - _COUNT - self._cell * len(self.timeline.columns)
        return max(12, min(wanted, beside_all) if beside_all >= self.size.width // 4 else wanted)

    @property
    def _cell(self) -> int:
        """Cells of a column."""
        columns = self.timeline.columns
        return _YEAR if columns and columns[0].yearly else _MEETING

    @property
    def _across(self) -> int:
        """How many meetings show."""
        return max((self.text_width - self._names - _COUNT) // self._cell, 1)

    def refresh_line(self, position: int) -> None:
        """Draw one topic again, if it shows."""
        if self.top <= position < self.top + self.window:
            self.refresh(Region(0, position - self.top + _HEADINGS, self.size.width, 1))

    def refresh_headings(self) -> None:
        """Draw the headings again, in which the cursor's meeting is set off."""
        self.refresh(Region(0, 0, self.size.width, _HEADINGS))

    def render_line(self, y: int) -> Strip:
        """Draw a heading or a topic."""
        if y < _HEADINGS:
            return Strip(self._heading(y)).adjust_cell_length(self.size.width, self.role(""))
        position = self.top + y - _HEADINGS
        segments = self._topic(position) if position < self.total else []
        return self._strip(segments, self._mark(y - _HEADINGS))

    def _shown(self) -> range:
        return range(self._left, min(self._left + self._across, len(self.timeline.columns)))

    def _heading(self, y: int) -> list[Segment]:
        """Year, month or host of each column; the year once for all its meetings. Before them what does not show."""
        width, hidden = self._names + _COUNT, self._hidden(y)
        segments = [Segment(fit(f"{hidden:>{width - 1}}", width), self.role("dim" if hidden else ""))]
        year_before = ""
        for number in self._shown():
            column = self.timeline.columns[number]
            if y == 0:
                before = "’" if column.yearly else " "
                text = f"{before}{column.year[2:]}" if column.year and column.year != year_before else ""
                year_before = column.year
            else:
                text = f"{column.name if y == 1 else column.place:>3}"
            role = "hit" if number == self.column else "label" if y == 0 else "dim"
            segments.append(Segment(fit(text, self._cell), self.role(role)))
        return segments

    def _hidden(self, y: int) -> str:
        """How many columns there are before those that show, and in the second line after them."""
        shown = self._shown()
        if y == 0 and shown.start:
            return gettext("{count} earlier", count=shown.start)
        after = len(self.timeline.columns) - shown.stop
        return gettext("{count} later", count=after) if y == 1 and after > 0 else ""

    def _topic(self, position: int) -> list[Segment]:
        """A topic: its name, on how many agendas it stands, and its cells."""
        line = self.timeline.lines[position]
        here = position == self.row
        spans = [
            Span("▌" if here else " ", "link"),
            Span(fit(printable(line.name), self._names - 1), "strong" if here else ""),
            Span(f"{line.times:>4} ", "dim"),
        ]
        ink = inks(self.app.theme)
        row = ink["cursor-away"] if here else None
        segments = self.segments(spans, row)
        for number in self._shown():
            over = ink["cursor"] if here and number == self.column else row
            segments += self.segments(_marks(line.cells.get(number, Cell()), self._cell), over)
        return segments

    def sized_anew(self) -> None:
        """Keep the cursor in sight."""
        super().sized_anew()
        self.reveal()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the cell that was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y >= _HEADINGS:
            self._move(
                self.top + offset.y - _HEADINGS, self._left + max(offset.x - self._names - _COUNT, 0) // self._cell
            )


def _marks(cell: Cell, width: int) -> list[Span]:
    """How a cell is drawn: how the topic stands, then what was agreed or is new."""
    mark, tone = _MARKS.get(cell.role, "●"), _TONES.get(cell.role, "plain")
    if not cell.role:
        mark, tone = ("–", "ended") if cell.change == "dropped" else (" ", "plain")
    if cell.agreements:
        extra = Span("…", "pending") if cell.foreseen else Span("✓", "settled")
    else:
        extra = Span("+" if cell.change == "new" else " ", "settled")
    if cell.times > 1:
        return [Span(f"{cell.times:>{width - 1}}", "strong"), extra]
    return [Span(" " * (width - 2)), Span(mark, tone), extra]
