"""Writes what has changed into an index record by record, as a build would have made it.

Only the order of records that match alike stays as it was until the next build.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Mapping

import msgspec

from tui.index import schema
from tui.index.building.build import keep_series
from tui.index.building.portions import RECORD, row_of
from tui.index.documents import Document
from tui.index.names import Names
from tui.index.updating.affected import Affected
from tui.index.updating.differing import Difference
from tui.index.updating.edits import Beginnings, Facets, Words, beginnings
from tui.index.updating.recounting import recount
from tui.index.updating.relinking import Relinking
from tui.index.updating.reordering import Lists
from tui.index.wording import Wording
from tui.records import Summit, kind_of


class Rewriting:
    """One bringing up to date of an index, inside a transaction of its connection."""

    def __init__(self, connection: sqlite3.Connection, difference: Difference) -> None:
        """Raise RebuildError when a build is the better way."""
        self._connection = connection
        self._difference = difference
        self._affected = Affected(connection, difference)

    def run(self) -> None:
        """Write all that has changed."""
        texts = {number: self._affected.texts(number) for number in self._affected.numbers}
        self._write_choices()  # which are read from the links as they were
        Relinking(self._connection, self._affected).run()
        for number, (old, new) in texts.items():
            self._write_row(number, old, new)
        self._order(texts, recount(self._connection, self._affected))
        self._write_files()

    def _write_choices(self) -> None:
        facets = Facets()
        for number in self._affected.numbers:
            facets.change(number, *self._affected.facets(number))
        facets.write(self._connection)

    def _write_row(self, number: int, old: Document | None, new: Document | None) -> None:
        execute = self._connection.execute
        if old and old.body and (new is None or new.body != old.body):
            execute("INSERT INTO phrase (phrase, rowid, text) VALUES ('delete', ?, ?)", (number, old.body))
        if new and new.body and (old is None or new.body != old.body):
            execute("INSERT INTO phrase (rowid, text) VALUES (?, ?)", (number, new.body))
        if old and (number in self._affected.old):
            execute("DELETE FROM content WHERE sequence = (SELECT sequence FROM record WHERE number = ?)", (number,))
        if new is None:
            execute("DELETE FROM record WHERE number = ?", (number,))
            return
        record = self._affected.state(number)[1]
        sequence, count = execute("SELECT sequence, count FROM record WHERE number = ?", (number,)).fetchone() or (
            None,
            0,
        )
        if number in self._affected.new:
            body = msgspec.json.encode(record)
            sequence = execute("INSERT INTO content (body) VALUES (?)", (body,)).lastrowid
        assert record is not None
        execute("DELETE FROM record WHERE number = ?", (number,))
        execute(RECORD, row_of(number, sequence or 0, record.id, kind_of(record), count, new))

    def _order(self, texts: Mapping[int, tuple[Document | None, Document | None]], recounted: set[int]) -> None:
        """Write the words, and move in the lists those whose place depends on what changed."""
        told = (text for found in texts.values() for one in found if one for text in (one.body, one.names))
        wording = Wording(Names(self._connection).phrases_in(told))
        written, begun, lists = Words(), Beginnings(), Lists(self._connection)
        for number in self._affected.numbers:
            old, new = texts[number]
            if (old and (old.body, old.names)) != (new and (new.body, new.names)):
                before, after = _words(old, wording), _words(new, wording)
                written.change(number, before, after)
                starts = [(beginnings(body), beginnings(names)) for body, names in (before, after)]
                begun.change(number, *starts)
        written.write(self._connection)
        begun.write(self._connection)
        moved = recounted | {number for number in self._affected.numbers if _moves(*texts[number])}
        for number in moved:
            lists.take_out(number)
        for number in moved:
            if number in self._affected.new or number not in self._affected.old:
                lists.put_in(number)

    def _write_files(self) -> None:
        execute = self._connection.execute
        for number in self._difference.gone:
            execute("DELETE FROM file WHERE number = ?", (number,))
            execute("DELETE FROM held WHERE file = ?", (number,))
        for state in self._difference.files:
            between = [one if isinstance(one, int) else self._affected.number(one.id) for one in state.records]
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
        keep_series(
            self._connection, [record.series for record in self._affected.new.values() if isinstance(record, Summit)]
        )


def _words(found: Document | None, wording: Wording) -> tuple[set[str], set[str]]:
    return wording.words(found.body, found.names) if found else (set(), set())


def _moves(old: Document | None, new: Document | None) -> bool:
    """Tell whether a record may stand elsewhere in a list."""
    if old is None or new is None:
        return True
    return (old.title, old.date, old.by_group) != (new.title, new.date, new.by_group)
