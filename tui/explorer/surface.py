"""A widget that draws only the lines that show, for lists and pages of any length.

It keeps no child widgets, no virtual size and no animation: a line moved is two lines redrawn.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.exchange.page import Span
from tui.exchange.printable import printable
from tui.explorer.commands import LIST
from tui.explorer.inks import inks


class Surface(Widget, can_focus=True):
    """Lines in a window: `total` of them, of which the one at `top` shows first."""

    where = LIST
    """Which commands work while it has the keys."""

    def __init__(self, identity: str) -> None:
        super().__init__(id=identity)
        self.total = 0
        self.top = 0
        self._styles_by_role: dict[str, Style] = {}

    def line(self, position: int) -> list[Segment]:
        """Return the segments of a line; a subclass gives its own."""
        return []

    @property
    def window(self) -> int:
        """How many lines show."""
        return max(self.size.height, 1)

    @property
    def text_width(self) -> int:
        """Cells of a line, without the column of the scroll mark."""
        return max(self.size.width - 1, 1)

    def scroll_to_line(self, top: int) -> bool:
        """Let the line at `top` show first, as far as there are lines; True when that moved anything."""
        top = max(0, min(top, self.total - self.window))
        if top == self.top:
            return False
        self.top = top
        self.refresh()
        return True

    @property
    def position(self) -> int:
        """The line that keys of movement start from: the first in sight; a list has its cursor."""
        return self.top

    def go_to(self, position: int) -> bool:
        """Move to a line; True when that moved anything."""
        return self.scroll_to_line(position)

    def refresh_line(self, position: int) -> None:
        """Draw one line again, if it shows."""
        if self.top <= position < self.top + self.window:
            self.refresh(Region(0, position - self.top, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """Draw the line `y` rows below the top of the window."""
        position = self.top + y
        base = self.role("")
        segments = self.line(position) if position < self.total else []
        strip = Strip(segments).adjust_cell_length(self.text_width, base)
        return Strip([*strip, Segment(*self._thumb(y))])

    def _thumb(self, y: int) -> tuple[str, Style]:
        """The mark at the right edge that shows where the window stands."""
        if self.total <= self.window:
            return " ", self.role("")
        size = max(1, self.window * self.window // self.total)
        room = self.window - size
        start = round(self.top / (self.total - self.window) * room)
        return ("▐" if start <= y < start + size else " "), self.role("thumb")

    def role(self, name: str) -> Style:
        """Return the style of a role on this widget's ground; the ground alone for none."""
        style = self._styles_by_role.get(name)
        if style is None:
            ink = inks(self.app.theme).get(name)
            style = self.rich_style + ink if ink else self.rich_style
            self._styles_by_role[name] = style
        return style

    def segments(self, spans: tuple[Span, ...] | list[Span], over: Style | None = None) -> list[Segment]:
        """Return spans as segments without control characters; `over` is laid on each style."""
        made = []
        for span in spans:
            style = self.role(span.role)
            made.append(Segment(printable(span.text), style + over if over else style))
        return made

    def notify_style_update(self) -> None:
        """Forget the styles of the theme before."""
        super().notify_style_update()
        self._styles_by_role.clear()
