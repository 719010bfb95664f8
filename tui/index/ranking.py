"""Finds the records that words match, and those of them that they most likely mean.

Names go before text: first a record that is called just so, then so in another order of the words, then one whose name
begins so, then one that has the words in its names. Within each, and in all the rest, the weightiest come first, which
is the order of the numbers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from zlib import crc32

from pyroaring import BitMap

from tui.index import matching, schema
from tui.index.asked import Asked
from tui.index.folding import fold
from tui.index.numbers import of_kind, within
from tui.index.postings import Hits
from tui.index.query import Query

_NAMES = 64
"""How many records of a kind are taken up for their names."""

_MOST_TWINS = 1000
"""How many records that are called just so are looked at."""


class Words(NamedTuple):
    """What the free words of a query match."""

    found: Hits | None
    """The records with all of them; `None` without words."""
    unwanted: Hits | None
    """The records with a word that must not stand in them; `None` without such words."""
    typed: str
    """Folded, as a name may begin."""
    twins: tuple[int, ...]
    """The records of any kind that are called just so."""


def words_of(query: Query, asked: Asked) -> Words:
    """Return what the free words of a query match."""
    found = matching.wanted(query, asked.vocabulary)
    unwanted = matching.unwanted(query, asked.vocabulary)
    typed = fold(" ".join(term.value for term in query.free if not term.negated))
    return Words(found, unwanted, typed, _twins(typed, asked.connection) if found else ())


def members(kind: str, words: Words, asked: Asked) -> BitMap | None:
    """Return the records of a kind that words leave; `None` when there are no words at all."""
    if words.found is None and words.unwanted is None:
        return None
    left = asked.choices.of("all", kind) if words.found is None else of_kind(words.found.body, kind)
    return left - words.unwanted.body if words.unwanted else left


def heads(words: Words, left: Mapping[str, BitMap], asked: Asked) -> dict[str, list[int]]:
    """Return for each kind those of the records `left` of it that go first for their names, in order."""
    if words.found is None:
        return {}
    named: dict[str, list[int]] = {}
    for kind, numbers in left.items():
        low, high = schema.numbers(kind)
        twins = [number for number in words.twins if low <= number <= high and number in numbers]
        start, stop = within(words.found.names, kind)
        first: Iterable[int] = words.found.names[start : min(stop, start + _NAMES)]
        if len(numbers) < stop - start or any(number not in numbers for number in first):
            first = (words.found.names & numbers)[:_NAMES]
        named[kind] = list(dict.fromkeys((*twins, *first)))
    names = _names([number for numbers in named.values() for number in numbers], asked.connection)
    return {kind: _by_likeness(numbers, names, words.typed) for kind, numbers in named.items()}


def _twins(typed: str, connection: sqlite3.Connection) -> tuple[int, ...]:
    sql = "SELECT number FROM record WHERE name_key = ? AND by_name = ? LIMIT ?"
    rows = connection.execute(sql, (crc32(typed.encode()), typed, _MOST_TWINS))
    return tuple(sorted(number for (number,) in rows))


def _names(numbers: list[int], connection: sqlite3.Connection) -> dict[int, str]:
    listed = f"({','.join(map(str, numbers))})"
    return dict(connection.execute(f"SELECT number, by_name FROM record WHERE number IN {listed}"))


def _by_likeness(numbers: list[int], names: Mapping[int, str], typed: str) -> list[int]:
    asked = sorted(typed.split())

    def tier(number: int) -> int:
        name = names[number]
        if name == typed:
            return 0
        if len(name) == len(typed) and sorted(name.split()) == asked:
            return 1
        return 2 if name.startswith(typed) else 3

    return sorted(numbers, key=lambda number: (tier(number), number))
