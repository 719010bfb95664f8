"""The lock that a writer holds from reading to replacing: a file beside what it guards, which itself is replaced."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from tui.language import gettext, number, system_said
from tui.library.errors import LibraryError

PATIENCE = 10.0
"""Seconds to wait for another writer."""
POLL = 0.01
"""Seconds between two looks at the lock."""


class Lock:
    """The lock of a file, as `FILE.lock`. Processes and threads wait for each other; readers never do."""

    def __init__(self, target: Path, timeout: float = PATIENCE, shown: Path | None = None) -> None:
        self._target = target
        self._shown = shown or target
        self._lock = filelock.FileLock(f"{target}.lock", timeout=timeout, poll_interval=POLL)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock. Raises LibraryError when another writer keeps it for too long, or it cannot be made."""
        folder = self._target.parent
        if not folder.is_dir():  # the lock would make it, and a slip in the path would become a folder
            raise LibraryError(
                folder, gettext("there is no such folder"), remedy=gettext("Make the folder, or check the path.")
            )
        try:
            self._lock.acquire()
        except filelock.Timeout as error:
            reason = gettext(
                "another program has been changing the library for {seconds} seconds",
                seconds=number(self._lock.timeout),
            )
            raise LibraryError(
                self._shown, reason, remedy=gettext("Nothing was written; try again when it is done.")
            ) from error
        except OSError as error:
            reason = gettext("cannot be locked for writing ({reason})", reason=system_said(error))
            remedy = gettext(
                "Nothing was written; the folder must be writable. A copy of the library elsewhere can be changed."
            )
            raise LibraryError(self._shown, reason, remedy=remedy) from error
        try:
            yield
        finally:
            self._lock.release()
