"""A list of lines with a cursor, for what is no record of the library and has no list of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual import events
from textual.message import Message

from tui.exchange.page import Span
from tui.explorer.commands import DISPUTES
from tui.explorer.inks import inks
from tui.explorer.widgets.surface import Surface


class LineList(Surface):
    """Draws lines and keeps a cursor on one of them."""

    where = DISPUTES

    class Pressed(Message):
        """A line was clicked."""

    def __init__(self, identity: str, total: int, spans: Callable[[int, int], Sequence[Span]]) -> None:
        """Take what gives the spans of a line by its place and its width in cells."""
        super().__init__(identity)
        self._spans = spans
        self.total = total
        self.cursor = 0

    @property
    def position(self) -> int:
        """The line of the cursor."""
        return self.cursor

    def go_to(self, position: int) -> bool:
        """Move the cursor to a line; True when it moved."""
        position = max(0, min(position, self.total - 1))
        if position == self.cursor:
            return False
        before, self.cursor = self.cursor, position
        if not self.reveal():
            self.refresh_line(before)
            self.refresh_line(position)
        return True

    def reveal(self) -> bool:
        """Scroll so that the cursor shows; True when that moved anything."""
        return self.scroll_to_line(max(min(self.top, self.cursor), self.cursor - self.window + 1))

    def line(self, position: int) -> list[Segment]:
        """Draw a line, the one under the cursor on its own ground and with a bar before it."""
        here = position == self.cursor
        ground = inks(self.app.theme)["cursor"] if here else None
        spans = [Span("▌" if here else " ", "link"), *self._spans(position, self.text_width - 1)]
        return self.segments(spans, ground)

    def sized_anew(self) -> None:
        """Keep the cursor in sight."""
        super().sized_anew()
        self.reveal()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the line that was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and self.top + offset.y < self.total and self.go_to(self.top + offset.y):
            self.post_message(self.Pressed())
