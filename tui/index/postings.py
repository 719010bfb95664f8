"""Which records a word stands in: whole words, beginnings of words, and words one after the other.

A short beginning is looked up, since too many words share it; of a longer one the words are put together. Only for
words one after the other are the places of words in the texts asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from msgspec import Struct
from pyroaring import BitMap

from tui.index.numbers import EMPTY, restored, size
from tui.index.recent import Recent

LONGEST_BEGINNING = 4
"""How many letters the beginnings have at most that are kept."""

SHARED = 10
"""A beginning is kept when at least so many words share it."""

_KEPT = 256 * 1024
"""Bytes of sets that are kept in memory, about as many as the last letters need among a million records."""

_SLOT = 512
"""Bytes that an answer weighs beside its numbers, so that empty ones are counted too."""

_HIGHEST = "\U0010ffff"


class Hits(Struct, frozen=True):
    """The records that something stands in. They must not be changed."""

    body: BitMap
    """Those with it in their text."""
    names: BitMap
    """Those with it in what they are called."""


NONE = Hits(EMPTY, EMPTY)


class Postings:
    """The words of an open index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._kept = Recent[tuple[str, ...], Hits](_KEPT, _weight)

    def forget(self) -> None:
        """Forget what was read, since the index has changed."""
        self._kept.clear()

    def word(self, word: str) -> Hits:
        """Return the records with a folded word."""
        return self._remembered(("word", word))

    def beginning(self, start: str) -> Hits:
        """Return the records with a word that begins so."""
        return self._remembered(("beginning", start))

    def phrase(self, words: Iterable[str], *, unfinished: bool = False) -> Hits:
        """Return the records with folded words one after the other; of the last only the beginning if `unfinished`."""
        return self._remembered(("unfinished" if unfinished else "phrase", *words))

    def _remembered(self, key: tuple[str, ...]) -> Hits:
        return self._kept.get(key, lambda: self._found(*key))

    def _found(self, sort: str, *words: str) -> Hits:
        if sort == "word":
            return self._looked_up("word", words[0]) or NONE
        if sort == "beginning":
            return self._begun(words[0])
        return self._in_a_row(words, sort == "unfinished")

    def _looked_up(self, table: str, word: str) -> Hits | None:
        row = self._connection.execute(f"SELECT body, names FROM {table} WHERE word = ?", (word,)).fetchone()
        return Hits(restored(row[0]), restored(row[1])) if row else None

    def _begun(self, start: str) -> Hits:
        if len(start) <= LONGEST_BEGINNING and (kept := self._looked_up("beginning", start)) is not None:
            return kept
        sql = "SELECT body, names FROM word WHERE word >= ? AND word < ?"
        rows = self._connection.execute(sql, (start, start + _HIGHEST)).fetchall()
        return either(Hits(restored(body), restored(names)) for body, names in rows)

    def _in_a_row(self, words: tuple[str, ...], unfinished: bool) -> Hits:
        """Return the records with the words one after the other.

        The known names of several words are kept like words. Of others, names have no places of words: they stand in
        a row in a name when they do in the text, and all of them stand in the name.
        """
        if not unfinished and (known := self._looked_up("word", " ".join(words))) is not None:
            return known
        alone = [self.word(word) for word in words[:-1]]
        alone.append(self.beginning(words[-1]) if unfinished else self.word(words[-1]))
        found = both(alone)
        if not found.body:
            return NONE
        expression = f'"{" ".join(words)}"' + (" *" if unfinished else "")
        rows = self._connection.execute("SELECT rowid FROM phrase WHERE phrase MATCH ?", (expression,))
        body = BitMap([number for (number,) in rows])
        return Hits(body, found.names & body)


def either(several: Iterable[Hits]) -> Hits:
    """Return the records that any of them has."""
    found = [hits for hits in several if hits.body or hits.names]
    if len(found) < 2:
        return found[0] if found else NONE
    return Hits(BitMap.union(*(hits.body for hits in found)), BitMap.union(*(hits.names for hits in found)))


def both(several: Iterable[Hits]) -> Hits:
    """Return the records that all of them have; `several` must not be empty."""
    first, *rest = several
    for hits in rest:
        first = Hits(first.body & hits.body, first.names & hits.names)
    return first


def _weight(hits: Hits) -> int:
    return _SLOT + size(hits.body) + size(hits.names)
