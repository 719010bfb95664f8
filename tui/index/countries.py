"""The names of countries: what each is called here, and every name by which it is found.

The names come from `countries.json`, which `python -m tui.index.generate_countries` writes and a person can read.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TypedDict

from tui.index.folding import fold


class _Country(TypedDict):
    name: str
    names: list[str]
    demonyms: list[str]


def name(code: str) -> str:
    """Return the English name of an ISO 3166-1 alpha-2 code, or what was given where it is no such code.

    *EU* and *UN* have names too; any other organisation is known by the name that records give it.
    """
    country = _countries().get(code)
    return country["name"] if country else code


def names(code: str) -> tuple[str, ...]:
    """Return all names of a country, its English name first, with none that folds like an earlier one."""
    country = _countries().get(code)
    return (country["name"], *country["names"]) if country else (code,)


def demonyms(code: str) -> tuple[str, ...]:
    """Return what people and things of a country are called in English: *Turkish*; none for a lesser-used code."""
    country = _countries().get(code)
    return tuple(country["demonyms"]) if country else ()


def code(word: str) -> str:
    """Return the code that a code, a name in any language or a demonym stands for; empty when unknown."""
    upper = word.strip().upper()
    if upper in _countries():
        return upper
    return _codes().get(fold(word), "")


def known() -> tuple[str, ...]:
    """Return all codes."""
    return tuple(_countries())


@cache
def _countries() -> dict[str, _Country]:
    text = files("tui.index").joinpath("countries.json").read_text(encoding="utf-8")
    countries: dict[str, _Country] = json.loads(text)
    return countries


@cache
def _codes() -> dict[str, str]:
    """Map each folded name to its code; where two countries share one, an English name goes first."""
    codes: dict[str, str] = {}
    for country_code, country in _countries().items():
        codes.setdefault(fold(country["name"]), country_code)
    for country_code, country in _countries().items():
        for other in (*country["demonyms"], *country["names"]):
            codes.setdefault(fold(other), country_code)
    codes.pop("", None)
    return codes
