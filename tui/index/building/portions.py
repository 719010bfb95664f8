"""What the second pass of a build writes of some records one after the other: a portion, which is made apart.

A portion is made from what the first pass has left and from nothing else, so that another process can do it.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from zlib import crc32

import msgspec

from tui.index.documents import Document, document, plain
from tui.index.facets import Facet, facets
from tui.index.shelf import Shelf, decoded
from tui.index.wording import Wording

RECORD = f"INSERT INTO record VALUES ({', '.join('?' * 17)})"
SIZE = 500
"""How many records a portion has."""

_ROWS = (
    "SELECT number, sequence, id, kind, count, body FROM numbered JOIN stage USING (sequence)"
    " JOIN content USING (sequence) WHERE number BETWEEN ? AND ? ORDER BY number"
)
_numbers = partial(array, "I")


class Portion(msgspec.Struct, array_like=True):
    """What is written of some records."""

    rows: list[tuple[object, ...]]
    """A row of `record` for each."""
    texts: list[tuple[int, str]]
    """The number and the folded text of each that has one."""
    body: dict[str, bytes]
    names: dict[str, bytes]
    """For each word the records with it in their text, and in what they are called, as runs of numbers."""
    facets: list[tuple[str, str, bytes]]
    """The records of each facet, a field and a value, as a run of numbers."""


class Maker:
    """Makes portions of what the first pass has left in a database."""

    def __init__(self, staged: sqlite3.Connection, phrases: Iterable[str]) -> None:
        """Take the names of several words that are looked for in the texts."""
        self._staged = staged
        self._shelf = Shelf(staged, "stage")
        self._wording = Wording(phrases)

    def portion(self, first: int, last: int) -> Portion:
        """Return the portion of the records with the numbers from `first` to `last`."""
        body, names = defaultdict[str, "array[int]"](_numbers), defaultdict[str, "array[int]"](_numbers)
        having = defaultdict[Facet, "array[int]"](_numbers)
        portion = Portion([], [], {}, {}, [])
        for number, sequence, id_, kind, count, raw in self._staged.execute(_ROWS, (first, last)):
            record = decoded(kind, raw)
            found = document(record, self._shelf)
            portion.rows.append(row_of(number, sequence, id_, kind, count, found))
            if found.body:
                portion.texts.append((number, found.body))
            in_body, in_names = self._wording.words(found.body, found.names)
            for word in in_body:
                body[word].append(number)
            for word in in_names:
                names[word].append(number)
            for facet in set(facets(record, self._shelf)):
                having[facet].append(number)
        portion.body = {word: numbers.tobytes() for word, numbers in body.items()}
        portion.names = {word: numbers.tobytes() for word, numbers in names.items()}
        portion.facets = [(*facet, numbers.tobytes()) for facet, numbers in having.items()]
        return portion


def row_of(number: int, sequence: int, id_: str, kind: str, count: int, found: Document) -> tuple[object, ...]:
    """Return the row of `record` for a document."""
    by_name = plain(found.title)
    first = (number, sequence, id_, kind, found.title, found.date, found.until, found.status, found.country, count)
    last = (found.mark, found.disputed, found.series, found.sector, by_name, found.by_group, name_key(by_name))
    return (*first, *last)


def name_key(by_name: str) -> int:
    """Return the number by which a folded name is looked up."""
    return crc32(by_name.encode())
