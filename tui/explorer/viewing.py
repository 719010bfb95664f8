"""The views of the query and of the record that is read, each of them over the panes.

What a view needs is imported when it is opened: a launch shows none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.explorer import dialogs
from tui.explorer.reading import ReadingScreen
from tui.language import gettext, later
from tui.records import Summit, kind_of, title_of

if TYPE_CHECKING:
    from tui.exchange.page import Page


class ViewingScreen(ReadingScreen):
    """The panes, with the actions that open a view over them; each keeps the query."""

    _marked = ""
    """The id of the record that is to be compared with another."""

    def action_timeline(self) -> None:
        """Show the topics of the query across its meetings."""
        if not self.lists["summit"].total:
            self.say(gettext("no meetings under this query to lay out in time"))
            return
        from tui.explorer.timeline_screen import TimelineScreen

        self.app.push_screen(TimelineScreen(self.session))

    def action_pictures(self) -> None:
        """Show the view in pictures."""
        from tui.explorer.pictures_screen import PicturesScreen

        self.app.push_screen(PicturesScreen(self.session))

    def action_disputes(self) -> None:
        """Show what sources tell differently about the meetings and agreements of the query."""
        from tui.exchange.disagreement import disputes
        from tui.explorer.disputes_screen import DisputesScreen

        found = disputes(self.session.view, self.session.index)
        if found:
            self.app.push_screen(DisputesScreen(self.session, found))
        else:
            self.say(gettext("sources differ on nothing under this query"))

    def action_evidence(self) -> None:
        """Show each source of the record with the facts that rest on it."""
        record = self.session.record(self.reading_id)
        if record is not None:
            from tui.exchange.evidence_page import evidence_page

            self._view(later("Evidence"), evidence_page(record, self.session.index))

    def action_brief(self) -> None:
        """Show the briefing of the meeting that is read."""
        record = self.session.record(self.reading_id)
        if isinstance(record, Summit):
            from tui.exchange.briefing import briefing

            self._view(later("Brief"), briefing(record, self.session.index), ("brief", record.id))
        else:
            self.say(gettext("a brief is made of a summit: 1 goes to the summits"))

    def _view(self, title: str, page: Page, printed: tuple[str, ...] = ()) -> None:
        screen = dialogs.ViewScreen(self.session, title, lambda _: page)
        screen.printed = printed
        self.app.push_screen(screen)

    def action_compare(self) -> None:
        """Mark the record that is read; on a second one, compare the two."""
        from tui.exchange.comparison import COMPARABLE

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
        from tui.exchange.comparison import compare

        try:
            page = compare(self._marked, record_id, self.session.index)
        except (LookupError, ValueError) as error:
            self.say(str(error))
        else:
            self._view(later("Compare"), page)
        self._marked = ""
