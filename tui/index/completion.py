"""Completion: what the term under the cursor may become, while it is typed in the query line.

A word that begins a field becomes that field; after a field stand its values: records by what they are called,
countries by any of their names, controlled words with how many records have them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from msgspec.structs import replace
from pyroaring import BitMap

from tui.index import countries, values
from tui.index.asked import Asked
from tui.index.matching import in_any_order
from tui.index.numbers import within
from tui.index.query import FIELDS, OPENING_QUOTES, Term, parse
from tui.index.terms import meetings
from tui.language import gettext, later, ngettext
from tui.vocabulary import SECTORS, STATUSES, Word, label

MOST = 8
"""How many offers are made at most."""

_CANDIDATES = 500
"""How many records are looked at for the best of them, so that a first letter costs no more than a name."""

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


def complete(text: str, cursor: int, asked: Asked) -> list[Completion]:
    """Return what may stand in the place of the term before the `cursor`, the best first, `MOST` at most.

    `cursor` counts characters. A term that is complete brings a space with it. Never
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
    offers = islice(_values(term, asked), MOST)
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


def _values(term: Term, asked: Asked) -> Iterator[_Offer]:
    if term.field in _TITLES:
        return _records(term, asked)
    simple: dict[str, Callable[[Term, Asked], Iterator[_Offer]]] = {
        "country": _countries,
        "series": _series,
        "sector": _sectors,
        "status": _statuses,
        "year": _years,
        "kind": _kinds,
        "is": _marks,
    }
    return simple[term.field](term, asked)


def _records(term: Term, asked: Asked) -> Iterator[_Offer]:
    found = in_any_order(term.value, True, asked.vocabulary.postings)
    if found is None and term.value.strip():
        return
    named = found.names if found else asked.choices.of("all", term.field)
    first, last = within(named, term.field)
    candidates = ", ".join(map(str, named[first : min(last, first + _CANDIDATES)]))
    sql = (
        f"SELECT id, title, mark, {_TITLES[term.field]}, count FROM record WHERE number IN ({candidates})"
        f" ORDER BY count DESC, date DESC, by_name, id LIMIT {MOST}"
    )
    for id_, title, mark, telling, count in asked.connection.execute(sql):
        called = f"{title} {mark}".strip() if term.field == "summit" else title
        yield _Offer(id_, called, _told(term.field, telling, count))


def _told(field: str, telling: str, count: int) -> str:
    if field == "agreement":
        return label(STATUSES, telling)
    shown = label(SECTORS, telling) if field == "topic" else telling
    is_met = count and field in ("leader", "topic")
    met = ngettext("{count} meeting", "{count} meetings", count) if is_met else ""
    return " · ".join(part for part in (shown, met) if part)


def _countries(term: Term, asked: Asked) -> Iterator[_Offer]:
    typed = term.value.strip()
    plain = replace(term, phrase=False)
    codes: Iterable[str] = values.country_codes(plain, asked.connection) if typed else countries.known()
    size = {code: len(asked.choices.of("country", code)) for code in codes}
    here = {code: count for code, count in size.items() if count} or (size if typed else {})
    for code in sorted(here, key=lambda code: (-here[code], code)):
        yield _Offer(code, f"{code} {countries.name(code)}", str(here[code]))


def _series(term: Term, asked: Asked) -> Iterator[_Offer]:
    names = values.series(replace(term, phrase=False), asked) if term.value.strip() else asked.choices.values("series")
    size = {name: _count(asked.choices.of("series", name), "summit") for name in names[:_CANDIDATES]}
    for name in sorted(size, key=lambda name: (-size[name], name)):
        # A quote inside a name would end the value: what stands before it still finds the series.
        yield _Offer(name.split('"')[0].strip(), name, str(size[name]))


def _sectors(term: Term, asked: Asked) -> Iterator[_Offer]:
    def size(sector: str) -> int:
        return _count(asked.choices.of("sector", sector), "agreement") + len(asked.choices.of("topic sector", sector))

    return _controlled(term, SECTORS, size)


def _statuses(term: Term, asked: Asked) -> Iterator[_Offer]:
    def size(status: str) -> int:
        there = _count(asked.choices.of("status", status), "agreement")
        return there + _count(meetings([status] if status in values.MEETING_STATUSES else [], asked), "summit")

    return _controlled(term, STATUSES | values.MEETING_STATUSES, size)


def _controlled(term: Term, known: dict[str, Word], size: Callable[[str], int]) -> Iterator[_Offer]:
    """Yield the controlled words that a value begins, those with the most records first."""
    found = values.controlled(replace(term, phrase=False), known) if term.value.strip() else list(known)
    counts = {word: size(word) for word in found}
    for word in sorted(found, key=lambda word: -counts[word]):
        yield _Offer(word, known[word].shown, str(counts[word]))


def _years(term: Term, asked: Asked) -> Iterator[_Offer]:
    first, dots, last = term.value.strip().rpartition("..")
    for year in reversed(asked.choices.values("year")):
        if year.lstrip("0").startswith(last):
            count = "" if dots else str(len(asked.choices.of("year", year)))
            yield _Offer(f"{first}{dots}{int(year)}", f"{first}{dots}{int(year)}", count)


def _kinds(term: Term, asked: Asked) -> Iterator[_Offer]:
    for pane in values.panes(replace(term, phrase=False)) if term.value.strip() else values.PANES:
        yield _Offer(pane, pane, str(asked.counts[pane]))


def _marks(term: Term, asked: Asked) -> Iterator[_Offer]:
    meant = {
        "disputed": gettext("where sources differ"),
        "expected": gettext("foreseen and no more"),
        "upcoming": gettext("still to come"),
    }
    for mark in values.marks(replace(term, phrase=False)) if term.value.strip() else values.MARKS:
        yield _Offer(mark, mark, meant[mark])


def _count(numbers: BitMap, kind: str) -> int:
    first, last = within(numbers, kind)
    return last - first
