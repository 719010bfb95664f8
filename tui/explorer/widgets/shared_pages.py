"""Pages as they were built and laid out, kept for all sessions of a process: people look at the same records.

What is kept is bounded for the process, not for each session, so that who reads much costs a host no more memory.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from weakref import WeakKeyDictionary

from tui import language
from tui.exchange.page import Page
from tui.exchange.text import Line, lay_out
from tui.index import Index

_MOST_PAGES = 512
_MOST_LINES = 40_000

_pages: WeakKeyDictionary[Index, OrderedDict[tuple[str, str, int], Page]] = WeakKeyDictionary()
"""The pages of an index, by language, record and how often the index has become another.

What stands for a start page where a record's id would, has a blank, which no id has.
"""


def page_of(index: Index, record_id: str) -> Page | None:
    """Return the page of a record in the language that is spoken; None for one that the index does not have."""

    def made() -> Page | None:
        from tui.exchange.record_page import record_page

        record = index.record(record_id)
        return record_page(record, index) if record else None

    return _kept(index, record_id, made)


def start_page_of(index: Index, queries: tuple[str, ...], keys: tuple[tuple[str, str], ...] = ()) -> Page:
    """Return the start page in the language that is spoken, as of today; `queries` and `keys` are the user's own."""
    from tui.exchange.start_page import start_page

    def made() -> Page:
        return start_page(index, queries, keys)

    return (_kept(index, f"start {date.today()} {keys}", made) if not queries else None) or made()


def _kept(index: Index, name: str, make: Callable[[], Page | None]) -> Page | None:
    pages = _pages.setdefault(index, OrderedDict())
    key = (language.current(), name, index.revision)
    page = pages.get(key)
    if page is None:
        page = make()
        if page is None:
            return None
        if len(pages) >= _MOST_PAGES:
            pages.popitem(last=False)
        pages[key] = page
    pages.move_to_end(key)
    return page


class _Layouts:
    """Pages in lines, by page and width; those that were not asked for longest go first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int], tuple[Page, list[Line]]] = OrderedDict()
        self._lines = 0

    def get(self, page: Page, width: int) -> list[Line]:
        # A page that is kept is not freed, so that no other has its number.
        key = (id(page), width)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = (page, lay_out(page, width))
            self._lines += len(kept[1])
            while self._lines > _MOST_LINES and len(self._kept) > 1:
                self._lines -= len(self._kept.popitem(last=False)[1][1])
        self._kept.move_to_end(key)
        return kept[1]


_layouts = _Layouts()


def lines_of(page: Page, width: int) -> list[Line]:
    """Return a page in lines of a width; they are shared, and not to be changed."""
    return _layouts.get(page, width)
