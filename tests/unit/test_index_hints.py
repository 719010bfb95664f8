"""A query that finds less than it should says why, and what the nearest right one is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tui.index import Index


@pytest.fixture
def index(tiny_library: Path, tmp_path: Path) -> Iterator[Index]:
    with Index.open(tiny_library, tmp_path / "cache", clock=lambda: date(2025, 6, 1)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("leadr:erdogan", "leader:erdogan"),
        ("-leadr:berlusconi rome", "-leader:berlusconi rome"),
        ("contry:italy", "country:italy"),
        ("stat:signed", "status:signed"),
        ("leader:erdogn", "leader:erdogan"),
        ("rome leader:tayip-erdogn 2015..", "rome leader:tayyip-erdogan 2015.."),
        ("topic:migraton", "topic:migration"),
        ("status:singed", "status:signed"),
        ("-status:singed", "-status:signed"),
        ("status:inforce", "status:in_force"),
        ("sector:enrgy", "sector:energy"),
        ("country:tukey", "country:turkey"),
        ("country:tyrkey leader:meloni", "country:turkey leader:meloni"),
        ("series:intergovermental", "series:intergovernmental"),
        ("summit:athns", "summit:athens"),
        ("agreement:arangement", "agreement:arrangement"),
        ("source:dichiarazone", "source:dichiarazione"),
        ("kind:leadr", "kind:leader"),
        ("is:disputd", "is:disputed"),
        ("=erdogn", "erdogan"),
        ("leader:erdogan =migratoin", "leader:erdogan migration"),
        ('"prime ministr"', '"prime minister"'),
        ('izmir "prime', 'izmir "prime"'),
    ],
)
def test_a_slip_is_mended(index: Index, typed: str, mended: str) -> None:
    hints = index.view(typed).hints
    assert mended in [hint.replacement for hint in hints], hints
    assert all(hint.message for hint in hints)
    assert index.view(mended).hints == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("qwxyz:a", "there is no field “qwxyz”"),
        ("leader:qwxyzqwxyz", "no leader is called “qwxyzqwxyz”"),
        ("year:20x5", "“20x5” is no year"),
        ("is:qwxyz", "disputed, expected, upcoming"),
        ("kind:source", "summit, leader, topic, agreement"),
        ("qwxyzqwxyz", "nothing matches “qwxyzqwxyz”"),
        ("is:upcoming", "is:upcoming finds nothing in this library"),
    ],
)
def test_what_nothing_is_near_to_is_said_to_be_unknown(index: Index, typed: str, said: str) -> None:
    (hint,) = index.view(typed).hints
    assert said in hint.message
    assert hint.replacement == ""


def test_terms_that_exclude_each_other_are_named_and_peeled(index: Index) -> None:
    (hint,) = index.view("leader:meloni year:2008").hints
    assert hint.message == "nothing fits all of these terms together"
    assert hint.replacement == "leader:meloni"


@pytest.mark.parametrize("typed", ["", "erdogan", "leader:", "leader:erd", "year:202", "country:tur", "-x", "kind:su"])
def test_what_is_right_or_only_begun_has_no_hint(index: Index, typed: str) -> None:
    assert index.view(typed).hints == ()


def test_many_mistakes_give_a_few_hints(index: Index) -> None:
    assert 1 < len(index.view(" ".join(f"leadr:qq{number} zz{number}" for number in range(90))).hints) < 6
