"""Builds an index from the files of a library, in two passes and in memory that does not grow with it.

The first pass (`staging`) reads the files and numbers the records; the second writes what each is found by, in the
order of the numbers, with the names of the leaders and topics it is linked with.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from tui.index import countries, near, orders, schema
from tui.index.documents import Document, document, nation
from tui.index.folding import fold, searchable, words
from tui.index.staging import Progress, batches, stage
from tui.records import KINDS, Record

__all__ = ["Progress", "build"]

_MEMORY_KIB = 64 * 1024
_KEPT_RECORDS = 20_000
_DECODERS = {kind: msgspec.json.Decoder(shape) for shape, kind in KINDS.items()}
MET = (
    "SELECT link.target, CAST(substr(summit.date, 1, 4) AS INTEGER), count(*) FROM link JOIN record summit"
    " ON summit.number = link.source WHERE link.relation IN ('attended', 'agenda') AND summit.date <> ''"
)
"""Selects in which year a leader or a topic was how often at a summit; to be grouped by both."""

_RECORD = f"INSERT INTO record VALUES ({', '.join('?' * 17)})"


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


def decoded(kind: str, body: bytes) -> Record:
    """Return the record that the index keeps as `body`."""
    return _DECODERS[kind].decode(body)


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
    schema.create(connection)
    connection.execute(f"PRAGMA cache_size = -{_MEMORY_KIB}")
    with connection:
        connection.execute("BEGIN")
        stage(connection, files, progress or _silent)
        _write(connection)
        connection.execute("DROP TABLE numbered")
        connection.execute("DROP TABLE stage")
        for statement in filter(str.strip, (schema.ID_INDEX + schema.INDEXES).split(";")):
            connection.execute(statement)
        _place(connection)
        connection.execute(f"INSERT INTO met {MET} GROUP BY 1, 2")
        _keep_countries(connection)
        _keep_words(connection)
        near.keep(connection)
        _describe(connection, library, began, listed)


def _write(connection: sqlite3.Connection) -> None:
    """Write every record in the order of the numbers: FTS5 is fast only so."""
    shelf = Shelf(connection, "stage")
    rows = connection.execute(
        "SELECT number, sequence, id, kind, file, count, body FROM numbered JOIN stage USING (sequence)"
        " JOIN content USING (sequence) ORDER BY number"
    )
    for batch in batches(rows):
        written = [(row, document(decoded(row[3], row[6]), shelf)) for row in batch]
        connection.executemany(_RECORD, [_row(row, found) for row, found in written])
        write_texts(connection, [(row[0], found) for row, found in written])


def _row(row: Sequence[object], found: Document) -> tuple[object, ...]:
    number, sequence, id_, kind, file, count = row[:6]
    return (number, sequence, id_, kind, file, *columns(found)[:5], count, *columns(found)[5:])


def columns(found: Document) -> tuple[str | bool, ...]:
    """Return what `record` keeps of a document, in the order of its columns, without the count."""
    plain = (found.title, found.date, found.until, found.status, found.country, found.mark, found.disputed)
    return (*plain, found.series, found.sector, fold(found.title), found.by_group)


def write_texts(connection: sqlite3.Connection, documents: Sequence[tuple[int, Document]]) -> None:
    """Write the words, places and years of numbered documents."""
    connection.executemany(
        "INSERT INTO names (rowid, text) VALUES (?, ?)", [(number, found.names) for number, found in documents]
    )
    connection.executemany(
        "INSERT INTO body (rowid, text) VALUES (?, ?)",
        [(number, found.body) for number, found in documents if found.body],
    )
    connection.executemany(
        "INSERT INTO place VALUES (?, ?, ?)",
        [(number, *place) for number, found in documents for place in found.places],
    )
    connection.executemany(
        "INSERT INTO year VALUES (?, ?)", [(year, number) for number, found in documents for year in found.years]
    )


def _place(connection: sqlite3.Connection) -> None:
    """Keep each list of the explorer in each of its orders."""
    for (kind, sort), number in orders.LISTS.items():
        connection.execute(
            f"INSERT INTO placed SELECT ?, ? * row_number() OVER (ORDER BY {orders.order(sort)}), number FROM record"
            " WHERE number BETWEEN ? AND ? ORDER BY 2",
            (number, orders.STEP, *schema.numbers(kind)),
        )


def _keep_countries(connection: sqlite3.Connection) -> None:
    connection.executemany("INSERT OR IGNORE INTO country VALUES (?, ?, ?)", countries.folded_names())
    used = countries.known()
    connection.executemany("INSERT INTO nation_code VALUES (?, ?)", enumerate(used))
    connection.executemany(
        "INSERT INTO nation (rowid, text) VALUES (?, ?)",
        [
            (at, f" {schema.PARTING} ".join(searchable(name, schema.PARTING) for name in countries.names(code)))
            for at, code in enumerate(used)
        ],
    )


def _keep_words(connection: sqlite3.Connection) -> None:
    """Keep the words that a misspelt one is compared with."""
    connection.execute("CREATE VIRTUAL TABLE temp.name_word USING fts5vocab(main, names, instance)")
    connection.execute("CREATE VIRTUAL TABLE temp.body_word USING fts5vocab(main, body, row)")
    kind = " ".join(f"WHEN name_word.doc <= {schema.numbers(kind)[1]} THEN '{kind}'" for kind in schema.KINDS)
    for found in (
        f"SELECT CASE {kind} END AS kind, name_word.term AS word FROM name_word",
        "SELECT '' AS kind, term AS word FROM body_word",
        "SELECT 'country' AS kind, replace(name, ' ', '-') AS word FROM country",
    ):
        connection.execute(
            "INSERT OR IGNORE INTO word SELECT kind, length(word), word FROM"
            f" ({found}) WHERE length(word) > 2 AND (word < '{schema.PARTING}' OR word > '\uf8ff')"
        )
    _keep_nations(connection)
    series = {word for (name,) in connection.execute("SELECT DISTINCT series FROM record") for word in words(name)}
    _keep_sorted(connection, "series", series)


def _keep_nations(connection: sqlite3.Connection) -> None:
    """Count in how many records each word of the names of countries in other languages would stand."""
    connection.execute("CREATE TEMP TABLE nation_word (word TEXT PRIMARY KEY, count INTEGER NOT NULL)")
    for code in countries.known():
        sql = "SELECT doc FROM body_word WHERE term = ?"
        found = connection.execute(sql, (nation(code),)).fetchone()
        names = {word for name in countries.names(code)[1:] for word in words(name) if len(word) > 2}
        connection.executemany(
            "INSERT INTO nation_word VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET count = count + excluded.count",
            [(word, found[0]) for word in sorted(names) if found],
        )
    connection.execute("INSERT OR IGNORE INTO word SELECT '', length(word), word FROM nation_word")


def _keep_sorted(connection: sqlite3.Connection, kind: str, found: set[str]) -> None:
    rows = sorted((len(word), word) for word in found)
    connection.executemany("INSERT OR IGNORE INTO word VALUES (?, ?, ?)", [(kind, *row) for row in rows])


def _describe(connection: sqlite3.Connection, library: Path, began: int, listed: int) -> None:
    counts = dict.fromkeys(KINDS.values(), 0)
    counts.update(connection.execute("SELECT kind, count(*) FROM record GROUP BY kind").fetchall())
    said = {
        "key": schema.KEY,
        "library": str(library),
        "library_ns": str(listed),
        "read_ns": str(began),
        "counts": json.dumps(counts),
        "dense": "1",
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", said.items())


def _silent(progress: Progress) -> None:
    """Report to nobody."""
