"""The page that leads back to what the user keeps: marks, bookmarks, recent queries."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import events

from tui.exchange.page import Block, Page, Row, Span, column, row
from tui.explorer.history import Place, found
from tui.explorer.screens.page_screen import PageScreen
from tui.explorer.widgets.reader import Reader
from tui.language import gettext, later
from tui.personal.kept import Kept

_DIGITS = "123456789"


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
