"""Asks the user: yes or no to a page, or a line of text with what it may mean below."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.exchange.page import Page, Span
from tui.explorer.screens.page_screen import PageScreen
from tui.explorer.widgets.held_widget import HeldContainer
from tui.explorer.widgets.surface import Surface
from tui.language import gettext


class ConfirmScreen(PageScreen):
    """Shows what would be done; Enter does it, Esc leaves."""

    def __init__(self, page: Page, title: str, word: str, then: Callable[[], object]) -> None:
        super().__init__(page, title)
        self.closing = f"⏎ {word} · {gettext('esc leaves')}"
        self._then = then

    def on_mount(self) -> None:
        """Show the page, no higher than it is."""
        super().on_mount()
        self.call_after_refresh(self.fit)

    def action_enter(self) -> None:
        """Close, and do it."""
        self.dismiss()
        self._then()


class Offer(NamedTuple):
    """Something that a text may mean."""

    value: str
    label: str
    note: str = ""


class PromptScreen(ModalScreen[None]):
    """A line of text; below it what it may mean, of which the arrows choose one. Enter takes it, Esc leaves.

    `then` is called with the value of the chosen offer, or with the text where there is none and `free` allows it.
    """

    BINDINGS: ClassVar = [
        Binding("escape", "leave", show=False),
        Binding("down,ctrl+n", "step(1)", show=False, priority=True),
        Binding("up,ctrl+p", "step(-1)", show=False, priority=True),
    ]

    def __init__(
        self,
        question: str,
        ask: Callable[[str], list[Offer]],
        then: Callable[[str], None],
        *,
        free: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__()
        self._question = question
        self._ask = ask
        self._then = then
        self._free = free
        self._hint = hint
        self._line = Input(compact=True, select_on_focus=False)
        self._line.cursor_blink = False
        self._offers = _OfferList()

    def compose(self) -> ComposeResult:
        """Put question, line and offers in a box."""
        with HeldContainer(id="prompt-box") as box:
            box.border_title = self._question
            box.border_subtitle = self._hint or gettext("⏎ takes it · ↑↓ choose · esc leaves")
            with HeldContainer(id="prompt-line"):
                yield Static("❯", id="prompt", markup=False)
                yield self._line
            yield self._offers

    def on_mount(self) -> None:
        """Offer what there is before anything is typed."""
        self.set_focus(self._line)
        self._offers.show(self._ask(""))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Offer what the text may mean."""
        message.stop()
        self._offers.show(self._ask(message.value.strip()))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Take the chosen offer, or the text."""
        message.stop()
        text = message.value.strip()
        chosen = self._offers.chosen
        if chosen is not None:
            text = chosen.value
        elif not self._free:
            return
        self.dismiss()
        self._then(text)

    def action_step(self, step: int) -> None:
        """Choose the next offer or the one before."""
        self._offers.step(step)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss()


class _OfferList(Surface):
    """Offers, one a line, of which one is chosen."""

    can_focus = False

    def __init__(self) -> None:
        super().__init__("prompt-offers")
        self._offers: list[Offer] = []
        self._here = 0

    @property
    def chosen(self) -> Offer | None:
        """The offer that Enter takes."""
        return self._offers[self._here] if self._offers else None

    def show(self, offers: list[Offer]) -> None:
        """Show offers with the first chosen."""
        self._offers, self._here = offers, 0
        self.total = len(offers)
        self.refresh()

    def step(self, step: int) -> None:
        """Choose the next offer or the one before, round and round."""
        if self._offers:
            self._here = (self._here + step) % len(self._offers)
            self.refresh()

    def line(self, position: int) -> list[Segment]:
        """Draw an offer; the chosen one has a bar before it, so that it does not rest on colour."""
        offer = self._offers[position]
        here = position == self._here
        spans = [Span("▌" if here else " ", "mark"), Span(offer.label, "title" if here else "")]
        return self.segments([*spans, Span(f"  {offer.note}", "dim")] if offer.note else spans)
