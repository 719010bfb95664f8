"""Names that mean the same: *EU* and *European Union*, *Turkish* and *Türkiye*.

The organisations and words come from `names.json`: each of its lines is one meaning, with all names for it, and may be
extended by hand. A library may have meanings of its own, in a file of that form beside its records (see
`library_names`). Those of countries come from `countries`. A word of a query finds what any of its other names finds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tui.index.query import Term

SHIPPED = Path(__file__).with_name("names.json")

Meanings = Iterable[Sequence[str]]
"""For each meaning, all names for it as they are written."""


class Group(NamedTuple):
    """Terms of a query that are one name together, or one term alone, and the folded words of each other name."""

    terms: tuple[Term, ...]
    others: tuple[tuple[str, ...], ...]


class Names:
    """The names that an index knows to mean the same, all folded."""

    def __init__(self, others: Mapping[str, Sequence[str]]) -> None:
        """Take for each name what else it may be called; names are folded words parted by single spaces."""
        self._others = others
        self._longest = max((name.count(" ") + 1 for name in others), default=1)

    def others(self, name: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """Return the folded words of each other name for a name, given by its folded words."""
        return tuple(tuple(other.split()) for other in self._others.get(" ".join(name), ()))

    @property
    def longest(self) -> int:
        """How many words the longest name has."""
        return self._longest

    def phrases(self) -> dict[str, tuple[str, ...]]:
        """Return the names of more than one word by their first word."""
        found: dict[str, set[str]] = {}
        for name in {*self._others, *(other for others in self._others.values() for other in others)}:
            if " " in name:
                found.setdefault(name.split()[0], set()).add(name)
        return {word: tuple(sorted(names)) for word, names in found.items()}


def grouped(terms: Sequence[Term], names: Names) -> Iterator[Group]:
    """Yield all terms in order, with those that make a name together in one group. The longest name goes first."""
    at = 0
    while at < len(terms):
        end = _end_of_name(terms, at, names)
        group = tuple(terms[at:end])
        yield Group(group, names.others(_words(group)) if _plain(group) else ())
        at = end


def gathered(own: Meanings = ()) -> dict[str, list[str]]:
    """Return for each folded name what else it may be called: from the shipped file, countries and `own` meanings."""
    from tui.index import countries
    from tui.index.folding import fold

    found: dict[str, dict[str, None]] = {}
    for meaning in (*read(SHIPPED), *own):
        names = list(dict.fromkeys(filter(None, map(fold, meaning))))
        for name in names:
            found.setdefault(name, {}).update((other, None) for other in names if other != name)
    for code in countries.known():
        country = fold(countries.name(code))
        for demonym in countries.demonyms(code):
            if (name := fold(demonym)) != country:
                found.setdefault(name, {})[country] = None
    return {name: list(others) for name, others in found.items() if others}


def read(file: Path) -> list[list[str]]:
    """Return the meanings of the shipped file of names."""
    lists: dict[str, list[list[str]]] = json.loads(file.read_text(encoding="utf-8"))
    return [meaning for meanings in lists.values() for meaning in meanings]


def _end_of_name(terms: Sequence[Term], start: int, names: Names) -> int:
    for end in range(min(len(terms), start + names.longest), start + 1, -1):
        if _plain(terms[start:end]) and names.others(_words(terms[start:end])):
            return end
    return start + 1


def _plain(terms: Sequence[Term]) -> bool:
    return not any(term.exact or term.phrase or term.negated for term in terms)


def _words(terms: Sequence[Term]) -> tuple[str, ...]:
    from tui.index.folding import words

    return tuple(word for term in terms for word in words(term.value))
