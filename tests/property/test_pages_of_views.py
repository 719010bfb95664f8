"""Whatever is asked, each page of the answer can be made: pictures, tables, timeline, disagreements, or what to ask."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.exchange.disagreement import dispute_page, disputes, disputes_page
from tui.exchange.empty_page import empty_page
from tui.exchange.page import Page
from tui.exchange.pictures import pictures
from tui.exchange.text import lay_out, plain
from tui.exchange.timeline import timeline
from tui.exchange.timeline_page import cell_page
from tui.index import Index, View

FIELDS = ["status:signed", "is:disputed", "is:expected", "2015..", "..2012", "country:TR", "sector:energy", "-greece"]
WIDTHS = st.integers(24, 180)


@pytest.fixture(scope="module")
def library(shipped: Path, shipped_cache: Path) -> Iterator[Index]:
    index = Index.open(shipped, shipped_cache)
    yield index
    index.close()


@pytest.fixture(scope="module")
def terms(library: Index) -> list[str]:
    """Words of all titles, fields, and a term for each record."""
    words: set[str] = set()
    records = []
    for kind, listing in library.view("").lists.items():
        for row in listing.rows(0, listing.total):
            words.update(re.findall(r"\w{4,}", row.title.casefold()))
            records.append(f"{kind}:{row.id}")
    return [*sorted(words), *FIELDS, *sorted(records)]


def pages(view: View, index: Index, width: int) -> Iterator[Page]:
    yield pictures(view, index, width)
    yield pictures(view, index, 0, tables=True)
    made = timeline(view, index)
    yield from (cell_page(made, line, number, index) for line in made.lines[:2] for number in line.cells)
    found = disputes(view, index)
    yield from (dispute_page(dispute, index) for dispute in found[:3])
    yield disputes_page(found, view.query.text, index)
    yield empty_page(view.query.text, view.hints, index)


@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_each_page_of_an_answer_can_be_made_and_laid_out(library: Index, terms: list[str], data: st.DataObject) -> None:
    query = " ".join(data.draw(st.lists(st.sampled_from(terms), max_size=2)))
    width = data.draw(WIDTHS)
    view = library.view(query)
    for page in pages(view, library, width):
        assert lay_out(page, width)
        assert plain(page, width)


@pytest.mark.parametrize("word", ["poland", "ministers", "deputy", "scott"])
def test_who_met_longer_ago_than_the_meetings_that_a_word_finds_has_a_place_on_their_scale(
    library: Index, word: str
) -> None:
    view = library.view(word)
    met = {year for leader in view.lists["leader"].rows(0, 8) for year, _ in leader.years}
    assert met - set(view.lists["summit"].years())
    assert plain(pictures(view, library, 100), 100)


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_the_years_and_the_newest_of_a_list_are_those_of_its_rows(
    library: Index, terms: list[str], data: st.DataObject
) -> None:
    query = " ".join(data.draw(st.lists(st.sampled_from(terms), max_size=2)))
    listing = library.view(query).lists["summit"]
    rows = listing.rows(0, listing.total)
    for count in (1, 7, 500):
        newest = sorted(rows, key=lambda row: row.date, reverse=True)[:count]
        assert [row.date for row in listing.newest(count)] == [row.date for row in newest]
        assert {row.id for row in listing.newest(count)} <= {row.id for row in rows}
    assert listing.years() == Counter(int(row.date[:4]) for row in rows if row.date)
