"""The links between records, both ways: whom a summit brought together, and at which summits a person was.

A relation is kept as runs: for each chunk of numbers, the numbers linked with each, one after the other, and where
the run of each ends. What is looked up stays in memory until the index changes.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, groupby

from pyroaring import BitMap

from tui.index.numbers import packed, unpacked

RELATIONS = ("attended", "absent", "agenda", "kept_off", "belongs", "about", "signed", "cites")
"""What links one record with another: the first is the one that names the other."""

LINKS = ("attended", "agenda", "belongs", "about", "signed", "cites")
"""The relations that make two records linked: who was absent and what was kept off the agenda are not."""

NAMING = ("attended", "absent", "agenda", "kept_off", "about", "signed")
"""The relations over which a record takes up the name of another."""

SHIFT = 10
CHUNK = 1 << SHIFT
"""How many numbers a chunk has."""

_MANY = 32
"""How many links of a record are looked up one by one, before all of the others at once."""
_SELECT = "SELECT ends, targets FROM adjacent WHERE relation = ? AND chunk = ?"
_NOTHING = (array("I", [0] * CHUNK), array("I"))


def back(relation: str) -> str:
    """Return the relation that leads the other way."""
    return f"{relation} by"


class Adjacency:
    """The links of an open index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._chunks: dict[tuple[str, int], tuple[array[int], array[int]]] = {}

    def forget(self) -> None:
        """Forget what was read, since the index has changed."""
        self._chunks.clear()

    def of(self, relation: str, number: int) -> array[int]:
        """Return what a record is linked with, ascending."""
        ends, targets = self._chunk(relation, number >> SHIFT)
        at = number & (CHUNK - 1)
        return targets[ends[at - 1] if at else 0 : ends[at]]

    def all_of(self, relation: str, numbers: BitMap) -> BitMap:
        """Return all that any of the records is linked with."""
        found = array("I")
        found.frombytes(b"".join(self._runs(relation, numbers)))
        return BitMap(found)

    def counts(self, relation: str, numbers: BitMap) -> Counter[int]:
        """Return with how many of the records each other one is linked."""
        return Counter(chain.from_iterable(self._runs(relation, numbers)))

    def reaching(self, relation: str, numbers: BitMap, others: BitMap) -> BitMap:
        """Return those of the records that are linked with any of the others."""
        found = array("I")
        for chunk, members in _chunked(numbers):
            ends, targets = self._chunk(relation, chunk)
            for number in members if targets else ():
                at = number & (CHUNK - 1)
                run = targets[ends[at - 1] if at else 0 : ends[at]]
                for target in run if len(run) <= _MANY else run[:_MANY]:
                    if target in others:
                        found.append(number)
                        break
                else:
                    if len(run) > _MANY and not others.isdisjoint(BitMap(run)):
                        found.append(number)
        return BitMap(found)

    def _runs(self, relation: str, numbers: BitMap) -> Iterator[array[int]]:
        """Yield what the records are linked with, in pieces of any size."""
        for chunk, members in _chunked(numbers):
            ends, targets = self._chunk(relation, chunk)
            if len(members) == CHUNK:
                yield targets
            elif targets:
                for number in members:
                    at = number & (CHUNK - 1)
                    yield targets[ends[at - 1] if at else 0 : ends[at]]

    def _chunk(self, relation: str, chunk: int) -> tuple[array[int], array[int]]:
        found = self._chunks.get((relation, chunk))
        if found is None:
            row = self._connection.execute(_SELECT, (relation, chunk)).fetchone()
            found = (unpacked(row[0]), unpacked(row[1])) if row else _NOTHING
            self._chunks[relation, chunk] = found
        return found


def _chunked(numbers: BitMap) -> Iterator[tuple[int, array[int]]]:
    """Yield the chunks that have any of the numbers, each with those that it has."""
    all_, start = numbers.to_array(), 0
    while start < len(all_):
        chunk = all_[start] >> SHIFT
        first, start = start, bisect_left(all_, (chunk + 1) << SHIFT, start)
        yield chunk, all_[first:start]


def keep(connection: sqlite3.Connection, relation: str, pairs: Iterable[tuple[int, int]]) -> None:
    """Keep the links of a relation, given as (number, other number) in ascending order without repeats."""
    for chunk, members in groupby(pairs, lambda pair: pair[0] >> SHIFT):
        write(connection, relation, chunk, members)


def write(connection: sqlite3.Connection, relation: str, chunk: int, pairs: Iterable[tuple[int, int]]) -> None:
    """Keep the links of one chunk in the place of what was kept of it."""
    sizes = [0] * CHUNK
    targets = array("I")
    for number, target in pairs:
        sizes[number & (CHUNK - 1)] += 1
        targets.append(target)
    total, ends = 0, []
    for size in sizes:
        total += size
        ends.append(total)
    connection.execute("DELETE FROM adjacent WHERE relation = ? AND chunk = ?", (relation, chunk))
    if targets:
        connection.execute(
            "INSERT INTO adjacent (relation, chunk, ends, targets) VALUES (?, ?, ?, ?)",
            (relation, chunk, packed(ends), targets.tobytes()),
        )
