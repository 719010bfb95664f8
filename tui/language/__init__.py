"""The language of the screens: English words in the code, and what they are in the languages there are catalogues for.

Words are marked where they stand: `gettext("nothing before this")`, `gettext("no field {name}", name=name)`,
`ngettext("{count} agenda", "{count} agendas", count)`, and `later("newest")` for a word of a table that is put into the
language when it is shown. All of them are in `messages.pot`; `make words` gathers them there and compiles the
catalogues. English needs no catalogue and reads none.

Months, numbers and names of countries come from the Unicode CLDR as small files that are made beforehand: the library
that knows them, Babel, takes longer to import than the explorer takes to open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypedDict

from msgspec import Struct

if TYPE_CHECKING:
    from gettext import NullTranslations

ENGLISH = "en"
LANGUAGES = (ENGLISH, "it", "tr")
"""The languages of the interface."""

_FOLDER = Path(__file__).parent
CLICK = _FOLDER / "click"
"""Where the words of the library that reads command lines are, in a folder for each language."""

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


class Locale(TypedDict):
    """How a language writes dates and numbers, from the CLDR; patterns have `{}` for the number."""

    months: list[str]
    decimal: str
    group: str
    percent: str
    ordinal: str


class Told(Struct, frozen=True):
    """What is told later, perhaps in another language: a message, and what fills its gaps."""

    message: str
    """Marked with `later`: `removed {record}`."""
    gaps: Mapping[str, str] = MappingProxyType({})
    words: Mapping[str, str] = MappingProxyType({})
    """What fills other gaps: messages too."""

    def __str__(self) -> str:
        """In the language that is spoken."""
        return gettext(self.message, **self.gaps, **{gap: gettext(word) for gap, word in self.words.items()})

    @property
    def english(self) -> str:
        """In English."""
        return self.message.format(**self.gaps, **self.words) if self.gaps or self.words else self.message


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


def gettext(message: str, /, **gaps: object) -> str:
    """Return a message in the language that is spoken, in English where it is not translated, with its gaps filled.

    A message without gaps is given as it is: its braces are signs like others.
    """
    said = translation(message, _language.get())
    return said.format(**gaps) if gaps else said


def translation(message: str, language: str) -> str:
    """Return a message in one of `LANGUAGES`, whichever is spoken."""
    return message if language == ENGLISH or not message else _catalogue(language).gettext(message)


def ngettext(one: str, many: str, count: int, /, **gaps: object) -> str:
    """Return the form of a message for a count, with the count written in for `{count}` and its other gaps filled."""
    language = _language.get()
    form = (one if count == 1 else many) if language == ENGLISH else _catalogue(language).ngettext(one, many, count)
    said = form.replace("{count}", number(count))
    return said.format(**gaps) if gaps else said


def system_said(error: OSError) -> str:
    """Return why the system refused: `Permission denied`."""
    return gettext(error.strerror) if error.strerror else str(error)


def shortened(names: Sequence[str], most: int) -> str:
    """Return names with commas between them; of more than `most` the first, and how many more there are."""
    shown = ", ".join(names[:most])
    left = len(names) - most
    return shown if left <= 0 else ngettext("{shown} and {count} more", "{shown} and {count} more", left, shown=shown)


def either(messages: Sequence[str]) -> str:
    """Return messages, each in the language that is spoken, as those of which one is meant: `a number or a text`."""
    said = [gettext(message) for message in messages]
    return said[0] if len(said) == 1 else gettext("{some} or {last}", some=", ".join(said[:-1]), last=said[-1])


def both(names: Sequence[str]) -> str:
    """Return names as those of which all are meant: `one, two and three`."""
    return names[0] if len(names) == 1 else gettext("{some} and {last}", some=", ".join(names[:-1]), last=names[-1])


def later(message: str) -> str:
    """Mark a message of a table, which `gettext` is asked for when it is shown."""
    return message


def agreeing(word: str) -> str:
    """Mark a word of a table that agrees with a number in other languages: `ngettext(word, word, count)` shows it."""
    return word


def plural(one: str, many: str) -> tuple[str, str]:
    """Mark the two forms of a message of a table, which `ngettext` is asked for when it is shown."""
    return one, many


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
    import json

    made: dict[str, Locale] = json.loads((_FOLDER / "locales.json").read_text(encoding="utf-8"))
    return made


@cache
def _countries(language: str) -> dict[str, str]:
    import json

    made: dict[str, str] = json.loads((_FOLDER / f"countries.{language}.json").read_text(encoding="utf-8"))
    return made
