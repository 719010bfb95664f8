"""The bytes of a file that is too large to be held in memory, read where they are asked for."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from tui.language import gettext
from tui.library.errors import LibraryError
from tui.library.files import fingerprint_of, refuse_unless_regular, unreadable

_WINDOW = 1 << 20


class OnDisk:
    """An open file that is asked as bytes are: for its length, a part, or where something stands.

    Raises LibraryError when it cannot be read, and on leaving when it has changed meanwhile.
    """

    def __init__(self, file: Path) -> None:
        self._path = file
        try:
            self._file = file.open("rb", buffering=0)
            refuse_unless_regular(file, os.fstat(self._file.fileno()).st_mode)
        except OSError as error:
            raise unreadable(file, error) from error
        self._fingerprint = fingerprint_of(os.fstat(self._file.fileno()))
        self._at = 0
        self._window = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        now = fingerprint_of(os.fstat(self._file.fileno()))
        self._file.close()
        if error is None and now != self._fingerprint:
            reason = gettext("the file changed while it was read")
            raise LibraryError(self._path, reason, remedy=gettext("Try again when it is written."))

    def __len__(self) -> int:
        return self._fingerprint.size

    def __getitem__(self, part: slice) -> bytes:
        start, stop, _ = part.indices(len(self))
        if self._at <= start and stop <= self._at + len(self._window):
            return self._window[start - self._at : stop - self._at]
        return self._read(start, max(stop - start, 0))

    def find(self, wanted: bytes, start: int) -> int:
        """Return where something stands at or after a place; -1 when it does not."""
        while start + len(wanted) <= len(self):
            if not self._at <= start <= self._at + len(self._window) - len(wanted):
                self._at, self._window = start, self._read(start, max(_WINDOW, len(wanted)))
                if len(self._window) < len(wanted):
                    return -1
            at = self._window.find(wanted, start - self._at)
            if at >= 0:
                return self._at + at
            start = self._at + len(self._window) - len(wanted) + 1
        return -1

    def _read(self, start: int, size: int) -> bytes:
        """Read so many bytes from a place on, fewer at the end."""
        parts = []
        try:
            while size and (part := os.pread(self._file.fileno(), size, start)):
                parts.append(part)
                start, size = start + len(part), size - len(part)
        except OSError as error:
            raise unreadable(self._path, error) from error
        return b"".join(parts)
