"""Replaces a file in one step, so that a reader sees the old content or the new, never a part, whatever happens."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tui.language import gettext, later, system_said
from tui.library.errors import LibraryError
from tui.library.files import Fingerprint, backup_of, fingerprint_of

NEW_FILE_MODE = 0o666
"""Before the user's umask."""
UNABLE = {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF}
"""What disks answer that cannot flush a folder."""


def replace_file(target: Path, raw: bytes, *, keep_backup: bool) -> Fingerprint:
    """Put `raw` in the place of `target` and return the fingerprint of the new file.

    The caller holds the lock and has resolved links. The mode and, where allowed, the owner stay as they were.
    With `keep_backup`, the old content becomes `FILE.bak`. Raises LibraryError; its reason says what is in place.
    """
    with Replacement(target, raw) as prepared:
        fingerprint = prepared.put(keep_backup=keep_backup)
    flush_folder(target.parent)
    return fingerprint


class Replacement:
    """New content that is on the disk beside its target, whole; putting it in place needs no more room.

    For several files that belong together: prepare all, then put all. Left without `put`, it takes itself away.
    """

    def __init__(self, target: Path, raw: bytes) -> None:
        self.target = target
        self._fresh = target.with_name(f".{target.name}.new")
        try:
            _refuse_read_only(target)
            self._fingerprint = _write_through(self._fresh, raw, like=target)
        except OSError as error:
            self._clear()
            raise unwritable(target, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def put(self, *, keep_backup: bool) -> Fingerprint:
        """Let the new content take the place of the old one; the folder is flushed by the caller."""
        try:
            if keep_backup:
                _keep(self.target)
            os.replace(self._fresh, self.target)
        except OSError as error:
            raise unwritable(self.target, error) from error
        return self._fingerprint

    def _clear(self) -> None:
        with suppress(OSError):
            self._fresh.unlink(missing_ok=True)


_REMEDIES = {
    errno.ENOSPC: later("Free some space and make the change again."),
    errno.EDQUOT: later("Free some of your quota and make the change again."),
    errno.EROFS: later("The disk is read-only: copy the library elsewhere to change it."),
    errno.EACCES: later("Ask the owner of the folder for the right to write, or copy the library to change it."),
}


def unwritable(target: Path, error: OSError) -> LibraryError:
    """Return the LibraryError that tells why the system refused to write."""
    remedy = gettext(_REMEDIES.get(error.errno or 0, later("Check the disk and make the change again.")))
    return LibraryError(
        target, gettext("cannot be written ({reason}); it is as it was", reason=system_said(error)), remedy=remedy
    )


def _write_through(fresh: Path, raw: bytes, *, like: Path) -> Fingerprint:
    fresh.unlink(missing_ok=True)  # left by a writer that was killed; the lock says that none is at work
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, NEW_FILE_MODE)
    with os.fdopen(descriptor, "wb") as handle:
        with suppress(FileNotFoundError):
            _take_on(handle.fileno(), like.stat())
        handle.write(raw)
        handle.flush()
        os.fsync(handle.fileno())
        return fingerprint_of(os.fstat(handle.fileno()))


def _take_on(descriptor: int, old: os.stat_result) -> None:
    """Give an open file the owner and mode of the file that it will replace."""
    with suppress(PermissionError):
        os.fchown(descriptor, old.st_uid, old.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _keep(target: Path) -> None:
    """Make the content of `target` the backup: a second name for it where the disk can, else a copy."""
    backup = backup_of(target)
    if backup.exists() and backup.samefile(target):
        return
    fresh = backup.with_name(f".{backup.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        try:
            os.link(target, fresh)
        except FileNotFoundError:
            return
        except OSError:
            shutil.copy2(target, fresh)
        os.replace(fresh, backup)
    finally:
        fresh.unlink(missing_ok=True)


def _refuse_read_only(target: Path) -> None:
    """Respect a file marked read-only, which a writable folder would let us replace all the same."""
    if target.exists() and not os.access(target, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def flush_folder(folder: Path) -> None:
    """Make the new name survive a power cut, on disks that can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno in UNABLE:
            return
        reason = gettext(
            "the new content is in place, but may not survive a power cut ({reason})", reason=system_said(error)
        )
        raise LibraryError(folder, reason, remedy=gettext("Check the disk.")) from error
