"""The lists of a view: rows are fetched as they are asked for, and no list is held whole that need not be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Protocol

from pyroaring import BitMap

from tui.index.asked import Asked
from tui.index.numbers import EMPTY
from tui.index.orders import LISTS
from tui.index.rows import Row, fetch
from tui.index.scope import Scope

MANY = 10_000
"""From how many rows on a count need not be exact to be of use."""

_SPARSE = 4_000
"""Up to so many numbers are put in order at once; of more, no more than is asked for."""


class Numbers(Protocol):
    """The numbers of a list in its order."""

    def page(self, start: int, stop: int) -> Sequence[int]:
        """Return the numbers from place `start` to before `stop`, fewer at the end."""

    def place(self, number: int) -> int | None:
        """Return the place of a number, or `None` when it is not in the list."""


class Whole:
    """A list of the explorer with nothing left out."""

    def __init__(self, kind: str, sort: str, asked: Asked) -> None:
        self._list = LISTS[kind, sort]
        self._ordered = asked.ordered

    def page(self, start: int, stop: int) -> Sequence[int]:
        """Return the numbers from place `start` to before `stop`."""
        return self._ordered.page(self._list, start, stop)

    def place(self, number: int) -> int | None:
        """Return the place of a number."""
        return self._ordered.position(self._list, number)


class Likest:
    """Numbers that go first for their names, then all others by their worth."""

    def __init__(self, head: Sequence[int], members: BitMap) -> None:
        self._head = head
        self._rest = members - BitMap(head)

    def page(self, start: int, stop: int) -> Sequence[int]:
        """Return the numbers from place `start` to before `stop`."""
        first = len(self._head)
        return [*self._head[start:stop], *self._rest[max(start - first, 0) : max(stop - first, 0)]]

    def place(self, number: int) -> int | None:
        """Return the place of a number."""
        if number in self._rest:
            return len(self._head) + int(self._rest.rank(number)) - 1
        return self._head.index(number) if number in self._head else None


class Sifted:
    """Some of the numbers of a list of the explorer, in one of its orders."""

    def __init__(self, kind: str, sort: str, members: BitMap, asked: Asked) -> None:
        self._list = LISTS[kind, sort]
        self._members = members
        self._ordered = asked.ordered
        self._first: list[int] = []
        self._walk = iter(()) if len(members) <= _SPARSE else asked.ordered.walk(self._list)
        if len(members) <= _SPARSE:
            self._first = asked.ordered.sort(self._list, members)

    def page(self, start: int, stop: int) -> Sequence[int]:
        """Return the numbers from place `start` to before `stop`."""
        members = self._members
        while len(self._first) < min(stop, len(members)) and (numbers := next(self._walk, None)):
            self._first += [number for number in numbers if number in members]
        return self._first[start:stop]

    def place(self, number: int) -> int | None:
        """Return the place of a number."""
        if number not in self._members:
            return None
        if number not in self._first:
            for numbers in self._walk:
                self._first += [other for other in numbers if other in self._members]
                if number in numbers:
                    break
        return self._first.index(number)


class Busiest:
    """Leaders or topics, those first that were at most of the summits in view."""

    def __init__(self, kind: str, members: BitMap, met: Callable[[], Counter[int]], asked: Asked) -> None:
        self._list = LISTS[kind, "meetings"]
        self._members = members
        self._met = met
        self._ordered = asked.ordered
        self._first: list[int] = []

    def page(self, start: int, stop: int) -> Sequence[int]:
        """Return the numbers from place `start` to before `stop`."""
        stop = min(stop, len(self._members))
        if len(self._first) < stop:
            met = self._met()
            least = 0
            if len(self._members) > _SPARSE:
                least = _least_of(stop * 2, met)
            found = [number for number in self._members if met[number] >= least] if least else list(self._members)
            place = self._ordered.place
            self._first = sorted(found, key=lambda number: (-met[number], place(self._list, number)))
        return self._first[start:stop]

    def place(self, number: int) -> int | None:
        """Return the place of a number."""
        if number not in self._members:
            return None
        self.page(0, len(self._members))
        return self._first.index(number)


class Chained:
    """One list after another."""

    def __init__(self, first: Numbers, length: int, then: Numbers) -> None:
        self._first = first
        self._length = length
        self._then = then

    def page(self, start: int, stop: int) -> Sequence[int]:
        """Return the numbers from place `start` to before `stop`."""
        at = self._length
        later = self._then.page(max(start - at, 0), stop - at) if stop > at else ()
        return [*self._first.page(start, min(stop, at)), *later] if start < at else later

    def place(self, number: int) -> int | None:
        """Return the place of a number."""
        found = self._first.place(number)
        if found is None and (found := self._then.place(number)) is not None:
            found += self._length
        return found


class Listing:
    """One list of a view."""

    def __init__(
        self,
        kind: str,
        sort: str,
        asked: Asked,
        numbers: Numbers,
        members: BitMap | None,
        scope: Scope | None = None,
    ) -> None:
        self.kind = kind
        self.sort = sort
        """One of `SORTS`, or `relevance`."""
        self.total = asked.counts[kind] if members is None else len(members)
        """How many rows there are."""
        self.scope = scope
        """What rows of leaders and topics count; `None` for the whole library."""
        self._asked = asked
        self._numbers = numbers
        self._members = members

    def years(self) -> dict[int, int]:
        """Return the years in which the summits of a list began, ascending, as far as known, each with how many did."""
        with self._asked.lock:
            began = self._asked.facets.began()
            members = self._members
            counted = ((year, len(of if members is None else of & members)) for year, of in began)
            return {year: count for year, count in counted if count}

    def rows(self, start: int, count: int) -> list[Row]:
        """Return `count` rows from the place `start` on, fewer at the end."""
        start, stop = max(start, 0), max(start, 0) + max(count, 0)
        with self._asked.lock:
            numbers = self._numbers.page(start, min(stop, self.total))
            return fetch(self._asked.connection, numbers, self._asked.today, self.scope)

    def newest(self, count: int) -> list[Row]:
        """Return the newest `count` rows of a list of summits or agreements, in whatever order it is."""
        with self._asked.lock:
            members = self._members
            whole = Whole(self.kind, "newest", self._asked)
            numbers: Numbers = whole if members is None else Sifted(self.kind, "newest", members, self._asked)
            return fetch(self._asked.connection, numbers.page(0, min(count, self.total)), self._asked.today, self.scope)

    def position(self, id: str) -> int | None:  # noqa: A002 - the word the library uses
        """Return the place of a record in the list, or `None` when it is not in it."""
        with self._asked.lock:
            sql = "SELECT number FROM record WHERE id = ? AND kind = ?"
            found = self._asked.connection.execute(sql, (id if id.isascii() else "", self.kind)).fetchone()
            return self._numbers.place(found[0]) if found else None


def nothing(kind: str, sort: str, asked: Asked) -> Listing:
    """Return an empty list."""
    return Listing(kind, sort, asked, Likest((), EMPTY), EMPTY)


def _least_of(many: int, met: Counter[int]) -> int:
    """Return how often those were met at least that are among the first `many`; 0 when there are not so many."""
    seen = 0
    for times, number in sorted(Counter(met.values()).items(), reverse=True):
        seen += number
        if seen >= many:
            return times
    return 0
