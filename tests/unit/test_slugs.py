"""Ids made from names: short, plain, the same each time, and never two names for one where letters were lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.library.rules import faults
from tui.library.slugs import LONGEST, name_key, slug
from tui.records import Topic


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("  4th Italy–Türkiye Summit (Rome, 2025) ", "4th-italy-turkiye-summit-rome-2025"),
        ("Lech Wałęsa", "lech-walesa"),
        ("Straße", "strasse"),
        ("Işık", "isik"),
        ("Côte d'Ivoire", "cote-divoire"),
        ("", ""),
        (" \n", ""),
    ],
)
def test_a_latin_name_is_an_id_without_accents(text: str, made: str) -> None:
    assert slug(text) == made


def test_letters_without_a_latin_form_are_told_apart_by_a_digest() -> None:
    made = [slug(text) for text in ("Αθήνα", "Αθήνας", "北京", "G7 北京", "?!")]
    assert len(set(made)) == len(made)
    assert made[3].startswith("g7-")
    assert all(made)


def test_long_names_that_begin_alike_have_ids_of_their_own() -> None:
    one, other = slug("word " * 60 + "one"), slug("word " * 60 + "other")
    assert one != other
    assert max(len(one), len(other)) <= LONGEST
    assert slug("a" * LONGEST) == "a" * LONGEST
    assert slug("a" * (LONGEST + 1)) != "a" * LONGEST


@given(st.text(max_size=200))
def test_any_text_gives_an_id_that_a_library_takes(text: str) -> None:
    made = slug(text)
    assert bool(made) == bool(text.strip())
    if made:
        assert not [field for field, _ in faults(Topic(id=made, name="x")) if field == "id"]
        assert slug(made) == made


def test_names_are_compared_without_case_blanks_or_the_way_they_are_encoded() -> None:
    decomposed = unicodedata.normalize("NFD", "Erdoğan")
    assert name_key(f" recep  tayyip\n{decomposed}") == name_key("Recep Tayyip ERDOĞAN")
    assert name_key("Erdogan") != name_key("Erdoğan")
