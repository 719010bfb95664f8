"""The page of a query that finds nothing proposes queries that find something, and says how much."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.exchange import empty_page as module
from tui.exchange.empty_page import empty_page
from tui.exchange.page import QUERY, Page
from tui.exchange.text import plain
from tui.index import Index
from tui.index.patience import Patience


@pytest.fixture(autouse=True)
def in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine counting takes longer than anybody would wait."""
    monkeypatch.setattr(module, "_IN_TIME", 30)


@pytest.fixture
def index(tiny_library: Path, tmp_path: Path) -> Iterator[Index]:
    with Index.open(tiny_library, tmp_path / "cache") as opened:
        yield opened


def page(query: str, index: Index) -> Page:
    view = index.view(query)
    assert not any(listing.total for listing in view.lists.values())
    return empty_page(query, view.hints, index)


def proposed(made: Page) -> list[str]:
    leads = [part.lead for block in made.blocks for part in block.rows if part.lead]
    return [lead.target.removeprefix(QUERY) for lead in leads]


def test_a_term_in_vain_is_left_out(index: Index) -> None:
    made = page("leader:erdogan xyzzy", index)
    assert proposed(made) == ["leader:erdogan"]
    counts = {kind: listing.total for kind, listing in index.view("leader:erdogan").lists.items()}
    assert f"{counts['summit']} meetings · {counts['leader']} leaders" in plain(made, 120)


def test_terms_that_do_not_go_together_are_tried_without_each_and_alone(index: Index) -> None:
    assert proposed(page("leader:mitsotakis leader:erdogan rome", index)) == [
        "leader:mitsotakis leader:erdogan",
        "leader:erdogan rome",
        "leader:mitsotakis",
        "leader:erdogan",
        "rome",
    ]


def test_what_a_hint_proposes_comes_first(index: Index) -> None:
    assert proposed(page("status:singed leader:erdogan", index))[0] == "status:signed leader:erdogan"


@pytest.mark.parametrize("query", ["xyzzy", "xyzzy OR qqqq", "-erdogan xyzzy", "year:1066", '"xyzzy', "status:nosuch"])
def test_what_finds_nothing_is_not_proposed(index: Index, query: str) -> None:
    made = page(query, index)
    assert all(any(part.total for part in index.view(other).lists.values()) for other in proposed(made))
    assert query in plain(made, 100).splitlines()[0]
    assert "How to ask" in plain(made, 100)


def test_nobody_waits_for_counts(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "Patience", lambda _: Patience(-1))
    assert proposed(page("leader:erdogan xyzzy", index)) == []
