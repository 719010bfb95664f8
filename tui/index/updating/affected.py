"""The records that a change of a library concerns, each as it was and as it becomes.

What a record is found by follows from its own text and from the names of what it is linked with, so a change reaches
one link further than the record that changed: to the summits of a leader with another name, to the agreements of a
summit on another day.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import chain

from tui.index import schema
from tui.index.adjacency import NAMING, Adjacency, back
from tui.index.documents import Document, document
from tui.index.facets import Facet, facets, lent
from tui.index.shelf import Shelf
from tui.index.updating.became import Became, said_elsewhere
from tui.index.updating.differing import Difference
from tui.records import Agreement, Leader, Record, Summit, Topic, kind_of

MOST = 2_000
"""How many records may be concerned, those further along a link with them, before a build is the better way."""


class RebuildError(Exception):
    """The index had better be built anew, since too much has changed."""


class Affected:
    """The records that a difference concerns, by their numbers. Raises RebuildError when these are too many."""

    def __init__(self, connection: sqlite3.Connection, difference: Difference) -> None:
        self._connection = connection
        self.links = Adjacency(connection)
        """The links as they were."""
        self._before = Shelf(connection)
        self.old: dict[int, Record] = {
            number: self._record(number) for number in chain(difference.changed, difference.removed)
        }
        """What changed or went, as it was."""
        self.new: dict[int, Record] = dict(difference.changed)
        """What changed or came, as it becomes."""
        for record in difference.added:
            self.new[self._next_number(kind_of(record))] = record
        gone: dict[str, Record | None] = {record.id: None for record in self.old.values()}
        self._after = Became(self._before, gone | {record.id: record for record in self.new.values()})
        self._number_of: dict[str, int] = {record.id: number for number, record in self.new.items()}
        lasting = {self.old[number].id for number in self.old.keys() & self.new.keys()}
        self.moving = {record.id for record in self.all()} - lasting
        """The ids of records that came or went."""
        self.numbers = self._concerned()
        """All that are concerned: those that changed, came or went, and those that say something of them."""

    def all(self) -> Iterator[Record]:
        """Yield what changed, came or went, as it was and as it becomes."""
        return chain(self.old.values(), self.new.values())

    def number(self, id_: str) -> int:
        """Return the number of a record as the library has become; 0 when there is none."""
        if id_ not in self._number_of:
            row = self._connection.execute("SELECT number FROM record WHERE id = ?", (id_,)).fetchone()
            self._number_of[id_] = row[0] if row and row[0] not in self.old else 0
        return self._number_of[id_]

    def state(self, number: int) -> tuple[Record | None, Record | None]:
        """Return a record before and after."""
        if number in self.old or number in self.new:
            return self.old.get(number), self.new.get(number)
        record = self._record(number)
        return record, record

    def texts(self, number: int) -> tuple[Document | None, Document | None]:
        """Return what a record is found by before and after."""
        old, new = self.state(number)
        return document(old, self._before) if old else None, document(new, self._after) if new else None

    def facets(self, number: int) -> tuple[set[Facet], set[Facet]]:
        """Return the facets of a record before and after."""
        old, new = self.state(number)
        return self._facets(number, old, before=True), self._facets(number, new, before=False)

    def _record(self, number: int) -> Record:
        (id_,) = self._connection.execute("SELECT id FROM record WHERE number = ?", (number,)).fetchone()
        return self._before[id_]

    def _next_number(self, kind: str) -> int:
        low, high = schema.numbers(kind)
        sql = "SELECT min(number) FROM record WHERE number BETWEEN ? AND ?"
        least = self._connection.execute(sql, (low, high)).fetchone()[0] or schema.first_number(kind) + 1
        number = min([least, *(taken for taken in self.new if low <= taken <= high)]) - 1
        if number <= low:
            raise RebuildError
        return number

    def _concerned(self) -> set[int]:
        found = {*self.old, *self.new}
        for number in tuple(found):
            for other in self._reached(number, self.old.get(number), self.new.get(number)):
                found.add(other)
                if len(found) > MOST:
                    raise RebuildError
        return found

    def _reached(self, number: int, old: Record | None, new: Record | None) -> Iterator[int]:
        """Yield the records that say something of one that changed."""
        known = old or new
        if isinstance(known, Leader | Topic) and said_elsewhere(old) != said_elsewhere(new):
            for relation in NAMING:
                yield from self.links.of(back(relation), number)
        if isinstance(known, Summit) and said_elsewhere(old) != said_elsewhere(new):
            yield from self.links.of(back("belongs"), number)
        if old is None and known is not None:
            sql = "SELECT source FROM dangling WHERE target = ?"
            yield from (source for (source,) in self._connection.execute(sql, (known.id,)))
        for agreement in (old, new):
            if isinstance(agreement, Agreement) and said_elsewhere(old) != said_elsewhere(new):
                row = self._connection.execute("SELECT number FROM record WHERE id = ?", (agreement.summit,)).fetchone()
                summit = row[0] if row else self.number(agreement.summit)
                if summit and schema.kind_of(summit) == "summit":
                    yield summit

    def _facets(self, number: int, record: Record | None, *, before: bool) -> set[Facet]:
        if record is None:
            return set()
        found = set(facets(record, self._before if before else self._after))
        if isinstance(record, Summit):
            for agreement in self._agreements(number, record, before=before):
                found.update(lent(agreement))
        return found

    def _agreements(self, number: int, summit: Summit, *, before: bool) -> Iterator[Agreement]:
        """Yield the agreements that belong to a summit."""
        for other in self.links.of(back("belongs"), number):
            if before or (other not in self.old and other not in self.new):
                record = self._record(other)
                if isinstance(record, Agreement):
                    yield record
        if not before:
            for new in self.new.values():
                if isinstance(new, Agreement) and new.summit == summit.id:
                    yield new
