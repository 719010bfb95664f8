"""A page of things to choose from, each with a letter; the letter chooses, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import events

from tui.exchange.page import Block, Page, Row, Span, column, row
from tui.explorer.screens.page_screen import PageScreen
from tui.explorer.widgets.reader import Reader
from tui.language import later


class ChoiceScreen(PageScreen):
    """Shows a page of which each link is a choice; `then` is called with its target once the page has closed."""

    closing = later("a letter chooses, esc leaves")

    def __init__(self, page: Page, title: str, then: Callable[[str], None]) -> None:
        super().__init__(page, title, fitted=True)
        self._reader = _Choices("page")
        self._then = then

    def on_mount(self) -> None:
        """Show the letters at once."""
        super().on_mount()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.fit()
        self.call_after_refresh(self._reader.start_hints)

    def on_reader_followed(self, message: Reader.Followed) -> None:
        """Close, and do what was chosen; a letter that comes after the page has closed chooses nothing."""
        message.prevent_default().stop()
        if not self.is_current:
            return
        self.dismiss()
        self._then(message.target)


class _Choices(Reader):
    """A page whose letters stay until one is chosen."""

    def take(self, event: events.Key) -> bool:
        """Let a letter choose; every other key, and `q`, does what it does on any page."""
        if not (event.character or "").isalpha() or event.key == "q":
            return False
        taken = super().take(event)
        if taken and self.hints is None:
            self.start_hints()
        return taken

    def sized_anew(self) -> None:
        """Wrap anew, and show the letters where the lines are now."""
        super().sized_anew()
        self.start_hints()


def choices_page(title: str, choices: Iterable[tuple[str, str, str]]) -> Page:
    """Return a page of choices, each a target, its name and what it means."""
    return Page("choices", row(Span(title, "title")), (choices_block("", choices),))


def choices_block(label: str, choices: Iterable[tuple[str, str, str]]) -> Block:
    """Return choices as a block of a page."""
    rows: tuple[Row, ...] = column(
        ((Span(f" {name}", "link", target), [Span(meaning, "dim")]) for target, name, meaning in choices), most=24
    )
    return Block(label, rows)
