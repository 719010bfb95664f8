"""Finds the records that words match, and puts those first that they most likely mean.

Names go before text: first a record that is called just so, then one whose name begins so, then one that has the
words in its names. Within each, and in all the rest, the weightiest come first, which is the order of the numbers.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from tui.index import matching, schema
from tui.index.folding import fold
from tui.index.listing import MOST
from tui.index.orders import LISTS
from tui.index.query import Query

_NAMES = 200
"""How many records of a kind are taken up for their names."""

_FEW = 30
"""Up to so many chosen records, each is looked at for the words; beyond, the hits are looked for among the chosen."""


class Words(NamedTuple):
    """What the free words of a query match: expressions for FTS5, empty where there is nothing to match."""

    names: str
    body: str
    typed: str
    """Folded, as a name may begin."""
    unwanted: str
    """What must not match."""


class Found(NamedTuple):
    """The numbers that words match, the likeliest first; `more` when there are others."""

    numbers: array[int]
    more: bool


def words_of(query: Query, connection: sqlite3.Connection) -> Words:
    """Return what the free words of a query match."""
    wanted = matching.text_match(query, connection)
    unwanted = matching.text_exclusion(query, connection)
    body = f"({wanted}) NOT ({unwanted})" if wanted and unwanted else wanted
    typed = fold(" ".join(term.value for term in query.free if not term.negated))
    return Words(matching.text_match(query, connection, abroad=False), body, typed, unwanted)


def ranked(connection: sqlite3.Connection, kind: str, words: Words, chosen: frozenset[int] | None) -> Found:
    """Return what `words` match among the records of a kind, or among the `chosen` of them."""
    hits = _hits(connection, kind, words.body, chosen)
    more = len(hits) > MOST
    named = _named(connection, kind, words, chosen)
    if not more:
        there = set(hits)
        named = [number for number in named if number in there]
    elif words.unwanted:
        named = [number for number in named if _has(connection, words.body, number)]
    first = _by_likeness(connection, named, words.typed)
    taken = set(first)
    rest = (number for number in hits if number not in taken)
    return Found(array("q", chain(first, rest))[:MOST], more)


def in_order(connection: sqlite3.Connection, kind: str, sort: str, numbers: Sequence[int]) -> list[int]:
    """Return numbers of records of a kind in an order of its list."""
    listed = f"[{','.join(map(str, numbers))}]"
    sql = "SELECT number FROM placed WHERE list = ? AND number IN (SELECT value FROM json_each(?)) ORDER BY place"
    return [number for (number,) in connection.execute(sql, (LISTS[kind, sort], listed))]


def without(connection: sqlite3.Connection, kind: str, sort: str, unwanted: str) -> list[int]:
    """Return the records of a kind that an expression does not match, in an order of their list."""
    sql = (
        "SELECT number FROM placed WHERE list = ? AND number NOT IN"
        " (SELECT rowid FROM body WHERE body MATCH ? AND rowid BETWEEN ? AND ?) ORDER BY place"
    )
    parameters = (LISTS[kind, sort], unwanted, *schema.numbers(kind))
    return [number for (number,) in connection.execute(sql, parameters)]


def _hits(connection: sqlite3.Connection, kind: str, body: str, chosen: frozenset[int] | None) -> list[int]:
    if chosen is not None and len(chosen) <= _FEW:
        return [number for number in sorted(chosen) if _has(connection, body, number)]
    sql = "SELECT rowid FROM body WHERE body MATCH ? AND rowid BETWEEN ? AND ?"
    if chosen is not None:
        # The plus keeps SQLite from asking FTS5 once for each of the chosen.
        sql += f" AND +rowid IN (SELECT number FROM chosen_{kind})"
    found = connection.execute(f"{sql} LIMIT {MOST + 1}", (body, *schema.numbers(kind)))
    return [number for (number,) in found]


def _has(connection: sqlite3.Connection, body: str, number: int) -> bool:
    return (
        connection.execute("SELECT 1 FROM body WHERE body MATCH ? AND rowid = ?", (body, number)).fetchone() is not None
    )


def _named(connection: sqlite3.Connection, kind: str, words: Words, chosen: frozenset[int] | None) -> list[int]:
    """Return records for their names: called just so, or the weightiest with the words in their names."""
    among = "" if chosen is None else f" AND +{{}} IN (SELECT number FROM chosen_{kind})"
    exact = connection.execute(
        "SELECT number FROM record WHERE by_name = ? AND number BETWEEN ? AND ?"
        f"{among.format('number')} LIMIT {_NAMES}",
        (words.typed, *schema.numbers(kind)),
    )
    found = [number for (number,) in exact]
    holding = connection.execute(
        f"SELECT rowid FROM names WHERE names MATCH ? AND rowid BETWEEN ? AND ?{among.format('rowid')} LIMIT {_NAMES}",
        (words.names, *schema.numbers(kind)),
    )
    return list(dict.fromkeys(chain(found, (number for (number,) in holding))))


def _by_likeness(connection: sqlite3.Connection, numbers: list[int], typed: str) -> list[int]:
    marks = ", ".join("?" * len(numbers))
    names = connection.execute(f"SELECT number, by_name FROM record WHERE number IN ({marks})", numbers)
    tiers = {number: 0 if name == typed else 1 if name.startswith(typed) else 2 for number, name in names}
    return sorted(tiers, key=lambda number: (tiers[number], number))
