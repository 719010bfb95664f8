"""Countries are found by what people call them, in any of many languages."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tui.index import Index, countries, generate_countries
from tui.index.folding import fold


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Türkiye", "TR"), ("turkey", "TR"), ("Turchia", "TR"), ("Turquie", "TR"), ("Türkei", "TR"), ("تركيا", "TR"),
        ("Турция", "TR"), ("土耳其", "TR"), ("Turkish", "TR"), ("tr", "TR"), ("Italia", "IT"), ("italian", "IT"),
        ("Γερμανία", "DE"), ("Deutschland", "DE"), ("uk", "GB"), ("Britain", "GB"), ("usa", "US"), ("UAE", "AE"),
        ("Czech Republic", "CZ"), ("czechia", "CZ"), ("Holland", "NL"), ("Kosova", "XK"), ("European Union", "EU"),
        ("EU", "EU"), ("Ivory Coast", "CI"), ("korea", "KR"), ("niger", "NE"), ("georgia", "GE"), ("in", "IN"),
    ],
)  # fmt: skip
def test_a_name_a_code_or_a_demonym_gives_the_code(word: str, code: str) -> None:
    assert countries.code(word) == code


@pytest.mark.parametrize("word", ["", " ", "Atlantis", "NATO", "\udc80"])
def test_a_word_that_is_no_country_gives_none(word: str) -> None:
    assert countries.code(word) == ""


def test_names_are_those_the_field_uses() -> None:
    assert [countries.name(code) for code in ("TR", "CZ", "GB", "CI", "EU")] == [
        "Türkiye", "Czechia", "United Kingdom", "Côte d’Ivoire", "European Union",
    ]  # fmt: skip
    assert countries.name("NATO") == "NATO"
    assert countries.names("NATO") == ("NATO",)
    assert countries.demonyms("NATO") == ()


def test_every_country_has_one_name_first_and_none_twice() -> None:
    assert len(countries.known()) > 245
    for code in countries.known():
        folded = [fold(name) for name in countries.names(code)]
        assert folded[0] == fold(countries.name(code)) != ""
        assert len(set(folded)) == len(folded), code
        assert countries.code(countries.name(code)) == code


def test_the_file_is_one_that_a_person_can_read() -> None:
    text = Path(countries.__file__).with_name("countries.json").read_text(encoding="utf-8")
    assert len(text.encode()) < 250_000
    assert len(text.splitlines()) == len(countries.known()) + 2


def test_the_generator_makes_the_same_countries(tmp_path: Path) -> None:
    # Names in other languages change a little with each release of the CLDR, so only what is ours is compared.
    generate_countries.write(tmp_path / "countries.json")
    made = json.loads((tmp_path / "countries.json").read_text(encoding="utf-8"))
    assert tuple(made) == countries.known()
    assert {code: tuple(made[code]["demonyms"]) for code in made} == {c: countries.demonyms(c) for c in made}
    assert [made[code]["name"] for code in ("TR", "CZ")] == ["Türkiye", "Czechia"]
    assert {"Turkey", "Turchia", "تركيا"} <= set(made["TR"]["names"])


def test_an_index_knows_the_same_codes(tiny_library: Path, tmp_path: Path) -> None:
    Index.open(tiny_library, tmp_path).close()
    (file,) = tmp_path.glob("*.sqlite3")
    said = {name for code in countries.known() for name in (*countries.names(code), *countries.demonyms(code), code)}
    words = sorted(said | {"", " ", "Atlantis", "NATO", "nato", "tr"})
    here = {word: countries.code(word) for word in words}
    with closing(sqlite3.connect(file)) as connection, countries.known_from(connection):
        assert {word: countries.code.__wrapped__(word) for word in words} == here
