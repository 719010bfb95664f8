"""What the field terms of a query leave in view: summits and agreements, and who and what is linked with them.

The answer to the last field terms is kept, so that words typed after them cost nothing but the words.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence

from tui.index import terms, values
from tui.index.listing import Asked, Scope
from tui.index.orders import LISTS
from tui.index.query import Query, Term
from tui.index.rows import RELATIONS
from tui.vocabulary import SECTORS

_FIRST_PAGES = 300
"""How many rows are looked for by walking a whole list; beyond them the list is put in order at once."""


class Chosen:
    """The records that field terms leave, in tables of the connection named `chosen_` and their kind."""

    def __init__(self, query: Query, asked: Asked) -> None:
        self.unmet: list[Term] = []
        self._query = query
        self._connection = asked.connection
        self._numbers: dict[str, frozenset[int]] = {}
        self._sorted: dict[tuple[str, str], array[int]] = {}
        self._met: dict[str, dict[int, int]] = {}
        self.choosing = self._fill(asked.today)

    def numbers(self, kind: str) -> frozenset[int]:
        """Return the numbers of the records of a kind."""
        if kind not in self._numbers:
            self._link(kind)
            found = self._connection.execute(f"SELECT number FROM chosen_{kind}")
            self._numbers[kind] = frozenset(number for (number,) in found)
        return self._numbers[kind]

    def scope(self, kind: str) -> Scope | None:
        """Return what the rows of leaders or topics count."""
        if kind not in RELATIONS:
            return None
        self._link(kind)
        return Scope(self.numbers("summit"), self._met[kind])

    def in_order(self, kind: str, sort: str) -> array[int]:
        """Return the numbers of the records of a kind in an order."""
        if (kind, sort) not in self._sorted:
            self._link(kind)
            first = "met DESC, " if sort == "meetings" else ""
            found = self._connection.execute(
                f"SELECT number FROM chosen_{kind} JOIN placed USING (number) WHERE list = ? ORDER BY {first}place",
                (LISTS[kind, sort],),
            )
            self._sorted[kind, sort] = array("q", [number for (number,) in found])
        return self._sorted[kind, sort]

    def _fill(self, today: str) -> bool:
        choosing = False
        for term in self._query.fields:
            choice = terms.choose(term, self._connection, today)
            if choice is None:
                continue
            if not choice.found:
                self.unmet.append(term)
            for kind, clause in (("summit", choice.summits), ("agreement", choice.agreements)):
                _narrow(self._connection, kind, clause, term.negated, first=not choosing)
            choosing = True
        return choosing

    def _link(self, kind: str) -> None:
        """Fill the table of the leaders who attended or signed, or of the topics on an agenda or dealt with."""
        if kind not in RELATIONS or kind in self._met:
            return
        other = "signed" if kind == "leader" else "about"
        self._connection.execute(f"DELETE FROM chosen_{kind}")
        self._connection.execute(
            f"INSERT INTO chosen_{kind} SELECT target, sum(met) FROM ("
            " SELECT target, 1 AS met FROM chosen_summit CROSS JOIN link ON source = number AND relation = ?"
            " UNION ALL SELECT target, 0 FROM chosen_agreement CROSS JOIN link ON source = number AND relation = ?"
            ") GROUP BY target",
            (RELATIONS[kind], other),
        )
        low, high = _range(kind)
        self._connection.execute(f"DELETE FROM chosen_{kind} WHERE number NOT BETWEEN ? AND ?", (low, high))
        if kind == "topic":
            self._only_sectors()
        self._met[kind] = dict(self._connection.execute(f"SELECT number, met FROM chosen_{kind}"))

    def _only_sectors(self) -> None:
        for term in self._query.fields:
            if term.field == "sector":
                found: Sequence[str] = values.controlled(term, SECTORS)
                inside = "IN" if term.negated else "NOT IN"
                self._connection.execute(
                    "DELETE FROM chosen_topic WHERE number IN (SELECT number FROM chosen_topic JOIN record"
                    f" USING (number) WHERE sector {inside} ({', '.join('?' for _ in found)}))",
                    list(found),
                )


class Kept:
    """The last chosen records, kept for the next query with the same field terms."""

    def __init__(self) -> None:
        self._key: object = None
        self._chosen: Chosen | None = None

    def chosen(self, query: Query, asked: Asked) -> Chosen:
        """Return what the field terms of a query leave in view."""
        key = (tuple((term.field, term.value, term.negated, term.phrase) for term in query.fields), asked.today)
        if self._chosen is None or key != self._key:
            # Forgotten first: a search that is stopped leaves the tables half filled.
            self._chosen = None
            self._chosen = Chosen(query, asked)
            self._key = key
        return self._chosen

    def forget(self) -> None:
        """Forget what was kept, since the index has changed."""
        self._chosen = None


def _range(kind: str) -> tuple[int, int]:
    from tui.index.schema import numbers

    return numbers(kind)


def _narrow(connection: sqlite3.Connection, kind: str, clause: values.Clause, negated: bool, *, first: bool) -> None:
    """Leave in the table of chosen records those that are in `clause`, or those that are not."""
    table = f"chosen_{kind}"
    if first:
        connection.execute(f"DELETE FROM {table}")
        low, high = _range(kind)
        if negated:
            sql = (
                f"INSERT INTO {table} SELECT number FROM record WHERE number BETWEEN {low} AND {high} AND number NOT IN"
            )
            connection.execute(f"{sql} ({clause.sql})", clause.parameters)
        else:
            # The column of a union has no sure name.
            sql = f"INSERT OR IGNORE INTO {table} WITH found(number) AS ({clause.sql}) SELECT number FROM found"
            connection.execute(f"{sql} WHERE number BETWEEN {low} AND {high}", clause.parameters)
    else:
        sql = f"DELETE FROM {table} WHERE number {'IN' if negated else 'NOT IN'}"
        connection.execute(f"{sql} ({clause.sql})", clause.parameters)
