"""Opens the index of a library: from the user's cache folder, or in memory when that cannot be written.

A file that is fresh is opened without a lock and without reading the library; any other is renewed first (`renewing`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.index import schema
from tui.index.connections import Opened, connect, same_file
from tui.language import gettext, system_said
from tui.library.kept_names import kept_name

if TYPE_CHECKING:
    from tui.index.building.staging import Progress


def open_index(library: Path, cache: Path | None, progress: Callable[[Progress], None] | None) -> Opened:
    """Return a connection to an index of `library` that is up to date. Raises LibraryError for a bad library."""
    fresh = open_fresh(library, cache)
    if fresh is not None:
        return fresh
    from tui.index.renewing import built_in_memory, renew_locked
    from tui.library import library_files

    library = library.resolve()
    path, files = place(library, cache), library_files(library)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return renew_locked(path, files, library, progress)
    except (OSError, sqlite3.Error) as error:
        reason = system_said(error) if isinstance(error, OSError) else str(error)
        notice = gettext(
            "the index is kept in memory only, since it cannot be written in {folder} ({reason})",
            folder=path.parent,
            reason=reason,
        )
        return Opened(built_in_memory(files, library, progress), notice)


def open_fresh(library: Path, cache: Path | None) -> Opened | None:
    """Return a connection to the index file if that is up to date. Raises LibraryError for a missing library."""
    library = library.resolve()
    fresh = _open_fresh(place(library, cache), library)
    return Opened(fresh, "") if fresh else None


def open_old(library: Path, cache: Path | None) -> Opened | None:
    """Return a connection to the index file as it is, if it is one of this version."""
    try:
        connection = connect(place(library.resolve(), cache))
    except sqlite3.Error:
        return None
    with suppress(sqlite3.Error, KeyError):
        if schema.meta(connection)["key"] == schema.KEY:
            return Opened(connection, "")
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
    from tui.index.renewing import built_in_memory
    from tui.index.updating.refreshing import refresh
    from tui.library import library_files

    if refresh(connection, library):
        return Opened(connection, "")
    return Opened(built_in_memory(library_files(library), library, None), "")


def reopen_anew(library: Path, cache: Path | None) -> Opened:
    """Throw the index file away and return a connection to a new one, since the old one turned out broken."""
    from tui.index.renewing import drop_journal

    library = library.resolve()
    with suppress(OSError):
        place(library, cache).unlink(missing_ok=True)
        drop_journal(place(library, cache))
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
        connection = connect(path)
    except sqlite3.Error:
        connection = None
    if connection is not None and _is_fresh(connection, library):
        return connection
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
