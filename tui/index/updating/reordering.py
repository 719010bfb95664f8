"""Moves records in the lists of the explorer when what they are ordered by has changed."""

from __future__ import annotations

import sqlite3
from array import array

from tui.index import schema
from tui.index.numbers import packed, unpacked
from tui.index.ordered import SHIFT, Ordered, write, write_places
from tui.index.orders import LISTS, STEP, order


class Lists:
    """The lists of an index that is being changed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def take_out(self, number: int) -> None:
        """Take a record out of every list of its kind."""
        for _, list_ in _lists_of(number):
            ordered = Ordered(self._connection)
            at = ordered.position(list_, number)
            if at is None:
                continue
            chunk, before = self._chunk_at(list_, at)
            numbers = ordered.chunk(list_, chunk)
            del numbers[at - before]
            self._write_chunk(list_, chunk, numbers)
            self._write_place(list_, number, None)

    def put_in(self, number: int) -> None:
        """Put a record into every list of its kind, where its row in `record` says."""
        for sort, list_ in _lists_of(number):
            at = self._place_for(list_, sort, number)
            ordered = Ordered(self._connection)
            before = ordered.page(list_, at - 1, at) if at else []
            after = ordered.page(list_, at, at + 1)
            place = _between(
                ordered.place(list_, before[0]) if before else None, ordered.place(list_, after[0]) if after else None
            )
            chunk, first = self._chunk_at(list_, max(at - 1, 0))
            numbers = ordered.chunk(list_, chunk)
            numbers.insert(at - first, number)
            self._write_chunk(list_, chunk, numbers)
            if place is None:
                self._spread(list_)
            else:
                self._write_place(list_, number, place)

    def _place_for(self, list_: int, sort: str, number: int) -> int:
        """Return how many records of a list go before one that is not in it."""
        ordered = Ordered(self._connection)
        low, high = 0, sum(self._sizes(list_))
        while low < high:
            middle = (low + high) // 2
            other = ordered.page(list_, middle, middle + 1)[0]
            sql = f"SELECT number FROM record WHERE number IN (?, ?) ORDER BY {order(sort)} LIMIT 1"
            if self._connection.execute(sql, (number, other)).fetchone()[0] == other:
                low = middle + 1
            else:
                high = middle
        return low

    def _chunk_at(self, list_: int, at: int) -> tuple[int, int]:
        """Return the chunk that holds a place of a list, and how many records stand before the chunk."""
        before = 0
        sizes = self._sizes(list_)
        for chunk, size in enumerate(sizes):
            if at < before + size:
                return chunk, before
            before += size
        return max(len(sizes) - 1, 0), before - (sizes[-1] if sizes else 0)

    def _sizes(self, list_: int) -> array[int]:
        row = self._connection.execute("SELECT sizes FROM ordered_size WHERE list = ?", (list_,)).fetchone()
        return unpacked(row[0]) if row else array("I")

    def _write_chunk(self, list_: int, chunk: int, numbers: array[int]) -> None:
        sizes = self._sizes(list_)
        if not numbers or chunk == len(sizes):
            self._whole(list_, chunk, numbers)
            return
        sizes[chunk] = len(numbers)
        sql = "UPDATE ordered SET numbers = ? WHERE list = ? AND chunk = ?"
        self._connection.execute(sql, (packed(numbers), list_, chunk))
        self._connection.execute("UPDATE ordered_size SET sizes = ? WHERE list = ?", (packed(sizes), list_))

    def _whole(self, list_: int, chunk: int, numbers: array[int]) -> None:
        """Write a list anew with one chunk as given: chunks are never empty."""
        found = Ordered(self._connection)
        chunks = [found.chunk(list_, at) for at in range(len(self._sizes(list_)))]
        chunks[chunk : chunk + 1] = [numbers]
        write(self._connection, list_, array("I", [number for part in chunks for number in part]))

    def _spread(self, list_: int) -> None:
        """Give the records of a list new places, since there is no room between two of them."""
        numbers = [number for part in Ordered(self._connection).walk(list_) for number in part]
        write(self._connection, list_, array("I", numbers))

    def _write_place(self, list_: int, number: int, place: int | None) -> None:
        chunk, at = number >> SHIFT, number & ((1 << SHIFT) - 1)
        row = self._connection.execute(
            "SELECT number, places FROM place WHERE list = ? AND chunk = ?", (list_, chunk)
        ).fetchone()
        if row is None:
            write_places(self._connection, list_, chunk, [] if place is None else [(number, place)])
            return
        places = array("Q")
        places.frombytes(row[1])
        places[at] = 0 if place is None else place + 1
        self._connection.execute("UPDATE place SET places = ? WHERE number = ?", (places.tobytes(), row[0]))


def _lists_of(number: int) -> list[tuple[str, int]]:
    kind = schema.kind_of(number)
    return [(sort, list_) for (other, sort), list_ in LISTS.items() if other == kind]


def _between(before: int | None, after: int | None) -> int | None:
    """Return a place between two neighbours; `None` when there is no room, or no neighbour to go by."""
    if before is None and after is None:
        return None
    if before is None:
        return after - STEP if after is not None and after > STEP else None
    if after is None:
        return before + STEP
    middle = (before + after) // 2
    return middle if before < middle < after else None
