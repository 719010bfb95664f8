"""What differs between the files of a library and what an index holds of them, record by record."""

from __future__ import annotations

import os
import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tui.index import schema
from tui.index.building.staging import Stamp, twice
from tui.index.numbers import unpacked
from tui.index.updating import sections
from tui.index.updating.sections import UNKNOWN, Changed, Layout, digest
from tui.library import decode_entry, read_entries, streaming
from tui.library.files import read_content
from tui.library.jsontext import Entry
from tui.records import KINDS, TABLES, Record, kind_of


class FileState(NamedTuple):
    """A file as it is now: its records in order, each by what tells its bytes, and known by its number or new."""

    path: Path
    stamp: Stamp
    digests: array[int]
    before: array[int]
    """The numbers of the first records, which are as they were."""
    records: list[int | Record]
    """For each of the next records its number where the index holds just these bytes, else the record itself."""
    after: array[int]
    """The numbers of the last records, which are as they were."""
    layout: Layout


class Difference(NamedTuple):
    """What must change in an index."""

    files: list[FileState]
    """The files that changed or are new."""
    touched: dict[int, Stamp]
    """By number in `file`, the new stamps of files that hold what they held."""
    gone: list[int]
    """The numbers in `file` of those that are no longer there."""
    changed: dict[int, Record]
    """By number, what records have become; ids and kinds stay."""
    added: list[Record]
    removed: list[int]
    """Numbers of records."""

    @property
    def size(self) -> int:
        """How many records are concerned."""
        return len(self.changed) + len(self.added) + len(self.removed)

    @property
    def says_more(self) -> bool:
        """Whether any file holds other records, or the same in another order."""
        return bool(self.files or self.gone)


def difference(
    connection: sqlite3.Connection, files: Sequence[Path], settled: int, *, whole: bool = True
) -> Difference:
    """Return what changed in `files` since they were indexed; they are the `whole` library, or some files of it.

    A file with the size and time that are known is not read, unless it was written after `settled`, in nanoseconds.
    Raises LibraryError for a file that is no library and for an id that two records have.
    """
    known = _known(connection, files, whole=whole)
    states: list[FileState] = []
    touched: dict[int, Stamp] = {}
    left: set[int] = set()
    for file in files:
        path = str(file)
        number, was = known.pop(path, (None, Stamp(-1, 0)))
        found = os.stat(path)
        now = Stamp(found.st_size, found.st_mtime_ns)
        if now == was and now.mtime_ns <= settled:
            continue
        held = _held(connection, number)
        state, lost = _state(file, now, held)
        if number is not None and not lost and state.digests == held.digests:
            touched[number] = now
            continue
        left.update(lost)
        states.append(state)
    gone = [number for number, _ in known.values()]
    for number in gone:
        left.update(_held(connection, number).numbers)
    return _sorted_out(connection, Difference(states, touched, gone, {}, [], sorted(left)))


def _known(connection: sqlite3.Connection, files: Sequence[Path], *, whole: bool) -> dict[str, tuple[int, Stamp]]:
    """Return the number and the stamp of each file that is indexed, by its path."""
    if whole:
        rows = connection.execute("SELECT * FROM file").fetchall()
    else:
        sql = "SELECT * FROM file WHERE path = ?"
        rows = [row for file in files for row in connection.execute(sql, (str(file),))]
    return {path: (number, Stamp(size, modified)) for number, path, size, modified in rows}


class _Held(NamedTuple):
    """What an index holds of a file: for each record what tells its bytes, and its number."""

    digests: array[int]
    numbers: array[int]
    layout: Layout


_TABLE_OF = {KINDS[shape]: table for table, shape in TABLES.items()}
_NONE = array("I")
_NOTHING = _Held(array("Q"), _NONE, UNKNOWN)


def _held(connection: sqlite3.Connection, file: int | None) -> _Held:
    sql = "SELECT digests, numbers, sections, keys FROM held WHERE file = ?"
    row = connection.execute(sql, (file,)).fetchone()
    if row is None:
        return _NOTHING
    digests = array("Q")
    digests.frombytes(row[0])
    return _Held(digests, unpacked(row[1]), sections.unpacked(*row[2:]))


def _state(file: Path, now: Stamp, held: _Held) -> tuple[FileState, set[int]]:
    """Return a file as it is, and the numbers of the records that it has no longer as they were."""
    found = _changed(file, held)
    if found is None:
        raw, entries = read_entries(file)
        with sections.opened(file, raw) as there:
            drawn = sections.Drawn(there, entries)
            told, records, lost = _matched(drawn, held.digests, held.numbers, file)
            return FileState(file, now, told, _NONE, records, _NONE, drawn.layout()), lost
    first, last, beside, values, layout = found
    if layout is held.layout:
        return FileState(file, now, held.digests, held.numbers, [], _NONE, layout), set()
    table = _TABLE_OF[schema.kind_of(held.numbers[beside])]
    changed = [Entry(table, key, value) for key, value in values.items()]
    told, records, lost = _matched(changed, held.digests[first:last], held.numbers[first:last], file)
    told = held.digests[:first] + told + held.digests[last:]
    return FileState(file, now, told, held.numbers[:first], records, held.numbers[last:], layout), lost


def _changed(file: Path, held: _Held) -> Changed | None:
    if not held.layout.sections:
        return None
    raw = b"" if file.stat().st_size >= streaming.LARGE else read_content(file).raw
    with sections.opened(file, raw) as there:
        return sections.changed(there, held.layout)


def _matched(
    entries: Iterable[Entry], digests: array[int], numbers: array[int], file: Path
) -> tuple[array[int], list[int | Record], set[int]]:
    """Return what tells the bytes of entries, the number or the record of each, and which numbers none of them has."""
    known = dict(zip(digests, numbers, strict=True))
    told = array("Q")
    records: list[int | Record] = []
    for entry in entries:
        told.append(digest(entry.raw))
        number = known.get(told[-1])
        if number is None or _TABLE_OF[schema.kind_of(number)] != entry.table:
            records.append(decode_entry(entry, file))
        else:
            records.append(known.pop(told[-1]))
    return told, records, set(known.values())


def _sorted_out(connection: sqlite3.Connection, found: Difference) -> Difference:
    """Tell changed records from added and removed ones: all that no file has as they were are taken for removed."""
    left = set(found.removed)
    by_id = {}
    for number in left:
        id_, kind = connection.execute("SELECT id, kind FROM record WHERE number = ?", (number,)).fetchone()
        by_id[id_] = (number, kind)
    seen: dict[str, Path] = {}
    for state in found.files:
        for at, record in enumerate(state.records):
            if isinstance(record, int):
                continue
            if record.id in seen or _stays(connection, record.id, by_id):
                raise twice(kind_of(record), record.id, state.path, seen.get(record.id, state.path))
            seen[record.id] = state.path
            number, kind = by_id.get(record.id, (0, ""))
            if kind == kind_of(record):
                found.changed[number] = record
                left.discard(number)
                state.records[at] = number
            else:
                found.added.append(record)
    return found._replace(removed=sorted(left))


def _stays(connection: sqlite3.Connection, id_: str, left: Mapping[str, object]) -> bool:
    """Tell whether a record has an id that stands in a file as it was."""
    return id_ not in left and connection.execute("SELECT 1 FROM record WHERE id = ?", (id_,)).fetchone() is not None
