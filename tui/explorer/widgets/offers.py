"""What may be typed next: fields and values of the query, under the place where they go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.exchange.printable import cell_width, fit, printable
from tui.explorer.inks import inks
from tui.explorer.widgets.held_widget import HeldWidget

if TYPE_CHECKING:
    from tui.index.completion import Completion


class Offers(HeldWidget, Widget):
    """A short list over the panes, of which one is chosen; hidden while there is nothing to offer."""

    def __init__(self) -> None:
        super().__init__(id="offers")
        self._offers: tuple[Completion, ...] = ()
        self._here = 0
        self._labels = 0
        """Cells of the longest label, up to half the terminal, after which the notes stand in a column."""
        self.display = False

    def show(self, offers: Sequence[Completion], indent: int, top: int) -> None:
        """Show offers with the first chosen, `indent` cells from the left edge and `top` from above; none hides it."""
        if tuple(offers) == self._offers:
            return
        self._offers, self._here = tuple(offers), 0
        self.display = bool(offers)
        if offers:
            room = self.screen.size.width
            self._labels = min(max(cell_width(printable(offer.label)) for offer in offers), room // 2)
            width = min(max(cell_width(self._text(offer)) for offer in offers) + 2, room)
            self.styles.width, self.styles.height = width, len(offers)
            self.styles.offset = (max(0, min(indent, room - width)), top)
            self.refresh()

    @property
    def chosen(self) -> Completion | None:
        """The offer that Tab takes; None while nothing is offered."""
        return self._offers[self._here] if self._offers else None

    def step(self, step: int) -> bool:
        """Choose the next offer (1) or the one before (-1), round and round; False while nothing is offered."""
        if not self._offers:
            return False
        self._here = (self._here + step) % len(self._offers)
        self.refresh()
        return True

    def _text(self, offer: Completion) -> str:
        label = printable(offer.label)
        gap = " " * (max(self._labels - cell_width(label), 0) + 2)
        return f"{label}{gap}{printable(offer.note)}" if offer.note else label

    def render_line(self, y: int) -> Strip:
        """Draw an offer; the chosen one has a bar before it, so that it does not rest on colour."""
        ink = inks(self.app.theme)
        style = ink["offer-here" if y == self._here else "offer"]
        mark = "▌" if y == self._here else " "
        return Strip([Segment(mark + fit(self._text(self._offers[y]), self.size.width - 1), style)])
