"""A view of the query as a page of its own: a briefing, a comparison, evidence, pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.screen import Screen

from tui.exchange.page import Page
from tui.exchange.printable import printable
from tui.exchange.text import plain
from tui.explorer.bindings import bindings_for
from tui.explorer.commands import PAGE, in_context
from tui.explorer.frames import HeldScreen
from tui.explorer.giving import Gift, sent, size_of, write_new
from tui.explorer.linking import Linking
from tui.explorer.moving import Moving
from tui.explorer.session import Session
from tui.explorer.widgets.bars import KeyBar
from tui.explorer.widgets.held_widget import HeldContainer
from tui.explorer.widgets.reader import Reader
from tui.explorer.widgets.surface import Surface
from tui.language import gettext, later

_COPIED_WIDTH = 100


class ViewScreen(HeldScreen, Moving, Linking, Screen[None]):
    """Shows a page over the explorer, whose query stays; links lead on in the explorer, and Esc closes it."""

    BINDINGS: ClassVar = bindings_for(PAGE)
    AUTO_FOCUS = ""
    too_long = later("{size} is more than many terminals copy; e writes it to a file")
    printed: tuple[str, ...] = ()
    """The words after `summit` that print the page; none where no command does."""

    over = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (160, "-three")]  # noqa: RUF012

    def __init__(self, session: Session, title: str, make: Callable[[int], Page], context: str = PAGE) -> None:
        """Take what makes the page for a width in cells; it is asked again when the terminal is resized."""
        super().__init__()
        self.session = session
        self.reader = Reader("page")
        self.key_bar = KeyBar()
        self._title = title
        self._make = make
        self._said = ""
        self._where = self.reader.where = context

    def whole(self) -> Page:
        """The page that is copied and exported."""
        return self._make(_COPIED_WIDTH)

    def compose(self) -> ComposeResult:
        """Put the reader over the bar of keys."""
        with HeldContainer(id="page-body"):
            yield self.reader
        yield self.key_bar

    def on_mount(self) -> None:
        """Give the keys to the reader."""
        self.begin()
        self.say("")

    def begin(self) -> None:
        """Name the page and give it the keys."""
        self.set_focus(self.reader)

    @property
    def heading(self) -> str:
        """What is shown, and of which query."""
        query = self.session.query.strip()
        title = gettext(self._title)
        return printable(f"{title} · {query}" if query else title)

    def on_resize(self) -> None:
        """Make the page for the width that there is."""
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """Make the page and show it; it stays where it was scrolled to."""
        self.reader.show(self._make(self.reader.text_width - 2), self.session.view.words, self.heading)

    @property
    def surface(self) -> Surface:
        """The page."""
        return self.reader

    @property
    def labels(self) -> dict[str, str]:
        """What the bar calls some of the keys here; an empty word leaves the key out."""
        return {"table": ""}

    def say(self, message: str) -> None:
        """Show a message in place of the keys, until the next key."""
        self._said = message
        self.key_bar.show(in_context(self._where), self.labels, message)

    def forget(self) -> None:
        """Take the message away again."""
        if self._said:
            self.say("")

    def on_reader_followed(self, message: Reader.Followed) -> None:
        """Open the source that was asked for; else close, and go where the link leads."""
        message.prevent_default().stop()
        if not self.opened(message.target):
            self.app.screen_stack[0].post_message(Reader.Followed(message.target))
            self.dismiss()

    def action_copy(self) -> None:
        """Copy the page as text."""
        text = plain(self.whole(), _COPIED_WIDTH)
        self.give(Gift(text, sent(gettext(self._title), text), self._named, "txt", self.printed))

    @property
    def _named(self) -> str:
        """What a file of the page is called."""
        return f"{self._title.lower()} {self.whole().id}"

    def action_export(self) -> None:
        """Write the page to a new file as Markdown, or copy it where the disk is not the user's."""
        from tui.exchange.out.markdown import written

        page = self.whole()
        text = written(page, self.session.index)
        if getattr(self.app, "remote", False):
            words = (*self.printed, "--markdown") if self.printed else ()
            self.give(Gift(text, sent("Markdown", text), printed=words))
            return
        try:
            name = write_new(text, self._named, "md")
            self.say(gettext("written: {file}, {size}").format(file=name, size=size_of(text)))
        except OSError as error:
            self.say(gettext("not written: {reason}").format(reason=error.strerror or error))

    def action_close(self) -> None:
        """Go back to the lists."""
        self.dismiss()

    action_leave_reader = action_close

    def action_widen(self) -> None:
        """Peel one layer: the words that are looked for, then the page."""
        if not self.reader.stop_find():
            self.action_close()
