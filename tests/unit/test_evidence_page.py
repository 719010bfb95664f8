"""The evidence page turns a record round: no piece of evidence is left out, each stands under its source."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tui.exchange import evidence_page as module
from tui.exchange.evidence_page import evidence_page
from tui.exchange.record_page import record_page
from tui.exchange.text import plain
from tui.index import Index
from tui.records import Record


def evidence_in(value: object) -> int:
    """How many pieces of evidence a record holds, counted in its plain form."""
    if isinstance(value, dict):
        own = len(value.get("evidence", []))
        return own + sum(evidence_in(part) for name, part in value.items() if name != "evidence")
    return sum(map(evidence_in, value)) if isinstance(value, list | tuple) else 0


def lines_of(index: Index, record: Record) -> list[str]:
    """The facts of a record's evidence page, a string each."""
    page = evidence_page(record, index)
    return ["".join(span.text for span in part.spans) for block in page.blocks for part in block.rows if part.lead]


def test_every_piece_of_evidence_of_the_shipped_library_is_there(shipped: Path, shipped_cache: Path) -> None:
    with Index.open(shipped, shipped_cache) as index:
        counted = 0
        for kind in ("summit", "agreement", "leader"):
            listing = index.view("").lists[kind]
            for record in index.records([row.id for row in listing.rows(0, listing.total)]).values():
                wanted = evidence_in(msgspec.to_builtins(record))
                assert len(lines_of(index, record)) == wanted, record.id
                counted += wanted
    assert counted > 3_000


def test_a_fact_stands_under_its_source_with_the_speaker_and_the_words(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        record = index.record("rome-2025")
        assert record is not None
        text = " ".join(plain(evidence_page(record, index), 100).split())
    report = text[text.index("Rome awaits Erdoğan") :]
    assert "agenda: Migration (the harbour talks) · says “a government source” “deals are expected”" in report
    assert "figure: Bilateral trade, 2024: over 32.2 bn USD · says “a government source”" in report


def test_a_source_has_the_number_that_the_page_of_the_record_gives_it(shipped: Path, shipped_cache: Path) -> None:
    with Index.open(shipped, shipped_cache) as index:
        listing = index.view("").lists["summit"]
        for record in index.records([row.id for row in listing.rows(0, listing.total)]).values():
            rows = [part for block in record_page(record, index).blocks for part in block.rows]
            listed = {part.lead.text: part.spans[-1].text for part in rows if part.lead and part.lead.role == "ref"}
            turned = {block.label: block.rows[0].spans[-1].text for block in evidence_page(record, index).blocks}
            assert {number: listed[number] for number in turned} == turned, record.id


def test_a_record_without_evidence_says_so(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        record = index.record("tourism")
        assert record is not None
        assert "no source is given" in plain(evidence_page(record, index), 80)


def test_a_topic_has_what_sources_say_of_it_on_agendas(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        record = index.record("migration")
        assert record is not None
        text = " ".join(plain(evidence_page(record, index), 100).split())
    assert "(the harbour talks) · says “a government source” “deals are expected”" in text
    assert "no source is given" not in text


def test_of_a_topic_of_many_meetings_it_is_said_how_many_are_left_out(
    shipped: Path, shipped_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MEETINGS", 20)
    with Index.open(shipped, shipped_cache) as index:
        record = index.record("migration")
        assert record is not None
        met = len(index.linked("migration", "summit"))
        assert plain(evidence_page(record, index), 100).rstrip().endswith(f"and {met - 20} more")
