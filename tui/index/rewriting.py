"""Writes what has changed into an index record by record, as a build would have made it.

What a record is found by follows from its own text and from the names of what it is linked with, so a change reaches
one link further than the record that changed: to the summits of a leader with another name, to the agreements of a
summit on another day. Only the order of records that match alike stays as it was until the next build.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

import msgspec

from tui.index import amending, schema
from tui.index.adjacency import Adjacency, back
from tui.index.amending import Beginnings, Choices, Links, Words
from tui.index.became import Became, said_elsewhere
from tui.index.build import keep_series
from tui.index.choosing import Choice, choices, lent
from tui.index.differing import Difference
from tui.index.documents import Document, document
from tui.index.linking import links
from tui.index.names import Names
from tui.index.portions import RECORD, row_of
from tui.index.reordering import Lists
from tui.index.scope import MEETING
from tui.index.shelf import Shelf
from tui.index.wording import Wording
from tui.records import Agreement, Leader, Record, Summit, Topic, kind_of

MOST = 2_000
"""How many records may be concerned, those further along a link with them, before a build is the better way."""

_NAMING = ("attended", "absent", "agenda", "kept_off", "about", "signed")
"""The links over which a record takes up the name of another."""

_COUNTED = {"attended": "leader", "agenda": "topic", "belongs": "summit"}


class RebuildError(Exception):
    """The index had better be built anew, since too much has changed."""


class Rewriting:
    """One bringing up to date of an index, inside a transaction of its connection."""

    def __init__(self, connection: sqlite3.Connection, difference: Difference) -> None:
        self._connection = connection
        self._difference = difference
        self._adjacency = Adjacency(connection)
        self._before = Shelf(connection)
        self._old: dict[int, Record] = {
            number: self._record(number) for number in chain(difference.changed, difference.removed)
        }
        self._new: dict[int, Record] = dict(difference.changed)
        for record in difference.added:
            self._new[self._next_number(kind_of(record))] = record
        gone: dict[str, Record | None] = {record.id: None for record in self._old.values()}
        self._after = Became(self._before, gone | {record.id: record for record in self._new.values()})
        self._number_of: dict[str, int] = {record.id: number for number, record in self._new.items()}
        lasting = {self._old[number].id for number in self._old.keys() & self._new.keys()}
        self._moving = {record.id for record in self._all()} - lasting
        """The ids of records that came or went."""
        self._touched = self._concerned()
        self._recounted: set[int] = set()

    def run(self) -> None:
        """Write all that has changed."""
        texts = {number: self._texts(number) for number in self._touched}
        self._write_links()
        for number in self._touched:
            self._write_row(number, *texts[number])
        if self._linked_otherwise():
            self._count()
            self._write_met()
        self._order(texts)
        self._write_files()

    def _record(self, number: int) -> Record:
        (id_,) = self._connection.execute("SELECT id FROM record WHERE number = ?", (number,)).fetchone()
        return self._before[id_]

    def _next_number(self, kind: str) -> int:
        low, high = schema.numbers(kind)
        sql = "SELECT min(number) FROM record WHERE number BETWEEN ? AND ?"
        least = self._connection.execute(sql, (low, high)).fetchone()[0] or schema.first_number(kind) + 1
        number = min([least, *(taken for taken in self._new if low <= taken <= high)]) - 1
        if number <= low:
            raise RebuildError
        return number

    def _number(self, id_: str) -> int:
        """Return the number of a record as the library has become; 0 when there is none."""
        if id_ not in self._number_of:
            row = self._connection.execute("SELECT number FROM record WHERE id = ?", (id_,)).fetchone()
            self._number_of[id_] = row[0] if row and row[0] not in self._old else 0
        return self._number_of[id_]

    def _concerned(self) -> set[int]:
        """Return the numbers of the records that changed and of those that say something of them."""
        found = {*self._old, *self._new}
        for number in tuple(found):
            for other in self._reached(number, self._old.get(number), self._new.get(number)):
                found.add(other)
                if len(found) > MOST:
                    raise RebuildError
        return found

    def _reached(self, number: int, old: Record | None, new: Record | None) -> Iterator[int]:
        known = old or new
        if isinstance(known, Leader | Topic) and said_elsewhere(old) != said_elsewhere(new):
            for relation in _NAMING:
                yield from self._adjacency.of(back(relation), number)
        if isinstance(known, Summit) and said_elsewhere(old) != said_elsewhere(new):
            yield from self._adjacency.of(back("belongs"), number)
        if old is None and known is not None:
            sql = "SELECT source FROM dangling WHERE target = ?"
            yield from (source for (source,) in self._connection.execute(sql, (known.id,)))
        for agreement in (old, new):
            if isinstance(agreement, Agreement) and said_elsewhere(old) != said_elsewhere(new):
                row = self._connection.execute("SELECT number FROM record WHERE id = ?", (agreement.summit,)).fetchone()
                summit = row[0] if row else self._number(agreement.summit)
                if summit and schema.kind_of(summit) == "summit":
                    yield summit

    def _state(self, number: int) -> tuple[Record | None, Record | None]:
        """Return a record before and after."""
        if number in self._old or number in self._new:
            return self._old.get(number), self._new.get(number)
        record = self._record(number)
        return record, record

    def _texts(self, number: int) -> tuple[Document | None, Document | None]:
        old, new = self._state(number)
        return document(old, self._before) if old else None, document(new, self._after) if new else None

    def _agreements(self, number: int, summit: Summit, *, before: bool) -> Iterator[Agreement]:
        """Yield the agreements that belong to a summit."""
        for other in self._adjacency.of(back("belongs"), number):
            if before or (other not in self._old and other not in self._new):
                record = self._record(other)
                if isinstance(record, Agreement):
                    yield record
        if not before:
            for new in self._new.values():
                if isinstance(new, Agreement) and new.summit == summit.id:
                    yield new

    def _chosen(self, number: int, record: Record | None, *, before: bool) -> set[Choice]:
        if record is None:
            return set()
        found = set(choices(record, self._before if before else self._after))
        if isinstance(record, Summit):
            for agreement in self._agreements(number, record, before=before):
                found.update(lent(agreement))
        return found

    def _write_links(self) -> None:
        """Write the links, and with them what records are chosen by, which is read from the links as they were."""
        chosen, changed = Choices(), Links()
        for number in self._touched:
            old, new = self._state(number)
            before, after = self._chosen(number, old, before=True), self._chosen(number, new, before=False)
            chosen.change(number, before, after)
        for number, record in self._old.items():
            for relation, target in set(links(record)) - self._lasting(number):
                self._unlink(changed, number, relation, target)
            if number not in self._new:
                self._leave_dangling(changed, number, record)
        for number, record in self._new.items():
            for relation, target in set(links(record)) - self._lasting(number):
                self._link(changed, number, relation, target)
            if number not in self._old:
                self._take_up_dangling(changed, number, record)
        chosen.write(self._connection)
        changed.write(self._connection)

    def _lasting(self, number: int) -> set[tuple[str, str]]:
        """Return the links of a record that stay as they are: those that lead to what neither came nor went."""
        old, new = self._old.get(number), self._new.get(number)
        stay = set(links(old)) & set(links(new)) if old and new else ()
        return {(relation, target) for relation, target in stay if target not in self._moving}

    def _unlink(self, changed: Links, number: int, relation: str, target: str) -> None:
        row = self._connection.execute("SELECT number FROM record WHERE id = ?", (target,)).fetchone()
        if row:
            changed.remove(number, relation, row[0])
        else:
            sql = "DELETE FROM dangling WHERE target = ? AND source = ? AND relation = ?"
            self._connection.execute(sql, (target, number, relation))

    def _link(self, changed: Links, number: int, relation: str, target: str) -> None:
        there = self._number(target)
        if there:
            changed.add(number, relation, there)
        else:
            self._connection.execute("INSERT OR IGNORE INTO dangling VALUES (?, ?, ?)", (target, number, relation))

    def _leave_dangling(self, changed: Links, number: int, record: Record) -> None:
        """Keep the links that lead to a record that is gone, by its id; those of changed records are made anew."""
        for relation in _RELATIONS_TO:
            for source in self._adjacency.of(back(relation), number):
                if source not in self._old:
                    changed.remove(source, relation, number)
                    values = (record.id, source, relation)
                    self._connection.execute("INSERT OR IGNORE INTO dangling VALUES (?, ?, ?)", values)

    def _take_up_dangling(self, changed: Links, number: int, record: Record) -> None:
        sql = "SELECT source, relation FROM dangling WHERE target = ?"
        for source, relation in self._connection.execute(sql, (record.id,)).fetchall():
            changed.add(source, relation, number)
        self._connection.execute("DELETE FROM dangling WHERE target = ?", (record.id,))

    def _write_row(self, number: int, old: Document | None, new: Document | None) -> None:
        execute = self._connection.execute
        if old and old.body and (new is None or new.body != old.body):
            execute("INSERT INTO phrase (phrase, rowid, text) VALUES ('delete', ?, ?)", (number, old.body))
        if new and new.body and (old is None or new.body != old.body):
            execute("INSERT INTO phrase (rowid, text) VALUES (?, ?)", (number, new.body))
        if old and (number in self._old):
            execute("DELETE FROM content WHERE sequence = (SELECT sequence FROM record WHERE number = ?)", (number,))
        if new is None:
            execute("DELETE FROM record WHERE number = ?", (number,))
            return
        record = self._state(number)[1]
        sequence, count = execute("SELECT sequence, count FROM record WHERE number = ?", (number,)).fetchone() or (
            None,
            0,
        )
        if number in self._new:
            body = msgspec.json.encode(record)
            sequence = execute("INSERT INTO content (body) VALUES (?)", (body,)).lastrowid
        assert record is not None
        execute("DELETE FROM record WHERE number = ?", (number,))
        execute(RECORD, row_of(number, sequence or 0, record.id, kind_of(record), count, new))

    def _linked_otherwise(self) -> bool:
        """Tell whether records came or went, or link to others than before, or met on another day."""

        def said(record: Record | None) -> object:
            return record and (set(links(record)), record.start if isinstance(record, Summit) else "")

        return any(said(self._old.get(number)) != said(self._new.get(number)) for number in {*self._old, *self._new})

    def _count(self) -> None:
        """Count anew how often the records are linked that a changed one names or named."""
        linked = Adjacency(self._connection)
        for relation, number in self._targets():
            count = len(linked.of(back(relation), number))
            sql = "UPDATE record SET count = ? WHERE number = ? AND count <> ?"
            if self._connection.execute(sql, (count, number, count)).rowcount:
                self._recounted.add(number)

    def _targets(self) -> set[tuple[str, int]]:
        """Return the records that are counted for being named by a changed one, and those that changed themselves."""
        found = set()
        for record in (*self._old.values(), *self._new.values()):
            for relation, target in links(record):
                number = self._number(target) if relation in _COUNTED else 0
                if number and schema.kind_of(number) == _COUNTED[relation]:
                    found.add((relation, number))
        for number in self._new:
            found.update((relation, number) for relation, kind in _COUNTED.items() if kind == schema.kind_of(number))
        return found

    def _write_met(self) -> None:
        """Count anew in which years those met that were at a summit that changed."""
        concerned = {number for relation, number in self._targets() if relation in MEETING.values()}
        for number in self._removed("leader", "topic"):
            self._connection.execute("DELETE FROM met WHERE number = ?", (number,))
        linked = Adjacency(self._connection)
        for number in concerned if any(isinstance(r, Summit | Leader | Topic) for r in self._all()) else ():
            relation = MEETING[schema.kind_of(number)]
            summits = ", ".join(map(str, linked.of(back(relation), number)))
            sql = f"SELECT CAST(substr(date, 1, 4) AS INTEGER) FROM record WHERE number IN ({summits}) AND date <> ''"
            years = Counter(year for (year,) in self._connection.execute(sql))
            self._connection.execute("DELETE FROM met WHERE number = ?", (number,))
            rows = [(number, year, times) for year, times in years.items()]
            self._connection.executemany("INSERT INTO met VALUES (?, ?, ?)", rows)

    def _all(self) -> Iterator[Record]:
        return chain(self._old.values(), self._new.values())

    def _removed(self, *kinds: str) -> list[int]:
        return [number for number in self._old if number not in self._new and schema.kind_of(number) in kinds]

    def _order(self, texts: Mapping[int, tuple[Document | None, Document | None]]) -> None:
        """Write the words, and move in the lists those whose place depends on what changed."""
        told = (text for found in texts.values() for one in found if one for text in (one.body, one.names))
        wording = Wording(Names(self._connection).phrases_in(told))
        written, begun, lists = Words(), Beginnings(), Lists(self._connection)
        for number in self._touched:
            old, new = texts[number]
            if (old and (old.body, old.names)) != (new and (new.body, new.names)):
                before, after = _words(old, wording), _words(new, wording)
                written.change(number, before, after)
                starts = [(amending.beginnings(body), amending.beginnings(names)) for body, names in (before, after)]
                begun.change(number, *starts)
        written.write(self._connection)
        begun.write(self._connection)
        moved = self._recounted | {number for number in self._touched if _moves(*texts[number])}
        for number in moved:
            lists.take_out(number)
        for number in moved:
            if number in self._new or number not in self._old:
                lists.put_in(number)

    def _write_files(self) -> None:
        execute = self._connection.execute
        for number in self._difference.gone:
            execute("DELETE FROM file WHERE number = ?", (number,))
            execute("DELETE FROM held WHERE file = ?", (number,))
        for state in self._difference.files:
            between = [one if isinstance(one, int) else self._number_of[one.id] for one in state.records]
            numbers = state.before + array("I", between) + state.after
            row = execute("SELECT number FROM file WHERE path = ?", (str(state.path),)).fetchone()
            if row is None:
                row = (execute("INSERT INTO file VALUES (NULL, ?, 0, 0)", (str(state.path),)).lastrowid,)
            execute(
                "UPDATE file SET size = ?, mtime_ns = ? WHERE number = ?",
                (state.stamp.size, state.stamp.mtime_ns, row[0]),
            )
            held = (row[0], state.digests.tobytes(), numbers.tobytes(), *state.layout.packed())
            execute("INSERT OR REPLACE INTO held VALUES (?, ?, ?, ?, ?)", held)
        self._write_counts()

    def _write_counts(self) -> None:
        counts: dict[str, int] = json.loads(schema.meta(self._connection)["counts"])
        for record in self._difference.added:
            counts[kind_of(record)] += 1
        for number in self._difference.removed:
            counts[schema.kind_of(number)] -= 1
        self._connection.execute("UPDATE meta SET value = ? WHERE name = 'counts'", (json.dumps(counts),))
        keep_series(self._connection, [record.series for record in self._new.values() if isinstance(record, Summit)])


_RELATIONS_TO = (*_NAMING, "belongs", "cites")


def _words(found: Document | None, wording: Wording) -> tuple[set[str], set[str]]:
    return wording.words(found.body, found.names) if found else (set(), set())


def _moves(old: Document | None, new: Document | None) -> bool:
    """Tell whether a record may stand elsewhere in a list."""
    if old is None or new is None:
        return True
    return (old.title, old.date, old.by_group) != (new.title, new.date, new.by_group)
