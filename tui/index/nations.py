"""The names of countries in many languages, which stand in no text but are kept once, with a mark for each country."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from tui.index import countries
from tui.index.folding import begun, searchable
from tui.index.recent import Recent
from tui.index.schema import NATION, PARTING

_Form = tuple[str, ...]
_KEPT = 256
"""Answers that are kept in memory."""


class Nations:
    """The names of countries in an open index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._kept = Recent[tuple[tuple[_Form, ...], bool], tuple[str, ...]](_KEPT)

    def marks(self, forms: Iterable[Sequence[str]], prefix: bool) -> tuple[str, ...]:
        """Return the marks of the countries with a name in which any of the folded forms stands in a row."""
        asked = tuple(map(tuple, forms))
        return self._kept.get((asked, prefix), lambda: self._find(asked, prefix))

    def _find(self, forms: tuple[_Form, ...], prefix: bool) -> tuple[str, ...]:
        expression = " OR ".join(part for form in forms for part in _expressions(form, prefix))
        sql = "SELECT code FROM nation_code WHERE number IN (SELECT rowid FROM nation WHERE nation MATCH ?)"
        return tuple(mark(code) for (code,) in self._connection.execute(sql, (expression,)))


def mark(code: str) -> str:
    """Return the word that stands in a text for all names of a country."""
    return f"{NATION}{code.lower()}"


def keep(connection: sqlite3.Connection) -> None:
    """Keep the names of all countries."""
    connection.executemany("INSERT OR IGNORE INTO country VALUES (?, ?, ?)", countries.folded_names())
    used = countries.known()
    connection.executemany("INSERT INTO nation_code VALUES (?, ?)", enumerate(used))
    texts = (f" {PARTING} ".join(searchable(name, PARTING) for name in countries.names(code)) for code in used)
    connection.executemany("INSERT INTO nation (rowid, text) VALUES (?, ?)", enumerate(texts))


def _expressions(form: tuple[str, ...], prefix: bool) -> list[str]:
    if not prefix:
        return [f'"{" ".join(form)}"']
    lead = "".join(f"{word} " for word in form[:-1])
    return [f'"{lead}{start}" *' for start in begun(form[-1])]
