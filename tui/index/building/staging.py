"""The first pass of a build: reads the files one after the other into tables, and numbers the records.

Nothing of a file stays in memory once it is read. What is only needed for the build is in a database beside it, named
`staged`, which nobody writes to any more when the pass is over.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Sequence
from itertools import groupby
from math import inf
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import msgspec

from tui.index import adjacency, schema
from tui.index.batches import batches
from tui.index.folding import fold
from tui.index.linking import links
from tui.index.orders import IMPORTANCE
from tui.index.updating.sections import UNKNOWN, Drawn, digest, opened
from tui.language import gettext, system_said
from tui.library import LibraryError, decode_entry, read_entries
from tui.records import Agreement, Record, Source, Summit, kind_of, title_of

COUNTED = {"summit": "belongs", "leader": "attended", "topic": "agenda"}
"""The link of which a record of a kind keeps the count."""

_TABLES = """
CREATE TABLE staged.content (sequence INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE staged.stage (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, file INTEGER NOT NULL,
    date TEXT NOT NULL, by_name TEXT NOT NULL);
CREATE TABLE staged.numbered (number INTEGER PRIMARY KEY, sequence INTEGER NOT NULL, count INTEGER NOT NULL);
CREATE TEMP TABLE stage_link (source INTEGER NOT NULL, relation TEXT NOT NULL, target TEXT NOT NULL);
"""


READ, NUMBERED, WRITTEN = 0.12, 0.2, 0.9
"""Which share of the time of a build has gone when the files are read, the records numbered, the words written."""


class Progress(NamedTuple):
    """How far a build is: `done` of `total` files are read; `file` is the one being read, empty once all are.

    `share` is the part of the whole work that is done, from 0 to 1: reading is the smaller part.
    """

    done: int
    total: int
    file: str
    share: float


class Stamp(NamedTuple):
    """What tells whether a file is the one that was indexed."""

    size: int
    mtime_ns: int


def stamp(file: Path) -> Stamp:
    """Return the stamp of a file as it is now. Raises LibraryError when it cannot be read."""
    try:
        found = file.stat()
    except OSError as error:
        reason = gettext("cannot be read ({reason})", reason=system_said(error))
        raise LibraryError(file, reason, remedy=gettext("Check the path.")) from error
    return Stamp(found.st_size, found.st_mtime_ns)


def stage(
    connection: sqlite3.Connection, files: Sequence[Path], progress: Callable[[Progress], None], most: float = inf
) -> None:
    """Fill `file`, `held`, `content`, the links, and the tables `stage` and `numbered` of the database `staged`.

    No more is read once the records have `most` bytes. Raises LibraryError for a file that is no library and for an
    id that two records have.
    """
    for statement in filter(str.strip, _TABLES.split(";")):
        connection.execute(statement)
    sequence, size = 0, 0
    for number, file in enumerate(files):
        if size >= most:
            break
        progress(Progress(number, len(files), file.name, READ * number / len(files)))
        # Stamped before it is read: if the file changes in between, the next start sees a stamp that differs.
        stamped = stamp(file)
        digests = array("Q")
        raw, entries = read_entries(file)
        with opened(file, raw) as there:
            drawn = Drawn(there, entries)
            for batch in batches(drawn):
                digests.extend(digest(entry.raw) for entry in batch)
                _keep(connection, [decode_entry(entry, file) for entry in batch], sequence, number)
                sequence += len(batch)
                size += sum(len(entry.raw) for entry in batch)
                if size >= most:
                    break
            laid_out = drawn.layout() if size < most else UNKNOWN
        connection.execute("INSERT INTO file VALUES (?, ?, ?, ?)", (number, str(file), *stamped))
        held = (number, digests.tobytes(), *laid_out.packed())
        connection.execute("INSERT INTO held VALUES (?, ?, x'', ?, ?)", held)
    progress(Progress(len(files), len(files), "", READ))
    _refuse_twins(connection, files)
    _number(connection)


def _keep(connection: sqlite3.Connection, records: list[Record], sequence: int, file: int) -> None:
    numbered = list(enumerate(records, sequence + 1))
    encode = msgspec.json.Encoder().encode
    connection.executemany(
        "INSERT INTO staged.content VALUES (?, ?)", [(at, encode(record)) for at, record in numbered]
    )
    connection.executemany(
        "INSERT INTO stage VALUES (?, ?, ?, ?, ?, ?)",
        [(at, record.id, kind_of(record), file, date_of(record), fold(title_of(record))) for at, record in numbered],
    )
    connection.executemany(
        "INSERT INTO stage_link VALUES (?, ?, ?)",
        [(at, relation, target) for at, record in numbered for relation, target in dict.fromkeys(links(record))],
    )


def date_of(record: Record) -> str:
    """Return the date by which records of a kind are told apart; empty when unknown."""
    if isinstance(record, Summit):
        return record.start
    if isinstance(record, Agreement):
        return next((step.date for step in reversed(record.history) if step.date), "")
    return record.published if isinstance(record, Source) else ""


def _refuse_twins(connection: sqlite3.Connection, files: Sequence[Path]) -> None:
    try:
        connection.execute("CREATE UNIQUE INDEX staged.stage_id ON stage (id)")
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
    where = first if first != file else gettext("the same file")
    return LibraryError(
        file,
        gettext("another record of the library has this id, in {file}", file=where),
        where=f"{gettext(kind)} “{id}”",
        remedy=gettext("Give one of the two another id, and mend the links to it."),
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
    connection.execute("CREATE UNIQUE INDEX staged.numbered_back ON numbered (sequence, number)")
    _keep_numbers(connection)
    _keep_links(connection)
    connection.execute(
        "INSERT INTO dangling SELECT target, number, relation FROM stage_link JOIN numbered ON sequence = source"
        " WHERE target NOT IN (SELECT id FROM stage) ORDER BY 1, 2, 3"
    )
    for table in ("resolved", "tally", "stage_link"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("INSERT INTO main.content SELECT * FROM staged.content ORDER BY sequence")


def _keep_numbers(connection: sqlite3.Connection) -> None:
    """Keep for each file the numbers of its records, in their order there."""
    found = connection.execute(
        "SELECT file, numbered.number FROM stage JOIN numbered USING (sequence) ORDER BY sequence"
    )
    for file, members in groupby(found, itemgetter(0)):
        numbers = array("I", [number for _, number in members]).tobytes()
        connection.execute("UPDATE held SET numbers = ? WHERE file = ?", (numbers, file))


def _keep_links(connection: sqlite3.Connection) -> None:
    """Keep the links both ways."""
    connection.execute(
        "CREATE TEMP TABLE linked AS SELECT relation, a.number AS source, b.number AS target FROM resolved"
        " JOIN numbered a ON a.sequence = source JOIN numbered b ON b.sequence = target"
    )
    for relation in adjacency.RELATIONS:
        for name, link in ((relation, "source, target"), (adjacency.back(relation), "target, source")):
            pairs = connection.execute(f"SELECT {link} FROM linked WHERE relation = ? ORDER BY {link}", (relation,))
            adjacency.keep(connection, name, pairs)
