"""Keeps an open index up to date with files that are said to have changed, on the connection that answers queries.

What is taken in stands in a transaction that stays open, so that who asks need not wait for the disk; `let_go` ends it.
Until then other processes see the index as it was, and none of them brings it up to date.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from tui.index import store
from tui.index.connections import connect, connect_to_write, same_file
from tui.index.renewing import lock_of
from tui.index.updating import refreshing
from tui.index.updating.refreshing import Looked

FEW = 8
"""Up to so many records are taken in while somebody waits."""
SMALL = 4_000_000
"""Up to so many bytes of files are read while somebody waits."""
GROWN = 50_000
"""By so many bytes a file may have grown or shrunk for its change to be taken for a small one."""


class Taken(NamedTuple):
    """What came of a change."""

    done: bool
    """Whether the index has it; else it must be opened anew."""
    changed: bool = False
    """Whether answers may be others than before."""


class KeepingUp:
    """The connection of an open index that may write, and the lock of its file while it has written."""

    def __init__(self, connection: sqlite3.Connection, library: Path, path: Path | None) -> None:
        self.connection = connection
        self._library = library
        self._path = path
        self._lock = FileLock(lock_of(path), timeout=0, thread_local=False) if path else None
        self._file = _identity(path)

    @classmethod
    def of(cls, connection: sqlite3.Connection, library: Path, cache: Path | None) -> KeepingUp | None:
        """Return what keeps the index of a connection up to date; None where it cannot be written or is another now."""
        if not connection.execute("PRAGMA database_list").fetchone()[2]:
            return cls(connection, library, None)
        path = store.place(library, cache)
        if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            return None
        with suppress(OSError, sqlite3.Error):
            keeping = cls(connect_to_write(path), library, path)
            if same_file(connection, keeping.connection):
                return keeping
            keeping.connection.close()
        return None

    @property
    def on_disk(self) -> bool:
        """Whether the index is a file, so that others may read it by a connection of their own."""
        return self._path is not None

    def take_in(self, names: Collection[str]) -> Taken:
        """Take in what changed in some files, if that is little.

        Raises LibraryError for a file that is no library and for an id that two records have.
        """
        if not self._are_small(names) or not self._may_write():
            return Taken(done=False)
        began = not self.connection.in_transaction
        done = False
        try:
            if began:
                self.connection.execute("BEGIN IMMEDIATE")
            looked = refreshing.look(self.connection, self._library, names)
            done = looked is not None and looked.found.size <= FEW and refreshing.write(self.connection, looked)
            return Taken(done, looked is not None and looked.found.says_more)
        except sqlite3.OperationalError:
            return Taken(done=False)
        finally:
            if began and not done:
                self._undo()

    def keep(self) -> bool:
        """Give the disk what was taken in; False when it does not take it, which is then undone."""
        try:
            if self.connection.in_transaction:
                self.connection.execute("COMMIT")
        except sqlite3.Error:
            self._undo()
            return False
        return True

    def begin(self) -> bool:
        """Keep others from writing until `let_go`; False when another one writes, or the index is another now."""
        return self._may_write()

    def look(self) -> Looked | None:
        """Look at all files, beside the connection that answers; None where the index must be opened anew.

        Raises LibraryError for a bad library.
        """
        if self._path is None:
            return refreshing.look(self.connection, self._library)
        with closing(connect(self._path)) as beside:
            return refreshing.look(beside, self._library)

    def write(self, looked: Looked | None) -> Taken:
        """Write what a look at all files found, if that is little."""
        if looked is None or looked.found.size > FEW:
            return Taken(done=False)
        try:
            return Taken(refreshing.write(self.connection, looked), looked.found.says_more)
        except sqlite3.OperationalError:
            return Taken(done=False)

    def let_go(self) -> bool:
        """Give the disk what was taken in, as `keep` does, and let others write."""
        kept = self.keep()
        if self._lock is not None:
            self._lock.release()
        return kept

    def _undo(self) -> None:
        with suppress(sqlite3.Error):
            self.connection.execute("ROLLBACK")
        if self._lock is not None:
            self._lock.release()

    def close(self) -> None:
        """Close the connection without what was not given to the disk yet, and let others write."""
        self._undo()
        self.connection.close()

    def _may_write(self) -> bool:
        """Tell whether nobody else writes the file, and it is the one that the library still has."""
        if self._lock is None:
            return True
        try:
            if not self._lock.is_locked:
                self._lock.acquire()
        except (Timeout, OSError):
            return False
        if _identity(self._path) == self._file:
            return True
        self._lock.release()
        return False

    def _are_small(self, names: Collection[str]) -> bool:
        """Tell whether files are there, can be read in a moment, and are about as large as when they were indexed."""
        total = 0
        for name in names:
            file = self._library / name if self._library.is_dir() else self._library
            row = self.connection.execute("SELECT size FROM file WHERE path = ?", (str(file),)).fetchone()
            try:
                size = file.stat().st_size
            except OSError:
                return False
            total += size
            if total > SMALL or abs(size - (row[0] if row else 0)) > GROWN:
                return False
        return True


def _identity(path: Path | None) -> tuple[int, int] | None:
    """Return what tells a file from one that has taken its place."""
    if path is None:
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
