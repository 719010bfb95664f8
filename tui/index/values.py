"""What the value of a field term stands for: controlled words, countries, lists, or records by their names.

A value is first taken for the exact thing (an id, a code, a whole word); only where there is none, for the
beginning of one, so that a query finds something while it is typed. A value in quotes is never a beginning.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from pyroaring import BitMap

from tui.index.folding import begun, fold, words
from tui.index.matching import in_any_order
from tui.index.numbers import EMPTY, of_kind
from tui.index.query import Term
from tui.vocabulary import SUMMIT_STATUSES, Word

if TYPE_CHECKING:
    from tui.index.asked import Asked

PANES = ("summit", "leader", "topic", "agreement")
"""What `kind:` may name."""

MARKS = ("disputed", "expected", "upcoming")
"""What `is:` may ask."""

MEETING_STATUSES = SUMMIT_STATUSES | {"outcome_unknown": Word("outcome unknown")}
"""The statuses of a summit as a query may name them; the last is scheduled, for a day that is over."""


def controlled(term: Term, known: dict[str, Word]) -> list[str]:
    """Return the controlled words that a value stands for, by the word as it is stored or shown, here or in English."""
    wanted = words(term.value)
    if not wanted:
        return []
    names = {
        word: [words(name) for name in dict.fromkeys((word, shown.label, shown.shown))] for word, shown in known.items()
    }
    exact = [word for word, given in names.items() if wanted in given]
    if exact or term.phrase:
        return exact
    return [word for word, given in names.items() if any(_begins(name, wanted) for name in given)]


def panes(term: Term) -> list[str]:
    """Return the lists that a value of `kind:` names: `summit` or `summits`."""
    return _listed(term, {f"{pane}s": pane for pane in PANES} | {pane: pane for pane in PANES})


def marks(term: Term) -> list[str]:
    """Return what a value of `is:` asks."""
    return _listed(term, {mark: mark for mark in MARKS})


def country_codes(term: Term, connection: sqlite3.Connection) -> list[str]:
    """Return the codes of the countries that a value names, by code, by a name in any language or by a demonym."""
    folded = fold(term.value)
    if not folded:
        return []
    exact = connection.execute("SELECT code FROM country WHERE name = ? ORDER BY rank LIMIT 1", (folded,)).fetchone()
    if exact or term.phrase:
        return [exact[0]] if exact else []
    lead, _, last = folded.rpartition(" ")
    codes: dict[str, None] = {}
    for start in begun(last):
        first = f"{lead} {start}".strip()
        after = connection.execute(
            "SELECT DISTINCT code FROM country WHERE name >= ? AND name < ?", (first, f"{first}\U0010ffff")
        )
        codes.update((code, None) for (code,) in after)
    return sorted(codes)


def series(term: Term, asked: Asked) -> list[str]:
    """Return the names of the series in which all words of a value stand."""
    wanted = words(term.value)
    if not wanted:
        return []
    last = () if term.phrase else begun(wanted[-1])
    whole = wanted[:-1] if last else wanted
    found = []
    for name in asked.facets.values("series"):
        has = words(name)
        if all(word in has for word in whole) and (not last or any(word.startswith(last) for word in has)):
            found.append(name)
    return found


def named(term: Term, asked: Asked, kind: str) -> BitMap:
    """Return the records of a kind that a value names: the one with that id, else those whose names have its words.

    An id that a record had before it was merged into another leads to that other.
    """
    value = term.value.strip()
    if value.isascii():
        sql = "SELECT number FROM record WHERE id = ? AND kind = ?"
        exact = asked.connection.execute(sql, (value, kind)).fetchone()
        if exact:
            return BitMap(exact)
        if former := of_kind(asked.facets.of("former", value), kind):
            return former
    found = in_any_order(value, not term.phrase, asked.vocabulary.postings)
    return of_kind(found.names, kind) if found else EMPTY


def _listed(term: Term, known: dict[str, str]) -> list[str]:
    wanted = fold(term.value)
    if wanted in known:
        return [known[wanted]]
    if not wanted or term.phrase:
        return []
    return list(dict.fromkeys(meant for word, meant in known.items() if word.startswith(wanted)))


def _begins(text: list[str], wanted: list[str]) -> bool:
    """Tell whether `wanted` stands at the beginning of `text`, its last word as a beginning of one."""
    size = len(wanted)
    return text[: size - 1] == wanted[:-1] and len(text) >= size and text[size - 1].startswith(begun(wanted[-1]))
