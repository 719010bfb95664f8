"""A page in a window over the explorer: the help, a choice of formats."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import ModalScreen

from tui.exchange.page import Page
from tui.exchange.printable import printable
from tui.explorer.frames import HeldScreen
from tui.explorer.moving import Moving
from tui.explorer.widgets.reader import Reader
from tui.language import gettext, later


class PageScreen(HeldScreen, Moving, ModalScreen[None]):
    """Shows a page; its links lead on in the explorer, and Esc closes it."""

    over = True
    closing = later("esc closes")
    """What the lower edge says of the keys."""

    def __init__(self, page: Page, title: str, *, fitted: bool = False) -> None:
        """Take a page and what its edge calls it; one that is `fitted` is no higher than what is on it."""
        super().__init__()
        self._fitted = fitted
        self._page = page
        self._title = title
        self._reader = Reader("page")

    @property
    def surface(self) -> Reader:
        """The page."""
        return self._reader

    def fit(self) -> None:
        """Make the page no higher than what is on it."""
        self._reader.wake()
        self._reader.styles.height = min(self._reader.total + 2, max(self.size.height * 9 // 10, 3))

    def compose(self) -> ComposeResult:
        """Show one reader."""
        yield self._reader

    def on_mount(self) -> None:
        """Fill the reader and give it the keys."""
        self._reader.show(self._page, title=self._title)
        self._reader.border_subtitle = gettext(self.closing)
        self.set_focus(self._reader)

    def on_resize(self) -> None:
        """Keep a page that is fitted to what is on it so, now that its width is known."""
        if self._fitted:
            self.call_after_refresh(self.fit)

    def on_reader_followed(self, message: Reader.Followed) -> None:
        """Close, and go where the link leads."""
        self.app.screen_stack[0].post_message(Reader.Followed(message.target))
        self.dismiss()

    def tell(self, message: str) -> None:
        """Say something at the lower edge; nothing brings back what the keys do."""
        self._reader.border_subtitle = printable(message) or gettext(self.closing)

    def action_find(self) -> None:
        """Look for words on the page."""
        self._reader.start_find()

    def action_next_hit(self) -> None:
        """Go to the next hit on the page."""
        self._reader.next_hit(1)

    def action_previous_hit(self) -> None:
        """Go to the hit before."""
        self._reader.next_hit(-1)

    def action_links(self) -> None:
        """Put letters beside the links of the page."""
        self._reader.start_hints()

    def action_widen(self) -> None:
        """Peel one layer: the words that are looked for, then the page."""
        if not self._reader.stop_find():
            self.dismiss()

    action_leave_reader = action_widen
