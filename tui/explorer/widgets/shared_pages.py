"""Pages as they were built and laid out, kept for all sessions of a process: people look at the same records.

What is kept is bounded for the process, not for each session, so that who reads much costs a host no more memory; and
by its size, since pages are as long as there is to tell.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from weakref import WeakKeyDictionary

from tui import language
from tui.exchange.page import Page
from tui.exchange.text import Line, lay_out
from tui.index import Index
from tui.index.recent import Recent

_MOST_SPANS = 40_000
"""Of the pages that are kept as they were built, some 7 MB: among a million records one page may have as many."""

_MOST_LINES = 25_000
"""Of the pages that are kept in lines, some 10 MB."""


def _spans(page: Page) -> int:
    """Return how many spans a page has."""
    rows = [page.title, *(row for block in page.blocks for row in block.rows)]
    tables = [block.table for block in page.blocks if block.table]
    in_rows = sum(len(row.spans) + (row.lead is not None) for row in rows)
    in_cells = sum(len(cell) for table in tables for row in table.rows for cell in row)
    return in_rows + in_cells + sum(len(table.headings) for table in tables)


_pages: WeakKeyDictionary[Index, Recent[tuple[str, str, int], Page]] = WeakKeyDictionary()
"""The pages of an index, by language, record and how often the index has become another.

What stands for a start page where a record's id would, has a blank, which no id has.
"""

_layouts = Recent[tuple[int, int], tuple[Page, list[Line]]](_MOST_LINES, lambda kept: len(kept[1]))
"""Pages in lines, by page and width. A page that is kept is not freed, so that no other has its number."""


class _NoRecordError(Exception):
    """There is no record to make a page of."""


def page_of(index: Index, record_id: str) -> Page | None:
    """Return the page of a record in the language that is spoken; None for one that the index does not have."""

    def made() -> Page:
        from tui.exchange.record_page import MOST_READ, record_page

        record = index.record(record_id)
        if record is None:
            raise _NoRecordError
        return record_page(record, index, MOST_READ)

    try:
        return _kept(index, record_id, made)
    except _NoRecordError:
        return None


def start_page_of(index: Index, queries: tuple[str, ...], keys: tuple[tuple[str, str], ...] = ()) -> Page:
    """Return the start page in the language that is spoken, as of today; `queries` and `keys` are the user's own."""
    from tui.exchange.start_page import start_page

    def made() -> Page:
        return start_page(index, queries, keys)

    return made() if queries else _kept(index, f"start {date.today()} {keys}", made)


def _kept(index: Index, name: str, make: Callable[[], Page]) -> Page:
    pages = _pages.get(index)
    if pages is None:
        pages = _pages[index] = Recent(_MOST_SPANS, _spans)
    return pages.get((language.current(), name, index.revision), make)


def lines_of(page: Page, width: int) -> list[Line]:
    """Return a page in lines of a width; they are shared, and not to be changed."""
    return _layouts.get((id(page), width), lambda: (page, lay_out(page, width)))[1]
