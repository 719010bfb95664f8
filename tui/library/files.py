"""Reads the bytes of a file and tells when it has changed; knows nothing of what is in it."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

from tui.language import gettext, system_said
from tui.library.errors import LibraryError

READ_ATTEMPTS = 5
"""How often a file that changes while it is read is read again."""


class Fingerprint(NamedTuple):
    """What tells, without reading, that a file is the one read before."""

    inode: int
    size: int
    """In bytes."""
    modified: int
    """In nanoseconds since the epoch."""


class Content(NamedTuple):
    """The bytes of a file, and the fingerprint that it had while they were read."""

    raw: bytes
    fingerprint: Fingerprint


def read_content(file: Path) -> Content:
    """Return the bytes of a file. Raises LibraryError when it is missing, unreadable or not a regular file."""
    try:
        refuse_unless_regular(file, file.stat().st_mode)
        with file.open("rb") as handle:
            for _ in range(READ_ATTEMPTS):
                before = fingerprint_of(os.fstat(handle.fileno()))
                handle.seek(0)
                raw = handle.read()
                if fingerprint_of(os.fstat(handle.fileno())) == before:
                    return Content(raw, before)
    except OSError as error:
        raise unreadable(file, error) from error
    raise LibraryError(
        file, gettext("the file keeps changing while it is read"), remedy=gettext("Try again when it is written.")
    )


def fingerprint_of(status: os.stat_result) -> Fingerprint:
    """Return the fingerprint in a file's status."""
    return Fingerprint(status.st_ino, status.st_size, status.st_mtime_ns)


def current_fingerprint(file: Path) -> Fingerprint | None:
    """Return the fingerprint of a file as it is now; None when there is no such file."""
    try:
        return fingerprint_of(file.stat())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(file, error) from error


def backup_of(file: Path) -> Path:
    """Return where the last good copy of a file is kept: beside it (beside its target, for a link), with `.bak`."""
    target = Path(os.path.realpath(file))
    return target.with_name(target.name + ".bak")


def unreadable(path: Path, error: OSError) -> LibraryError:
    """Return the LibraryError that tells what the system said about a path."""
    if isinstance(error, FileNotFoundError):
        dangling = path.is_symlink()
        reason = (
            gettext("the link leads nowhere (to {path})", path=os.readlink(path))
            if dangling
            else gettext("there is no such file or folder")
        )
        return LibraryError(path, reason, remedy=gettext("Check the path."))
    if isinstance(error, PermissionError):
        return LibraryError(
            path, gettext("not allowed to read it"), remedy=gettext("Ask its owner for the right to read it.")
        )
    return LibraryError(
        path,
        gettext("cannot be read ({reason})", reason=system_said(error)),
        remedy=gettext("Check the path and the disk."),
    )


def refuse_unless_regular(file: Path, mode: int) -> None:
    """Raise LibraryError for a folder, pipe or device, of which reading might never end."""
    if stat.S_ISDIR(mode):
        raise LibraryError(
            file, gettext("is a folder where a library file is expected"), remedy=gettext("Rename or move it.")
        )
    if not stat.S_ISREG(mode):
        raise LibraryError(file, gettext("is not a regular file"), remedy=gettext("Save the library as a file first."))
