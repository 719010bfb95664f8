"""Brings an index up to date: finds what has changed in its library, and writes it, all or nothing."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tui.index import countries, schema
from tui.index.updating.affected import MOST, RebuildError
from tui.index.updating.differing import Difference, difference
from tui.index.updating.rewriting import Rewriting
from tui.library import library_files, names_stamp


class Looked(NamedTuple):
    """What differs between a library, or some of its files, and its index."""

    found: Difference
    times: Mapping[str, int]
    """What `meta` is to say of when all files were looked at; nothing where they were not."""


def look(connection: sqlite3.Connection, library: Path, names: Iterable[str] | None = None) -> Looked | None:
    """Return what has changed in a library, or in those of its files; None where its index must be built anew.

    Raises LibraryError for a file that is no library and for an id that two records have.
    """
    began, listed = time.time_ns(), library.stat().st_mtime_ns
    said = schema.meta(connection)
    if said["names"] != names_stamp(library):
        return None
    settled = int(said["read_ns"]) - schema.RACY_NS
    if names is None:
        found = difference(connection, library_files(library), settled)
        most = max(MOST, sum(json.loads(said["counts"]).values()) // 10)
        return Looked(found, {"read_ns": began, "library_ns": listed}) if found.size <= most else None
    files = [library / name for name in names] if library.is_dir() else [library]
    return Looked(difference(connection, files, settled, whole=False), {})


def refresh(connection: sqlite3.Connection, library: Path) -> bool:
    """Bring an index up to date, all or nothing; tell whether that was done, else it must be built anew.

    Raises LibraryError as `look` does.
    """
    looked = look(connection, library)
    return looked is not None and write(connection, looked)


def write(connection: sqlite3.Connection, looked: Looked) -> bool:
    """Write what has changed, all or nothing; tell whether that was done. A transaction that is open stays open."""
    found = looked.found
    try:
        with _at_once(connection):
            if found.says_more:
                with countries.known_from(connection):
                    Rewriting(connection, found).run()
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('changed', ?)", (schema.new_mark(),))
            for number, stamp in found.touched.items():
                sql = "UPDATE file SET size = ?, mtime_ns = ? WHERE number = ?"
                connection.execute(sql, (stamp.size, stamp.mtime_ns, number))
            for name, value in looked.times.items():
                connection.execute("UPDATE meta SET value = ? WHERE name = ?", (str(value), name))
    except RebuildError:
        return False
    return True


@contextmanager
def _at_once(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all of a block or nothing; what was written before in the same transaction stays."""
    within = connection.in_transaction
    if not within:
        connection.execute("BEGIN IMMEDIATE")
    connection.execute("SAVEPOINT amended")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK TO amended" if within else "ROLLBACK")
        raise
    connection.execute("RELEASE amended" if within else "COMMIT")
