"""One user's query, its view and the way there; knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tui.exchange.page import Page
from tui.explorer.commands import LIST, in_context, shown
from tui.explorer.history import History, Place
from tui.explorer.widgets.shared_pages import page_of, start_page_of
from tui.index import SORTS, Hint, Index, Patience, View
from tui.index.orders import RELEVANCE
from tui.index.query import exactly
from tui.language import gettext, later
from tui.personal.kept import Keeper, Where
from tui.records import Record, kind_of

_NO_WORDS = {
    "summit": later("no summit has all these words"),
    "leader": later("no leader has all these words"),
    "topic": later("no topic has all these words"),
    "agreement": later("no agreement has all these words"),
}
_NO_LINK = {
    "summit": later("no summit is linked with all of this"),
    "leader": later("no leader is linked with all of this"),
    "topic": later("no topic is linked with all of this"),
    "agreement": later("no agreement is linked with all of this"),
}

_SAID = 3
"""How many near words of one typed word are named at most."""

_FIRST_KEYS = ("brief", "evidence", "disputes", "timeline", "compare", "pictures", "export", "copy")
"""Actions that are told on the start page: what can be done with what is found."""


class Session:
    """What the screen shows follows from it: the query, the view, the record that is read."""

    def __init__(
        self,
        index: Index,
        query: str = "",
        sorts: Mapping[str, str] | None = None,
        keeper: Keeper | None = None,
        resumed: Where | None = None,
    ) -> None:
        self.index = index
        self.keeper = keeper or Keeper(None, Path())
        self.resumed = resumed
        """The place that the explorer opens on, where that is the one at which the user left."""
        self.history = History()
        self.sorts: dict[str, str] = dict(sorts or {})
        """The order that was chosen for a list; one without is by relevance to the words, else in its usual order."""
        self.query = resumed.query if resumed else query
        self.shown = ""
        """The id of the record that is read, where it is not the one under the cursor: a source has no list."""
        self.view: View = index.view(self.query, self.sorts)

    def ask(self, query: str, shown: str = "", patience: Patience | None = None) -> None:
        """Make `query` the query and get its view. Raises Stopped, and keeps the old view, when `patience` is over."""
        self.query, self.shown = query, shown
        self.view = self.index.view(query, self.sorts, patience)

    def take(self, index: Index) -> None:
        """Ask another index from now on: that of the library as it has become."""
        self.index = index

    @property
    def hint(self) -> Hint | None:
        """What is wrong with the query, if anything."""
        return self.view.hints[0] if self.view.hints else None

    @property
    def also(self) -> str:
        """What was searched besides the words as typed; empty for nothing."""
        words: dict[str, list[str]] = {}
        for typed, other in self.view.also:
            words.setdefault(typed, []).append(other)
        said = gettext("{others} for “{typed}”")
        shown = {typed: ", ".join(others[:_SAID]) + (" …" if others[_SAID:] else "") for typed, others in words.items()}
        return "; ".join(said.format(others=others, typed=typed) for typed, others in shown.items())

    @property
    def insisting(self) -> str:
        """The query with `=` before each word that was searched in other spellings too."""
        text = self.query
        for typed in dict.fromkeys(typed for typed, _ in self.view.also):
            text = exactly(text, typed)
        return text

    def reason(self, kind: str) -> str:
        """What an empty list says."""
        if self.hint:
            return self.hint.message
        if self.view.words:
            return gettext(_NO_WORDS[kind])
        return gettext(_NO_LINK[kind]) if self.query.strip() else gettext("this library has none")

    def next_sort(self, kind: str) -> str:
        """Give a list its next order, and return its name."""
        orders = (*((RELEVANCE,) if self.view.words else ()), *SORTS[kind])
        here = self.view.lists[kind].sort
        chosen: str = orders[(orders.index(here) + 1) % len(orders) if here in orders else 0]
        self.sorts[kind] = chosen
        if chosen == orders[0]:
            del self.sorts[kind]
        self.ask(self.query, self.shown)
        return chosen

    def record(self, record_id: str) -> Record | None:
        """Return a record; None for no id and for one that the library does not have."""
        return self.index.record(record_id) if record_id else None

    def kind(self, record_id: str) -> str:
        """Return the kind of a record; empty for one that the library does not have."""
        record = self.record(record_id)
        return kind_of(record) if record else ""

    def page(self, record_id: str) -> Page | None:
        """Return the page of a record; None for no id and for one that the library does not have."""
        return page_of(self.index, record_id) if record_id else None

    def empty_page(self) -> Page:
        """Return the page of a query that finds nothing: why, and what to ask instead."""
        from tui.exchange.empty_page import empty_page

        return empty_page(self.query, self.view.hints, self.index)

    @property
    def found_nothing(self) -> bool:
        """Whether the query finds no record of any kind."""
        return bool(self.query.strip()) and not any(listing.total for listing in self.view.lists.values())

    def start_page(self) -> Page:
        """Return the page of what the library holds, with the queries that the user may go on with."""
        kept = self.keeper.kept
        given = {command.action: command for command in reversed(in_context(LIST)) if command.keys}
        first = [given[action] for action in _FIRST_KEYS if action in given]
        keys = tuple((shown(command.keys[0]), gettext(command.help)) for command in first)
        return start_page_of(self.index, tuple(dict.fromkeys([*kept.bookmarks, *kept.recent])), keys)

    def leave(self, place: Place) -> None:
        """Note the place that is left for a new query."""
        self.history.leave(place)
