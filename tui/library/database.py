"""TinyDB on the safe storage: each operation is one change of the file, and several can be made one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import tinydb
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Table

from tui.library.locking import PATIENCE
from tui.library.storage import SafeStorage


class SafeTable(Table):
    """A TinyDB table of which each operation is a change under the lock, numbered from what the file holds now."""

    _storage: SafeStorage

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        # No cache of query results: TinyDB would keep them when another process has changed the file.
        super().__init__(storage, name, cache_size=cache_size, persist_empty=persist_empty)

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a record and return its number."""
        with self._storage.changing():
            self._next_id = None
            return super().insert(document)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Update the records that match, or insert one; return their numbers."""
        with self._storage.changing():
            return super().upsert(document, cond)

    def _update_table(self, updater: Any) -> None:
        with self._storage.changing():
            self._next_id = None
            super()._update_table(updater)


class LibraryDatabase(tinydb.TinyDB):
    """A TinyDB of one library file. Its records stand in named tables, so it has no default table."""

    table_class = SafeTable
    _storage: SafeStorage

    def drop_table(self, name: str) -> None:
        """Remove a table and its records."""
        with self._storage.changing():
            super().drop_table(name)

    def drop_tables(self) -> None:
        """Remove every table and record."""
        with self._storage.changing():
            super().drop_tables()


def open_database(file: Path, timeout: float = PATIENCE) -> tinydb.TinyDB:
    """Return the TinyDB of a library file, which need not exist yet; `timeout` is in seconds.

    Raises LibraryError when the file is damaged. Every single operation on it is safe; for several that belong
    together, or that depend on what was read, use `changing`.
    """
    database = LibraryDatabase(file, timeout, storage=SafeStorage)
    database.storage.read()
    return database


@contextmanager
def changing(database: tinydb.TinyDB) -> Iterator[tinydb.TinyDB]:
    """Make all that happens in the block one change: read under the lock, written once at its end, or not at all."""
    storage = database.storage
    if not isinstance(storage, SafeStorage):
        raise TypeError("changing() needs a database made by open_database()")
    block: AbstractContextManager[None] = storage.changing()
    with block:
        yield database
