"""The lists of a view: rows are fetched as they are asked for, and no list is held whole that need not be."""

from __future__ import annotations

import sqlite3
import threading
from array import array
from typing import NamedTuple, Protocol

from tui.index.orders import LISTS, STEP
from tui.index.rows import Row, fetch

MOST = 10_000
"""How many hits of words are counted and can be read in one list."""


class Asked(NamedTuple):
    """What answers the rest of a view's questions: the connection, its lock, the day, and its state of changes."""

    connection: sqlite3.Connection
    lock: threading.RLock
    today: str
    counts: dict[str, int]
    """How many records of each kind there are."""
    dense: bool
    """Whether places in `placed` are those of a build, so that a page is a range of them."""


class Numbers(Protocol):
    """The numbers of a list in its order."""

    def page(self, start: int, stop: int) -> list[int]:
        """Return the numbers from place `start` to before `stop`, fewer at the end."""

    def place(self, number: int) -> int | None:
        """Return the place of a number, or `None` when it is not in the list."""


class Whole:
    """A list of the explorer with nothing left out, read from `placed`."""

    def __init__(self, kind: str, sort: str, total: int, asked: Asked) -> None:
        self._list = LISTS[kind, sort]
        self._total = total
        self._asked = asked

    def page(self, start: int, stop: int) -> list[int]:
        """Return the numbers from place `start` to before `stop`."""
        stop = min(stop, self._total)
        if start >= stop:
            return []
        if self._asked.dense:
            sql = "SELECT number FROM placed WHERE list = ? AND place BETWEEN ? AND ? ORDER BY place"
            return self._select(sql, (self._list, (start + 1) * STEP, stop * STEP))
        # The way from the nearer end is the shorter one.
        if start <= self._total // 2:
            sql = "SELECT number FROM placed WHERE list = ? ORDER BY place LIMIT ? OFFSET ?"
            return self._select(sql, (self._list, stop - start, start))
        sql = "SELECT number FROM placed WHERE list = ? ORDER BY place DESC LIMIT ? OFFSET ?"
        return self._select(sql, (self._list, stop - start, self._total - stop))[::-1]

    def place(self, number: int) -> int | None:
        """Return the place of a number."""
        sql = "SELECT place FROM placed WHERE number = ? AND list = ?"
        found = self._select(sql, (number, self._list))
        if not found:
            return None
        if self._asked.dense:
            return found[0] // STEP - 1
        sql = "SELECT count(*) FROM placed WHERE list = ? AND place < ?"
        return self._select(sql, (self._list, found[0]))[0]

    def _select(self, sql: str, parameters: tuple[int, ...]) -> list[int]:
        return [number for (number,) in self._asked.connection.execute(sql, parameters)]


class Held:
    """A list that is held whole, since it is short or its order follows from the query."""

    def __init__(self, numbers: array[int]) -> None:
        self._numbers = numbers
        self._places: dict[int, int] | None = None

    def page(self, start: int, stop: int) -> list[int]:
        """Return the numbers from place `start` to before `stop`."""
        return list(self._numbers[start:stop])

    def place(self, number: int) -> int | None:
        """Return the place of a number."""
        if self._places is None:
            self._places = {number: place for place, number in enumerate(self._numbers)}
        return self._places.get(number)


class Listing:
    """One list of a view."""

    def __init__(
        self,
        kind: str,
        sort: str,
        asked: Asked,
        numbers: Numbers,
        total: int,
        *,
        more: bool = False,
        scope: Scope | None = None,
    ) -> None:
        self.kind = kind
        self.sort = sort
        """One of `SORTS`, or `relevance`."""
        self.total = total
        """How many rows can be read."""
        self.more = more
        """Whether there are more than `total`: those are neither counted nor read."""
        self._asked = asked
        self._numbers = numbers
        self.scope = scope

    def rows(self, start: int, count: int) -> list[Row]:
        """Return `count` rows from the place `start` on, fewer at the end."""
        start, stop = max(start, 0), max(start, 0) + max(count, 0)
        with self._asked.lock:
            numbers = self._numbers.page(start, min(stop, self.total))
            scope = self.scope
            if scope is None:
                return fetch(self._asked.connection, numbers, self._asked.today)
            return fetch(self._asked.connection, numbers, self._asked.today, scope.summits, scope.counts(numbers))

    def held(self) -> list[int]:
        """Return all numbers of the list in their order."""
        return self._numbers.page(0, self.total)

    def followed_by(self, other: Listing) -> Listing:
        """Return this list with the records after it that only the `other` has, in their order there."""
        here = set(first := self.held())
        numbers = array("q", first + [number for number in other.held() if number not in here])
        scope = self.scope
        if scope is not None and other.scope is not None:
            scope = Scope(scope.summits, other.scope.met | scope.met)
        more = self.more or other.more
        return Listing(self.kind, self.sort, self._asked, Held(numbers), len(numbers), more=more, scope=scope)

    def position(self, id: str) -> int | None:  # noqa: A002 - the word the library uses
        """Return the place of a record in the list, or `None` when it is not in it."""
        with self._asked.lock:
            sql = "SELECT number FROM record WHERE id = ?"
            found = self._asked.connection.execute(sql, (id if id.isascii() else "",)).fetchone()
            return self._numbers.place(found[0]) if found else None


class Scope(NamedTuple):
    """What the rows of leaders and topics count: the summits that field terms leave, and how often each was there."""

    summits: frozenset[int]
    met: dict[int, int]

    def counts(self, numbers: list[int]) -> dict[int, int]:
        """Return the count of each of `numbers`."""
        return {number: self.met.get(number, 0) for number in numbers}
