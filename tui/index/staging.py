"""The first pass of a build: reads the files one after the other into tables, and numbers the records.

Nothing of a file stays in memory once it is read. What is only needed for the build is in temporary tables.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from tui.index import schema
from tui.index.documents import links
from tui.index.folding import fold
from tui.index.orders import IMPORTANCE
from tui.library import LibraryError, read_file
from tui.records import Agreement, Record, Source, Summit, kind_of, title_of

_T = TypeVar("_T")

BATCH = 500
"""How many records are held at a time."""

COUNTED = {"summit": "belongs", "leader": "attended", "topic": "agenda"}
"""The link of which a record of a kind keeps the count."""

_TABLES = """
CREATE TEMP TABLE stage (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, file INTEGER NOT NULL,
    date TEXT NOT NULL, by_name TEXT NOT NULL);
CREATE TEMP TABLE stage_link (source INTEGER NOT NULL, relation TEXT NOT NULL, target TEXT NOT NULL);
CREATE TEMP TABLE numbered (number INTEGER PRIMARY KEY, sequence INTEGER NOT NULL, count INTEGER NOT NULL);
"""


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


def stamp(file: Path) -> Stamp:
    """Return the stamp of a file as it is now. Raises LibraryError when it cannot be read."""
    try:
        found = file.stat()
        with file.open("rb") as opened:
            return Stamp(found.st_size, found.st_mtime_ns, hashlib.file_digest(opened, "sha256").hexdigest())
    except OSError as error:
        raise LibraryError(file, f"cannot be read ({error.strerror or error})", remedy="Check the path.") from error


def batches(items: Iterable[_T], size: int = BATCH) -> Iterator[list[_T]]:
    """Yield `items` in lists of `size`, the last of them shorter."""
    every = iter(items)
    while batch := list(islice(every, size)):
        yield batch


def stage(connection: sqlite3.Connection, files: Sequence[Path], progress: Callable[[Progress], None]) -> None:
    """Fill `file`, `content` and the temporary tables `stage`, `stage_link` and `numbered`.

    Raises LibraryError for a file that is no library and for an id that two records have.
    """
    connection.executescript(_TABLES)
    sequence = 0
    for number, file in enumerate(files):
        progress(Progress(number, len(files), file.name))
        # Stamped before it is read: if the file changes in between, the next start sees a stamp that differs.
        connection.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?)", (number, str(file), *stamp(file)))
        for batch in batches(read_file(file)):
            _keep(connection, [record for _, record in batch], sequence, number)
            sequence += len(batch)
    progress(Progress(len(files), len(files), ""))
    _refuse_twins(connection, files)
    _number(connection)


def _keep(connection: sqlite3.Connection, records: list[Record], sequence: int, file: int) -> None:
    numbered = list(enumerate(records, sequence + 1))
    encode = msgspec.json.Encoder().encode
    connection.executemany("INSERT INTO content VALUES (?, ?)", [(at, encode(record)) for at, record in numbered])
    connection.executemany(
        "INSERT INTO stage VALUES (?, ?, ?, ?, ?, ?)",
        [(at, record.id, kind_of(record), file, _date(record), fold(title_of(record))) for at, record in numbered],
    )
    connection.executemany(
        "INSERT INTO stage_link VALUES (?, ?, ?)",
        [(at, relation, target) for at, record in numbered for relation, target in dict.fromkeys(links(record))],
    )


def _date(record: Record) -> str:
    if isinstance(record, Summit):
        return record.start
    if isinstance(record, Agreement):
        return next((step.date for step in reversed(record.history) if step.date), "")
    return record.published if isinstance(record, Source) else ""


def _refuse_twins(connection: sqlite3.Connection, files: Sequence[Path]) -> None:
    try:
        connection.execute("CREATE UNIQUE INDEX temp.stage_id ON stage (id)")
        return
    except sqlite3.IntegrityError:
        pass
    id_, kind, file, first = connection.execute(
        "SELECT two.id, two.kind, two.file, one.file FROM stage one JOIN stage two ON two.id = one.id"
        " AND two.sequence > one.sequence ORDER BY two.sequence LIMIT 1"
    ).fetchone()
    raise twice(kind, id_, files[file], files[first])


def twice(kind: str, id: str, file: Path, first: Path) -> LibraryError:  # noqa: A002 - the word the library uses
    """Return the error that an id is used a second time."""
    return LibraryError(
        file,
        f"another record of the library has this id, in {first if first != file else 'the same file'}",
        where=f"{kind} “{id}”",
        remedy="Give one of the two another id, and mend the links to it.",
    )


def _number(connection: sqlite3.Connection) -> None:
    """Number the records by what they are worth, and write the links between them."""
    connection.execute("CREATE TEMP TABLE resolved (source INTEGER, relation TEXT, target INTEGER)")
    connection.execute(
        "INSERT INTO resolved SELECT source, relation, sequence FROM stage_link JOIN stage ON id = target"
    )
    connection.execute("CREATE TEMP TABLE tally (sequence INTEGER PRIMARY KEY, count INTEGER NOT NULL)")
    for kind, relation in COUNTED.items():
        connection.execute(
            "INSERT INTO tally SELECT target, count(*) FROM resolved CROSS JOIN stage ON sequence = target"
            " WHERE relation = ? AND kind = ? GROUP BY target",
            (relation, kind),
        )
    for kind in schema.KINDS:
        connection.execute(
            f"INSERT INTO numbered SELECT ? + row_number() OVER (ORDER BY {IMPORTANCE}), sequence, count FROM"
            " (SELECT stage.*, ifnull(count, 0) AS count FROM stage LEFT JOIN tally USING (sequence) WHERE kind = ?)",
            (schema.first_number(kind), kind),
        )
    connection.execute("CREATE UNIQUE INDEX temp.numbered_back ON numbered (sequence, number)")
    connection.execute(
        "INSERT INTO link SELECT a.number, relation, b.number FROM resolved JOIN numbered a ON a.sequence = source"
        " JOIN numbered b ON b.sequence = target ORDER BY 1, 2, 3"
    )
    connection.execute(
        "INSERT INTO dangling SELECT target, number, relation FROM stage_link JOIN numbered ON sequence = source"
        " WHERE target NOT IN (SELECT id FROM stage) ORDER BY 1, 2, 3"
    )
    for table in ("resolved", "tally", "stage_link"):
        connection.execute(f"DROP TABLE {table}")
