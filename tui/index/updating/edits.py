"""Changes the sets and runs that an index keeps, one record at a time, as a build would have written them.

Changes are gathered and written once, so that a set that several records touch is read and written once.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable

from pyroaring import BitMap

from tui.index import adjacency, near
from tui.index.adjacency import CHUNK, SHIFT, back
from tui.index.facets import Facet
from tui.index.numbers import kept, restored, unpacked
from tui.index.postings import LONGEST_BEGINNING
from tui.index.schema import NATION, OWN_LAST, PARTING


class _Edit:
    """Numbers that come into a set and that leave it."""

    def __init__(self) -> None:
        self.into: set[int] = set()
        self.out: set[int] = set()

    def applied(self, numbers: BitMap) -> BitMap:
        return (numbers - BitMap(self.out)) | BitMap(self.into)


class Words:
    """Changes of the words of records."""

    def __init__(self) -> None:
        self._edits: dict[str, tuple[_Edit, _Edit]] = defaultdict(lambda: (_Edit(), _Edit()))

    def change(self, number: int, before: tuple[set[str], set[str]], after: tuple[set[str], set[str]]) -> None:
        """Take the words of a record's text and of its names, before and after."""
        for field in (0, 1):
            for word in before[field] - after[field]:
                self._edits[word][field].out.add(number)
            for word in after[field] - before[field]:
                self._edits[word][field].into.add(number)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the changes of whole words."""
        abroad: Counter[str] = Counter()
        for word, (in_body, in_names) in self._edits.items():
            row = connection.execute(
                "SELECT number, count, called, body, names FROM word WHERE word = ?", (word,)
            ).fetchone()
            number, count, called, body, names = row or (None, 0, 0, b"", b"")
            old = restored(body), restored(names)
            new = in_body.applied(old[0]), in_names.applied(old[1])
            # The count may go beyond the texts: by the names of countries in other languages.
            more = len(new[0]) - len(old[0])
            count, called = count + more, called + len(new[1]) - len(old[1])
            if word[0] == NATION:
                abroad.update(dict.fromkeys(near.foreign_words(word[1:].upper()), more))
            if number is None:
                self._insert(connection, word, (count, called, kept(new[0]), kept(new[1])))
            elif count or called:
                connection.execute(
                    "UPDATE word SET count = ?, called = ?, body = ?, names = ? WHERE number = ?",
                    (count, called, kept(new[0]), kept(new[1]), number),
                )
            else:
                connection.execute("DELETE FROM word WHERE number = ?", (number,))
                near.drop_parts(connection, number, word)
        near.count_more(connection, {word: more for word, more in abroad.items() if more})

    def _insert(self, connection: sqlite3.Connection, word: str, values: tuple[int, int, bytes, bytes]) -> None:
        cursor = connection.execute(
            "INSERT INTO word (word, count, called, body, names) VALUES (?, ?, ?, ?, ?)", (word, *values)
        )
        near.keep_parts(connection, cursor.lastrowid or 0, word)


class Beginnings(Words):
    """Changes of the beginnings of the words of records, as far as they are kept."""

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the changes of beginnings."""
        for start, (in_body, in_names) in self._edits.items():
            row = connection.execute("SELECT number, body, names FROM beginning WHERE word = ?", (start,)).fetchone()
            if row:
                body, names = in_body.applied(restored(row[1])), in_names.applied(restored(row[2]))
                connection.execute(
                    "UPDATE beginning SET body = ?, names = ? WHERE number = ?", (kept(body), kept(names), row[0])
                )


class Facets:
    """Changes of the facets of records."""

    def __init__(self) -> None:
        self._edits: dict[Facet, _Edit] = defaultdict(_Edit)

    def change(self, number: int, before: set[Facet], after: set[Facet]) -> None:
        """Take the facets that a record had and has."""
        for facet in before - after:
            self._edits[facet].out.add(number)
        for facet in after - before:
            self._edits[facet].into.add(number)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the changes."""
        for (field, value), edit in self._edits.items():
            sql = "SELECT records FROM choice WHERE field = ? AND value = ?"
            row = connection.execute(sql, (field, value)).fetchone()
            numbers = edit.applied(restored(row[0] if row else b""))
            connection.execute("DELETE FROM choice WHERE field = ? AND value = ?", (field, value))
            if numbers:
                insert = "INSERT INTO choice (field, value, records) VALUES (?, ?, ?)"
                connection.execute(insert, (field, value, kept(numbers)))


class Links:
    """Changes of links, given as (number, relation, other number)."""

    def __init__(self) -> None:
        self._edits: dict[tuple[str, int], dict[int, _Edit]] = defaultdict(lambda: defaultdict(_Edit))

    def add(self, source: int, relation: str, target: int) -> None:
        """Link two records, both ways."""
        self._edit(source, relation, target).into.add(target)
        self._edit(target, back(relation), source).into.add(source)

    def remove(self, source: int, relation: str, target: int) -> None:
        """Take the link between two records away, both ways."""
        self._edit(source, relation, target).out.add(target)
        self._edit(target, back(relation), source).out.add(source)

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the changes."""
        for (relation, chunk), edits in self._edits.items():
            runs = _runs(connection, relation, chunk)
            for at, edit in edits.items():
                runs[at] = array("I", sorted((set(runs[at]) - edit.out) | edit.into))
            low = chunk << SHIFT
            pairs = ((low + at, target) for at, run in enumerate(runs) for target in run)
            adjacency.write(connection, relation, chunk, pairs)

    def _edit(self, number: int, relation: str, target: int) -> _Edit:
        edit = self._edits[relation, number >> SHIFT][number & (CHUNK - 1)]
        edit.into.discard(target)
        edit.out.discard(target)
        return edit


def beginnings(words: Iterable[str]) -> set[str]:
    """Return the beginnings that are kept of words."""
    return {
        word[:letters]
        for word in words
        if " " not in word and not PARTING <= word[0] <= OWN_LAST
        for letters in range(1, min(len(word), LONGEST_BEGINNING) + 1)
    }


def _runs(connection: sqlite3.Connection, relation: str, chunk: int) -> list[array[int]]:
    sql = "SELECT ends, targets FROM adjacent WHERE relation = ? AND chunk = ?"
    row = connection.execute(sql, (relation, chunk)).fetchone()
    if row is None:
        return [array("I") for _ in range(CHUNK)]
    ends, targets = unpacked(row[0]), unpacked(row[1])
    return [targets[ends[at - 1] if at else 0 : ends[at]] for at in range(CHUNK)]
