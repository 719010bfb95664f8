"""Builds an index from the files of a library, in two passes and in memory that does not grow with it.

The first pass (`staging`) reads the files and numbers the records; the second writes what each is found by, in the
order of the numbers, with the names of the leaders and topics it is linked with.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from math import inf
from pathlib import Path
from zlib import crc32

import msgspec
from pyroaring import BitMap

from tui.index import blank, inverting, names, near, ordered, schema
from tui.index.adjacency import Adjacency
from tui.index.batches import batches
from tui.index.choosing import LENT, Choice, choices
from tui.index.documents import Document, document
from tui.index.folding import fold, words
from tui.index.inverting import Inverter
from tui.index.names import Names
from tui.index.numbers import kept, of_kind
from tui.index.schema import PARTING
from tui.index.staging import NUMBERED, WRITTEN, Progress, stage
from tui.library import names_stamp, own_names
from tui.records import KINDS, Record

__all__ = ["Progress", "build"]

_MEMORY_KIB = 64 * 1024
_KEPT_RECORDS = 20_000
_DECODERS = {kind: msgspec.json.Decoder(shape) for shape, kind in KINDS.items()}
MET = (
    "SELECT target, CAST(substr(date, 1, 4) AS INTEGER), count(*) FROM linked JOIN record ON number = source"
    " WHERE relation IN ('attended', 'agenda') AND date <> '' GROUP BY 1, 2"
)
"""Selects in which year a leader or a topic was how often at a summit."""

RECORD = f"INSERT INTO record VALUES ({', '.join('?' * 17)})"


class Shelf(Mapping[str, Record]):
    """The records of an index by id, read as they are asked for; those asked for last are kept."""

    def __init__(self, connection: sqlite3.Connection, table: str = "record") -> None:
        self._connection = connection
        self._sql = f"SELECT kind, body FROM {table} JOIN content USING (sequence) WHERE id = ?"
        self._kept: OrderedDict[str, Record | None] = OrderedDict()

    def __getitem__(self, id_: str) -> Record:
        if id_ in self._kept:
            self._kept.move_to_end(id_)
        else:
            row = self._connection.execute(self._sql, (id_,)).fetchone()
            self._kept[id_] = decoded(*row) if row else None
            if len(self._kept) > _KEPT_RECORDS:
                self._kept.popitem(last=False)
        record = self._kept[id_]
        if record is None:
            raise KeyError(id_)
        return record

    def __iter__(self) -> Iterator[str]:
        return (id_ for (id_,) in self._connection.execute("SELECT id FROM record"))

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM record").fetchone()[0])


class Wording:
    """Finds the words of texts, and the names of several words in them that mean the same as others."""

    def __init__(self, names: Names) -> None:
        self._phrases: dict[str, dict[str, list[str]]] = {}
        for phrase in names.phrases():
            first, second = phrase.split()[:2]
            self._phrases.setdefault(first, {}).setdefault(second, []).append(f" {phrase} ")
        self._firsts = frozenset(self._phrases)

    def words(self, body: str, names: str) -> tuple[set[str], set[str]]:
        """Return the words of a record's folded text and of what it is called, with the known names of several words.

        What a record is called is in its text too, if it has one.
        """
        in_body, in_names = set(body.split()), set(names.split())
        in_body.discard(PARTING)
        in_names.discard(PARTING)
        phrases = self._standing(in_body or in_names, body or names)
        if phrases:
            padded = f" {names} "
            in_names.update(phrase.strip() for phrase in phrases if phrase in padded)
            in_body.update(phrase.strip() for phrase in phrases if in_body)
        return in_body, in_names

    def _standing(self, words: set[str], text: str) -> list[str]:
        """Return the known names of several words in a text, each between spaces."""
        maybe = [
            phrase
            for first in words & self._firsts
            for second, phrases in self._phrases[first].items()
            if second in words
            for phrase in phrases
        ]
        padded = f" {text} " if maybe else ""
        return [phrase for phrase in maybe if phrase in padded]


def decoded(kind: str, body: bytes) -> Record:
    """Return the record that the index keeps as `body`."""
    return _DECODERS[kind].decode(body)


def build(
    connection: sqlite3.Connection,
    files: Sequence[Path],
    library: Path,
    progress: Callable[[Progress], None] | None = None,
    most: float = inf,
) -> None:
    """Fill an empty database with the index of `files`, or of their first records that together have `most` bytes.

    Raises LibraryError for a file that is no library and for an id that two records have; sqlite3.Error when
    the disk is full.
    """
    began, listed = time.time_ns(), library.stat().st_mtime_ns
    blank.copy_into(connection)
    connection.execute(f"PRAGMA cache_size = -{_MEMORY_KIB}")
    with connection:
        connection.execute("BEGIN")
        stage(connection, files, progress or _silent, most)
        stamped = names_stamp(library)
        names.keep_more(connection, own_names(library))
        _write(connection, Wording(Names(connection)), partial(_tell, progress or _silent, len(files)))
        connection.execute("DROP TABLE numbered")
        connection.execute("DROP TABLE stage")
        for statement in filter(str.strip, schema.INDEXES.split(";")):
            connection.execute(statement)
        ordered.keep(connection)
        connection.execute(f"INSERT INTO met {MET}")
        connection.execute("DROP TABLE linked")
        series = connection.execute("SELECT value FROM choice WHERE field = 'series'").fetchall()
        keep_series(connection, (name for (name,) in series))
        near.keep(connection)
        _describe(connection, library, began, listed, stamped)


def _write(connection: sqlite3.Connection, wording: Wording, tell: Callable[[float], None]) -> None:
    """Write every record in the order of the numbers: FTS5 is fast only so. `tell` hears which share is written."""
    shelf = Shelf(connection, "stage")
    inverter = Inverter()
    chosen: dict[Choice, array[int]] = {}
    rows = connection.execute(
        "SELECT number, sequence, id, kind, count, body FROM numbered JOIN stage USING (sequence)"
        " JOIN content USING (sequence) ORDER BY number"
    )
    (total,) = connection.execute("SELECT count(*) FROM numbered").fetchone()
    done = 0
    for batch in batches(rows):
        tell(done / total)
        done += len(batch)
        written = []
        for number, sequence, id_, kind, count, body in batch:
            record = decoded(kind, body)
            found = document(record, shelf)
            written.append((number, found.body, row_of(number, sequence, id_, kind, count, found)))
            inverter.add(number, *wording.words(found.body, found.names))
            for choice in set(choices(record, shelf)):
                chosen.setdefault(choice, array("I")).append(number)
        connection.executemany(RECORD, [row for _, _, row in written])
        connection.executemany(
            "INSERT INTO phrase (rowid, text) VALUES (?, ?)", [(number, text) for number, text, _ in written if text]
        )
    tell(1)
    inverting.keep(connection, inverter)
    _keep_choices(connection, chosen)


def _keep_choices(connection: sqlite3.Connection, chosen: Mapping[Choice, array[int]]) -> None:
    """Keep what records are chosen by; agreements lend some of it to the summits they belong to."""
    links = Adjacency(connection)
    for field, value in sorted(chosen):
        numbers = BitMap(chosen[field, value])
        if field in LENT:
            summits = links.all_of("belongs", of_kind(numbers, "agreement"))
            numbers |= of_kind(summits, "summit")
        insert = "INSERT INTO choice (field, value, records) VALUES (?, ?, ?)"
        connection.execute(insert, (field, value, kept(numbers)))


def row_of(number: int, sequence: int, id_: str, kind: str, count: int, found: Document) -> tuple[object, ...]:
    """Return the row of `record` for a document."""
    by_name = fold(found.title)
    first = (number, sequence, id_, kind, found.title, found.date, found.until, found.status, found.country, count)
    last = (found.mark, found.disputed, found.series, found.sector, by_name, found.by_group, name_key(by_name))
    return (*first, *last)


def name_key(by_name: str) -> int:
    """Return the number by which a folded name is looked up."""
    return crc32(by_name.encode())


def keep_series(connection: sqlite3.Connection, series: Iterable[str]) -> None:
    """Keep the words that a misspelt series is compared with."""
    found = {word for name in series for word in words(name) if len(word) > 2}
    connection.executemany("INSERT OR IGNORE INTO series_word VALUES (?)", [(word,) for word in sorted(found)])


def _describe(connection: sqlite3.Connection, library: Path, began: int, listed: int, names: str) -> None:
    counts = dict.fromkeys(KINDS.values(), 0)
    counts.update(connection.execute("SELECT kind, count(*) FROM record GROUP BY kind").fetchall())
    said = {
        "key": schema.KEY,
        "library": str(library),
        "library_ns": str(listed),
        "read_ns": str(began),
        "names": names,
        "counts": json.dumps(counts),
        "build": f"{time.time_ns()}-{os.getpid()}",
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", said.items())


def _tell(progress: Callable[[Progress], None], files: int, written: float) -> None:
    progress(Progress(files, files, "", NUMBERED + (WRITTEN - NUMBERED) * written))


def _silent(progress: Progress) -> None:
    """Report to nobody."""
