"""The way through queries: to a narrower one, a wider one, back and forward, each with the place in its lists."""

from __future__ import annotations

from abc import abstractmethod

from tui.explorer.history import Place
from tui.explorer.typing_query import TypingScreen
from tui.index.query import peel, pin
from tui.language import gettext


class QueryingScreen(TypingScreen):
    """The panes on a session, with the actions that change its query and remember what it was."""

    @abstractmethod
    def action_read(self) -> None:
        """Go to the reader."""

    @property
    def place(self) -> Place:
        """The query and where the user stands in it."""
        return Place(self.session.query, self.pane, self.cursors(), self.session.shown)

    def change(self, text: str, cursors: dict[str, str], shown: str = "", pane: str = "") -> None:
        """Go to a new query, and note the place that is left; lists keep their records unless `cursors` has others."""
        self.session.leave(self.place)
        self.pane = pane or self.pane
        self.query_line.put(text)
        self.ask(text, dict(self.cursors()) | cursors, shown)

    def action_go_back(self) -> None:
        """Go back to the place before."""
        self._turn(self.session.history.back(self.place), gettext("nothing before this"))

    def action_go_forward(self) -> None:
        """Go forward to the place that was left."""
        self._turn(self.session.history.forward(self.place), gettext("nothing after this"))

    def _turn(self, place: Place | None, otherwise: str) -> None:
        if place is None:
            self.say(otherwise)
        else:
            self._stand(place)

    def go_to_place(self, place: Place) -> None:
        """Go to a place that was kept, and note the one that is left."""
        self.session.leave(self.place)
        self._stand(place)

    def _stand(self, place: Place) -> None:
        self.pane = place.pane if place.pane in self.lists else self.pane
        self.query_line.put(place.query)
        self.ask(place.query, dict(place.cursors), place.shown)
        if not self.reading:
            self.choose(self.pane)

    def action_narrow(self) -> None:
        """Add the record that is read to the query; go to the reader when the query has it already."""
        record_id = self.reading_id
        if not record_id:
            return
        kind = self.session.kind(record_id)
        text = pin(self.session.query, kind, record_id)
        if text == self.session.query.strip():
            self.action_read()
        else:
            self.change(text, {kind: record_id}, self.session.shown)

    def action_widen(self) -> None:
        """Peel one layer: the reader, then the last term of the query."""
        if self.starting:
            self.action_leave_reader()
        elif self.reading:
            if not self.reader.stop_find():
                self.action_leave_reader()
        elif self.session.query.strip():
            self._peel()
        else:
            self.say(gettext("the query is empty: this is the whole library"))

    def _peel(self) -> None:
        """Take the last term off; the words that found it come back with the place among what they had found."""
        place = self.session.history.replaced_by(self.session.query)
        if place is None:
            self.change(peel(self.session.query), {})
        else:
            self.change(place.query, dict(place.cursors), place.shown, place.pane)
            self.choose(place.pane)

    def action_clear(self) -> None:
        """Empty the query."""
        if self.session.query:
            self.change("", {})
