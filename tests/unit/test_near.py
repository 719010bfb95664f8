"""Typos: the near words of a library are found, and never more than the typed word allows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tui.index import Index, near, schema
from tui.index.building import inverting
from tui.index.folding import words
from tui.index.numbers import packed

DATA = Path(__file__).parents[2] / "data"
NAMES = """
    erdogan meloni istanbul izmir ankara rome roma ukraine zelenskyy migration migrations memorandum protocol
    understanding intergovernmental germany germanic norway oman roman woman plan plane palace summit submit
    terrorism tourism зеленский μητσοτακης türkiye défense
""".split()  # noqa: SIM905


@pytest.fixture(scope="module")
def index(shipped_cache: Path) -> Iterator[Index]:
    with Index.open(DATA, shipped_cache, clock=lambda: date(2025, 11, 1)) as opened:
        yield opened


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    with _vocabulary(NAMES) as opened:
        yield opened


@contextmanager
def _vocabulary(names: list[str]) -> Iterator[sqlite3.Connection]:
    """Open an index of nothing but the words of these names."""
    with closing(sqlite3.connect(":memory:")) as opened:
        schema.create(opened)
        inverter = inverting.Inverter()
        for number, name in enumerate(names, 1):
            found = dict.fromkeys(words(name), packed([number]))
            inverter.add(found, found)
        inverting.keep(opened, inverter)
        near.keep(opened)
        yield opened


@pytest.mark.parametrize(
    ("typed", "leader"),
    [
        ("erdogn", "recep-tayyip-erdogan"),
        ("erdgoan", "recep-tayyip-erdogan"),
        ("Erdoğn", "recep-tayyip-erdogan"),
        ("edroga", "recep-tayyip-erdogan"),
        ("macaron", "emmanuel-macron"),
        ("meloin", "giorgia-meloni"),
        ("leyenn ursul", "ursula-von-der-leyen"),
        ("ursla leyen", "ursula-von-der-leyen"),
    ],
)
def test_a_slip_is_forgiven(index: Index, typed: str, leader: str) -> None:
    view = index.view(typed)
    assert view.lists["leader"].rows(0, 1)[0].id == leader
    assert view.also
    assert not view.hints


def test_the_view_says_what_it_did_and_one_may_insist(index: Index) -> None:
    assert index.view("instanbul").also == (("instanbul", "istanbul"),)
    assert index.view("instanbul").lists["summit"].total
    assert "istanbul" in index.view("instanbul").words
    for insisting in ("=instanbul", '"instanbul"', "-instanbul", "istanbul", "rome", "xi", "leader:erdogn"):
        assert index.view(insisting).also == ()
    assert not index.view("=instanbul").lists["summit"].total


def test_what_has_the_word_as_typed_comes_first(tmp_path: Path) -> None:
    (tmp_path / "library.json").write_text(
        '{"topics": {"1": {"id": "slip", "name": "Istambul"}, '
        + ", ".join(f'"{n}": {{"id": "right-{n}", "name": "Istanbul {n}"}}' for n in range(2, 60))
        + "}}"
    )
    with Index.open(tmp_path / "library.json", tmp_path / "cache") as small:
        view = small.view("istambul")
        assert view.also == (("istambul", "istanbul"),)
        assert [row.id for row in view.lists["topic"].rows(0, 1)] == ["slip"]
        assert view.lists["topic"].total == 59
        assert small.view("istanbul").also == ()
        assert small.view("=istambul").lists["topic"].total == 1


def test_near_words_that_fit_the_others_go_first_and_what_brings_nothing_is_not_said(tmp_path: Path) -> None:
    names = ["Marco Cavalloni", "Mario Cavalli", "Amal al-Nahsini", "Amal al-Nahimi", "Omar al-Nahidi"]
    people = ", ".join(f'"{n}": {{"id": "p{n}", "name": "{name}"}}' for n, name in enumerate(names, 1))
    (tmp_path / "library.json").write_text(f'{{"leaders": {{{people}}}}}')
    with Index.open(tmp_path / "library.json", tmp_path / "cache") as small:

        def found(text: str) -> list[str]:
            return [row.title for row in small.view(text).lists["leader"].rows(0, 9)]

        assert found("rco cavalloni") == ["Marco Cavalloni"]
        assert small.view("rco cavalloni").also == (("rco", "marco"),)
        assert set(found("amal al-nahini")) == {"Amal al-Nahsini", "Amal al-Nahimi"}
        assert found("qqqqq cavalloni") == []
        assert small.view("omarr cavalli").also == ()


@pytest.mark.parametrize("word", ["oma", "rme", "qqqqqq", "зел", "romanus"])
def test_short_and_far_words_have_no_near_one(connection: sqlite3.Connection, word: str) -> None:
    assert near.near_words(word, False, connection) == []


def test_a_word_longer_than_any_has_no_near_one() -> None:
    """What one slip makes of a pasted line of letters are too many words to look up."""
    longest, longer = "summit" * 6, "summit" * 7
    with _vocabulary([longest, longer]) as opened:
        assert [each.word for each in near.near_words(f"{longest}x", False, opened)] == [longest]
        assert near.near_words(f"{longer}x", False, opened) == []


def test_a_word_with_two_slips_is_found_among_many_that_share_its_groups() -> None:
    pairs = ["".join(pair) for pair in product("bcdghjklnprstvwyz", repeat=2)]
    common, rare = [f"rosen{pair}ttaaeld" for pair in pairs], [f"{pair}enxfme{pair}" for pair in pairs[:200]]
    with _vocabulary(["rosenfeld", *common, *rare]) as opened:
        assert [each.word for each in near.near_words("rosenxfmeld", False, opened)] == ["rosenfeld"]


@pytest.mark.parametrize(("typed", "meant"), [("tarrifs", "tariffs"), ("embbasy", "embassy"), ("grammarr", "gramar")])
def test_which_letters_are_doubled_is_one_slip(typed: str, meant: str) -> None:
    with _vocabulary([meant, "summit"]) as opened:
        assert [(each.word, each.slips) for each in near.near_words(typed, False, opened)] == [(meant, 1)]


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(NAMES), st.lists(st.tuples(st.integers(0, 20), st.sampled_from("dsti")), min_size=1, max_size=2))
def test_every_word_within_its_slips_is_found(
    connection: sqlite3.Connection, name: str, slipped: list[tuple[int, str]]
) -> None:
    word = typed = words(name)[0]
    for place, sort in slipped:
        at = place % max(1, len(typed) - 1)
        swapped = typed[at : at + 2][::-1] + typed[at + 2 :]
        rest = {"d": typed[at + 1 :], "s": typed[0] + typed[at + 1 :], "i": typed[-1] + typed[at:], "t": swapped}
        typed = typed[:at] + rest[sort]
    known = {words(other)[0] for other in NAMES}
    assume(typed not in known)
    # Two slips are looked for only where no word is one slip away.
    least = min((OSA.distance(typed, other) for other in known), default=99)
    found = [each.word for each in near.near_words(typed, False, connection)]
    if least <= min(near.slips(typed), 1):
        assert {other for other in known if OSA.distance(typed, other) == least} <= set(found)
    assert all(OSA.distance(typed, other) <= near.slips(typed) or _single(typed) == _single(other) for other in found)
    if OSA.distance(typed, word) == 1 and near.slips(typed):
        assert word in found


def _single(word: str) -> str:
    """Return a word without the second of two letters that are the same."""
    return "".join(letter for at, letter in enumerate(word) if word[at - 1 : at] != letter)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from([name for name in NAMES if len(name) > 5]), st.data())
def test_a_slip_in_a_beginning_is_found(connection: sqlite3.Connection, name: str, data: st.DataObject) -> None:
    word = words(name)[0]
    start = word[: data.draw(st.integers(5, len(word)))]
    at = data.draw(st.integers(1, len(start) - 2))
    typed = start[:at] + start[at + 1] + start[at] + start[at + 2 :]
    assume(not any(words(other)[0].startswith(typed) for other in NAMES))
    assert word in [each.word for each in near.near_words(typed, True, connection)]
