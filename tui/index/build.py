"""Builds an index from the files of a library."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from tui.index import countries, near, schema
from tui.index.documents import Document, document
from tui.index.folding import fold, words
from tui.library import LibraryError, read_file
from tui.records import KINDS, Record, kind_of


class Progress(NamedTuple):
    """How far a build is: `done` of `total` files are read; `file` is the one being read, empty at the end."""

    done: int
    total: int
    file: str


class Stamp(NamedTuple):
    """What tells whether a file is the one that was indexed."""

    size: int
    mtime_ns: int
    sha256: str


def build(
    connection: sqlite3.Connection,
    files: Sequence[Path],
    library: Path,
    progress: Callable[[Progress], None] | None = None,
) -> None:
    """Fill an empty database with the index of `files`.

    Raises LibraryError for a file that is no library and for an id that two records have; sqlite3.Error when
    the disk is full.
    """
    began, listed = time.time_ns(), library.stat().st_mtime_ns
    stamps, homes, records = _read(files, progress or _silent)
    schema.create(connection)
    with connection:
        connection.executemany("INSERT INTO file VALUES (?, ?, ?, ?)", [(str(p), *s) for p, s in stamps.items()])
        _write(connection, homes, records)
        connection.executescript(schema.INDEXES)
        _count(connection)
        _keep_countries(connection)
        _keep_words(connection)
        near.keep(connection)
        _describe(connection, library, began, listed)
    connection.execute("ANALYZE")


def _read(
    files: Sequence[Path], progress: Callable[[Progress], None]
) -> tuple[dict[Path, Stamp], dict[str, Path], dict[str, Record]]:
    stamps: dict[Path, Stamp] = {}
    homes: dict[str, Path] = {}
    records: dict[str, Record] = {}
    for done, file in enumerate(files):
        progress(Progress(done, len(files), file.name))
        # Stamped before it is read: if the file changes in between, the next start sees a stamp that differs.
        stamps[file] = stamp(file)
        for _, record in read_file(file):
            if record.id in homes:
                raise _twice(record, file, homes[record.id])
            homes[record.id] = file
            records[record.id] = record
    progress(Progress(len(files), len(files), ""))
    return stamps, homes, records


def stamp(file: Path) -> Stamp:
    """Return the stamp of a file as it is now. Raises LibraryError when it cannot be read."""
    try:
        found = file.stat()
        with file.open("rb") as opened:
            return Stamp(found.st_size, found.st_mtime_ns, hashlib.file_digest(opened, "sha256").hexdigest())
    except OSError as error:
        raise LibraryError(file, f"cannot be read ({error.strerror or error})", remedy="Check the path.") from error


def _write(connection: sqlite3.Connection, homes: dict[str, Path], records: dict[str, Record]) -> None:
    numbers = {id: number for number, id in enumerate(records, 1)}  # noqa: A001 - the word the library uses
    encoder = msgspec.json.Encoder()
    for record in records.values():
        number = numbers[record.id]
        found = document(record, records)
        connection.execute(
            "INSERT INTO record (number, id, kind, file, title, date, until, status, country, mark, disputed, series,"
            " sector, by_name, by_group, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, record.id, kind_of(record), str(homes[record.id]), *_columns(found), encoder.encode(record)),
        )
        connection.execute("INSERT INTO names (rowid, text) VALUES (?, ?)", (number, found.names))
        if found.body:
            connection.execute("INSERT INTO body (rowid, text) VALUES (?, ?)", (number, found.body))
        # A link to a record that is not there is kept in the record's own body, which shows it by its id.
        links = {(number, relation, numbers[other]) for relation, other in found.links if other in numbers}
        connection.executemany("INSERT INTO link VALUES (?, ?, ?)", sorted(links))
        connection.executemany("INSERT INTO place VALUES (?, ?, ?)", [(number, *place) for place in found.places])
        connection.executemany("INSERT INTO year VALUES (?, ?)", [(year, number) for year in found.years])


def _columns(found: Document) -> tuple[str | bool, ...]:
    plain = (found.title, found.date, found.until, found.status, found.country, found.mark, found.disputed)
    return (*plain, found.series, found.sector, fold(found.title), found.by_group)


def _count(connection: sqlite3.Connection) -> None:
    """Keep how many agreements a summit has, and at how many summits a leader or a topic was."""
    for kind, relation in (("summit", "belongs"), ("leader", "attended"), ("topic", "agenda")):
        connection.execute(
            "UPDATE record SET count = (SELECT count(*) FROM link WHERE target = number AND relation = ?)"
            " WHERE kind = ?",
            (relation, kind),
        )


def _keep_countries(connection: sqlite3.Connection) -> None:
    connection.executemany("INSERT OR IGNORE INTO country VALUES (?, ?, ?)", countries.folded_names())


def _keep_words(connection: sqlite3.Connection) -> None:
    """Keep the words that a misspelt one is compared with."""
    connection.execute("CREATE VIRTUAL TABLE temp.name_word USING fts5vocab(main, names, instance)")
    connection.execute("CREATE VIRTUAL TABLE temp.body_word USING fts5vocab(main, body, row)")
    for found in (
        "SELECT record.kind, name_word.term AS word FROM name_word JOIN record ON record.number = name_word.doc",
        "SELECT '' AS kind, term AS word FROM body_word",
        "SELECT 'country' AS kind, replace(name, ' ', '-') AS word FROM country",
    ):
        connection.execute(
            "INSERT OR IGNORE INTO word SELECT kind, length(word), word FROM"
            f" ({found}) WHERE length(word) > 2 AND word <> '{schema.PARTING}'"
        )
    series = {word for (name,) in connection.execute("SELECT DISTINCT series FROM record") for word in words(name)}
    connection.executemany("INSERT INTO word VALUES ('series', ?, ?)", sorted((len(word), word) for word in series))


def _describe(connection: sqlite3.Connection, library: Path, began: int, listed: int) -> None:
    counts = dict.fromkeys(KINDS.values(), 0)
    counts.update(connection.execute("SELECT kind, count(*) FROM record GROUP BY kind").fetchall())
    said = {
        "key": schema.KEY,
        "library": str(library),
        "library_ns": str(listed),
        "read_ns": str(began),
        "counts": json.dumps(counts),
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", said.items())


def _twice(record: Record, file: Path, first: Path) -> LibraryError:
    return LibraryError(
        file,
        f"another record of the library has this id, in {first if first != file else 'the same file'}",
        where=f"{kind_of(record)} “{record.id}”",
        remedy="Give one of the two another id, and mend the links to it.",
    )


def _silent(progress: Progress) -> None:
    """Report to nobody."""
