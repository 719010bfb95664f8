"""What differs between the files of a library and what an index holds of them, record by record."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tui.index.numbers import unpacked
from tui.index.staging import Stamp, digest, stamp, twice
from tui.library import decode_entry, read_outline
from tui.records import Record, kind_of


class FileState(NamedTuple):
    """A file as it is now: its records in order, each by what tells its bytes, and known by its number or new."""

    path: Path
    stamp: Stamp
    digests: array[int]
    records: list[int | Record]
    """For each record its number where the index holds just these bytes, else the record itself."""


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


def difference(connection: sqlite3.Connection, files: Sequence[Path], settled: int) -> Difference:
    """Return what changed in `files` since they were indexed.

    A file with the size and time that are known is not read, unless it was written after `settled`, in nanoseconds.
    Raises LibraryError for a file that is no library and for an id that two records have.
    """
    known = {
        path: (number, Stamp(size, mtime, sha256))
        for number, path, size, mtime, sha256 in connection.execute("SELECT * FROM file")
    }
    states: list[FileState] = []
    touched: dict[int, Stamp] = {}
    left: set[int] = set()
    for file in files:
        number, was = known.pop(str(file), (None, Stamp(-1, 0, "")))
        found = file.stat()
        now = Stamp(found.st_size, found.st_mtime_ns, "")
        if number is not None and now.size == was.size:
            if now.mtime_ns == was.mtime_ns <= settled:
                continue
            if was.sha256 and (read := stamp(file)).sha256 == was.sha256:
                touched[number] = read
                continue
        held = _held(connection, number)
        state = _state(file, now, held)
        left.update(held.values())
        left.difference_update(one for one in state.records if isinstance(one, int))
        states.append(state)
    gone = [number for number, _ in known.values()]
    for number in gone:
        left.update(_held(connection, number).values())
    return _sorted_out(connection, Difference(states, touched, gone, {}, [], sorted(left)))


def _held(connection: sqlite3.Connection, file: int | None) -> dict[int, int]:
    """Return the numbers of the records of a file by what tells their bytes."""
    row = connection.execute("SELECT digests, numbers FROM held WHERE file = ?", (file,)).fetchone()
    if row is None:
        return {}
    digests = array("Q")
    digests.frombytes(row[0])
    return dict(zip(digests, unpacked(row[1]), strict=True))


def _state(file: Path, stamp: Stamp, held: Mapping[int, int]) -> FileState:
    digests = array("Q")
    records: list[int | Record] = []
    taken: set[int] = set()
    for entry in read_outline(file):
        told = digest(entry.raw)
        digests.append(told)
        number = held.get(told)
        if number is None or number in taken:
            records.append(decode_entry(entry, file))
        else:
            taken.add(number)
            records.append(number)
    return FileState(file, stamp, digests, records)


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
