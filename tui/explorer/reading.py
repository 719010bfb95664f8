"""What can be done with the record that is read: follow its links, open a source, copy it, compare it."""

from __future__ import annotations

import os
from collections.abc import Callable

from tui.exchange.comparison import COMPARABLE, compare
from tui.exchange.evidence_page import evidence_page
from tui.exchange.text import plain
from tui.explorer.browser import can_browse
from tui.explorer.commands import in_context
from tui.explorer.giving import takes_copies, text_page, write_new
from tui.explorer.page_screen import PageScreen
from tui.explorer.panes import PaneScreen
from tui.explorer.session import Session
from tui.language import gettext, later
from tui.records import Source, kind_of, title_of


class ReadingScreen(PaneScreen):
    """The panes on a session, with the actions of the record in the reader."""

    def __init__(self, session: Session, answer: Callable[[str], None], moved: Callable[[], None], layout: str) -> None:
        super().__init__(session.query, answer, moved, layout)
        self.session = session
        self._said = session.index.notice
        self._opening = False
        self._marked = ""

    @property
    def reading_id(self) -> str:
        """The id of the record in the reader."""
        selected = self.current.selected
        return self.session.shown or (selected.id if selected else "")

    def show_keys(self) -> None:
        """Let the bar at the bottom show the keys of the place, or what there is to say."""
        hint = self.session.hint
        said = hint.message if hint and not self.offers.chosen else ""
        if said and hint and hint.replacement and self.typing:
            said += f"  tab: {gettext('take it')}"
        elif not said and self.session.also and not self.offers.chosen:
            key = "ctrl+o" if self.typing else "="
            said = f"{gettext('also')} {self.session.also}  {key}: {gettext('only as typed')}"
        labels = {
            "enter": later("read") if self.narrow and not self.reading else later("narrow"),
            "read": "" if self.narrow else later("read"),
            "accept": later("accept") if self.offers.chosen or (hint and hint.replacement) else "",
        }
        if not self.reading and not self.session.query:
            labels["widen"] = ""
        if self.reading:
            labels["widen"] = ""
            labels["leave_reader"] = later("list")
        if not self.session.history.can_go_back:
            labels["go_back"] = ""
        self.key_bar.show(in_context(self.context), labels, self._said or said)

    def say(self, message: str) -> None:
        """Show a message in place of the keys, until the next key."""
        self._said = message
        self.show_keys()

    def forget_message(self) -> None:
        """Take the message away again."""
        if self._said:
            self.say("")

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
        if not self.reader.start_hints(role):
            return False
        self.say(gettext("type the letters beside a link; esc leaves"))
        return True

    @property
    def has_clipboard(self) -> bool:
        """Whether the terminal may take text for a clipboard; False where it is known that it does not."""
        driver = self.app._driver
        if driver is None or driver.is_headless:
            return True
        term = getattr(driver, "term", None) or os.environ.get("TERM", "")
        return takes_copies(term, {} if getattr(self.app, "remote", False) else os.environ)

    def give_otherwise(self, text: str, named: str, ending: str) -> None:
        """Give text where there is no clipboard: in a file, or as a page where the disk is not the user's."""
        if getattr(self.app, "remote", False):
            self.app.push_screen(PageScreen(text_page(text), "Copy"))
            return
        try:
            self.say(f"this terminal has no clipboard; written to {write_new(text, named, ending)}")
        except OSError as error:
            self.say(f"this terminal has no clipboard, and no file could be written here ({error.strerror or error})")

    def _open(self, source: Source) -> None:
        if not self.has_clipboard and (getattr(self.app, "remote", False) or not can_browse()):
            self.say(source.url)
            return
        self.app.copy_to_clipboard(source.url)
        browse = not getattr(self.app, "remote", False) and can_browse()
        if browse:
            self.app.open_url(source.url)
        if browse:
            said = gettext("opened, and sent to the clipboard: {address}")
        else:
            said = gettext("address sent to the clipboard: {address}")
        self.say(said.format(address=source.url))

    def action_evidence(self) -> None:
        """Show each source of the record with the facts that rest on it."""
        record = self.session.record(self.reading_id)
        if record is not None:
            self.app.push_screen(PageScreen(evidence_page(record, self.session.index), gettext("Evidence")))

    def action_compare(self) -> None:
        """Mark the record that is read; on a second one, compare the two."""
        record_id = self.reading_id
        record = self.session.record(record_id)
        if record is None or kind_of(record) not in COMPARABLE:
            self.say(gettext("only summits, leaders and topics can be compared"))
        elif not self._marked or self._marked == record_id:
            self._marked = "" if self._marked else record_id
            said = gettext("marked {record}: c on another compares") if self._marked else gettext("the mark is off")
            self.say(said.format(record=title_of(record)))
        else:
            self._compare_with(record_id)

    def _compare_with(self, record_id: str) -> None:
        try:
            page = compare(self._marked, record_id, self.session.index)
        except (LookupError, ValueError) as error:
            self.say(str(error))
        else:
            self.app.push_screen(PageScreen(page, gettext("Compare")))
        self._marked = ""

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

    def action_copy(self) -> None:
        """Copy the page as text, with its sources."""
        page = self.reader.page
        record = self.session.record(page.id) if page else None
        if page is not None and record is not None:
            if not self.has_clipboard:
                self.give_otherwise(plain(page, 100), record.id, "txt")
                return
            self.app.copy_to_clipboard(plain(page, 100))
            self.say(gettext("sent to the clipboard: {record}").format(record=title_of(record)))
