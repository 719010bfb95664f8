"""The views of the query and of the record that is read, each of them over the panes; each keeps the query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.explorer.screens.view_screen import ViewScreen
from tui.language import gettext, later
from tui.records import Agreement, Summit, kind_of, title_of

if TYPE_CHECKING:
    from tui.exchange.page import Page
    from tui.explorer.reading import ReadingScreen


class Views:
    """Opens views over a screen."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen
        self._marked = ""
        """The id of the record that is to be compared with another."""

    def timeline(self) -> None:
        """Show the topics of the query across its meetings."""
        if not self._screen.lists["summit"].total:
            self._screen.say(gettext("no meetings under this query to lay out in time"))
            return
        from tui.explorer.screens.timeline_screen import TimelineScreen

        self._screen.app.push_screen(TimelineScreen(self._screen.session))

    def pictures(self) -> None:
        """Show the view in pictures."""
        from tui.explorer.screens.pictures_screen import PicturesScreen

        self._screen.app.push_screen(PicturesScreen(self._screen.session))

    def disputes(self) -> None:
        """Show what sources tell differently about the meetings and agreements of the query."""
        from tui.exchange.disagreement import disputes
        from tui.explorer.screens.disputes_screen import DisputesScreen

        found = disputes(self._screen.session.view, self._screen.session.index)
        if found:
            self._screen.app.push_screen(DisputesScreen(self._screen.session, found))
        else:
            self._screen.say(gettext("sources differ on nothing under this query"))

    def evidence(self) -> None:
        """Show each source of the record with the facts that rest on it."""
        record = self._screen.session.record(self._screen.reading_id)
        if record is not None:
            from tui.exchange.evidence_page import evidence_page

            self._open(later("Evidence"), evidence_page(record, self._screen.session.index))

    def brief(self) -> None:
        """Show the briefing of the meeting that is read, or of the one that the agreement belongs to."""
        record = self._screen.session.record(self._screen.reading_id)
        if isinstance(record, Agreement):
            record = self._screen.session.record(record.summit)
        if isinstance(record, Summit):
            from tui.exchange.briefing import briefing

            self._open(later("Brief"), briefing(record, self._screen.session.index), ("brief", record.id))
        else:
            self._screen.say(gettext("a brief is made of a summit: 1 goes to the summits"))

    def _open(self, title: str, page: Page, printed: tuple[str, ...] = ()) -> None:
        screen = ViewScreen(self._screen.session, title, lambda _: page)
        screen.printed = printed
        self._screen.app.push_screen(screen)

    def compare(self) -> None:
        """Mark the record that is read; on a second one, compare the two."""
        from tui.exchange.comparison import COMPARABLE

        record_id = self._screen.reading_id
        record = self._screen.session.record(record_id)
        if record is None or kind_of(record) not in COMPARABLE:
            self._screen.say(gettext("only summits, leaders and topics can be compared"))
        elif not self._marked or self._marked == record_id:
            self._marked = "" if self._marked else record_id
            said = gettext("marked {record}: c on another compares") if self._marked else gettext("the mark is off")
            self._screen.say(said.format(record=title_of(record)))
        else:
            self._compare_with(record_id)

    def _compare_with(self, record_id: str) -> None:
        from tui.exchange.comparison import compare

        try:
            page = compare(self._marked, record_id, self._screen.session.index)
        except (LookupError, ValueError) as error:
            self._screen.say(str(error))
        else:
            self._open(later("Compare"), page)
        self._marked = ""
