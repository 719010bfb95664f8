"""The one error that a library raises: which file, where in it, what is wrong, and the way out."""

from __future__ import annotations

import re
from pathlib import Path

from tui.language import gettext

UNPRINTABLE = "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
"""Compiled at the first error, since that takes a while."""


class LibraryError(Exception):
    """A library that cannot be read or written. Nothing on disk has been changed when this is raised.

    `str()` gives `path: where: reason` and, on an indented second line, the remedy. File names and values from
    a library may hold control characters; they are spelled out, so the text is safe on any terminal.
    """

    def __init__(self, path: Path, reason: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(str(path), where, reason, remedy)
        self.path = path
        self.where = where
        """The place in the file: `line 3, column 7`, `byte 120`, or a record and its field; empty for the whole."""
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        place = ": ".join(part for part in (str(self.path), self.where, self.reason) if part)
        return printable(place) + (f"\n  {printable(self.remedy)}" if self.remedy else "")


class ReadOnlyError(LibraryError):
    """A library that is not to be written, or cannot be: the shipped one, or one without the right to write."""


class RefusedError(LibraryError):
    """A change that would break a rule of the library. `faults` has the field and the message of each."""

    def __init__(self, path: Path, record: str, faults: tuple[tuple[str, str], ...]) -> None:
        told = "; ".join(": ".join(part for part in fault if part) for fault in faults)
        super().__init__(path, told, where=record, remedy=gettext("Nothing was written."))
        self.record = record
        self.faults = faults


def printable(text: str) -> str:
    r"""Return `text` with control and direction-changing characters spelled out (`\x1b`, `\u202e`)."""
    return re.sub(UNPRINTABLE, _spelled_out, text)


def _spelled_out(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
