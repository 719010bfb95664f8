"""Abbreviations, organisations and demonyms find what their other names find; the data is clean."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.shipped_names import shipped_names
from tui.index import Index, countries, names
from tui.index.folding import fold
from tui.index.query import parse

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def index(shipped_cache: Path) -> Iterator[Index]:
    with Index.open(DATA, shipped_cache, clock=lambda: date(2025, 11, 1)) as opened:
        yield opened


def found(index: Index, text: str) -> dict[str, set[str]]:
    lists = index.view(text).lists
    return {kind: {row.id for row in listing.rows(0, listing.total)} for kind, listing in lists.items()}


def groups(text: str) -> list[str]:
    return [" ".join(term.value for term in group.terms) for group in shipped_names().grouped(parse(text).terms)]


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("nato ", '"NATO"'),
        ("otan ", '"NATO"'),
        ("EU ", '"european union"'),
        ("european union ", '"European Union"'),
        ("mou ", '"memorandum of understanding"'),
        ("turkish ", '"türkiye"'),
        ("italian ", '"italy"'),
        ("uae ", '"united arab emirates"'),
        ("uavs ", '"drones"'),
        ("bullet train ", '"high-speed rail"'),
        ("peking ", '"beijing"'),
        ("franco-british ", '"uk–france"'),
        ("guerre en ukraine ", '"war in ukraine"'),
        ("习近平 ", '"xi jinping"'),
    ],
)
def test_a_name_finds_what_another_finds(index: Index, typed: str, other: str) -> None:
    mine, theirs = found(index, typed), found(index, other)
    assert any(theirs.values())
    assert all(theirs[kind] <= mine[kind] for kind in mine)


def test_quotes_and_a_sign_insist_on_the_name_as_typed(index: Index) -> None:
    assert not any(found(index, "=otan -nato").values())
    assert found(index, '"otan"') == found(index, "=otan")
    assert any(found(index, "otan")["summit"])


def test_names_of_several_words_are_read_whole() -> None:
    assert groups("european union summit") == ["european union", "summit"]
    assert groups("=european union") == ["european", "union"]
    assert groups("eu rome") == ["eu", "rome"]
    assert shipped_names().others(("eu",))
    assert shipped_names().others(("european", "union"))


def test_who_asks_by_an_ordinary_word_finds_the_others_but_not_the_other_way() -> None:
    assert ("world", "health", "organization") in shipped_names().others(("who",))
    others = shipped_names().others(("world", "health", "organization"))
    assert ("oms",) in others
    assert ("who",) not in others
    assert ("ki",) not in shipped_names().others(("artificial", "intelligence"))


def test_the_file_is_clean() -> None:
    lists = json.loads((Path(names.__file__).with_name("names.json")).read_text(encoding="utf-8"))
    assert list(lists) == sorted(lists)
    ordinary = lists.pop(names.ORDINARY)
    assert ordinary == sorted(ordinary)
    assert set(ordinary) <= {name for meanings in lists.values() for meaning in meanings for name in meaning}
    for meanings in lists.values():
        assert meanings == sorted(meanings, key=lambda meaning: fold(meaning[0]))
        for meaning in meanings:
            assert len(meaning) > 1
            assert all(fold(name) for name in meaning)
            assert len({fold(name) for name in meaning}) == len(meaning), meaning


def test_every_country_with_a_demonym_is_known() -> None:
    with_one = [code for code in countries.known() if countries.demonyms(code)]
    assert len(with_one) > 120
    for code in with_one:
        for demonym in countries.demonyms(code):
            assert countries.code(demonym)
