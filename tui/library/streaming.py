"""Reads a library file too large to be held in memory, record by record.

It looks only for where each record begins and ends; what is in it is read later, and refused then if it is bad. What
is not laid out as a library is left to `jsontext`, which says what is wrong and where.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from tui.language import gettext
from tui.library.errors import LibraryError
from tui.library.files import fingerprint_of, read_content, refuse_unless_regular, unreadable
from tui.library.jsontext import NUMBER, Entry, entries
from tui.records import TABLES

LARGE = 64 << 20
"""From how many bytes on a file is read so."""

_AT_ONCE = 1 << 20
_TEXT = rb'"(?:[^"\\]++|\\.)*+"'
_NEXT_BRACKET = re.compile(rb'[^"{}\[\]]*+(?:' + _TEXT + rb'[^"{}\[\]]*+)*+([{}\[\]])', re.DOTALL)
_MARK = re.compile(rb"\s*([{},:])")
_ANY = re.compile(rb"\s*(\S)")
_KEY = re.compile(rb"\s*(" + _TEXT + rb")\s*:\s*(?=\{)", re.DOTALL)
_OPENING = (b"{", b"[")


class _Unlike(Exception):  # noqa: N818 - never leaves this file
    """The file is not laid out as a library."""


def streamed(file: Path) -> Iterator[Entry]:
    """Yield every record of a library file, undecoded, in the order of the file. Raises LibraryError as `entries`."""
    given = 0
    try:
        with file.open("rb") as opened:
            refuse_unless_regular(file, os.fstat(opened.fileno()).st_mode)
            before = fingerprint_of(os.fstat(opened.fileno()))
            for entry in _Reader(opened).entries():
                yield entry
                given += 1
            after = fingerprint_of(os.fstat(opened.fileno()))
    except OSError as error:
        raise unreadable(file, error) from error
    except _Unlike:
        # Read whole, so that the message can name the line; or the record, by who reads what is in it.
        yield from entries(read_content(file).raw, file)[given:]
        return
    if before != after:
        raise LibraryError(
            file, gettext("the file changed while it was read"), remedy=gettext("Try again when it is written.")
        )


class _Reader:
    """A window on a file that moves along as its records are asked for."""

    def __init__(self, opened: BinaryIO) -> None:
        self._file = opened
        self._window = opened.read(_AT_ONCE).removeprefix(codecs.BOM_UTF8)
        self._at = 0

    def entries(self) -> Iterator[Entry]:
        self._expect(b"{")
        ended = self._taken(b"}")
        while not ended:
            yield from self._table(self._key())
            ended = self._expect(b",}") == b"}"
        if self._window[self._at :].strip() or self._file.read().strip():
            raise _Unlike

    def _table(self, table: str) -> Iterator[Entry]:
        if table not in TABLES:
            raise _Unlike
        self._expect(b"{")
        if self._taken(b"}"):
            return
        while True:
            number = self._key()
            if not NUMBER.fullmatch(number):
                raise _Unlike
            yield Entry(table, number, msgspec.Raw(self._object()))
            if self._expect(b",}") == b"}":
                return

    def _key(self) -> str:
        while (found := _KEY.match(self._window, self._at)) is None:
            self._more()
        self._at = found.end()
        try:
            key: str = msgspec.json.decode(found[1], type=str)
        except msgspec.DecodeError:
            raise _Unlike from None
        return key

    def _object(self) -> bytes:
        """Return the bytes of the object that begins here."""
        while (end := self._end()) < 0:
            self._more()
        start, self._at = self._at, end
        return self._window[start:end]

    def _end(self) -> int:
        """Return where the object ends that begins here; -1 when that is beyond the window."""
        depth, at = 0, self._at
        match, window = _NEXT_BRACKET.match, self._window
        while found := match(window, at):
            at = found.end()
            depth += 1 if found[1] in _OPENING else -1
            if not depth:
                return at
        return -1

    def _expect(self, marks: bytes) -> bytes:
        while (found := _MARK.match(self._window, self._at)) is None:
            self._more()
        if found[1] not in marks:
            raise _Unlike
        self._at = found.end()
        return found[1]

    def _taken(self, mark: bytes) -> bool:
        while (found := _ANY.match(self._window, self._at)) is None:
            self._more()
        if found[1] == mark:
            self._at = found.end()
            return True
        return False

    def _more(self) -> None:
        """Move the window on, so that it holds more of what comes."""
        read = self._file.read(max(_AT_ONCE, len(self._window) - self._at))
        if not read:
            raise _Unlike
        self._window = self._window[self._at :] + read
        self._at = 0
