"""The answer to a query: four lists with their counts, and hints.

Field terms act through links (see `terms`): all of them together leave a set of summits and a set of agreements.
With none, every record is in view; with some, the leaders are those who attended these summits or signed these
agreements, and the topics those on the agenda of the one or in the other. `sector:` also keeps topics of other
sectors out, and `kind:` keeps whole lists empty. Then free words narrow each list by its records' own text.

Counts and years of leaders and topics are over the summits that the field terms leave.
"""

from __future__ import annotations

import sqlite3
import threading
from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tui.index import either, matching, near, terms, values
from tui.index.query import Query, Term, parse
from tui.index.rows import RELATIONS, Row, fetch
from tui.vocabulary import SECTORS

SORTS: dict[str, tuple[str, ...]] = {
    "summit": ("newest", "oldest", "name"),
    "leader": ("meetings", "name", "country"),
    "topic": ("meetings", "name", "sector"),
    "agreement": ("newest", "oldest", "status", "title"),
}
"""How each list may be sorted; the first is the default."""

_ORDERS = {
    "newest": "date DESC, by_name, id",
    "oldest": "date = '', date, by_name, id",
    "name": "by_name, date DESC, id",
    "title": "by_name, date DESC, id",
    "country": "by_group = '', by_group, by_name, id",
    "sector": "by_group, by_name, id",
    "status": "by_group, date DESC, by_name, id",
    "meetings": "met DESC, count DESC, by_name, id",
}


class Hint(NamedTuple):
    """A word about the query, and the whole query text mended; `replacement` is empty where there is none."""

    message: str
    replacement: str


class Asked(NamedTuple):
    """What answers the rest of a view's questions: the connection, its lock, and the day of the view."""

    connection: sqlite3.Connection
    lock: threading.RLock
    today: str


class Listing:
    """One list of a view: the numbers of its records in order; rows are fetched as they are asked for."""

    def __init__(
        self, kind: str, sort: str, asked: Asked, numbers: array[int], counts: array[int], scope: frozenset[int] | None
    ) -> None:
        self.kind = kind
        self.sort = sort
        self.total = len(numbers)
        self._asked = asked
        self.numbers = numbers
        self.counts = counts
        self.scope = scope
        self._places: dict[int, int] | None = None

    def rows(self, start: int, count: int) -> list[Row]:
        """Return `count` rows from the place `start` on, fewer at the end."""
        start, stop = max(start, 0), max(start, 0) + max(count, 0)
        numbers = self.numbers[start:stop]
        counts = dict(zip(numbers, self.counts[start:stop], strict=True)) if self.counts else None
        with self._asked.lock:
            return fetch(self._asked.connection, numbers, self._asked.today, self.scope, counts)

    def followed_by(self, other: Listing) -> Listing:
        """Return this list with the records after it that only the `other` has, in their order there."""
        here = set(self.numbers)
        after = [at for at, number in enumerate(other.numbers) if number not in here]
        numbers = self.numbers + array("q", [other.numbers[at] for at in after])
        counts = self.counts + array("q", [other.counts[at] for at in after] if other.counts else [])
        return Listing(self.kind, self.sort, self._asked, numbers, counts, self.scope)

    def position(self, id: str) -> int | None:  # noqa: A002 - the word the library uses
        """Return the place of a record in the list, or `None` when it is not in it."""
        with self._asked.lock:
            found = self._asked.connection.execute("SELECT number FROM record WHERE id = ?", (_plain(id),)).fetchone()
        if found is None:
            return None
        if self._places is None:
            self._places = {number: place for place, number in enumerate(self.numbers)}
        return self._places.get(found[0])


class View(NamedTuple):
    """The answer to a query."""

    query: Query
    lists: dict[str, Listing]
    """By kind: `summit`, `leader`, `topic`, `agreement`."""
    hints: tuple[Hint, ...]
    words: tuple[str, ...]
    """The folded free words, for `folding.spans`: the last is a beginning, or empty when all are whole."""
    also: tuple[tuple[str, str], ...] = ()
    """(A folded word of the query, a near word that was searched too): what only these find comes last in a list."""


def view(text: str, sorts: Mapping[str, str], asked: Asked) -> View:
    """Return the answer to a query. Never raises for any text."""
    query = parse(text)
    with asked.lock:
        lists, unmet = _either(query, sorts, asked)
        also = near.also(query, matching.unfinished(query), asked.connection)
        if also:
            query = query._replace(also=also)
            further, _ = _either(query, sorts, asked)
            lists = {kind: listing.followed_by(further[kind]) for kind, listing in lists.items()}
    empty = not any(listing.total for listing in lists.values())
    hints: tuple[Hint, ...] = ()
    if query.problems or unmet or (empty and query.terms):
        from tui.index.hints import hints_for

        with asked.lock:
            hints = hints_for(query, unmet, empty, asked.connection)
    found = matching.marked_words(query)
    return View(query, lists, hints, found, query.also)


def _either(query: Query, sorts: Mapping[str, str], asked: Asked) -> tuple[dict[str, Listing], list[Term]]:
    """Return the lists of all parts between `OR`, made one, and the terms in vain of any."""
    parts = [_lists(part, sorts, asked) for part in query.branches]
    lists, unmet = parts[0]
    if len(parts) > 1:
        unmet = [term for _, terms in parts for term in terms]
        for kind, first in lists.items():
            of_kind = [part[kind] for part, _ in parts]
            scope = either.scope_of([listing.scope for listing in of_kind])
            order = _ORDERS[first.sort]
            numbers, counts = either.merged(kind, order, [part.numbers for part in of_kind], scope, asked.connection)
            lists[kind] = Listing(kind, first.sort, asked, numbers, counts, scope)
    return lists, unmet


def _lists(query: Query, sorts: Mapping[str, str], asked: Asked) -> tuple[dict[str, Listing], list[Term]]:
    linking, unmet = _chosen(query, asked)
    shown, unknown = _panes(query)
    lists = {}
    for kind, known in SORTS.items():
        sort = sorts.get(kind, "")
        sort = sort if sort in known else known[0]
        lists[kind] = _listing(kind, sort, query, linking, asked) if kind in shown else _none(kind, sort, asked)
    return lists, unmet + unknown


def _chosen(query: Query, asked: Asked) -> tuple[bool, list[Term]]:
    """Fill the tables of chosen summits and agreements. Return whether any term chooses, and the terms in vain."""
    unmet = []
    linking = False
    for term in query.fields:
        choice = terms.choose(term, asked.connection, asked.today)
        if choice is None:
            continue
        if not choice.found:
            unmet.append(term)
        for kind, clause in (("summit", choice.summits), ("agreement", choice.agreements)):
            _narrow(asked.connection, kind, clause, term.negated, first=not linking)
        linking = True
    return linking, unmet


def _narrow(connection: sqlite3.Connection, kind: str, clause: values.Clause, negated: bool, *, first: bool) -> None:
    """Leave in the table of chosen records those that are in `clause`, or those that are not."""
    if first:
        connection.execute(f"DELETE FROM chosen_{kind}")
        inside = "NOT IN" if negated else "IN"
        sql = f"INSERT INTO chosen_{kind} SELECT number FROM record WHERE kind = '{kind}' AND number {inside}"
    else:
        sql = f"DELETE FROM chosen_{kind} WHERE number {'IN' if negated else 'NOT IN'}"
    connection.execute(f"{sql} ({clause.sql})", clause.parameters)


def _panes(query: Query) -> tuple[set[str], list[Term]]:
    """Return the lists that `kind:` terms leave, and those of the terms that name none."""
    wanted: set[str] = set()
    hidden: set[str] = set()
    unknown = []
    asking = False
    for term in query.fields:
        if term.field == "kind":
            found = values.panes(term)
            (hidden if term.negated else wanted).update(found)
            asking = asking or not term.negated
            if not found:
                unknown.append(term)
    return (wanted if asking else set(values.PANES)) - hidden, unknown


def _none(kind: str, sort: str, asked: Asked) -> Listing:
    return Listing(kind, sort, asked, array("q"), array("q"), frozenset())


def _listing(kind: str, sort: str, query: Query, linking: bool, asked: Asked) -> Listing:
    relation = RELATIONS.get(kind, "")
    conditions = [f"kind = '{kind}'"]
    parameters: list[str] = []
    met = "count"
    if linking and relation:
        conditions.append(_linked(kind, relation))
        met = (
            f"(SELECT count(*) FROM link WHERE target = record.number AND relation = '{relation}'"
            " AND source IN (SELECT number FROM chosen_summit))"
        )
    elif linking:
        conditions.append(f"number IN (SELECT number FROM chosen_{kind})")
    if kind == "topic":
        _only_sectors(query, conditions, parameters)
    for expression, negation in ((matching.text_match(query), ""), (matching.text_exclusion(query), "NOT ")):
        if expression:
            conditions.append(f"number {negation}IN (SELECT rowid FROM body WHERE body MATCH ?)")
            parameters.append(expression)
    sql = f"SELECT number, {met} AS met FROM record WHERE {' AND '.join(conditions)}"
    found = asked.connection.execute(f"{sql} ORDER BY {_ORDERS[sort]}", parameters).fetchall()
    counted = linking and bool(relation)
    counts = array("q", [row[1] for row in found]) if counted else array("q")
    return Listing(kind, sort, asked, array("q", [row[0] for row in found]), counts, _scope(asked) if counted else None)


def _linked(kind: str, relation: str) -> str:
    other = "signed" if kind == "leader" else "about"
    return (
        f"number IN (SELECT target FROM link WHERE relation = '{relation}' AND source IN"
        f" (SELECT number FROM chosen_summit) UNION SELECT target FROM link WHERE relation = '{other}' AND source IN"
        " (SELECT number FROM chosen_agreement))"
    )


def _only_sectors(query: Query, conditions: list[str], parameters: list[str]) -> None:
    for term in query.fields:
        if term.field == "sector":
            found: Sequence[str] = values.controlled(term, SECTORS)
            negation = "NOT " if term.negated else ""
            conditions.append(f"sector {negation}IN ({', '.join('?' for _ in found)})")
            parameters.extend(found)


def _scope(asked: Asked) -> frozenset[int]:
    return frozenset(number for (number,) in asked.connection.execute("SELECT number FROM chosen_summit"))


def _plain(id: str) -> str:  # noqa: A002 - the word the library uses
    """Return an id that SQLite can look for: an id is ASCII, and nothing else is one."""
    return id if id.isascii() else ""
