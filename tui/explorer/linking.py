"""The actions that follow the links of a page and open its sources, for every screen that has a reader on a session.

What gives texts away and opens browsers is imported when somebody first wants that.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.explorer.mixins import ScreenMixin
from tui.explorer.session import Session
from tui.explorer.widgets.reader import Reader
from tui.language import gettext, later
from tui.records import Source

if TYPE_CHECKING:
    from tui.explorer.giving import Gift


class Linking(ScreenMixin):
    """A screen whose reader has links; `o` opens a source, or copies its address where no browser would open."""

    session: Session
    reader: Reader
    too_long = later("{size} is more than many terminals copy; summit export writes it to a file")
    """What is said of a text that is not copied, where the disk is the user's."""

    _opening = False

    def say(self, message: str) -> None:
        """Show a message; a screen says where."""

    def open_reader(self) -> None:
        """Give the keys to the reader, where it does not have them."""

    def take_changes(self) -> None:
        """Lay out the reader now, where it has just come into sight: which links show depends on its size."""

    def tell(self, message: str) -> None:
        """Say what the reader has to say."""
        self.say(message)

    def action_find(self) -> None:
        """Look for words on the page."""
        self.reader.start_find()

    def action_next_hit(self) -> None:
        """Go to the next hit in the reader."""
        self._hit(1)

    def action_previous_hit(self) -> None:
        """Go to the hit before."""
        self._hit(-1)

    def _hit(self, step: int) -> None:
        if not self.reader.next_hit(step):
            nothing = gettext("nothing to look for: / and a word looks for it on this page")
            self.say(gettext("no more hits in this record") if self.reader.words else nothing)

    def action_links(self) -> None:
        """Put letters beside the links of the page."""
        self._opening = False
        if not self._hint(""):
            self.say(gettext("no links in sight"))

    def action_open_source(self) -> None:
        """Put letters beside the sources in sight, to open one."""
        self._opening = self._hint("address") or self._hint("ref")
        if not self._opening:
            self.say(gettext("no source in sight; sources stand at the end of the page"))

    def _hint(self, role: str) -> bool:
        if self.reader.page is None:
            return False
        self.open_reader()
        self.take_changes()
        if not self.reader.start_hints(role):
            return False
        self.say(gettext("type the letters beside a link; esc leaves"))
        return True

    @property
    def has_clipboard(self) -> bool:
        """Whether the terminal may take text for a clipboard; False where it is known that it does not."""
        from tui.explorer.giving import takes_copies

        driver = self.app._driver
        if driver is None or driver.is_headless:
            return True
        term = getattr(driver, "term", None) or os.environ.get("TERM", "")
        return takes_copies(term, {} if getattr(self.app, "remote", False) else os.environ)

    def give(self, gift: Gift) -> None:
        """Copy a text; where that can't be, give it in a file, or by a page where the disk is not the user's."""
        from tui.explorer.giving import page_of, size_of

        clipboard = self.has_clipboard
        if clipboard and gift.fits:
            self.app.copy_to_clipboard(gift.text)
            self.say(gift.said)
        elif getattr(self.app, "remote", False):
            from tui.explorer.screens.page_screen import PageScreen

            self.say("")
            page = page_of(gift, clipboard=clipboard)
            self.app.push_screen(PageScreen(page, gettext("Copy"), fitted=True))
        elif clipboard:
            self.say(gettext(self.too_long).format(size=size_of(gift.text)))
        else:
            self._write_instead(gift)

    def _write_instead(self, gift: Gift) -> None:
        from tui.explorer.giving import write_new

        try:
            said = gettext("this terminal has no clipboard; written to {file}")
            self.say(said.format(file=write_new(gift.text, gift.named, gift.ending)))
        except OSError as error:
            said = gettext("this terminal has no clipboard, and no file could be written here ({reason})")
            self.say(said.format(reason=error.strerror or error))

    def opened(self, target: str) -> bool:
        """Open the source that a link leads to, if it was asked for with `o`; False otherwise."""
        opening, self._opening = self._opening, False
        record = self.session.record(target) if opening else None
        if isinstance(record, Source):
            self.open_source(record)
        return isinstance(record, Source)

    def open_source(self, source: Source) -> None:
        """Open a source in a browser where there is one, and send its address to a clipboard where there is one."""
        from tui.explorer.browser import can_browse

        browse = not getattr(self.app, "remote", False) and can_browse()
        if not self.has_clipboard and not browse:
            self.say(source.url)
            return
        self.app.copy_to_clipboard(source.url)
        if browse:
            self.app.open_url(source.url)
            said = gettext("opened, and sent to the clipboard: {address}")
        else:
            said = gettext("address sent to the clipboard: {address}")
        self.say(said.format(address=source.url))
