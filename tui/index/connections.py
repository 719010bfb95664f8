"""Connections to an index file: to read it or to write it, and whether two of them read the same."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from msgspec import Struct

_PAGES_KIB = 128
"""What a reader keeps of an index file, in KiB: the system keeps the rest, once for all readers, and as fast."""


class Opened(Struct, frozen=True):
    """A connection that answers queries, and a word to the person; empty when all went as it should."""

    connection: sqlite3.Connection
    notice: str


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection that reads an index file. Raises sqlite3.Error when there is none."""
    connection = _open(path, "ro")
    connection.execute(f"PRAGMA cache_size = -{_PAGES_KIB}")
    return connection


def connect_to_write(path: Path) -> sqlite3.Connection:
    """Return a connection to an index file that answers queries and may change it; what it commits is on the disk."""
    connection = _open(path, "rw")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _open(path: Path, mode: str) -> sqlite3.Connection:
    # Transactions are begun and ended by name, and a connection may be used by one thread after the other.
    address = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)


def same_file(one: sqlite3.Connection, other: sqlite3.Connection) -> bool:
    """Tell whether two connections read one index: each build has a key of its own."""
    sql = "SELECT value FROM meta WHERE name = 'build'"
    return bool(one.execute(sql).fetchone() == other.execute(sql).fetchone())
