"""Builds an index from the files of a library, in two passes and in memory that does not grow with it.

The first pass (`staging`) reads the files and numbers the records; the second writes what each is found by, in the
order of the numbers, with the names of the leaders and topics it is linked with. What it writes is made in `portions`,
for a large library by other processes (`helpers`).
"""

from __future__ import annotations

import json
import sqlite3
import time
from array import array
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import partial
from math import inf
from pathlib import Path

from pyroaring import BitMap

from tui.index import names, near, ordered, schema
from tui.index.adjacency import Adjacency
from tui.index.batches import batches
from tui.index.building import blank, helpers, inverting
from tui.index.building.garbage import without_collection
from tui.index.building.helpers import Span
from tui.index.building.inverting import Inverter
from tui.index.building.portions import RECORD, SIZE, Maker, Portion
from tui.index.building.staging import NUMBERED, WRITTEN, Progress, stage
from tui.index.building.unfinished import STAGED, unfinished
from tui.index.facets import LENT, Facet
from tui.index.folding import words
from tui.index.names import Names
from tui.index.numbers import kept, of_kind
from tui.library import names_stamp, own_names
from tui.records import KINDS

__all__ = ["Progress", "build"]

_MEMORY_KIB = 64 * 1024
"""How much of a database a pass keeps in memory: of that which it reads and writes here and there."""
_LITTLE_KIB = 2 * 1024
MET = (
    "SELECT target, CAST(substr(date, 1, 4) AS INTEGER), count(*) FROM linked JOIN record ON number = source"
    " WHERE relation IN ('attended', 'agenda') AND date <> '' GROUP BY 1, 2"
)
"""Selects in which year a leader or a topic was how often at a summit."""


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
    tell = progress or _silent
    blank.copy_into(connection)
    with without_collection(), _staged(connection) as staged:
        _keep_in_memory(connection, main=_LITTLE_KIB, staged=_MEMORY_KIB)
        with connection:
            connection.execute("BEGIN")
            stage(connection, files, tell, most)
            stamped = names_stamp(library)
            names.keep_more(connection, own_names(library))
        _keep_in_memory(connection, main=_MEMORY_KIB, staged=_LITTLE_KIB)
        with connection:
            connection.execute("BEGIN")
            _write(connection, staged, partial(_tell, tell, len(files)))
            for statement in filter(str.strip, schema.INDEXES.split(";")):
                connection.execute(statement)
            ordered.keep(connection)
            connection.execute(f"INSERT INTO met {MET}")
            connection.execute("DROP TABLE linked")
            series = connection.execute("SELECT value FROM choice WHERE field = 'series'").fetchall()
            keep_series(connection, (name for (name,) in series))
            near.keep(connection)
            _describe(connection, library, began, listed, stamped)


@contextmanager
def _staged(connection: sqlite3.Connection) -> Iterator[Path | None]:
    """Attach the database of the first pass: a file beside that of the index, which is given, or both in memory."""
    file = connection.execute("PRAGMA database_list").fetchone()[2]
    with unfinished(Path(file).with_suffix(STAGED)) if file else nullcontext() as staged:
        connection.execute("ATTACH ? AS staged", (str(staged) if staged else ":memory:",))
        connection.executescript("PRAGMA staged.journal_mode = OFF; PRAGMA staged.synchronous = OFF;")
        try:
            yield staged
        finally:
            with suppress(sqlite3.Error):  # a build that failed goes with its connection
                connection.execute("DETACH staged")


def _keep_in_memory(connection: sqlite3.Connection, **kib: int) -> None:
    for database, size in kib.items():
        connection.execute(f"PRAGMA {database}.cache_size = -{size}")
    connection.execute("PRAGMA shrink_memory")


def _write(connection: sqlite3.Connection, staged: Path | None, tell: Callable[[float], None]) -> None:
    """Write every record in the order of the numbers: FTS5 is fast only so. `tell` hears which share is written."""
    inverter = Inverter()
    facets: defaultdict[Facet, array[int]] = defaultdict(partial(array, "I"))
    numbers = (number for (number,) in connection.execute("SELECT number FROM numbered ORDER BY number"))
    spans = [(portion[0], portion[-1]) for portion in batches(numbers, SIZE)]
    with closing(_portions(connection, staged, spans)) as portions:
        for done, portion in enumerate(portions):
            tell(done / len(spans))
            connection.executemany(RECORD, portion.rows)
            connection.executemany("INSERT INTO phrase (rowid, text) VALUES (?, ?)", portion.texts)
            inverter.add(portion.body, portion.names)
            for field, value, records in portion.facets:
                facets[field, value].frombytes(records)
    tell(1)
    inverting.keep(connection, inverter)
    _keep_facets(connection, facets)


def _portions(
    connection: sqlite3.Connection, staged: Path | None, spans: Sequence[Span]
) -> Generator[Portion, None, None]:
    phrases = Names(connection).phrases()
    maker = Maker(connection, phrases)
    if staged and helpers.is_worth(len(spans)):
        return helpers.portions(staged, phrases, spans, maker)
    return (maker.portion(*span) for span in spans)


def _keep_facets(connection: sqlite3.Connection, facets: Mapping[Facet, array[int]]) -> None:
    """Keep the records of each facet; agreements lend some of theirs to the summits they belong to."""
    links = Adjacency(connection)
    for field, value in sorted(facets):
        numbers = BitMap(facets[field, value])
        if field in LENT:
            summits = links.all_of("belongs", of_kind(numbers, "agreement"))
            numbers |= of_kind(summits, "summit")
        insert = "INSERT INTO choice (field, value, records) VALUES (?, ?, ?)"
        connection.execute(insert, (field, value, kept(numbers)))


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
        "build": schema.new_mark(),
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", said.items())


def _tell(progress: Callable[[Progress], None], files: int, written: float) -> None:
    progress(Progress(files, files, "", NUMBERED + (WRITTEN - NUMBERED) * written))


def _silent(progress: Progress) -> None:
    """Report to nobody."""
