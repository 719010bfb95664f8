"""Names that mean the same: *EU* and *European Union*, *Turkish* and *Türkiye*.

They come from `names.json`: each of its lines is one meaning, with all names for it, the lines in order of their
first names, and may be extended by hand. Those of countries come from `countries`. A word of a query, or a run of
words, finds what any of its other names finds. A run is read as one name: its single words stand for themselves then.
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
    meanings = _meanings().get(name, ())
    return tuple(dict.fromkeys(other for meaning in meanings for other in meaning if other != name))


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
def _meanings() -> dict[tuple[str, ...], list[tuple[tuple[str, ...], ...]]]:
    """Map each name to its meanings, each given by what it finds. A demonym finds its country, not the other way."""
    text = Path(__file__).with_name("names.json").read_text(encoding="utf-8")
    lists: dict[str, list[list[str]]] = json.loads(text)
    found: dict[tuple[str, ...], list[tuple[tuple[str, ...], ...]]] = {}
    for meaning in (meaning for meanings in lists.values() for meaning in meanings):
        names = tuple(tuple(words(name)) for name in meaning)
        for name in names:
            found.setdefault(name, []).append(names)
    for code in countries.known():
        country = tuple(words(countries.name(code)))
        for demonym in countries.demonyms(code):
            if (name := tuple(words(demonym))) != country:
                found.setdefault(name, []).append((country,))
    return found


@cache
def _longest() -> int:
    return max(map(len, _meanings()))
