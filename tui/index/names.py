"""Names that mean the same: *EU* and *European Union*, *Turkish* and *Türkiye*.

The organisations and words come from `names.json`: each of its lines is one meaning, with all names for it, and may be
extended by hand. Those of countries come from `countries`. A word of a query finds what any of its other names finds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tui.index import countries
from tui.index.folding import words
from tui.index.query import Term


class Group(NamedTuple):
    """Terms of a query that are one name together, or one term alone, and the folded words of each other name."""

    terms: tuple[Term, ...]
    others: tuple[tuple[str, ...], ...]


def grouped(terms: Sequence[Term]) -> Iterator[Group]:
    """Yield all terms in order, with those that make a name together in one group. The longest name goes first."""
    at = 0
    while at < len(terms):
        end = _end_of_name(terms, at)
        group = tuple(terms[at:end])
        yield Group(group, others(_words(group)) if _plain(group) else ())
        at = end


def others(name: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the folded words of each other name for a name, given by its folded words."""
    return _others().get(name, ())


def _end_of_name(terms: Sequence[Term], start: int) -> int:
    for end in range(min(len(terms), start + _longest()), start + 1, -1):
        if _plain(terms[start:end]) and others(_words(terms[start:end])):
            return end
    return start + 1


def _plain(terms: Sequence[Term]) -> bool:
    return not any(term.exact or term.phrase or term.negated for term in terms)


def _words(terms: Sequence[Term]) -> tuple[str, ...]:
    return tuple(word for term in terms for word in words(term.value))


@cache
def _others() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    text = Path(__file__).with_name("names.json").read_text(encoding="utf-8")
    lists: dict[str, list[list[str]]] = json.loads(text)
    found: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
    for meaning in (meaning for meanings in lists.values() for meaning in meanings):
        names = list(dict.fromkeys(tuple(words(name)) for name in meaning))
        for name in names:
            found.setdefault(name, {}).update((other, None) for other in names if other != name)
    for code in countries.known():
        country = tuple(words(countries.name(code)))
        for demonym in countries.demonyms(code):
            if (name := tuple(words(demonym))) != country:
                found.setdefault(name, {})[country] = None
    return {name: tuple(other) for name, other in found.items()}


@cache
def _longest() -> int:
    return max(map(len, _others()))
