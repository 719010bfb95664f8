"""The timeline of the query: topics down, meetings across, and the cell under the cursor below."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen

from tui.exchange.printable import cell_width, fit, printable
from tui.exchange.timeline import MANY, SORTS, Timeline, timeline
from tui.exchange.timeline_page import cell_page
from tui.explorer.beside import Beside
from tui.explorer.bindings import bindings_for
from tui.explorer.commands import GRID, in_context
from tui.explorer.frames import HeldScreen
from tui.explorer.moving import Moving
from tui.explorer.session import Session
from tui.explorer.widgets.bars import KeyBar
from tui.explorer.widgets.grid import Grid, legend
from tui.explorer.widgets.reader import Reader
from tui.language import gettext, later, ngettext

_CELL = ((44, 15), (30, 11), (0, 7))
"""From a height of the terminal on, how many lines the cell has at least, with its frame."""
_FRAME = 6
"""Cells of a border's title that are not text."""
_LEAST_QUERY = 12
"""Cells of a cut query under which it says nothing."""


class TimelineScreen(HeldScreen, Moving, Beside, Screen[None]):
    """Shows the view of a session as a grid; what is chosen in it becomes the query."""

    BINDINGS: ClassVar = bindings_for(GRID)
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012

    class Chosen(Message):
        """A cell was chosen: its topic and its meeting are to be pinned."""

        def __init__(self, topic: str, meeting: str) -> None:
            super().__init__()
            self.topic = topic
            self.meeting = meeting

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._sort = SORTS[0]
        self._whole = timeline(session.view, session.index)
        self._yearly = len(self._whole.columns) > MANY
        self.grid = Grid(self._made)
        self.reader = Reader("cell")
        self.key_bar = KeyBar()

    @property
    def _made(self) -> Timeline:
        """The timeline as it is to be shown: by meeting or by year, in the chosen order."""
        return (self._whole.by_year() if self._yearly else self._whole).sorted(self._sort)

    def compose(self) -> ComposeResult:
        """Put the grid over the reader."""
        yield self.grid
        yield self.reader
        yield self.key_bar

    def on_mount(self) -> None:
        """Fill the screen and give the keys to the grid."""
        self.set_focus(self.grid)
        self._share_out()
        self._name_grid()
        self.moved()

    def _name_grid(self, said: str = "") -> None:
        """Say over the grid what it shows, and under it what its marks mean."""
        made = self.grid.timeline
        topics = ngettext("{count} topic", "{count} topics", len(made.lines))
        size = f"{topics} × {ngettext('{count} meeting', '{count} meetings', len(made.meetings))}"
        years = ngettext(" in {count} year", " in {count} years", len(made.columns)) if self._yearly else ""
        older = ngettext(", {count} older not shown", ", {count} older not shown", made.left_out)
        left_out = older if made.left_out else ""
        order = gettext("by {order}").format(order=gettext(self._sort))
        told = f" · {size}{years}{left_out}, {order}"
        self.grid.border_title = printable(f"{gettext('Timeline')}{self._query(told)}{told}")
        self.grid.border_subtitle = legend(self.size.width, yearly=self._yearly)
        labels = {
            "zoom": later("meetings") if self._yearly else later("years"),
            "page_on": later("more"),
            "choose": later("open year") if self._yearly else later("narrow"),
        }
        self.key_bar.show(in_context(GRID), labels, said)

    def _query(self, told: str) -> str:
        """The query for the title, as far as there is room for it before what else the title tells."""
        query = printable(f" · {self._session.query.strip()}" if self._session.query.strip() else "")
        room = self.size.width - _FRAME - cell_width(f"{gettext('Timeline')}{told}")
        return query if cell_width(query) <= room else fit(query, room) if room >= _LEAST_QUERY else ""

    def _share_out(self) -> None:
        """Give the cell the lines that the topics leave, and a few in any case."""
        height = self.app.size.height
        least = next(lines for limit, lines in _CELL if height >= limit)
        self.reader.styles.height = max(least, height - 1 - self.grid.whole)

    def on_resize(self) -> None:
        """Share out the lines anew, and say what the marks mean in as many words as there is room for."""
        self._share_out()
        self.call_after_refresh(self._name_grid)

    @property
    def surface(self) -> Grid:
        """The grid."""
        return self.grid

    def moved(self) -> None:
        """Show the cell under the cursor."""
        made = self.grid.timeline
        if not made.lines:
            self.reader.show(None)
            return
        page = cell_page(made, made.lines[self.grid.row], self.grid.column, self._session.index)
        self.reader.show(page, self._session.view.words, gettext("Cell"))

    def action_left(self) -> None:
        """Go to the meeting before."""
        self._across(self.grid.column - 1)

    def action_right(self) -> None:
        """Go to the next meeting."""
        self._across(self.grid.column + 1)

    def action_first_meeting(self) -> None:
        """Go to the first meeting."""
        self._across(0)

    def action_last_meeting(self) -> None:
        """Go to the last meeting."""
        self._across(len(self.grid.timeline.columns) - 1)

    def _across(self, column: int) -> None:
        if self.grid.go_across(column):
            self.moved()

    def action_next_mark(self) -> None:
        """Go to the next meeting with the topic on its agenda or agreed on, or to the first one again."""
        made = self.grid.timeline
        cells = made.lines[self.grid.row].cells if made.lines else {}
        places = sorted(place for place, cell in cells.items() if cell.times or cell.role or cell.agreements)
        if places:
            self._across(next((place for place in places if place > self.grid.column), places[0]))

    def action_sort_topics(self) -> None:
        """Give the topics their next order."""
        self._sort = SORTS[(SORTS.index(self._sort) + 1) % len(SORTS)]
        self.grid.show(self._made, self.grid.column)
        self._name_grid(gettext("topics by {order}").format(order=gettext(self._sort)))
        self.moved()

    def action_zoom(self) -> None:
        """Show a column for each meeting, or for each year; the cursor stays in its year."""
        here = self.grid.timeline.columns[self.grid.column].year if self.grid.timeline.columns else ""
        line = self.grid.timeline.lines[self.grid.row].id if self.grid.timeline.lines else ""
        self._yearly = not self._yearly
        made = self._made
        there = [number for number, column in enumerate(made.columns) if column.year == here]
        cells = next((other.cells for other in made.lines if other.id == line), {})
        self.grid.show(made, next((number for number in there if number in cells), there[0] if there else 0))
        self._name_grid()
        self.moved()

    def action_choose(self) -> None:
        """Narrow the query to the topic and the meeting under the cursor; a year opens into its meetings."""
        made = self.grid.timeline
        if self._yearly and made.lines:
            self.action_zoom()
            return
        if made.lines:
            line, meeting = made.lines[self.grid.row], made.meetings[self.grid.column]
            self.app.screen_stack[0].post_message(self.Chosen(line.id, meeting.id))
        self.dismiss()

    def action_close(self) -> None:
        """Go back to the lists."""
        self.dismiss()
