"""Each list of the explorer in each of its orders: a page of it, and where a record stands.

A list is kept in chunks of numbers, and beside it, by number, where each stands: its *place*, a number that grows along
the list with room between neighbours, so that a record that comes in later finds a place between two others.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby

from tui.index import schema
from tui.index.batches import batches
from tui.index.numbers import packed, unpacked
from tui.index.orders import LISTS, STEP, order
from tui.index.recent import Recent

ROWS = 2048
"""How many numbers a chunk of a list has when it is built."""

SHIFT = 12
"""Places are kept for so many numbers at a time, as a power of two."""

FIRST = 1 << 40
"""Before all places that a build gives, with room for what comes in before the first."""

_KEPT = 4
"""So many chunks of places are kept in memory, of 32 KiB each. Numbers are sorted in their own order, so that each
chunk is read once for all of its numbers."""

_FAR = 48
_PLACE = (1 << _FAR) - 1
"""A place that a build gives has up to 48 bits."""


class Ordered:
    """The lists of an open index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._ends: dict[int, list[int]] = {}
        self._places = Recent[tuple[int, int], "array[int]"](_KEPT)

    def forget(self) -> None:
        """Forget what was read, since the index has changed."""
        self._ends.clear()
        self._places.clear()

    def page(self, list_: int, start: int, stop: int) -> list[int]:
        """Return the numbers of a list from one place of it to before another."""
        ends = self._ends_of(list_) if start else [0]
        chunk = bisect_right(ends, start) if start else 0
        at = start - (ends[chunk - 1] if chunk else 0)
        found: list[int] = []
        while len(found) < stop - start:
            numbers = self.chunk(list_, chunk)
            if not numbers:
                break
            found += numbers[at : at + stop - start - len(found)]
            chunk, at = chunk + 1, 0
        return found

    def walk(self, list_: int) -> Iterator[array[int]]:
        """Yield the numbers of a list in order, some at a time."""
        chunk = 0
        while numbers := self.chunk(list_, chunk):
            yield numbers
            chunk += 1

    def chunk(self, list_: int, chunk: int) -> array[int]:
        """Return the numbers of one chunk of a list; none beyond its end."""
        sql = "SELECT numbers FROM ordered WHERE list = ? AND chunk = ?"
        row = self._connection.execute(sql, (list_, chunk)).fetchone()
        return unpacked(row[0]) if row else array("I")

    def position(self, list_: int, number: int) -> int | None:
        """Return how many records of a list stand before a record of it; `None` when it is not in the list."""
        ends = self._ends_of(list_)
        place = self.place(list_, number)
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            if self.place(list_, self.chunk(list_, middle)[-1]) < place:
                low = middle + 1
            else:
                high = middle
        numbers = self.chunk(list_, low)
        if number not in numbers:
            return None
        return (ends[low - 1] if low else 0) + numbers.index(number)

    def place(self, list_: int, number: int) -> int:
        """Return the place of a record in a list; -1 when it has none."""
        places = self._chunk_of_places(list_, number >> SHIFT)
        return places[number & ((1 << SHIFT) - 1)] - 1 if places else -1

    def sort(self, list_: int, numbers: Iterable[int]) -> list[int]:
        """Return numbers in the order of a list; they are best given ascending, so that each chunk is read once."""
        return sorted(numbers, key=lambda number: self.place(list_, number))

    def _ends_of(self, list_: int) -> list[int]:
        if list_ not in self._ends:
            sizes = self._connection.execute("SELECT sizes FROM ordered_size WHERE list = ?", (list_,)).fetchone()
            self._ends[list_] = list(accumulate(unpacked(sizes[0]))) if sizes else []
        return self._ends[list_]

    def _chunk_of_places(self, list_: int, chunk: int) -> array[int]:
        return self._places.get((list_, chunk), lambda: self._read_places(list_, chunk))

    def _read_places(self, list_: int, chunk: int) -> array[int]:
        sql = "SELECT places FROM place WHERE list = ? AND chunk = ?"
        row = self._connection.execute(sql, (list_, chunk)).fetchone()
        found = array("Q")
        found.frombytes(row[0] if row else b"")
        return found


def keep(connection: sqlite3.Connection) -> None:
    """Keep each list of the explorer in each of its orders."""
    for (kind, sort), list_ in LISTS.items():
        sql = f"SELECT number FROM record WHERE number BETWEEN ? AND ? ORDER BY {order(sort)}"
        in_order = array("I", [number for (number,) in connection.execute(sql, schema.numbers(kind))])
        write(connection, list_, in_order)


def write(connection: sqlite3.Connection, list_: int, in_order: array[int]) -> None:
    """Keep a list that has these numbers in this order."""
    for table in ("ordered", "ordered_size", "place"):
        connection.execute(f"DELETE FROM {table} WHERE list = ?", (list_,))
    sizes = []
    for chunk, numbers in enumerate(batches(in_order, ROWS)):
        sizes.append(len(numbers))
        connection.execute(
            "INSERT INTO ordered (list, chunk, numbers) VALUES (?, ?, ?)", (list_, chunk, packed(numbers))
        )
    connection.execute("INSERT INTO ordered_size VALUES (?, ?)", (list_, packed(sizes)))
    # One number for both, since there may be many: a record's in front, so that they are sorted by that.
    placed = sorted(number << _FAR | FIRST + at * STEP for at, number in enumerate(in_order, 1))
    for chunk, members in groupby(placed, lambda one: one >> _FAR + SHIFT):
        write_places(connection, list_, chunk, ((one >> _FAR, one & _PLACE) for one in members))


def write_places(connection: sqlite3.Connection, list_: int, chunk: int, placed: Iterable[tuple[int, int]]) -> None:
    """Keep the places of numbers of one chunk. One is added to each, so that 0 means none."""
    places = array("Q", bytes(8 << SHIFT))
    for number, place in placed:
        places[number & ((1 << SHIFT) - 1)] = place + 1
    connection.execute(
        "INSERT OR REPLACE INTO place (list, chunk, places) VALUES (?, ?, ?)", (list_, chunk, places.tobytes())
    )
