"""What the user keeps: places with letters, bookmarks, recent queries; and the page that leads back to them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import events

from tui.exchange.page import Block, Page, Row, Span, column, row
from tui.explorer.exporting import ExportingScreen
from tui.explorer.history import Place, found, kept
from tui.explorer.page_screen import PageScreen
from tui.explorer.reader import Reader
from tui.index.completion import Completion
from tui.language import gettext, later
from tui.personal.kept import Change, Kept, bookmark, mark, remember

_DIGITS = "123456789"
_OFFERED = 8


class KeepingScreen(ExportingScreen):
    """The panes, with the actions that keep places and lead back to them."""

    _marking = False

    @property
    def place(self) -> Place:
        """The query and where the user stands in it."""
        raise LookupError("the explorer's screen knows its place")

    def go_to_place(self, place: Place) -> None:
        """Go to a place that was kept."""
        raise LookupError("the explorer's screen goes to places")

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
        self.say(gettext("type a letter for this place; ' and the letter comes back to it"))

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
            self.say(gettext("an empty query is the whole library; there is nothing to bookmark"))
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
        line, keeper = self.query_line, self.session.keeper
        if line.value or not self.typing:
            return False
        queries = dict.fromkeys(keeper.kept.recent[:_OFFERED]) | dict.fromkeys(keeper.kept.bookmarks[-_OFFERED:])
        self.offers.show([Completion(0, 0, query, query, "") for query in queries], line.place_of(0))
        self.show_keys()
        return bool(queries)

    def action_places(self) -> None:
        """Show the marks, bookmarks and recent queries, each with the sign that leads to it."""
        self.app.push_screen(PlacesScreen(self.session.keeper.kept, self.go_to_place, self.action_go_back))


class PlacesScreen(PageScreen):
    """Marks by their letters, bookmarks and recent queries by digits; the sign alone leads there."""

    closing = later("a sign goes there, ' goes back, esc closes")

    def __init__(self, kept: Kept, go: Callable[[Place], None], back: Callable[[], None]) -> None:
        listed = _listed(kept)
        ways = {letter: partial(go, found(where)) for letter, where in sorted(kept.marks.items())}
        ways |= {sign: partial(go, Place(query)) for sign, query in listed if sign}
        super().__init__(_page(kept, listed), gettext("Places"))
        self._reader = _Signs({**ways, "'": back}, self._leave)

    def on_mount(self) -> None:
        """Show the page, no higher than it is."""
        super().on_mount()
        self.call_after_refresh(self.fit)

    def _leave(self, way: Callable[[], None]) -> None:
        self.dismiss()
        way()


class _Signs(Reader):
    """A page on which single signs lead somewhere; all other keys do what they do on any page."""

    def __init__(self, ways: dict[str, Callable[[], None]], leave: Callable[[Callable[[], None]], None]) -> None:
        super().__init__("page")
        self._ways = ways
        self._leave = leave

    def take(self, event: events.Key) -> bool:
        """Go where a sign leads."""
        way = self._ways.get(event.character or "")
        if way is None:
            return False
        self._leave(way)
        return True


def _listed(kept: Kept) -> list[tuple[str, str]]:
    """The bookmarks and then the recent queries, each once, with a digit as long as there are any left."""
    queries = list(dict.fromkeys([*kept.bookmarks, *kept.recent]))
    return [(_DIGITS[place] if place < len(_DIGITS) else "", query) for place, query in enumerate(queries)]


def _page(kept: Kept, listed: list[tuple[str, str]]) -> Page:
    signs = {query: sign for sign, query in listed}
    marks = [(letter, where.query or gettext("the whole library")) for letter, where in sorted(kept.marks.items())]
    bookmarks = [(signs[query], query) for query in kept.bookmarks]
    recent = [(signs[query], query) for query in kept.recent if query not in kept.bookmarks]
    blocks = [Block(title, _rows(rows)) for title, rows in _titled(marks, bookmarks, recent) if rows]
    if not blocks:
        blocks = [Block("", (row(gettext("Nothing is kept yet: m and a letter marks a place, B keeps the query.")),))]
    return Page("places", row(Span(gettext("Places to go back to"), "title")), tuple(blocks))


def _titled(
    marks: list[tuple[str, str]], bookmarks: list[tuple[str, str]], recent: list[tuple[str, str]]
) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(gettext("Marks"), marks), (gettext("Bookmarks"), bookmarks), (gettext("Recent"), recent)]


def _rows(rows: list[tuple[str, str]]) -> tuple[Row, ...]:
    return column((Span(sign or " ", "hint" if sign else ""), [text]) for sign, text in rows)
