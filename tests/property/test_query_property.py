"""The query language takes any text, and the index answers every query as plain Python would."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.naive_view import NaiveLibrary
from tests.small_libraries import libraries, queries
from tui.index import SORTS, Index
from tui.index.query import FIELDS, LONGEST, Term, parse, peel, pin
from tui.records import TABLES, Record

DAY = date(2025, 6, 1)
noise = st.text(alphabet=st.sampled_from("ab =ORR –-:.\"“”'«*()^{}\0\udc80ğİ土2015"), max_size=60)
lines = st.one_of(st.text(max_size=60), noise, queries, st.tuples(queries, noise).map(" ".join))


@given(lines)
def test_any_text_is_a_query_whose_terms_stand_in_it_in_order(text: str) -> None:
    terms = parse(text).terms
    places = [place for term in terms for place in (term.start, term.end)]
    assert places == sorted(places)
    assert all(0 <= term.start < term.end <= len(text) for term in terms)
    assert all(term.value in text[term.start : term.end] for term in terms)
    outside = [text[end:start] for end, start in zip([0, *places[1::2]], [*places[::2], len(text)], strict=True)]
    assert set("".join(f"{part} " for part in outside).split()) <= {"OR"}


@given(st.text(min_size=LONGEST + 1, max_size=LONGEST + 50))
def test_what_is_too_long_is_left_out_and_said_to_be(text: str) -> None:
    query = parse(text)
    assert all(term.end <= LONGEST for term in query.terms)
    if text[LONGEST:].strip() and query.terms:
        assert "long" in {problem.reason for problem in query.problems}


def meant(term: Term) -> tuple[str, str, bool, bool, bool]:
    return term.field, term.value.rstrip() if term.open else term.value, term.negated, term.phrase, term.exact


@given(lines)
def test_peeling_takes_the_last_term_and_nothing_else(text: str) -> None:
    assert [meant(term) for term in parse(peel(text)).terms] == [meant(term) for term in parse(text).terms[:-1]]


@given(lines, st.sampled_from(FIELDS[:4]), st.from_regex(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z"))
def test_pinning_keeps_the_fields_and_adds_the_record_once(text: str, kind: str, record: str) -> None:
    pinned = pin(text, kind, record)
    added = (kind, record, False, False, False)
    wanted = []
    for branch in parse(text).branches:
        fields = [meant(term) for term in branch.fields]
        wanted.append(fields + ([] if any(field[:3] == added[:3] for field in fields) else [added]))
    if not all(branch.fields for branch in parse(text).branches):
        wanted = [[added]]
    found = [[meant(term) for term in branch.terms] for branch in parse(pinned).branches]
    assert found == [part for at, part in enumerate(wanted) if part not in wanted[:at]]
    assert pin(pinned, kind, record) == pinned


@contextmanager
def index_of(records: list[Record], folder: Path) -> Iterator[Index]:
    tables: dict[str, dict[str, Record]] = {}
    for number, record in enumerate(records, 1):
        table = next(name for name, shape in TABLES.items() if isinstance(record, shape))
        tables.setdefault(table, {})[str(number)] = record
    file = folder / "library.json"
    file.write_bytes(msgspec.json.encode(tables))
    with Index.open(file, folder / "cache", clock=lambda: DAY) as index:
        yield index


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(libraries(), st.lists(queries, min_size=20, max_size=30))
def test_a_view_is_what_plain_python_finds(tmp_path: Path, records: list[Record], asked: list[str]) -> None:
    naive = NaiveLibrary(records, DAY.isoformat())
    with index_of(records, tmp_path) as index:
        for text in asked:
            view = index.view(text)
            rows = {kind: listing.rows(0, 100) for kind, listing in view.lists.items()}
            seen = naive.view(text, view.also)
            assert {kind: {row.id for row in found} for kind, found in rows.items()} == seen.ids, text
            as_typed = naive.view(text).ids if view.also else seen.ids
            for kind, found in rows.items():
                assert {row.id for row in found[: len(as_typed[kind])]} == as_typed[kind], text
            assert {row.id: row.count for kind in ("leader", "topic") for row in rows[kind]} == seen.counts, text


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(libraries(), queries)
def test_every_sort_lists_the_same_records_and_knows_their_places(
    tmp_path: Path, records: list[Record], text: str
) -> None:
    with index_of(records, tmp_path) as index:
        for kind, sorts in SORTS.items():
            first = {row.id for row in index.view(text).lists[kind].rows(0, 100)}
            for sort in sorts:
                listing = index.view(text, {kind: sort}).lists[kind]
                found = [row.id for row in listing.rows(0, listing.total)]
                assert set(found) == first
                assert len(found) == listing.total
                assert [listing.position(id_) for id_ in found] == list(range(listing.total))
                paged = [row.id for start in range(0, listing.total, 2) for row in listing.rows(start, 2)]
                assert paged == found


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    from tests.libraries import write_hostile_library

    folder = tmp_path_factory.mktemp("hostile")
    with Index.open(write_hostile_library(folder / "library"), folder / "cache") as index:
        yield index


@settings(deadline=None)
@given(lines)
def test_no_text_makes_a_view_fail(small: Index, text: str) -> None:
    view = small.view(text)
    for hint in view.hints:
        assert hint.message
        small.view(hint.replacement)
    assert small.notice == ""


def test_several_threads_may_ask_at_once(small: Index) -> None:
    asked = ["harbour", "kind:leader", "country:turkey", "leader:quotes", "year:2024"] * 8
    alone = [{kind: listing.total for kind, listing in small.view(text).lists.items()} for text in asked]
    found: dict[int, dict[str, int]] = {}

    def ask(at: int) -> None:
        found[at] = {kind: listing.total for kind, listing in small.view(asked[at]).lists.items()}

    threads = [threading.Thread(target=ask, args=(at,)) for at in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[at] for at in range(len(asked))] == alone


def test_sqlite_here_has_what_the_index_needs() -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(text, content='', tokenize='ascii', prefix='1 2')")
