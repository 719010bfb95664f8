"""The query line offers fields and values while they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_libraries import queries
from tui.index import Index
from tui.index.completion import MOST, Completion
from tui.index.query import FIELDS, parse

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def index(shipped_cache: Path) -> Iterator[Index]:
    with Index.open(DATA, shipped_cache, clock=lambda: date(2025, 11, 1)) as opened:
        yield opened


def offered(index: Index, text: str) -> list[str]:
    return [offer.replacement for offer in index.complete(text, len(text))]


def taken(text: str, offer: Completion) -> str:
    return text[: offer.start] + offer.replacement + text[offer.end :]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("lea", "leader:"),
        ("-lea", "leader:"),
        ("rome SER", "series:"),
        ("leader:erd", "leader:recep-tayyip-erdogan "),
        ("leader:ERDOĞ", "leader:recep-tayyip-erdogan "),
        ("country:tur", "country:TR "),
        ("country:turchi", "country:TR "),
        ("status:sig", "status:signed "),
        ("status:in t", "topic:"),
        ('status:"in t', "status:under_negotiation "),
        ("topic:migra", "topic:migration "),
        ("series:nato", 'series:"NATO Summit" '),
        ("sector:ener", "sector:energy "),
        ("kind:l", "kind:leader "),
        ("is:d", "is:disputed "),
        ("year:2015..202", "year:2015..2026 "),
        ("leader:土", None),
        ("nofield:x", None),
        ("rome ", None),
        ("", None),
        ('"lea', None),
        ("=lea", None),
    ],
)
def test_the_first_offer(index: Index, text: str, first: str | None) -> None:
    assert (offered(index, text) or [None])[0] == first


def test_a_field_alone_offers_its_values_with_the_most_used_first(index: Index) -> None:
    statuses = index.complete("status:", 7)
    assert statuses[0].label == "signed"
    assert [int(offer.note) for offer in statuses] == sorted((int(offer.note) for offer in statuses), reverse=True)
    leaders = index.complete("leader:", 7)
    met = [index.rows([offer.replacement[7:-1]]).popitem()[1].count for offer in leaders]
    assert len(met) == MOST
    assert met == sorted(met, reverse=True)
    assert offered(index, "kind:") == ["kind:summit ", "kind:leader ", "kind:topic ", "kind:agreement "]


@pytest.mark.parametrize(
    ("text", "label", "note"),
    [
        ("leader:erdog", "Recep Tayyip Erdoğan", r"TR · \d+ meetings"),
        ("topic:ukraine", "War in Ukraine", r"foreign affairs · \d+ meetings"),
        ("agreement:space", "Peaceful space activities", "signed"),
        ("summit:it-tr-2025", "Italy–Türkiye Intergovernmental Summit 4th", "2025-04-29"),
    ],
)
def test_an_offer_says_what_tells_a_record_from_others(index: Index, text: str, label: str, note: str) -> None:
    offer = index.complete(text, len(text))[0]
    assert offer.label == label
    assert re.fullmatch(note, offer.note)


def test_the_counts_of_statuses_are_those_of_the_lists(index: Index) -> None:
    for offer in index.complete("status:", 7):
        lists = index.view("").lists
        rows = [row for kind in ("summit", "agreement") for row in lists[kind].rows(0, lists[kind].total)]
        status = offer.replacement.removeprefix("status:").strip()
        assert sum(row.status == status for row in rows) == int(offer.note)


def test_an_offer_replaces_the_whole_term_and_keeps_the_rest(index: Index) -> None:
    text = "rome -leader:erdogn 2015.."
    offer = index.complete(text, text.index("ogn"))[0]
    assert taken(text, offer) == "rome -leader:recep-tayyip-erdogan 2015.."


def test_a_quote_that_is_open_is_completed(index: Index) -> None:
    text = 'series:"italy tur'
    assert taken(text, index.complete(text, len(text))[0]) == 'series:"Italy–Türkiye Intergovernmental Summit" '


def test_every_field_offers_values_that_find_something(index: Index) -> None:
    for field in FIELDS:
        offers = index.complete(f"{field}:", len(field) + 1)
        assert 0 < len(offers) <= MOST
        for offer in offers:
            view = index.view(offer.replacement)
            assert not view.query.problems
            if offer.note != "0" and field != "is":
                assert any(listing.total for listing in view.lists.values()), offer


BESIDE = [
    "leader:meloni",
    "topic:migration",
    "country:GR year:2023",
    "status:signed sector:energy",
    "is:disputed",
    "summit:rome",
    "series:nato",
    "source:nato leader:erdogan",
    "-country:TR",
    "year:2009 OR leader:meloni",
]


@pytest.mark.parametrize("rest", BESIDE)
@pytest.mark.parametrize("field", FIELDS)
def test_what_the_rest_of_the_query_excludes_is_not_offered(index: Index, rest: str, field: str) -> None:
    text = f"{rest} {field}:"
    last = text.split(" OR ")[-1]
    for offer in index.complete(text, len(text)):
        view = index.view(f"{last.rpartition(' ')[0]} {offer.replacement}")
        assert any(listing.total for listing in view.lists.values()), offer


def test_counts_are_those_beside_the_rest_of_the_query(index: Index) -> None:
    text = "leader:meloni topic:"
    lists = index.view("leader:meloni").lists["topic"]
    counts = {row.id: row.count for row in lists.rows(0, lists.total)}
    offers = index.complete(text, len(text))
    met = [int(offer.note.rpartition(" · ")[2].split()[0]) for offer in offers]
    assert met == [counts[offer.replacement[len("topic:") :].strip()] for offer in offers]
    assert met == sorted(counts.values(), reverse=True)[: len(met)]
    assert len(offers) == MOST


def test_where_the_rest_finds_nothing_everything_is_offered(index: Index) -> None:
    text = "leader:nobody status:"
    assert offered(index, text) == offered(index, "status:")


@settings(deadline=None, max_examples=200)
@given(st.one_of(queries, st.text(max_size=20), st.text(alphabet='aeilrst:=-"“ .2015OR', max_size=20)), st.data())
def test_any_place_in_any_text_may_be_asked(index: Index, text: str, data: st.DataObject) -> None:
    cursor = data.draw(st.integers(-2, len(text) + 2))
    offers = index.complete(text, cursor)
    assert len(offers) <= MOST
    for offer in offers:
        assert 0 <= offer.start <= min(max(cursor, 0), len(text)) <= len(text)
        assert offer.start < offer.end <= len(text)
        before = parse(text).terms
        after = parse(taken(text, offer)).terms
        assert [t for t in after if t.end <= offer.start] == [t for t in before if t.end <= offer.start]
