"""Completion: what the term under the cursor may become, while it is typed in the query line.

A word that begins a field becomes that field; after a field stand its values: records by what they are called,
countries by any of their names, controlled words with how many records have them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from tui.index import countries, values
from tui.index.matching import all_match
from tui.index.query import FIELDS, OPENING_QUOTES, Term, parse
from tui.language import gettext, later, ngettext
from tui.vocabulary import SECTORS, STATUSES, Word, label

MOST = 8
"""How many offers are made at most."""

_CANDIDATES = 500
"""How many records are looked at for the best of them, so that a first letter costs no more than a name."""

_COUNTABLE = 10_000
"""How many records a count goes to; beyond, it says `10k+`."""

_MEANINGS = {
    "summit": later("by a word of its name"),
    "leader": later("who took part or signed"),
    "topic": later("on the agenda"),
    "agreement": later("by a word of its title"),
    "country": later("by code or name"),
    "series": later("of meetings"),
    "sector": later("of agreements and topics"),
    "status": later("of agreements and meetings"),
    "source": later("cited by"),
    "year": later("2025, 2015..2025"),
    "kind": later("one list only"),
    "is": ", ".join(values.MARKS),
}
_TITLES = {
    "summit": "date",
    "leader": "country",
    "topic": "mark",
    "agreement": "status",
    "source": "mark",
}
"""The column that tells records of a kind apart."""


class Completion(NamedTuple):
    """An offer: `text[start:end]` becomes `replacement`."""

    start: int
    end: int
    replacement: str
    label: str
    """What a person reads of it."""
    note: str
    """What tells it from others, such as a count; may be empty."""


class _Offer(NamedTuple):
    value: str
    label: str
    note: str


def complete(text: str, cursor: int, connection: sqlite3.Connection, today: str) -> list[Completion]:
    """Return what may stand in the place of the term before the `cursor`, the best first, `MOST` at most.

    `cursor` counts characters; `today` is an ISO date. A term that is complete brings a space with it. Never
    raises for any text.
    """
    cursor = max(0, min(cursor, len(text)))
    term = _under(text, cursor)
    if term is None or term.exact:
        return []
    start = term.start + term.negated
    end = next((whole.end for whole in parse(text).terms if whole.start == term.start), cursor)
    if not term.field:
        begun = [] if term.phrase else [field for field in FIELDS if field.startswith(term.value.lower())]
        return [Completion(start, end, f"{field}:", f"{field}:", gettext(_MEANINGS[field])) for field in begun[:MOST]]
    if term.field not in FIELDS:
        return []
    space = "" if text[end : end + 1].isspace() else " "
    offers = islice(_values(term, connection, today), MOST)
    return [Completion(start, end, f"{term.field}:{_written(o.value)}{space}", o.label, o.note) for o in offers]


def _under(text: str, cursor: int) -> Term | None:
    """Return the term that ends at the cursor when the text beyond is left away."""
    terms = parse(text[:cursor]).terms
    if not terms or terms[-1].end != cursor or (terms[-1].phrase and not terms[-1].open):
        return None
    return terms[-1]


def _written(value: str) -> str:
    plain = value and not any(character.isspace() for character in value) and value[0] not in OPENING_QUOTES
    return value if plain else f'"{value}"'


def _values(term: Term, connection: sqlite3.Connection, today: str) -> Iterator[_Offer]:
    if term.field in _TITLES:
        return _records(term, connection)
    simple: dict[str, Callable[[Term, sqlite3.Connection], Iterator[_Offer]]] = {
        "country": _countries,
        "series": _series,
        "sector": _sectors,
        "year": _years,
        "kind": _kinds,
        "is": _marks,
    }
    return _statuses(term, connection, today) if term.field == "status" else simple[term.field](term, connection)


def _records(term: Term, connection: sqlite3.Connection) -> Iterator[_Offer]:
    expression = all_match(term.value, True)
    if term.value.strip() and not expression:
        return
    found = (
        "SELECT record.number FROM names JOIN record ON record.number = names.rowid"
        " WHERE names MATCH ? AND record.kind = ?"
        if expression
        else "SELECT number FROM record WHERE ? = '' AND kind = ?"
    )
    sql = (
        f"SELECT id, title, mark, {_TITLES[term.field]}, count FROM record WHERE number IN"
        f" ({found} LIMIT {_CANDIDATES}) ORDER BY count DESC, date DESC, by_name, id LIMIT {MOST}"
    )
    for id_, title, mark, telling, count in connection.execute(sql, (expression, term.field)):
        named = f"{title} {mark}".strip() if term.field == "summit" else title
        yield _Offer(id_, named, _told(term.field, telling, count))


def _told(field: str, telling: str, count: int) -> str:
    if field == "agreement":
        return label(STATUSES, telling)
    shown = label(SECTORS, telling) if field == "topic" else telling
    is_met = count and field in ("leader", "topic")
    met = ngettext("{count} meeting", "{count} meetings", count) if is_met else ""
    return " · ".join(part for part in (shown, met) if part)


def _countries(term: Term, connection: sqlite3.Connection) -> Iterator[_Offer]:
    asked = term.value.strip()
    codes: Iterable[str] = values.country_codes(term._replace(phrase=False), connection) if asked else countries.known()
    size = {code: _size(connection, "SELECT 1 FROM place WHERE country = ?", code) for code in codes}
    here = {code: count for code, count in size.items() if count} or (size if asked else {})
    for code in sorted(here, key=lambda code: (-here[code], code)):
        yield _Offer(code, f"{code} {countries.name(code)}", _shown(here[code]))


def _series(term: Term, connection: sqlite3.Connection) -> Iterator[_Offer]:
    size = dict(connection.execute("SELECT series, count(*) FROM record WHERE series <> '' GROUP BY series"))
    names = values.series(term._replace(phrase=False), connection) if term.value.strip() else list(size)
    for name in sorted(names, key=lambda name: (-size[name], name)):
        # A quote inside a name would end the value: what stands before it still finds the series.
        yield _Offer(name.split('"')[0].strip(), name, _shown(size[name]))


def _sectors(term: Term, connection: sqlite3.Connection) -> Iterator[_Offer]:
    return _controlled(term, SECTORS, connection, "sector")


def _statuses(term: Term, connection: sqlite3.Connection, today: str) -> Iterator[_Offer]:
    over = "kind = 'summit' AND status = 'scheduled' AND until <> '' AND until < substr(?, 1, length(until))"
    word = f"CASE WHEN {over} THEN 'outcome_unknown' ELSE status END"
    return _controlled(term, STATUSES | values.MEETING_STATUSES, connection, word, (today,))


def _controlled(
    term: Term, known: dict[str, Word], connection: sqlite3.Connection, column: str, parameters: tuple[str, ...] = ()
) -> Iterator[_Offer]:
    """Yield the controlled words that a value begins, those with the most records first.

    Where the library is too large to count all of it, words are ordered by a part of it and no count is shown.
    """
    first = f"SELECT {column} AS word FROM record LIMIT {_COUNTABLE}"
    counts = dict(connection.execute(f"SELECT word, count(*) FROM ({first}) GROUP BY word", parameters))
    whole = sum(counts.values()) < _COUNTABLE
    asked = term.value.strip()
    found = values.controlled(term._replace(phrase=False), known) if asked else list(known)
    for word in sorted(found, key=lambda word: -counts.get(word, 0)):
        yield _Offer(word, known[word].shown, str(counts.get(word, 0)) if whole else "")


def _years(term: Term, connection: sqlite3.Connection) -> Iterator[_Offer]:
    first, dots, last = term.value.strip().rpartition("..")
    if not last.isascii() or not (last.isdigit() or not last):
        return
    year = connection.execute("SELECT max(year) FROM year").fetchone()[0]
    while year is not None:
        if str(year).startswith(last):
            count = _size(connection, "SELECT 1 FROM year WHERE year = ?", year)
            yield _Offer(f"{first}{dots}{year}", f"{first}{dots}{year}", "" if dots else _shown(count))
        year = connection.execute("SELECT max(year) FROM year WHERE year < ?", (year,)).fetchone()[0]


def _kinds(term: Term, connection: sqlite3.Connection) -> Iterator[_Offer]:
    for pane in values.panes(term._replace(phrase=False)) if term.value.strip() else values.PANES:
        yield _Offer(pane, pane, _shown(_size(connection, "SELECT 1 FROM record WHERE kind = ?", pane)))


def _marks(term: Term, connection: sqlite3.Connection) -> Iterator[_Offer]:
    meant = {
        "disputed": gettext("where sources differ"),
        "expected": gettext("foreseen and no more"),
        "upcoming": gettext("still to come"),
    }
    for mark in values.marks(term._replace(phrase=False)) if term.value.strip() else values.MARKS:
        yield _Offer(mark, mark, meant[mark])


def _size(connection: sqlite3.Connection, select: str, parameter: str | int) -> int:
    sql = f"SELECT count(*) FROM ({select} LIMIT {_COUNTABLE + 1})"
    return int(connection.execute(sql, (parameter,)).fetchone()[0])


def _shown(count: int) -> str:
    return "10k+" if count > _COUNTABLE else str(count)
