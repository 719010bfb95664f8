"""What can be done with the record that is read: follow its links, open a source, copy it, compare it."""

from __future__ import annotations

from collections.abc import Callable

from tui.exchange.text import plain
from tui.explorer.commands import in_context
from tui.explorer.linking import Linking
from tui.explorer.panes import PaneScreen
from tui.explorer.session import Session
from tui.index.query import LONGEST
from tui.language import gettext, later
from tui.records import title_of

_OF_A_RECORD = (
    *("enter", "sort", "timeline", "pictures", "disputes"),
    *("evidence", "brief", "compare", "copy", "export", "open_source"),
)
"""Actions for which something has to be found."""

_NOT_OF: dict[str, tuple[str, ...]] = {
    "summit": (),
    "leader": ("brief",),
    "topic": ("brief",),
    "agreement": ("compare",),
}
"""Actions that a record of a kind does not have; on a slow line the bar stays the same from list to list."""


class ReadingScreen(PaneScreen, Linking):
    """The panes on a session, with the actions of the record in the reader."""

    def __init__(self, session: Session, answer: Callable[[str], None], moved: Callable[[], None], layout: str) -> None:
        super().__init__(session.query, answer, moved, layout)
        self.session = session
        self._said = session.index.notice

    @property
    def reading_id(self) -> str:
        """The id of the record in the reader."""
        selected = self.current.selected
        return self.session.shown or (selected.id if selected else "")

    def show_keys(self) -> None:
        """Let the bar at the bottom show the keys of the place, or what there is to say."""
        hint = self.session.hint
        # The lists say why, and the page what to do.
        told = self.session.found_nothing and not self.typing
        said = hint.message if hint and not (self.offers.chosen or told) else ""
        way_out = ("", "")
        if said and hint and hint.replacement and self.typing:
            query = self.session.query
            fewer = len(query) <= LONGEST and query.startswith(hint.replacement)
            way_out = ("tab", gettext("one term less") if fewer else gettext("take it"))
        elif not said and self.session.also and not self.offers.chosen:
            said = f"{gettext('also')} {self.session.also}"
            way_out = ("ctrl+o" if self.typing else "=", gettext("only as typed"))
        labels = {
            "enter": self._entering,
            "read": "" if self.narrow else later("read"),
            "accept": later("accept") if self.offers.chosen or (hint and hint.replacement) else "",
        }
        if not self.reading and not self.session.query:
            labels["widen"] = ""
        if self.reading:
            labels["widen"] = ""
            labels["leave_reader"] = later("list")
        if not getattr(self.app, "light", False):
            labels |= dict.fromkeys(_NOT_OF[self.current.kind], "")
        if told:
            labels |= dict.fromkeys(_OF_A_RECORD, "") | {"widen": later("one term less")}
        if not self.session.history.can_go_back:
            labels["go_back"] = ""
        self.key_bar.show(in_context(self.context), labels, self._said or said, ("", "") if self._said else way_out)

    @property
    def _entering(self) -> str:
        """What Enter does here."""
        if self.starting:
            return later("lists")
        return later("read") if self.narrow and not self.reading else later("narrow")

    def say(self, message: str) -> None:
        """Show a message in place of the keys, until the next key."""
        self._said = message
        self.show_keys()

    def forget_message(self) -> None:
        """Take the message away again."""
        if self._said:
            self.say("")

    def action_copy(self) -> None:
        """Copy the page as text, with its sources."""
        from tui.explorer.giving import Gift

        page = self.reader.page
        record = self.session.record(page.id) if page else None
        if page is not None and record is not None:
            said = gettext("sent to the clipboard: {record}").format(record=title_of(record))
            self.give(Gift(plain(page, 100), said, record.id, "txt", ("show", record.id)))
        else:
            self.say(gettext("no record to copy"))
