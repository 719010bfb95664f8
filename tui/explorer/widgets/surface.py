"""A widget that draws only the lines that show, for lists and pages of any length.

It keeps no child widgets, no virtual size and no animation: a line moved is two lines redrawn.
"""

from __future__ import annotations

from collections.abc import Hashable

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.exchange.page import Span
from tui.exchange.printable import printable
from tui.explorer.commands import LIST
from tui.explorer.inks import inks
from tui.explorer.widgets.framed import Framed

_MOST_KEPT = 96
"""Lines that are kept as they were drawn: two screens of them, for each list of each session of a host."""


class Surface(Framed, Widget, can_focus=True):
    """Lines in a window: `total` of them, of which the one at `top` shows first."""

    where = LIST
    """Which commands work while it has the keys."""

    def __init__(self, identity: str) -> None:
        super().__init__(identity)
        self.total = 0
        self.top = 0
        self._styles_by_role: dict[str, Style] = {}
        self._look: tuple[Style, str] | None = None
        self._room: Size | None = None
        self._drawn: dict[Hashable, Strip] = {}

    def line(self, position: int) -> list[Segment]:
        """Return the segments of a line; a subclass gives its own."""
        return []

    def state(self, position: int) -> Hashable:
        """What a line looks like depends on, besides the lines themselves; None for what is not worth keeping."""
        return None

    def forget_lines(self) -> None:
        """Draw all lines anew: they are others now."""
        self._drawn.clear()

    @property
    def size(self) -> Size:
        """The size of the content, which Textual would look up in the layout at each line; nothing while hidden."""
        if not self._room:
            self._room = super().size
        return self._room

    def sized_anew(self) -> None:
        """Forget what was drawn in another size."""
        super().sized_anew()
        self._room = None
        self._drawn.clear()

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

    def entitle(self, title: str, subtitle: str | None = None) -> None:
        """Put plain text into the border, which Textual would parse as markup; None leaves the subtitle as it is."""
        self._border_title = Content(title)
        if subtitle is not None:
            self._border_subtitle = Content(subtitle)

    def render_line(self, y: int) -> Strip:
        """Draw the line `y` rows below the top of the window."""
        position = self.top + y
        mark = self._mark(y)
        if position >= self.total:
            return self._strip([], mark)
        state = self.state(position)
        if state is None:
            return self._strip(self.line(position), mark)
        strip = self._drawn.get((position, state, mark))
        if strip is None:
            if len(self._drawn) > _MOST_KEPT:
                self._drawn.clear()
            strip = self._drawn[position, state, mark] = self._strip(self.line(position), mark)
        return strip

    def _strip(self, segments: list[Segment], mark: str) -> Strip:
        """Return segments in the width of a line, with the scroll mark behind them."""
        room = self.text_width
        # Rich would keep the length of each text.
        width = sum(len(text) if (text := segment.text).isascii() else segment.cell_length for segment in segments)
        if width > room:
            segments = list(Strip(segments, width).crop(0, room))
        elif width < room:
            segments = [*segments, Segment(" " * (room - width), self.role(""))]
        return Strip([*segments, Segment(mark, self.role("" if mark == " " else "thumb"))], room + 1)

    def _mark(self, y: int) -> str:
        """The mark at the right edge that shows where the window stands."""
        window = self.window
        if self.total <= window:
            return " "
        size = max(1, window * window // self.total)
        start = round(self.top / (self.total - window) * (window - size))
        return "▐" if start <= y < start + size else " "

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
        """Forget what was drawn in other styles; Textual also tells when it has applied those that there were."""
        super().notify_style_update()
        self._room = None
        look = self.rich_style, self.app.theme
        if look != self._look:
            self._look = look
            self._styles_by_role.clear()
            self._drawn.clear()
