"""Finds the records that words match, and those of them that they most likely mean.

Names go before text: first a record that is called just so, then so in another order of the words, then one whose name
begins so, then one that has the words in its names. Within each, and in all the rest, the weightiest come first, which
is the order of the numbers.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from zlib import crc32

from msgspec import Struct
from pyroaring import BitMap

from tui.index import matching, schema
from tui.index.asked import Asked
from tui.index.folding import fold
from tui.index.numbers import of_kind, within
from tui.index.postings import Hits
from tui.index.query import Query, Spelling

_NAMES = 64
"""How many records of a kind are taken up for their names."""

_NEAR_NAMES = 256
"""The same where other words stand in the place of typed ones, since the nearest may not be weighty."""

_NEAREST = (0, 0, 0)
_ELSEWHERE = (4, 0, 0)
"""How far a typed word is from a name that has it not; it then stands elsewhere in the record."""

_MOST_TWINS = 1000
"""How many records that are called just so are looked at."""


class Words(Struct, frozen=True):
    """What the free words of a query match."""

    found: Hits | None
    """The records with all of them; `None` without words."""
    unwanted: Hits | None
    """The records with a word that must not stand in them; `None` without such words."""
    typed: str
    """Folded, as a name may begin."""
    twins: tuple[int, ...]
    """The records of any kind that are called just so."""
    also: tuple[Spelling, ...]
    """Other words that may stand in the place of typed ones."""


def words_of(query: Query, asked: Asked) -> Words:
    """Return what the free words of a query match."""
    found = matching.wanted(query, asked.vocabulary)
    unwanted = matching.unwanted(query, asked.vocabulary)
    typed = fold(" ".join(term.value for term in query.free if not term.negated))
    return Words(found, unwanted, typed, _twins(typed, asked.connection) if found else (), query.also)


def members(kind: str, words: Words, asked: Asked) -> BitMap | None:
    """Return the records of a kind that words leave; `None` when there are no words at all."""
    if words.found is None and words.unwanted is None:
        return None
    left = asked.facets.of("all", kind) if words.found is None else of_kind(words.found.body, kind)
    return left - words.unwanted.body if words.unwanted else left


def heads(words: Words, left: Mapping[str, BitMap], asked: Asked) -> dict[str, list[int]]:
    """Return for each kind those of the records `left` of it that go first for their names, in order."""
    if words.found is None:
        return {}
    named: dict[str, list[int]] = {}
    most = _NEAR_NAMES if words.also else _NAMES
    for kind, numbers in left.items():
        low, high = schema.numbers(kind)
        twins = [number for number in words.twins if low <= number <= high and number in numbers]
        start, stop = within(words.found.names, kind)
        first: Iterable[int] = words.found.names[start : min(stop, start + most)]
        if len(numbers) < stop - start or any(number not in numbers for number in first):
            first = (words.found.names & numbers)[:most]
        named[kind] = list(dict.fromkeys((*twins, *first)))
    names = _names([number for numbers in named.values() for number in numbers], asked.connection)
    return {kind: _by_likeness(numbers, names, words) for kind, numbers in named.items()}


def _twins(typed: str, connection: sqlite3.Connection) -> tuple[int, ...]:
    sql = "SELECT number FROM record WHERE name_key = ? AND by_name = ? LIMIT ?"
    rows = connection.execute(sql, (crc32(typed.encode()), typed, _MOST_TWINS))
    return tuple(sorted(number for (number,) in rows))


def _names(numbers: list[int], connection: sqlite3.Connection) -> dict[int, str]:
    listed = f"({','.join(map(str, numbers))})"
    return dict(connection.execute(f"SELECT number, by_name FROM record WHERE number IN {listed}"))


def _by_likeness(numbers: list[int], names: Mapping[int, str], words: Words) -> list[int]:
    typed = words.typed
    asked = sorted(typed.split())

    def tier(number: int) -> int:
        name = names[number]
        if name == typed:
            return 0
        if len(name) == len(typed) and sorted(name.split()) == asked:
            return 1
        return 2 if name.startswith(typed) else 3

    if words.also:
        far = _farness(words)
        return sorted(numbers, key=lambda number: (tier(number), far(names[number]), number))
    return sorted(numbers, key=lambda number: (tier(number), number))


def _farness(words: Words) -> Callable[[str], tuple[int, ...]]:
    """Return what tells how far a folded name is from what was typed: by its words, then by how many more it has."""
    typed = words.typed.split()
    spellings: dict[str, list[Spelling]] = defaultdict(list)
    for spelling in words.also:
        spellings[spelling.typed].append(spelling)

    def of_word(word: str, name: Sequence[str]) -> tuple[int, int, int]:
        if word in name:
            return _NEAREST
        return min((spelling.far for spelling in spellings[word] if spelling.other in name), default=_ELSEWHERE)

    def of_name(name: str) -> tuple[int, ...]:
        whole = name.split()
        begun = any(word.startswith(typed[-1]) for word in whole)
        each = [of_word(word, whole) for word in (typed[:-1] if begun else typed)]
        return (*map(sum, zip(*each, strict=True)), len(whole))

    return of_name
