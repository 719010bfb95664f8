"""An index of nothing: the tables, with the names that every index has. Each build begins with a copy of it."""

from __future__ import annotations

import sqlite3
import threading

from tui.index import names, nations, schema

_guard = threading.Lock()
_made: list[sqlite3.Connection] = []
"""The one that this process has made, once it was asked for: its names take longer to fold than a small library."""


def copy_into(connection: sqlite3.Connection) -> None:
    """Make an empty database an index of nothing."""
    schema.write_without_journal(connection)
    with _guard:
        if not _made:
            _made.append(_make())
        _made[0].backup(connection)


def _make() -> sqlite3.Connection:
    blank = sqlite3.connect(":memory:", check_same_thread=False)
    schema.create(blank)
    with blank:
        names.keep(blank)
        nations.keep(blank)
    return blank
