"""The names of countries: what each is called here, and every name by which it is found.

The names come from `countries.json`, which `python -m tui.index.generate_countries` writes and a person can read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path
from typing import TypedDict

from msgspec import Struct, json

from tui import language
from tui.index.folding import fold
from tui.index.schema import CODE, DEMONYM, ENGLISH, FOREIGN


class _Called(Struct):
    name: str


class _Country(TypedDict):
    name: str
    names: list[str]
    demonyms: list[str]


def name(code: str) -> str:
    """Return the name of an ISO 3166-1 alpha-2 code in the language of the screens, or what was given for no such code.

    *EU* and *UN* have names too; any other organisation is known by the name that records give it.
    """
    return language.country(code) or english(code)


def english(code: str) -> str:
    """Return the English name of such a code: indexes are in no other language, since all who look share them."""
    country = _called().get(code)
    return country.name if country else code


def names(code: str) -> tuple[str, ...]:
    """Return all names of a country, its English name first, with none that folds like an earlier one."""
    country = _countries().get(code)
    return (country["name"], *country["names"]) if country else (code,)


def demonyms(code: str) -> tuple[str, ...]:
    """Return what people and things of a country are called in English: *Turkish*; none for a lesser-used code."""
    country = _countries().get(code)
    return tuple(country["demonyms"]) if country else ()


@lru_cache(maxsize=4096)
def code(word: str) -> str:
    """Return the code that a code, a name in any language or a demonym stands for; empty when unknown."""
    if word in _countries():
        return word
    folded, find = fold(word), _find.get()
    return find(folded) if find and folded else _codes().get(folded, "")


_find: ContextVar[Callable[[str], str] | None] = ContextVar("find", default=None)


@contextmanager
def known_from(connection: sqlite3.Connection) -> Iterator[None]:
    """Look codes up in an index for a while, which has the names folded; here they would all be folded first."""
    sql = "SELECT code FROM country WHERE name = ? ORDER BY rank, code DESC LIMIT 1"

    def find(folded: str) -> str:
        row = connection.execute(sql, (folded,)).fetchone()
        return row[0] if row else ""

    before = _find.set(find)
    try:
        yield
    finally:
        _find.reset(before)


def known() -> tuple[str, ...]:
    """Return all codes, in order."""
    return tuple(_called())


def folded_names() -> Iterator[tuple[str, int, str]]:
    """Yield (folded name, rank, code) for each code, name and demonym. The lowest rank is the best claim to a name.

    A code goes before an English name, that before a demonym, and all before a name in another language.
    """
    for country_code, country in _countries().items():
        yield fold(country_code), CODE, country_code
        yield fold(country["name"]), ENGLISH, country_code
        for demonym in country["demonyms"]:
            yield fold(demonym), DEMONYM, country_code
        for other in country["names"]:
            yield fold(other), FOREIGN, country_code


_FILE = Path(__file__).with_name("countries.json")


@cache
def _called() -> dict[str, _Called]:
    """Read the English names alone: who only shows countries needs a tenth of the memory of all names."""
    return json.decode(_FILE.read_bytes(), type=dict[str, _Called])


@cache
def _countries() -> dict[str, _Country]:
    return json.decode(_FILE.read_bytes(), type=dict[str, _Country])


@cache
def _codes() -> dict[str, str]:
    """Map each folded name to the code with the best claim to it."""
    best = sorted(folded_names(), key=lambda found: found[1], reverse=True)
    return {folded: country_code for folded, _, country_code in best if folded}
