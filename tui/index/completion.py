"""Completion: what the term under the cursor may become, while it is typed in the query line.

A word that begins a field becomes that field; after a field stand its values: records by what they are called,
countries by any of their names, controlled words with how many records have them. What the other field terms of the
query exclude is not offered, and counts are those within what they leave in view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import nlargest
from itertools import islice
from typing import NamedTuple

from msgspec.structs import replace
from pyroaring import BitMap

from tui.index import countries, values
from tui.index.adjacency import back
from tui.index.asked import Asked
from tui.index.matching import in_any_order
from tui.index.narrowing import Kept, Narrowed
from tui.index.numbers import of_kind, within
from tui.index.query import FIELDS, OPENING_QUOTES, Query, Term, parse
from tui.index.scope import MEETING
from tui.index.terms import choose, meetings
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


class _Beside(NamedTuple):
    """What a term is completed from: the index, and what the other field terms leave in view; None for everything."""

    asked: Asked
    rest: Narrowed | None

    def left(self, records: BitMap) -> BitMap:
        """Return those of summits and agreements that are in view."""
        return records if self.rest is None else records & self.rest.records

    def of_kind(self, kind: str, numbers: BitMap) -> BitMap:
        """Return those records of a kind that are in view."""
        if self.rest is None:
            return numbers
        if kind == "source":
            first = BitMap(numbers[:_CANDIDATES])
            return self.asked.links.reaching(back("cites"), first, self.rest.records)
        return self.rest.among(kind, numbers) if kind in MEETING else numbers & self.rest.numbers(kind)


def complete(text: str, cursor: int, asked: Asked, kept: Kept) -> list[Completion]:
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
    offers = islice(_values(term, _Beside(asked, _rest(text, term, asked, kept))), MOST)
    return [Completion(start, end, f"{term.field}:{_written(o.value)}{space}", o.label, o.note) for o in offers]


def _under(text: str, cursor: int) -> Term | None:
    """Return the term that ends at the cursor when the text beyond is left away."""
    terms = parse(text[:cursor]).terms
    if not terms or terms[-1].end != cursor or (terms[-1].phrase and not terms[-1].open):
        return None
    return terms[-1]


def _rest(text: str, term: Term, asked: Asked, kept: Kept) -> Narrowed | None:
    """Return what the field terms beside a term leave in view; None where there are none, or they leave nothing."""
    for branch in parse(text).branches:
        others = tuple(other for other in branch.terms if other.start != term.start)
        if len(others) < len(branch.terms):
            narrowed = kept.narrowed(Query(text, others, (), ()), asked)
            return narrowed if narrowed.by_fields and narrowed.records else None
    return None


def _written(value: str) -> str:
    plain = value and not any(character.isspace() for character in value) and value[0] not in OPENING_QUOTES
    return value if plain else f'"{value}"'


def _values(term: Term, beside: _Beside) -> Iterator[_Offer]:
    if term.field in _TITLES:
        return _records(term, beside)
    simple: dict[str, Callable[[Term, _Beside], Iterator[_Offer]]] = {
        "country": _countries,
        "series": _series,
        "sector": _sectors,
        "status": _statuses,
        "year": _years,
        "kind": _kinds,
        "is": _marks,
    }
    return simple[term.field](term, beside)


def _records(term: Term, beside: _Beside) -> Iterator[_Offer]:
    asked, rest = beside
    found = in_any_order(term.value, True, asked.vocabulary.postings)
    if found is None and term.value.strip():
        return
    named = of_kind(found.names, term.field) if found else asked.facets.of("all", term.field)
    candidates: Iterable[int] = beside.of_kind(term.field, named)[:_CANDIDATES]
    met = rest.met(term.field) if rest is not None and term.field in MEETING else None
    if met is not None:
        candidates = nlargest(MOST, candidates, key=lambda number: met[number])
    sql = (
        f"SELECT number, id, title, mark, {_TITLES[term.field]}, count FROM record"
        f" WHERE number IN ({', '.join(map(str, candidates))}) ORDER BY count DESC, date DESC, by_name, id LIMIT {MOST}"
    )
    rows = asked.connection.execute(sql).fetchall()
    if met is not None:
        rows = sorted(((*row[:-1], met[row[0]]) for row in rows), key=lambda row: -row[-1])
    for _, id_, title, mark, telling, count in rows:
        called = f"{title} {mark}".strip() if term.field == "summit" else title
        yield _Offer(id_, called, _told(term.field, telling, count))


def _told(field: str, telling: str, count: int) -> str:
    if field == "agreement":
        return label(STATUSES, telling)
    shown = label(SECTORS, telling) if field == "topic" else telling
    is_met = count and field in ("leader", "topic")
    met = ngettext("{count} meeting", "{count} meetings", count) if is_met else ""
    return " · ".join(part for part in (shown, met) if part)


def _countries(term: Term, beside: _Beside) -> Iterator[_Offer]:
    typed = term.value.strip()
    plain = replace(term, phrase=False)
    codes: Iterable[str] = values.country_codes(plain, beside.asked.connection) if typed else countries.known()
    size = {code: len(beside.left(beside.asked.facets.of("country", code))) for code in codes}
    here = {code: count for code, count in size.items() if count} or (size if typed and beside.rest is None else {})
    for code in sorted(here, key=lambda code: (-here[code], code)):
        yield _Offer(code, f"{code} {countries.name(code)}", str(here[code]))


def _series(term: Term, beside: _Beside) -> Iterator[_Offer]:
    asked = beside.asked
    names = values.series(replace(term, phrase=False), asked) if term.value.strip() else asked.facets.values("series")
    left = {name: beside.left(asked.facets.of("series", name)) for name in names[:_CANDIDATES]}
    size = {name: _count(records, "summit") for name, records in left.items() if records}
    for name in sorted(size, key=lambda name: (-size[name], name)):
        # A quote inside a name would end the value: what stands before it still finds the series.
        yield _Offer(name.split('"')[0].strip(), name, str(size[name]))


def _sectors(term: Term, beside: _Beside) -> Iterator[_Offer]:
    facets = beside.asked.facets

    def size(sector: str) -> int:
        topics = beside.of_kind("topic", facets.of("topic sector", sector))
        return _count(beside.left(facets.of("sector", sector)), "agreement") + len(topics)

    return _controlled(term, SECTORS, size, beside)


def _statuses(term: Term, beside: _Beside) -> Iterator[_Offer]:
    asked = beside.asked

    def size(status: str) -> int:
        there = _count(beside.left(asked.facets.of("status", status)), "agreement")
        held = meetings([status] if status in values.MEETING_STATUSES else [], asked)
        return there + _count(beside.left(held), "summit")

    return _controlled(term, STATUSES | values.MEETING_STATUSES, size, beside)


def _controlled(term: Term, known: dict[str, Word], size: Callable[[str], int], beside: _Beside) -> Iterator[_Offer]:
    """Yield the controlled words that a value begins, those with the most records first."""
    found = values.controlled(replace(term, phrase=False), known) if term.value.strip() else list(known)
    counts = {word: size(word) for word in found}
    for word in sorted(found, key=lambda word: -counts[word]):
        if counts[word] or beside.rest is None:
            yield _Offer(word, known[word].shown, str(counts[word]))


def _years(term: Term, beside: _Beside) -> Iterator[_Offer]:
    first, dots, last = term.value.strip().rpartition("..")
    for year in reversed(beside.asked.facets.values("year")):
        if year.lstrip("0").startswith(last):
            shown = f"{first}{dots}{int(year)}"
            count = "" if dots else str(len(beside.left(beside.asked.facets.of("year", year))))
            if _leads(term, shown, beside):
                yield _Offer(shown, shown, count)


def _kinds(term: Term, beside: _Beside) -> Iterator[_Offer]:
    for pane in values.panes(replace(term, phrase=False)) if term.value.strip() else values.PANES:
        count = beside.asked.counts[pane] if beside.rest is None else len(beside.rest.numbers(pane))
        if count or beside.rest is None:
            yield _Offer(pane, pane, str(count))


def _marks(term: Term, beside: _Beside) -> Iterator[_Offer]:
    meant = {
        "disputed": gettext("where sources differ"),
        "expected": gettext("foreseen and no more"),
        "upcoming": gettext("still to come"),
    }
    for mark in values.marks(replace(term, phrase=False)) if term.value.strip() else values.MARKS:
        if _leads(term, mark, beside):
            yield _Offer(mark, mark, meant[mark])


def _leads(term: Term, value: str, beside: _Beside) -> bool:
    """Tell whether a value leaves anything of what is in view."""
    choice = choose(replace(term, value=value), beside.asked) if beside.rest is not None else None
    return choice is None or bool(beside.left(choice.records))


def _count(numbers: BitMap, kind: str) -> int:
    first, last = within(numbers, kind)
    return last - first
