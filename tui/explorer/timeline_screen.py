"""The timeline of the query: topics down, meetings across, and the cell under the cursor below."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen

from tui.exchange.timeline import SORTS, timeline
from tui.exchange.timeline_page import cell_page
from tui.explorer.bars import KeyBar
from tui.explorer.bindings import bindings_for
from tui.explorer.commands import GRID, in_context
from tui.explorer.grid import LEGEND, Grid
from tui.explorer.moving import Moving
from tui.explorer.reader import Reader
from tui.explorer.session import Session
from tui.language import gettext


class TimelineScreen(Moving, Screen[None]):
    """Shows the view of a session as a grid; what is chosen in it becomes the query."""

    BINDINGS: ClassVar = bindings_for(GRID)
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-tall")]  # noqa: RUF012

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
        self.grid = Grid(timeline(session.view, session.index))
        self.reader = Reader("cell")
        self.key_bar = KeyBar()

    def compose(self) -> ComposeResult:
        """Put the grid over the reader."""
        yield self.grid
        yield self.reader
        yield self.key_bar

    def on_mount(self) -> None:
        """Fill the screen and give the keys to the grid."""
        made = self.grid.timeline
        left_out = f", {made.left_out:,} older not shown" if made.left_out else ""
        query = self._session.query.strip() or "the whole library"
        self.grid.border_title = (
            f"Timeline: {len(made.lines):,} topics × {len(made.meetings):,} meetings{left_out} · {query}"
        )
        self.grid.border_subtitle = gettext(LEGEND)
        self.set_focus(self.grid)
        self.moved()
        self.key_bar.show(in_context(GRID), {})

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
        line, meeting = made.lines[self.grid.row], made.meetings[self.grid.column]
        page = cell_page(line.id, line.name, meeting, self.grid.cell, self._session.index)
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
        self._across(len(self.grid.timeline.meetings) - 1)

    def _across(self, column: int) -> None:
        if self.grid.go_across(column):
            self.moved()

    def action_next_mark(self) -> None:
        """Go to the next meeting that has something to say of the topic, or to the first one again."""
        made = self.grid.timeline
        places = sorted(made.lines[self.grid.row].cells) if made.lines else []
        if places:
            self._across(next((place for place in places if place > self.grid.column), places[0]))

    def action_sort_topics(self) -> None:
        """Give the topics their next order."""
        self._sort = SORTS[(SORTS.index(self._sort) + 1) % len(SORTS)]
        self.grid.show(self.grid.timeline.sorted(self._sort))
        self.key_bar.show(in_context(GRID), {}, f"topics by {self._sort}")
        self.moved()

    def action_choose(self) -> None:
        """Narrow the query to the topic and the meeting under the cursor."""
        made = self.grid.timeline
        if made.lines:
            line, meeting = made.lines[self.grid.row], made.meetings[self.grid.column]
            self.app.screen_stack[0].post_message(self.Chosen(line.id, meeting.id))
        self.dismiss()

    def action_close(self) -> None:
        """Go back to the lists."""
        self.dismiss()
