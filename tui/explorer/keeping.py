"""What the user keeps: places with letters, bookmarks, recent queries."""

from __future__ import annotations

from abc import abstractmethod

from textual import events

from tui.explorer.history import Place, kept
from tui.explorer.reading import ReadingScreen
from tui.language import gettext
from tui.personal.kept import Change, bookmark, mark, remember

_OFFERED = 8


class KeepingScreen(ReadingScreen):
    """The panes, with the actions that keep places and lead back to them."""

    _marking = False

    @property
    @abstractmethod
    def place(self) -> Place:
        """The query and where the user stands in it."""

    @abstractmethod
    def go_to_place(self, place: Place) -> None:
        """Go to a place that was kept."""

    def action_go_back(self) -> None:
        """Go back to the place before."""

    def _keep(self, change: Change) -> None:
        """Keep a change now, beside the screen's own work: a terminal may be closed at any time."""
        keeper = self.session.keeper
        keeper.change(change)
        self.run_worker(keeper.save, thread=True, group="keep")

    def action_mark(self) -> None:
        """Wait for the letter that this place is to have."""
        self._marking = True
        self.say(gettext("type a letter for this place; ' and the letter comes back"))

    def take_letter(self, event: events.Key) -> bool:
        """Give the place the letter that was typed; False when none is waited for."""
        if not self._marking:
            return False
        self._marking = False
        letter = event.character or ""
        if not (letter.isalpha() and letter.isprintable()):
            self.say(gettext("no mark was set: a mark is a letter"))
        else:
            self._keep(mark(letter, kept(self.place)))
            self.say(gettext("marked as {letter}: '{letter} comes back here").format(letter=letter))
        return True

    def action_bookmark(self) -> None:
        """Keep the query as a bookmark, or keep it no more."""
        query = self.session.query.strip()
        if not query:
            self.say(gettext("the whole library, without a query, needs no bookmark"))
            return
        on = query not in self.session.keeper.kept.bookmarks
        self._keep(bookmark(query, on=on))
        said = gettext("bookmarked: {query}") if on else gettext("no bookmark any more: {query}")
        self.say(said.format(query=query))

    def remember_query(self) -> None:
        """Make the query the last of the recent ones; it is written with the next thing that is kept."""
        if self.session.query:
            self.session.keeper.change(remember(self.session.query))

    def offer_recent(self) -> bool:
        """Offer recent queries and bookmarks for an empty query line; False when there are none."""
        from tui.index.completion import Completion

        line, keeper = self.query_line, self.session.keeper
        if line.value or not self.typing:
            return False
        queries = dict.fromkeys(keeper.kept.recent[:_OFFERED]) | dict.fromkeys(keeper.kept.bookmarks[-_OFFERED:])
        self.show_offers([Completion(0, 0, query, query, "") for query in queries])
        self.show_keys()
        return bool(queries)

    def action_places(self) -> None:
        """Show the marks, bookmarks and recent queries, each with the sign that leads to it."""
        from tui.explorer.screens.places_screen import PlacesScreen

        self.app.push_screen(PlacesScreen(self.session.keeper.kept, self.go_to_place, self.action_go_back))
