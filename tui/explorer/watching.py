"""Notices at once that the files of a library have changed, and wakes nothing up while they stay as they are.

On Linux the kernel says so (inotify); watchfiles would look twenty times a second. Where it cannot, on other systems
and on network disks that others write to, sizes and times are looked at every ten seconds.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tui.explorer.stamps import Stamp, library_stamp

EVERY = 10.0
"""Seconds between two looks where the system does not tell of changes."""

_CLOSE_WRITE, _MOVED_FROM, _MOVED_TO, _DELETE = 0x8, 0x40, 0x80, 0x200
_NONBLOCK, _CLOEXEC = 0o4000, 0o2000000
_EVENT = struct.Struct("iIII")
_FAR = ("nfs", "cifs", "smb", "9p", "fuse", "afs", "ceph", "gluster", "lustre", "vboxsf", "virtiofs", "drvfs")
"""How the types of file systems begin on which another machine may write unseen."""


class Watch:
    """Calls `changed` in the running event loop after each change of a library's files, until it is closed.

    It is told the names of the files that changed, none where they are not known.
    """

    def __init__(self, library: Path, changed: Callable[[frozenset[str]], None]) -> None:
        self._library = Path(os.path.realpath(library))
        self._changed = changed
        self._loop = asyncio.get_running_loop()
        self._descriptor = -1
        self._look: asyncio.TimerHandle | None = None
        self._seen: Stamp = ""
        if not self._listen():
            self._seen = library_stamp(self._library)
            self._look = self._loop.call_later(EVERY, self._look_again)

    @property
    def told(self) -> bool:
        """Whether the system tells of changes, so that nothing is looked at meanwhile."""
        return self._descriptor >= 0

    def close(self) -> None:
        """Watch no more."""
        if self._look is not None:
            self._look.cancel()
        if self._descriptor >= 0:
            self._loop.remove_reader(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = -1

    def _listen(self) -> bool:
        """Ask the kernel to tell of changes; False where it cannot."""
        if sys.platform != "linux" or is_far(self._library):
            return False
        folder = self._library if self._library.is_dir() else self._library.parent
        try:
            libc = ctypes.CDLL(None, use_errno=True)
            descriptor = libc.inotify_init1(_NONBLOCK | _CLOEXEC)
        except (OSError, AttributeError):
            return False
        wanted = _CLOSE_WRITE | _MOVED_FROM | _MOVED_TO | _DELETE
        if descriptor < 0 or libc.inotify_add_watch(descriptor, os.fsencode(folder), wanted) < 0:
            if descriptor >= 0:
                os.close(descriptor)
            return False
        self._descriptor = descriptor
        self._loop.add_reader(descriptor, self._hear)
        return True

    def _hear(self) -> None:
        """Take what the kernel says, and pass it on when it is about a file of the library."""
        names = []
        with suppress(BlockingIOError):
            told = os.read(self._descriptor, 65_536)
            place = 0
            while place < len(told):
                _, _, _, size = _EVENT.unpack_from(told, place)
                place += _EVENT.size
                names.append(os.fsdecode(told[place : place + size].rstrip(b"\0")))
                place += size
        concerned = frozenset(filter(self._concerns, names))
        if concerned:
            self._changed(concerned)

    def _concerns(self, name: str) -> bool:
        if self._library.suffix == ".json" and not self._library.is_dir():
            return name == self._library.name
        return name.endswith(".json") and not name.startswith(".")

    def _look_again(self) -> None:
        self._look = self._loop.call_later(EVERY, self._look_again)
        now = library_stamp(self._library)
        if now != self._seen:
            self._seen = now
            self._changed(frozenset())


def is_far(path: Path, mounts: Path = Path("/proc/self/mounts")) -> bool:
    """Return whether a path is on a disk that other machines may write to without this one being told."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    found = [line.split(" ")[1:3] for line in lines if line.count(" ") >= 3]
    within = [(point, kind) for point, kind in found if path.is_relative_to(point.replace("\\040", " "))]
    kind = max(within, key=lambda one: len(one[0]), default=("", ""))[1]
    return kind.startswith(_FAR)
