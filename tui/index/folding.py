"""Folding: the one form in which text is indexed and asked for, so that `izmir` finds *İzmir*.

Folding lowers case (the Turkish I too), strips accents and points, opens letters that Unicode does not
decompose (*ł ø đ æ ə þ ı*), drops apostrophes and invisible marks, splits at everything that is no letter or
digit, and keeps one of two English spellings. Other scripts stay searchable in their own letters, Greek and
Cyrillic by a romanised form too; Chinese and Japanese characters are words of one character each, since those
scripts do not part words.

Two texts that fold alike always find each other. A change here must change `VERSION`, which renews every index.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from tui.index.letters import ALONE, APOSTROPHE, BREAK, DASH, NOTHING, WORD, parts_of
from tui.index.romanised import FOREIGN, romanised
from tui.index.spelling import one_spelling, spellings_begun

VERSION = 2
"""Part of the key of an index: an index made with another folding is made anew."""


class Token(Struct, frozen=True):
    """A folded word and where it stands in the original text; `end` is exclusive."""

    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return the folded words of `text`, parted by single spaces. Folding what is folded changes nothing."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """Return the folded words of `text` in order: *Italy–Türkiye Summit’s* → `italy`, `turkiye`, `summit`."""
    return _words(_marked(text))


def _words(marked: str) -> list[str]:
    if _SPECIAL.search(marked) is not None:
        marked = marked.replace("\1", "").replace("\2", " ").replace("-", " ")
    return [_SPELLINGS[word] for word in marked.split()]


def further(text: str) -> list[str]:
    """Return the further forms under which words of `text` are found.

    Words that a dash ties are also found as one (*non-proliferation* as `nonproliferation`), and a word with an
    apostrophe by each side of it (*L’Aquila* as `aquila`, *Türkiye’nin* as `turkiye`); Greek and Cyrillic words
    in Latin letters (*Μητσοτάκης* as `mitsotakis`).
    """
    return _further(_marked(text))


def _further(marked: str) -> list[str]:
    found = ["".join(_words(group)) for group in _TIED.findall(marked.replace("\1", ""))] if "-" in marked else []
    if "\1" in marked:
        for word in _WORDS.findall(marked):
            found += [side for side in word.split("\1") if len(side) > 2 and side != word.strip("\1")]
    if not marked.isascii() and FOREIGN.search(marked):
        found += [romanised(word) for word in _WORDS.findall(marked.replace("\1", "")) if FOREIGN.search(word)]
    return [one_spelling(form) for form in found]


def latin(text: str) -> list[str]:
    """Return the folded words of `text` with Greek and Cyrillic ones romanised."""
    return [one_spelling(romanised(word)) for word in words(text)]


def tokens(text: str) -> list[Token]:
    """Return the folded words of `text` in order, each with its place."""
    return [token for group in _groups(text) for part in group for token in part.words]


def compounds(text: str) -> list[Token]:
    """Return the `further` forms of `text`, each with its place."""
    found: list[Token] = []
    for group in _groups(text):
        whole = [token for part in group for token in part.words]
        if len(group) > 1:
            found.append(Token(one_spelling("".join(t.word for t in whole)), whole[0].start, whole[-1].end))
        found.extend(token for part in group for token in part.sides)
        for token in whole:
            if FOREIGN.search(token.word):
                found.append(Token(one_spelling(romanised(token.word)), token.start, token.end))
    return found


@lru_cache(maxsize=256)
def begun(word: str) -> tuple[str, ...]:
    """Return the folded beginnings that an unfinished folded word stands for, in order: `defens` for `defence` too."""
    return tuple(sorted(spellings_begun(word)))


def spans(text: str, wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Return where folded words stand in the original `text`, as ordered (start, end) without overlaps.

    The last of `wanted` is taken as the beginning of a word; an empty last one means that all are whole words.
    """
    whole = frozenset(wanted[:-1])
    starts = begun(wanted[-1]) if wanted and wanted[-1] else ()
    if not whole and not starts:
        return []
    hits = [
        (token.start, token.end)
        for token in _places(text)
        if token.word in whole or (starts and token.word.startswith(starts))
    ]
    return _merged(sorted(hits))


@lru_cache(maxsize=2048)
def _places(text: str) -> tuple[Token, ...]:
    """Return the words and further forms of `text`; kept, since the same rows mostly stay while a query is typed."""
    return (*tokens(text), *compounds(text))


def searchable(text: str, parting: str) -> str:
    """Return what the index holds for `text`: its folded words, then its further forms, each after `parting`.

    `parting` must be a word that folding never yields; it keeps phrases from running over.
    """
    marked = _marked(text)
    plain = " ".join(_words(marked))
    if marked.isascii() and _SPECIAL.search(marked) is None:
        return plain
    more = _further(marked)
    return f" {parting} ".join([plain, *dict.fromkeys(more)]) if more else plain


def _merged(hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in hits:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class _Part(Struct, frozen=True):
    """What stands between two breaks or dashes: mostly one word."""

    words: list[Token]
    sides: list[Token]


def _groups(text: str) -> Iterator[list[_Part]]:
    """Yield runs of parts that only single dashes tie together."""
    group: list[_Part] = []
    building = _Building()
    tied = False
    for at, character in enumerate(text):
        for folded, sort in parts_of(character):
            if sort in (WORD, ALONE):
                building.add(folded, sort, at)
                tied = False
            elif sort == APOSTROPHE:
                building.apostrophe(at)
            elif sort in (DASH, BREAK):
                if (part := building.finish()) is not None:
                    group.append(part)
                if (sort == BREAK or tied) and group:
                    yield group
                    group = []
                tied = sort == DASH
    if (part := building.finish()) is not None:
        group.append(part)
    if group:
        yield group


class _Building:
    """A part while its characters come in."""

    def __init__(self) -> None:
        self._done: list[Token] = []
        self._sides: list[Token] = []
        self._letters: list[str] = []
        self._places: list[int] = []
        self._cuts: list[int] = []

    def add(self, folded: str, sort: int, at: int) -> None:
        if sort == ALONE:
            self._close()
            self._done.append(Token(folded, at, at + 1))
            return
        self._letters.append(folded)
        self._places.append(at)

    def apostrophe(self, at: int) -> None:
        if self._letters:
            self._cuts.append(len(self._letters))

    def finish(self) -> _Part | None:
        self._close()
        if not self._done:
            return None
        part = _Part(self._done, self._sides)
        self._done, self._sides = [], []
        return part

    def _close(self) -> None:
        letters, places, cuts = self._letters, self._places, self._cuts
        if not letters:
            return
        self._letters, self._places, self._cuts = [], [], []
        end = len(letters)
        # The English possessive says nothing about the word: *Türkiye’s* is *Türkiye*.
        if cuts and cuts[-1] == end - 1 and letters[-1] == "s":
            end = cuts.pop()
        while cuts and cuts[-1] == end:
            cuts.pop()
        self._done.append(Token(one_spelling("".join(letters[:end])), places[0], places[-1] + 1))
        for first, last in pairwise((0, *cuts, end)) if cuts else ():
            if last - first > 2:
                side = one_spelling("".join(letters[first:last]))
                self._sides.append(Token(side, places[first], places[last - 1] + 1))


class _Marks(dict[int, str]):
    """What each character becomes where places do not matter, for `str.translate`.

    An apostrophe becomes `\\1`, a dash `-`, a break a space; a character that is a word of its own stands in `\\2`.
    """

    def __missing__(self, code: int) -> str:
        shown = "".join(_MARKS[sort].format(folded) for folded, sort in parts_of(chr(code)))
        self[code] = shown
        return shown


class _Spellings(dict[str, str]):
    """The spelling that is kept of each word, as far as it was asked for."""

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST_SPELLINGS:
            self.clear()
        kept = self[word] = one_spelling(word)
        return kept


_MOST_SPELLINGS = 30_000
_SPELLINGS = _Spellings()
_SPECIAL = re.compile("[-\1\2]")
_MARKS = {WORD: "{}", ALONE: "\2{}\2", APOSTROPHE: "\1", DASH: "-", NOTHING: "", BREAK: " "}
_TABLE = _Marks()
_WORDS = re.compile("[^ \\-\2]+")
_TIED = re.compile("[^ \\-]+(?:-[^ \\-]+)+")
_LEADING = re.compile("(?<![^ \\-\2])\1+")
_POSSESSIVE = re.compile("\1s(?![^ \\-\2])")


def _marked(text: str) -> str:
    """Return `text` folded and marked, without apostrophes at the beginning of words and without possessives."""
    marked = text.translate(_TABLE)
    if "\1" in marked:
        marked = _POSSESSIVE.sub("", _LEADING.sub("", marked))
    return marked
