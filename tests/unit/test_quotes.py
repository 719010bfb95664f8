"""Quoted words are shown in their text, wherever the text is held and has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.libraries import write_file
from tui.exchange.evidence_page import evidence_page
from tui.exchange.quotes import in_context, marked, place_of
from tui.exchange.source_page import source_page
from tui.exchange.text import plain
from tui.index import Index
from tui.records import AgendaItem, Evidence, Source, Summit, Topic

TEXT = (
    "ROME — The two sides meet on Tuesday.\n\nA source said the harbour talks “will go on for months” and that "
    "nothing had been signed so far.\n"
)
QUOTE = "nothing had been signed"
START = TEXT.index(QUOTE)


@pytest.mark.parametrize(
    ("evidence", "place"),
    [
        (Evidence(source="x", quote=QUOTE, start=START, end=START + len(QUOTE)), (START, START + len(QUOTE))),
        (Evidence(source="x", quote=QUOTE), (START, START + len(QUOTE))),
        (Evidence(source="x", quote=QUOTE, start=3, end=9), (START, START + len(QUOTE))),
        (Evidence(source="x", quote="words that are not there"), None),
        (Evidence(source="x"), None),
    ],
)
def test_a_quote_is_found_where_it_stands(evidence: Evidence, place: tuple[int, int] | None) -> None:
    assert place_of(TEXT, evidence) == place


def test_the_words_around_a_quote_are_cut_at_blanks() -> None:
    text = "word " * 60 + "the quote" + " more" * 60
    start = text.index("the quote")
    before, quote, after = in_context(text, (start, start + 9))
    assert (quote.text, quote.role) == ("the quote", "hit")
    assert before.text.startswith("… word ")
    assert after.text.endswith(" more …")
    assert max(len(before.text), len(after.text)) < 100


def test_a_text_is_marked_in_its_paragraphs() -> None:
    places = [(START, START + len(QUOTE)), (START + 8, START + 15), (0, 4)]
    rows = marked(TEXT, places)
    assert len(rows) == 2
    assert [[span.text for span in row.spans if span.role == "hit"] for row in rows] == [["ROME"], [QUOTE]]
    assert "".join(span.text for row in rows for span in row.spans) == TEXT.replace("\n\n", "\n")


def test_evidence_shows_the_words_in_their_text_and_the_source_marks_them(tmp_path: Path) -> None:
    said = Evidence(source="report", by="a source", quote=QUOTE, start=START, end=START + len(QUOTE))
    write_file(
        tmp_path / "library.json",
        {
            "summits": [
                Summit(id="rome", name="Rome", start="2025", agenda=(AgendaItem(topic="harbour", evidence=(said,)),))
            ],
            "topics": [Topic(id="harbour", name="Harbour")],
            "sources": [
                Source(
                    id="report", url="https://n.example/1", publisher="N", published="2025-04", language="en", text=TEXT
                )
            ],
        },
    )
    with Index.open(tmp_path / "library.json", tmp_path / "cache") as index:
        summit, source = index.record("rome"), index.record("report")
        assert summit is not None
        assert isinstance(source, Source)
        evidence = evidence_page(summit, index)
        text = source_page(source, index)
    page = " ".join(plain(evidence, 100).split())
    assert "[1] N · April 2025 · en · page https://n.example/1" in page
    assert "agenda: Harbour · says “a source” … sides meet on Tuesday. A source said the harbour talks" in page
    assert f"and that {QUOTE} so far." in page
    hits = [span.text for block in evidence.blocks for row in block.rows for span in row.spans if span.role == "hit"]
    assert hits == [QUOTE]
    hits = [span.text for block in text.blocks for row in block.rows for span in row.spans if span.role == "hit"]
    assert hits == [QUOTE]
