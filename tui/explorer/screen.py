"""The explorer's screen: the actions of its keys, each of which changes the query or the place in its view.

Panes report what was clicked; only this screen changes what is shown.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from tui.exchange.page import QUERY
from tui.explorer.beside import Beside
from tui.explorer.bindings import bindings_for
from tui.explorer.commands import LIST
from tui.explorer.frames import FrameHolder
from tui.explorer.history import Place, found
from tui.explorer.panes import PANES
from tui.explorer.querying import QueryingScreen
from tui.explorer.reading_ahead import ReadingAhead
from tui.explorer.session import Session
from tui.explorer.widgets.bars import Tabs
from tui.explorer.widgets.reader import Reader
from tui.explorer.widgets.record_list import RecordList, order_name
from tui.explorer.widgets.surface import Surface
from tui.index import Index
from tui.index.query import pin
from tui.language import gettext, later
from tui.personal.settings import AUTO
from tui.records import Source, kind_of

if TYPE_CHECKING:
    from tui.exchange.page import Page
    from tui.explorer.screens.timeline_screen import TimelineScreen

_TITLES = {
    "summit": later("Summit"),
    "leader": later("Leader"),
    "topic": later("Topic"),
    "agreement": later("Agreement"),
    "source": later("Source"),
}
_NONE = {
    "summit": later("no summits under this query"),
    "leader": later("no leaders under this query"),
    "topic": later("no agenda topics under this query"),
    "agreement": later("no agreements under this query"),
}


class ExplorerScreen(QueryingScreen, Beside, Screen[None]):
    """Summit Explorer on a session."""

    BINDINGS: ClassVar = bindings_for(LIST)
    AUTO_FOCUS = ""

    def __init__(self, session: Session, layout: str = AUTO, *, start: bool = False) -> None:
        super().__init__(session, self.typed, self.offer, layout)
        self._at_start = start
        self.ready = asyncio.Event()
        """Set when the first view is there; keys that were typed before wait for it."""
        self._ahead = ReadingAhead(self.set_timer, self._make_page)

    def on_mount(self) -> None:
        """Show the first view, at the place where the user left if it is that."""
        if isinstance(self.app, FrameHolder):
            self.app.hold_frame()
        last = self.session.resumed
        self._at_start = self._at_start and not (last or self.session.query)
        place = found(last) if last else Place(self.session.query)
        self.session.shown = place.shown
        self._show_view(dict(place.cursors))
        self.choose(place.pane if place.pane in self.lists else "summit")
        if last:
            self.follow()
        if self._at_start and self.narrow_at(self.app.size.width):
            self.show_start()
            self.show_keys()
        if last and getattr(self.app, "remote", False):
            self.say(gettext("back where your last session ended; esc widens"))
        self.follow_library()
        if self._at_start and self._reads_ahead and not self.narrow_at(self.app.size.width):
            self._ahead.started(self.current)
        self.ready.set()

    # What is shown

    def answered(self, cursors: dict[str, str]) -> None:
        """Show the view of the session; `cursors` has the record to stand on in each list."""
        self._said = ""
        self.leave_start()
        self._show_view(cursors)

    def fill(self, index: Index, cursors: dict[str, str]) -> None:
        """Show an index of more of the library; the query, the page and the message stay."""
        said, at_start = self._said, self._at_start
        super().fill(index, cursors)
        self._at_start = at_start
        if at_start:
            self.follow()
        self.say(said)

    def _show_view(self, cursors: dict[str, str]) -> None:
        view = self.session.view
        for kind, pane in self.lists.items():
            pane.show(view.lists[kind], view.words, cursors.get(kind, ""), self.session.reason(kind))
        self.choose(self.pane, focus=False)
        self.follow()

    def follow(self) -> None:
        """Let the reader show the record under the cursor, and the bars what is so."""
        if self._at_start:
            self._show_page(self.session.start_page(), (), gettext("Library"))
        else:
            self.reader.show_when_seen(self._show_read)
        self.show_tabs()
        self.show_keys()

    def _show_read(self) -> None:
        wanted = self.reading_id
        if self.session.found_nothing and not (wanted or self.typing):
            self._show_page(self.session.empty_page(), (), gettext("Nothing found"))
            return
        page = self.session.page(wanted)
        title = gettext(_TITLES[self.session.kind(wanted) or self.current.kind])
        self._show_page(page, self.session.view.words, title if page else "")

    def _show_page(self, page: Page | None, words: tuple[str, ...], title: str) -> None:
        self.reader.show(page, words, title)
        self.page_rule.show(title)

    def moved(self) -> None:
        """Follow the cursor of a list; a page that scrolls has nothing to follow."""
        if isinstance(self.surface, RecordList):
            self.leave_start()
            self.session.shown = ""
            self.follow()
            if self._reads_ahead:
                self._ahead.moved(self.current)

    @property
    def _reads_ahead(self) -> bool:
        """Whether pages are made before they are asked for: where one shows, and not on a host that has other users."""
        return self.reader.display and not getattr(self.app, "remote", False)

    def _make_page(self, record_id: str) -> None:
        page = self.session.page(record_id)
        if page is not None:
            self.reader.get_ready(page)

    @property
    def surface(self) -> Surface:
        """What the keys of movement move: the reader, or the list, also from the query line."""
        return self.reader if self.reading else self.current

    # Panes

    def action_pane(self, kind: str) -> None:
        """Go to a list."""
        self.session.shown = ""
        self.leave_start()
        if not self.lists[kind].total:
            self.say(gettext(_NONE[kind]))
            return
        self.choose(kind)
        self.follow()

    def action_next_pane(self) -> None:
        """Go to the next list that has records."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """Go to the list before that has records."""
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        kinds = [kind for kind, pane in self.lists.items() if pane.total]
        if kinds:
            self.action_pane(kinds[(kinds.index(self.current.kind) + step) % len(kinds)])

    def leave_start(self) -> None:
        """Show the record under the cursor again, and the list where the start page stands in its place."""
        if self._at_start and self.starting:
            self.choose(self.pane)
        self._at_start = False

    def action_start(self) -> None:
        """Show what the library holds."""
        self._at_start = True
        self.follow()
        self.open_reader()
        self.show_keys()

    def action_read(self) -> None:
        """Go to the reader."""
        if self.reader.page is not None:
            self.open_reader()
            self.show_keys()

    def no_page(self) -> None:
        """Say how to get at the page where a list has the whole screen."""
        self.say(gettext("no page beside the list here; ⏎ opens it"))

    def action_leave_reader(self) -> None:
        """Go back to the list."""
        self.reader.stop_find()
        if self.narrow:
            self.leave_start()
        self.choose(self.current.kind)
        self.follow()

    # The query

    def action_enter(self) -> None:
        """Open the reader where it does not show, else narrow."""
        if self.starting:
            self.action_leave_reader()
        elif self.narrow and not self.reading:
            if self._at_start:
                self.leave_start()
                self.follow()
            self.action_read()
        else:
            self.action_narrow()

    def action_sort(self) -> None:
        """Give the list its next order; the cursor stays on its record."""
        pane = self.current
        order = self.session.next_sort(pane.kind)
        self._show_view(dict(self.cursors()))
        self.say(f"{gettext(PANES[pane.kind])}: {order_name(order)}")

    def on_timeline_screen_chosen(self, message: TimelineScreen.Chosen) -> None:
        """Narrow to the cell that was chosen in the timeline."""
        text = pin(pin(self.session.query, "topic", message.topic), "summit", message.meeting)
        self.pane = "summit"
        self.change(text, {"summit": message.meeting, "topic": message.topic})
        self._go_to_list("summit")

    def _go_to_list(self, kind: str) -> None:
        """Give the keys to a list, whoever had them."""
        self.choose(kind)
        self.follow()

    def on_reader_asked(self) -> None:
        """Go from the page to the query line."""
        self.action_search()

    # The record

    def on_reader_followed(self, message: Reader.Followed) -> None:
        """Go to the record of a link; after `o`, open the source instead."""
        if self.opened(message.target):
            return
        if message.target.startswith(QUERY):
            self.change(message.target.removeprefix(QUERY), {})
            self._go_to_list(self.pane)
            return
        record = self.session.record(message.target)
        if record is None:
            self.say(gettext("{id} is not in this library").format(id=message.target))
        elif isinstance(record, Source) and self.session.shown == record.id:
            self.open_source(record)
        else:
            kind = kind_of(record)
            shown = record.id if isinstance(record, Source) else ""
            self.change(f"{kind}:{record.id}", {kind: record.id}, shown, "" if shown else kind)

    # What the mouse does

    def on_record_list_pressed(self, message: RecordList.Pressed) -> None:
        """Follow a click on a row."""
        self.session.shown = ""
        self.choose(message.pane.kind)
        self.follow()

    def on_tabs_chosen(self, message: Tabs.Chosen) -> None:
        """Follow a click on a tab."""
        self.action_pane(message.kind)
