"""Brings an index file up to date, or builds a new one and puts it in the place of the old.

Only who holds the lock beside the file does so. Who reads the old file goes on with it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from tui.index import schema
from tui.index.building.unfinished import STAGED, unfinished
from tui.index.connections import Opened, connect
from tui.index.updating.refreshing import refresh
from tui.language import gettext

if TYPE_CHECKING:
    from tui.index.building.staging import Progress

LOCK_SECONDS = 120
"""How long to wait for another process that builds the same index."""


def renew_locked(
    path: Path, files: Sequence[Path], library: Path, progress: Callable[[Progress], None] | None
) -> Opened:
    """Bring an index file up to date or build it anew, when no other process does. Raises OSError when one goes on."""
    try:
        with FileLock(lock_of(path), timeout=LOCK_SECONDS):
            return renew(path, files, library, progress)
    except Timeout as error:
        raise OSError(gettext("another process holds {file}", file=error.lock_file)) from error


def lock_of(path: Path) -> Path:
    """Return the file that who renews an index file locks."""
    return path.with_suffix(".lock")


def renew(path: Path, files: Sequence[Path], library: Path, progress: Callable[[Progress], None] | None) -> Opened:
    """Bring an index file up to date or build it anew, for who holds its lock."""
    # Another process may have done it while this one waited: then there is nothing to be brought up to date.
    broken = False
    if not _refreshed(path, library):
        broken = _is_broken(path)
        _replace(path, files, library, progress)
    notice = gettext("the index file was broken or not one of ours; it has been made anew") if broken else ""
    return Opened(connect(path), notice)


def _is_broken(path: Path) -> bool:
    """Tell whether there is a file that is no index of any version."""
    if not path.exists():
        return False
    try:
        with closing(connect(path)) as connection:
            connection.execute("SELECT path, size, mtime_ns FROM file").fetchall()
            return "key" not in schema.meta(connection)
    except sqlite3.Error:
        return True


def _refreshed(path: Path, library: Path) -> bool:
    """Bring an index up to date where it is; tell whether that could be done. Raises LibraryError for a bad library."""
    if not path.exists():
        return False
    with closing(sqlite3.connect(path)) as connection:
        try:
            if schema.meta(connection)["key"] != schema.KEY:
                return False
            connection.execute("PRAGMA synchronous = FULL")
            return refresh(connection, library)
        except (sqlite3.DatabaseError, KeyError):
            if not _is_broken(path):
                raise
            return False


def _replace(path: Path, files: Sequence[Path], library: Path, progress: Callable[[Progress], None] | None) -> None:
    from tui.index.building.build import build

    with unfinished(_new_of(path)) as new:
        with closing(sqlite3.connect(new)) as connection:
            build(connection, files, library, progress)
        # A build writes without waiting for the disk, so a name must not stand for what a power cut would take.
        with new.open("rb+") as written:
            os.fsync(written.fileno())
        drop_journal(path)
        os.replace(new, path)


def remove_unfinished(path: Path) -> None:
    """Remove what a build of an index file left that was killed, unless another one is at work."""
    with suppress(OSError, Timeout), FileLock(lock_of(path), timeout=0):
        _new_of(path).unlink(missing_ok=True)
        path.with_suffix(STAGED).unlink(missing_ok=True)


def _new_of(path: Path) -> Path:
    """Return where a new index file is built. Only who holds the lock does so."""
    return path.with_suffix(".new")


def drop_journal(path: Path) -> None:
    """Remove the journal of a process killed while it kept stamps: it must not be played back into a new file."""
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def built_in_memory(
    files: Sequence[Path], library: Path, progress: Callable[[Progress], None] | None
) -> sqlite3.Connection:
    """Return a connection to an index that no file holds. Raises LibraryError for a bad library."""
    from tui.index.building.build import build

    connection = sqlite3.connect(":memory:", check_same_thread=False)
    build(connection, files, library, progress)
    connection.isolation_level = None
    return connection
