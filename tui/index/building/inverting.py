"""Turns texts round: from the words of each record to the records of each word, in memory that does not grow.

What is gathered is put away in a file whenever it has become much, and in the end the files are read together.
"""

from __future__ import annotations

import heapq
import sqlite3
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby
from operator import itemgetter
from struct import Struct
from typing import IO

from pyroaring import BitMap

from tui.index.batches import batches
from tui.index.numbers import kept
from tui.index.postings import LONGEST_BEGINNING, SHARED
from tui.index.schema import OWN_LAST, PARTING

_AT_ONCE = 40_000_000
"""How many bytes are gathered before they are put away."""
_EACH = 250
"""About how many bytes a word takes beside the numbers of its records."""

_FRAME = Struct("<HII")
_numbers = partial(array, "I")
_Part = tuple[str, bytes, bytes]
"""A word, and the records with it in their text and in what they are called, as runs."""


class Inverter:
    """Takes the words of records in the order of their numbers, and gives the records of words in theirs."""

    def __init__(self) -> None:
        self._body: defaultdict[str, array[int]] = defaultdict(_numbers)
        self._names: defaultdict[str, array[int]] = defaultdict(_numbers)
        self._gathered = 0
        self._files: list[IO[bytes]] = []

    def add(self, body: Mapping[str, bytes], names: Mapping[str, bytes]) -> None:
        """Take for each word the records with it in their texts, and in what they are called, as runs of numbers."""
        for words, found in ((body, self._body), (names, self._names)):
            for word, numbers in words.items():
                found[word].frombytes(numbers)
                self._gathered += len(numbers)
        if self._gathered + _EACH * (len(self._body) + len(self._names)) > _AT_ONCE:
            self._put_away()

    def words(self) -> Iterator[tuple[str, BitMap, BitMap]]:
        """Yield each word, in order, with the records of its texts and of its names. To be called once."""
        files = [_read(file) for file in self._files]
        parts = heapq.merge(*files, self._sorted(), key=itemgetter(0))
        for word, same in groupby(parts, key=itemgetter(0)):
            body, names = array("I"), array("I")
            for _, more_body, more_names in same:
                body.frombytes(more_body)
                names.frombytes(more_names)
            yield word, BitMap(body), BitMap(names)
        for file in self._files:
            file.close()

    def _sorted(self) -> Iterator[_Part]:
        none = array("I")
        for word in sorted(self._body.keys() | self._names.keys()):
            yield word, self._body.get(word, none).tobytes(), self._names.get(word, none).tobytes()

    def _put_away(self) -> None:
        file = tempfile.TemporaryFile(buffering=1 << 20)  # noqa: SIM115 - closed when it has been read
        for word, body, names in self._sorted():
            raw = word.encode()
            file.write(_FRAME.pack(len(raw), len(body), len(names)) + raw + body + names)
        file.seek(0)
        self._files.append(file)
        self._body.clear()
        self._names.clear()
        self._gathered = 0


def _read(file: IO[bytes]) -> Iterator[_Part]:
    for frame in iter(partial(file.read, _FRAME.size), b""):
        word, body, names = _FRAME.unpack(frame)
        yield file.read(word).decode(), file.read(body), file.read(names)


class _Beginning:
    """The first letters of words while the words come in order."""

    def __init__(self, letters: int) -> None:
        self.letters = letters
        self.start = ""
        self.shared = 0
        self.body = BitMap()
        self.names = BitMap()

    def take(self, shared: int, body: BitMap, names: BitMap) -> None:
        self.shared += shared
        self.body |= body
        self.names |= names


def keep(connection: sqlite3.Connection, inverter: Inverter) -> None:
    """Keep all words with their records, and the beginnings that many words share."""
    open_ = [_Beginning(letters) for letters in range(1, LONGEST_BEGINNING + 1)]
    insert = "INSERT INTO word (word, count, called, body, names) VALUES (?, ?, ?, ?, ?)"
    for batch in batches(inverter.words()):
        rows = [(word, len(body), len(names), kept(body), kept(names)) for word, body, names in batch]
        connection.executemany(insert, rows)
        for word, body, names in batch:
            if " " not in word and not PARTING <= word[0] <= OWN_LAST:
                _close(connection, open_, word)
                open_[min(len(word), LONGEST_BEGINNING) - 1].take(1, body, names)
    _close(connection, open_, "")


def _close(connection: sqlite3.Connection, open_: list[_Beginning], word: str) -> None:
    """Close the beginnings that a word does not have, the longest first, and open those that it has."""
    for at in reversed(range(len(open_))):
        found = open_[at]
        if found.start and not (word and word.startswith(found.start)):
            if found.shared >= SHARED:
                insert = "INSERT INTO beginning (word, body, names) VALUES (?, ?, ?)"
                connection.execute(insert, (found.start, kept(found.body), kept(found.names)))
            if at:
                open_[at - 1].take(found.shared, found.body, found.names)
            open_[at] = _Beginning(found.letters)
        if not open_[at].start and len(word) >= found.letters:
            open_[at].start = word[: found.letters]
