"""All that an index holds, by ids instead of numbers: what must be alike in an index refreshed and one built anew."""

from __future__ import annotations

import sqlite3
from array import array
from pathlib import Path
from typing import Any

from tui.index.adjacency import CHUNK, SHIFT
from tui.index.numbers import restored, unpacked
from tui.index.ordered import Ordered
from tui.index.orders import LISTS


def index_dump(file: Path) -> dict[str, Any]:
    """Return what an index file holds, in plain values."""
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    try:
        return _Dump(connection).all()
    finally:
        connection.close()


class _Dump:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.ids = dict(connection.execute("SELECT number, id FROM record"))

    def all(self) -> dict[str, Any]:
        return {
            "records": self.records(),
            "words": self.words(),
            "beginnings": self.beginnings(),
            "facets": self.facets(),
            "links": self.links(),
            "lists": self.lists(),
            "places": self.places(),
            "met": self.rows("SELECT number, year, times FROM met", 1),
            "dangling": sorted(
                (target, self.ids[source], relation)
                for target, source, relation in self.connection.execute("SELECT * FROM dangling")
            ),
            "held": self.held(),
            "phrases": self.phrases(),
            "parts": self.parts(),
            "counts": self.connection.execute("SELECT value FROM meta WHERE name = 'counts'").fetchone(),
        }

    def rows(self, sql: str, numbers: int) -> list[tuple[Any, ...]]:
        found = self.connection.execute(sql)
        return sorted((*(self.ids[n] for n in row[:numbers]), *row[numbers:]) for row in found)

    def records(self) -> dict[str, Any]:
        sql = "SELECT body, record.* FROM record LEFT JOIN content USING (sequence)"
        return {row[3]: (row[0], *row[4:]) for row in self.connection.execute(sql)}

    def names(self, kept: bytes) -> list[str]:
        return sorted(self.ids[number] for number in restored(kept))

    def words(self) -> dict[str, Any]:
        sql = "SELECT word, count, called, body, names FROM word"
        return {w: (n, c, self.names(body), self.names(names)) for w, n, c, body, names in self.connection.execute(sql)}

    def beginnings(self) -> dict[str, Any]:
        sql = "SELECT word, body, names FROM beginning"
        return {word: (self.names(body), self.names(names)) for word, body, names in self.connection.execute(sql)}

    def facets(self) -> dict[tuple[str, str], list[str]]:
        sql = "SELECT field, value, records FROM choice"
        return {(field, value): self.names(kept) for field, value, kept in self.connection.execute(sql)}

    def links(self) -> set[tuple[str, str, str]]:
        found = set()
        for relation, chunk, ends, targets in self.connection.execute(
            "SELECT relation, chunk, ends, targets FROM adjacent"
        ):
            stops, run = unpacked(ends), unpacked(targets)
            for at in range(CHUNK):
                for target in run[stops[at - 1] if at else 0 : stops[at]]:
                    found.add((relation, self.ids[(chunk << SHIFT) + at], self.ids[target]))
        return found

    def lists(self) -> dict[tuple[str, str], list[str]]:
        ordered = Ordered(self.connection)
        return {
            name: [self.ids[number] for numbers in ordered.walk(list_) for number in numbers]
            for name, list_ in LISTS.items()
        }

    def places(self) -> bool:
        """Tell whether the places of all records grow along every list, and the sizes are right."""
        ordered = Ordered(self.connection)
        for list_ in LISTS.values():
            numbers = [number for part in ordered.walk(list_) for number in part]
            places = [ordered.place(list_, number) for number in numbers]
            sizes = self.connection.execute("SELECT sizes FROM ordered_size WHERE list = ?", (list_,)).fetchone()
            if places != sorted(set(places)) or (sum(unpacked(sizes[0])) if sizes else 0) != len(numbers):
                return False
            if [ordered.position(list_, number) for number in numbers] != list(range(len(numbers))):
                return False
        return True

    def held(self) -> dict[str, Any]:
        sql = "SELECT path, digests, numbers FROM file JOIN held ON held.file = file.number"
        found = {}
        for path, digests, numbers in self.connection.execute(sql):
            told = array("Q")
            told.frombytes(digests)
            found[path] = (list(told), [self.ids[number] for number in unpacked(numbers)])
        return found

    def phrases(self) -> list[tuple[Any, ...]]:
        self.connection.execute("CREATE VIRTUAL TABLE temp.spoken USING fts5vocab(main, phrase, instance)")
        found = self.connection.execute('SELECT term, doc, "offset" FROM spoken')
        return sorted((term, self.ids.get(doc, f"? {doc}"), offset) for term, doc, offset in found)

    def parts(self) -> list[tuple[Any, ...]]:
        """Return which groups of three letters stand in which words."""
        words = dict(self.connection.execute("SELECT number, word FROM word"))
        self.connection.execute("CREATE VIRTUAL TABLE temp.parts USING fts5vocab(main, word_part, instance)")
        found = self.connection.execute("SELECT term, doc FROM parts")
        return sorted((term, words.get(doc, f"? {doc}")) for term, doc in found)
