"""Keeps an index file up to date: in the user's cache folder, or in memory when that cannot be written.

A file that is fresh is opened without a lock and without reading the library. Anything else is done under a lock
beside it, by building a new file and putting it in the place of the old one, so that who reads the old one goes on.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.index import schema
from tui.language import gettext, system_said
from tui.library.kept_names import kept_name

if TYPE_CHECKING:
    from tui.index.staging import Progress

LOCK_SECONDS = 120
"""How long to wait for another process that builds the same index."""

_PAGES_KIB = 128
"""What a reader keeps of an index file, in KiB: the system keeps the rest, once for all readers, and as fast."""


class Opened(Struct, frozen=True):
    """A connection that answers queries, and a word to the person; empty when all went as it should."""

    connection: sqlite3.Connection
    notice: str


def open_index(library: Path, cache: Path | None, progress: Callable[[Progress], None] | None) -> Opened:
    """Return a connection to an index of `library` that is up to date. Raises LibraryError for a bad library."""
    fresh = open_fresh(library, cache)
    if fresh is not None:
        return fresh
    from tui.library import library_files

    library = library.resolve()
    path, files = place(library, cache), library_files(library)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _renew(path, files, library, progress)
    except (OSError, sqlite3.Error) as error:
        reason = system_said(error) if isinstance(error, OSError) else str(error)
        notice = gettext(
            "the index is kept in memory only, since it cannot be written in {folder} ({reason})",
            folder=path.parent,
            reason=reason,
        )
        return Opened(_in_memory(files, library, progress), notice)


def open_fresh(library: Path, cache: Path | None) -> Opened | None:
    """Return a connection to the index file if that is up to date. Raises LibraryError for a missing library."""
    library = library.resolve()
    fresh = _open_fresh(place(library, cache), library)
    return Opened(fresh, "") if fresh else None


def open_old(library: Path, cache: Path | None) -> Opened | None:
    """Return a connection to the index file as it is, if it is one of this version."""
    try:
        connection = _connect(place(library.resolve(), cache))
    except sqlite3.Error:
        return None
    with suppress(sqlite3.Error, KeyError):
        if schema.meta(connection)["key"] == schema.KEY:
            return Opened(ready(connection), "")
    connection.close()
    return None


def renewed(library: Path, cache: Path | None, connection: sqlite3.Connection) -> Opened:
    """Return a connection to the index of a library brought up to date: the one that is open, where that can be.

    Raises LibraryError for a bad library.
    """
    library = library.resolve()
    if connection.execute("PRAGMA database_list").fetchone()[2]:
        opened = open_index(library, cache, None)
        same = same_file(connection, opened.connection)
        if not same:
            return opened
        opened.connection.close()
        return Opened(connection, opened.notice)
    from tui.index.refreshing import refresh
    from tui.library import library_files

    if refresh(connection, library):
        return Opened(connection, "")
    return Opened(_in_memory(library_files(library), library, None), "")


def reopen_anew(library: Path, cache: Path | None) -> Opened:
    """Throw the index file away and return a connection to a new one, since the old one turned out broken."""
    library = library.resolve()
    with suppress(OSError):
        place(library, cache).unlink(missing_ok=True)
        _drop_journal(place(library, cache))
    opened = open_index(library, cache, None)
    return Opened(opened.connection, opened.notice or gettext("the index was broken and has been made anew"))


def place(library: Path, cache: Path | None) -> Path:
    """Return where the index file of a library is kept."""
    if cache is None:
        from platformdirs import user_cache_path

        cache = user_cache_path("summit-explorer", appauthor=False)
    return cache / f"{kept_name(library)}.sqlite3"


def _open_fresh(path: Path, library: Path) -> sqlite3.Connection | None:
    """Return a connection when the index is there and of this version, and no file has changed since.

    Raises LibraryError for a missing library.
    """
    try:
        connection = _connect(path)
    except sqlite3.Error:
        connection = None
    if connection is not None and _is_fresh(connection, library):
        return ready(connection)
    if connection is not None:
        connection.close()
    if not library.exists():
        from tui.library import library_files

        library_files(library)
    return None


def _is_fresh(connection: sqlite3.Connection, library: Path) -> bool:
    """Tell whether an index is of this version and has the files of its library as they are."""
    try:
        return _says_so(connection, library)
    except (sqlite3.Error, OSError, ValueError, KeyError):
        return False


def _says_so(connection: sqlite3.Connection, library: Path) -> bool:
    from tui.library import names_stamp

    said = schema.meta(connection)
    if said["key"] != schema.KEY or said["names"] != names_stamp(library):
        return False
    settled = int(said["read_ns"]) - schema.RACY_NS
    known = {path: (size, time) for path, size, time in connection.execute("SELECT path, size, mtime_ns FROM file")}
    for file, stamp in known.items():
        now = os.stat(file)
        if (now.st_size, now.st_mtime_ns) != stamp or now.st_mtime_ns > settled:
            return False
    # A folder that is as it was when it was listed is not listed again.
    changed = library.stat().st_mtime_ns
    if changed <= settled and said["library_ns"] == str(changed):
        return True
    from tui.library import library_files

    return set(known) == set(map(str, library_files(library)))


def _renew(path: Path, files: Sequence[Path], library: Path, progress: Callable[[Progress], None] | None) -> Opened:
    from filelock import FileLock, Timeout

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
        with closing(_connect(path)) as connection:
            connection.execute("SELECT path, size, mtime_ns FROM file").fetchall()
            return "key" not in schema.meta(connection)
    except sqlite3.Error:
        return True


def _refreshed(path: Path, library: Path) -> bool:
    """Bring an index up to date where it is; tell whether that could be done. Raises LibraryError for a bad library."""
    if not path.exists():
        return False
    from tui.index.refreshing import refresh

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
    from tui.index.build import build
    from tui.index.unfinished import unfinished

    with unfinished(_new_of(path)) as new:
        with closing(sqlite3.connect(new)) as connection:
            build(connection, files, library, progress)
        # A build writes without waiting for the disk, so a name must not stand for what a power cut would take.
        with new.open("rb+") as written:
            os.fsync(written.fileno())
        _drop_journal(path)
        os.replace(new, path)


def remove_unfinished(path: Path) -> None:
    """Remove what a build of an index file left that was killed, unless another one is at work."""
    from filelock import FileLock, Timeout

    from tui.index.unfinished import STAGED

    with suppress(OSError, Timeout), FileLock(lock_of(path), timeout=0):
        _new_of(path).unlink(missing_ok=True)
        path.with_suffix(STAGED).unlink(missing_ok=True)


def _new_of(path: Path) -> Path:
    """Return where a new index file is built. Only who holds the lock does so."""
    return path.with_suffix(".new")


def same_file(one: sqlite3.Connection, other: sqlite3.Connection) -> bool:
    """Tell whether two connections read one index: each build has a key of its own."""
    sql = "SELECT value FROM meta WHERE name = 'build'"
    return bool(one.execute(sql).fetchone() == other.execute(sql).fetchone())


def _drop_journal(path: Path) -> None:
    """Remove the journal of a process killed while it kept stamps: it must not be played back into a new file."""
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def _in_memory(files: Sequence[Path], library: Path, progress: Callable[[Progress], None] | None) -> sqlite3.Connection:
    from tui.index.build import build

    connection = sqlite3.connect(":memory:", check_same_thread=False)
    build(connection, files, library, progress)
    return ready(connection)


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection that reads an index file."""
    return ready(_connect(path))


def connect_to_write(path: Path) -> sqlite3.Connection:
    """Return a connection to an index file that answers queries and may change it; what it commits is on the disk."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, check_same_thread=False)
    connection.execute("PRAGMA synchronous = FULL")
    return ready(connection)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    connection.execute(f"PRAGMA cache_size = -{_PAGES_KIB}")
    return connection


def ready(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Give a connection what it needs to answer queries."""
    connection.isolation_level = None
    return connection
