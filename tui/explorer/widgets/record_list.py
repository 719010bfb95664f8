"""A list of records: it fetches the rows that show, a page at a time, so a million rows open like ten."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from textwrap import wrap

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.exchange.page import Span
from tui.exchange.printable import printable
from tui.explorer.commands import LIST
from tui.explorer.inks import inks
from tui.explorer.widgets.columns import axis_of, cells
from tui.explorer.widgets.finding import marked
from tui.explorer.widgets.surface import Surface
from tui.index import Listing, Row
from tui.language import gettext, later, number

_PAGE = 32
"""Rows that are fetched together: about what a screen shows, since each costs its counts."""
_MOST_PAGES = 64


class RecordList(Surface):
    """One of the four lists, with a cursor; its keys are bound by the screen."""

    where = LIST

    class Pressed(Message):
        """A row was clicked."""

        def __init__(self, pane: RecordList) -> None:
            super().__init__()
            self.pane = pane

    def __init__(self, kind: str, place: int, title: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.cursor = 0
        self.reason = ""
        self._number = place
        self._title = title
        self._listing: Listing | None = None
        self._pages: dict[int, list[Row]] = {}
        self._words: tuple[str, ...] = ()
        self._axis: tuple[int, int] | None = None
        self._leans: bool | None = None
        self.entitle(f"{place} {title}")

    @property
    def caption(self) -> str:
        """The list's number, name and count: `2 Leaders 199`."""
        return f"{self._number} {self._title} {number(self.total)}"

    def show(self, listing: Listing, words: tuple[str, ...], keep: str, reason: str) -> None:
        """Show another listing, with the cursor on the record `keep` if it is there.

        `words` are marked in the titles; `reason` is what an empty list says.
        """
        before = self._face()
        self._listing, self._words, self.reason = listing, words, reason
        self._pages.clear()
        self.forget_lines()
        self.total = listing.total
        self._axis = None
        place = listing.position(keep) if keep else None
        self.cursor = place or 0
        self.top = 0
        self._reveal()
        self.entitle(self.caption, order_name(listing.sort))
        if self._face() != before:
            self.refresh()

    def _face(self) -> Hashable:
        """What tells how the list looks, apart from the keys being in it; None while it does not show.

        Rows that nobody sees are not fetched; Textual draws a list anew that comes into sight.
        """
        if not (self.display and self.size.height):
            return None
        rows = tuple(map(self._row, range(self.top, min(self.top + self.window, self.total))))
        how = self.border_title, self.border_subtitle, self.total, self.top, self.cursor, self._years
        return (*how, rows, self._words) if rows else (*how, self.reason)

    @property
    def selected(self) -> Row | None:
        """The row under the cursor; None in an empty list."""
        return self._row(self.cursor) if self.total else None

    @property
    def position(self) -> int:
        """The place of the cursor."""
        return self.cursor

    def go_to(self, position: int) -> bool:
        """Move the cursor, and the window with it; True when it moved."""
        position = max(0, min(position, self.total - 1))
        if self.total == 0 or position == self.cursor:
            return False
        before, self.cursor = self.cursor, position
        if not self._reveal():
            self.refresh_line(before)
            self.refresh_line(position)
        return True

    def _reveal(self) -> bool:
        """Scroll so that the cursor shows; True when that drew the window anew."""
        if not self.size.height:
            # Not seen yet: what shows is chosen when its size is known.
            return False
        if self.cursor < self.top:
            return self.scroll_to_line(self.cursor)
        if self.cursor >= self.top + self.window:
            return self.scroll_to_line(self.cursor - self.window + 1)
        return self.scroll_to_line(self.top)

    def row(self, position: int) -> Row | None:
        """Return the row at a place; None where the list has none."""
        return self._row(position) if 0 <= position < self.total else None

    def _row(self, position: int) -> Row | None:
        if self._listing is None:
            return None
        page, place = divmod(position, _PAGE)
        rows = self._page(page)
        return rows[place] if place < len(rows) else None

    def _page(self, page: int) -> list[Row]:
        if page not in self._pages and self._listing is not None:
            if len(self._pages) > _MOST_PAGES:
                self._pages.clear()
            self._pages[page] = self._listing.rows(page * _PAGE, _PAGE)
        return self._pages.get(page, [])

    @property
    def _years(self) -> tuple[int, int] | None:
        """The years for which the bars of topics stand: those of the first page, so that rows further down compare."""
        if self._axis is None and self.kind == "topic" and not self._lean:
            self._axis = axis_of(self._page(0))
        return self._axis

    def state(self, position: int) -> Hashable:
        """Whether the cursor is on the row, and the keys in the list."""
        return (self.has_focus, self._lean) if position == self.cursor else self._lean

    def line(self, position: int) -> list[Segment]:
        """Draw a row; the cursor's has a bar before it, so that it does not rest on colour."""
        row = self._row(position)
        if row is None:
            return []
        here = position == self.cursor
        over = inks(self.app.theme)["cursor" if self.has_focus else "cursor-away"] if here else None
        bar = Span("▌" if here else " ", "link")
        spans: list[Span] = [bar]
        for span in cells(row, self.text_width - 1, lean=self._lean, axis=self._years):
            # A title has no colour of its own: its role says what it is.
            spans.extend(marked(Span(span.text), self._words) if span.role == "name" else [span])
        return self.segments(spans, over)

    @property
    def _lean(self) -> bool:
        """Whether rows are the short ones: on a slow line, where a list has the whole screen to fill."""
        if self._leans is None:
            self._leans = bool(getattr(self.app, "light", False) and getattr(self.screen, "narrow", False))
        return self._leans

    def sized_anew(self) -> None:
        """Keep the cursor in sight; rows may be short ones now, or no more."""
        super().sized_anew()
        self._leans = None
        self._reveal()

    def render_line(self, y: int) -> Strip:
        """Draw a line; in an empty list, the reason why it is empty."""
        if self.total:
            return super().render_line(y)
        lines = _wrapped(printable(self.reason), max(self.text_width - 2, 1))
        text = f" {lines[y]}" if y < len(lines) else ""
        return Strip([Segment(text, self.role("dim"))]).adjust_cell_length(self.size.width, self.role(""))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row that was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and self.top + offset.y < self.total:
            self.go_to(self.top + offset.y)
            self.post_message(self.Pressed(self))

    def on_mouse_scroll_down(self) -> None:
        """Scroll the window three lines down; the cursor stays."""
        self.scroll_to_line(self.top + 3)

    def on_mouse_scroll_up(self) -> None:
        """Scroll the window three lines up."""
        self.scroll_to_line(self.top - 3)


@lru_cache(maxsize=32)
def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width)


_ORDERS = {
    "newest": later("newest"),
    "oldest": later("oldest"),
    "relevance": later("by relevance"),
    "meetings": later("by meetings"),
    "name": later("by name"),
    "country": later("by country"),
    "sector": later("by sector"),
    "status": later("by status"),
    "title": later("by title"),
}


def order_name(sort: str) -> str:
    """Return what an order of a list is called: *newest*, *by name*."""
    return gettext(_ORDERS.get(sort, sort))
