"""The language of the screens: English words in the code, and what they are in the languages there are catalogues for.

Words are marked where they stand: `gettext("nothing before this")`, `ngettext("{count} agenda", "{count} agendas",
count)`, and `later("newest")` for a word of a table that is put into the language when it is shown. All of them are in
`messages.pot`; `make words` gathers them there and compiles the catalogues. English needs no catalogue and reads none.

Months, numbers and names of countries come from the Unicode CLDR as small files that are made beforehand: the library
that knows them, Babel, takes longer to import than the explorer takes to open.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from gettext import NullTranslations

ENGLISH = "en"
LANGUAGES = (ENGLISH, "it", "tr")
"""The languages of the interface."""

_FOLDER = Path(__file__).parent
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


class Locale(TypedDict):
    """How a language writes dates and numbers, from the CLDR; patterns have `{}` for the number."""

    months: list[str]
    decimal: str
    group: str
    percent: str
    ordinal: str


def use(language: str) -> None:
    """Speak a language from now on, in this explorer; English for one that there is no catalogue for."""
    _language.set(language if language in LANGUAGES else ENGLISH)


def current() -> str:
    """Return the language that is spoken: `en`, `it`, `tr`."""
    return _language.get()


def of_environment(environment: Mapping[str, str]) -> str:
    """Return the language that the locale of an environment asks for, as POSIX and GNU have it."""
    said = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    if said.partition(".")[0] in {"", "C", "POSIX"}:
        return ENGLISH
    for wanted in [*environment.get("LANGUAGE", "").split(":"), said]:
        code = wanted.partition(".")[0].partition("_")[0].partition("-")[0].lower()
        if code in LANGUAGES:
            return code
    return ENGLISH


def gettext(message: str) -> str:
    """Return a message in the language that is spoken; in English where it is not translated."""
    return translation(message, _language.get())


def translation(message: str, language: str) -> str:
    """Return a message in one of `LANGUAGES`, whichever is spoken."""
    return message if language == ENGLISH or not message else _catalogue(language).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message for a count, with the count written in for `{count}`."""
    language = _language.get()
    if language == ENGLISH:
        return (one if count == 1 else many).replace("{count}", number(count))
    form = _catalogue(language).ngettext(one, many, count)
    return form.replace("{count}", number(count))


def later(message: str) -> str:
    """Mark a message of a table, which `gettext` is asked for when it is shown."""
    return message


def locale() -> Locale:
    """Return how the language that is spoken writes dates and numbers."""
    return _locales()[_language.get()]


def number(value: float) -> str:
    """Return a number with thousands apart and no needless decimals: `1,200` and `32.2`, or `1.200` and `32,2`."""
    written = f"{value:,.0f}" if value == int(value) else f"{value:,.10g}"
    if _language.get() == ENGLISH:
        return written
    own = locale()
    return written.translate({ord(","): own["group"], ord("."): own["decimal"]})


def country(code: str) -> str:
    """Return the name of a country in the language that is spoken; empty in English, whose names the index has."""
    language = _language.get()
    return "" if language == ENGLISH else _countries(language).get(code, "")


@cache
def _catalogue(language: str) -> NullTranslations:
    from gettext import GNUTranslations, NullTranslations

    try:
        with (_FOLDER / f"{language}.mo").open("rb") as file:
            return GNUTranslations(file)
    except FileNotFoundError:
        return NullTranslations()


@cache
def _locales() -> dict[str, Locale]:
    made: dict[str, Locale] = json.loads((_FOLDER / "locales.json").read_text(encoding="utf-8"))
    return made


@cache
def _countries(language: str) -> dict[str, str]:
    made: dict[str, str] = json.loads((_FOLDER / f"countries.{language}.json").read_text(encoding="utf-8"))
    return made
