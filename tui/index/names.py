"""Names that mean the same: *EU* and *European Union*, *Turkish* and *Türkiye*.

They come from `names.json`: each of its lines is one meaning, with all names for it, the lines in order of their
first names, and may be extended by hand; a library may have more of its own. Those of countries come from `countries`;
one in another language finds the English one where it is only a word of a text.
Names that are ordinary words or parts of other names too (*WHO*, *KI*) stand there once more, as `ordinary`: who asks
by one finds the others, but who asks by another does not find each *who*.
A word of a query, or a run of words, finds what any of its other names finds. A run is read as one name: its single
words stand for themselves then.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from msgspec import Struct

from tui.index.folding import words
from tui.index.query import Term
from tui.index.recent import Recent
from tui.index.schema import ENGLISH, FOREIGN
from tui.language import LANGUAGES, translation
from tui.vocabulary import INSTRUMENTS, SECTORS

SHIPPED = Path(__file__).with_name("names.json")
ORDINARY = "ordinary"

Meanings = Iterable[Sequence[str]]
"""For each meaning, all names for it as they are written."""

_KEPT = 512
"""Answers that are kept in memory."""

_Row = tuple[str, int, bool, bool]
"""A folded name, the number of a meaning, whether it is asked by this name and whether it is found by it."""

_OTHERS = (
    "SELECT DISTINCT other.name FROM meaning JOIN meaning other ON other.number = meaning.number AND other.found"
    " WHERE meaning.name = ? AND meaning.asked AND other.name <> meaning.name ORDER BY other.number, other.name"
)

_ENGLISH = (
    "SELECT english.name FROM country CROSS JOIN country english ON english.code = country.code"
    f" WHERE country.name = ? AND country.rank = {FOREIGN} AND english.rank = {ENGLISH}"
    " AND english.name <> country.name ORDER BY english.name"
)
_SHORTEST_FOREIGN = 4
"""How many letters the name of a country in another language has, to be taken for one where any word may stand."""
_LONGEST_COUNTRY = 5
"""How many words the name of a country has at most that is taken for one."""

_BEGUN = (
    "SELECT DISTINCT name FROM json_each(?) AS pair CROSS JOIN meaning"
    " ON name >= pair.value AND name < pair.value || '!' WHERE found ORDER BY name"
)
"""Finds the names that are a pair of words or go on after it: no sign that a folded text has stands before `!`."""


class Group(Struct, frozen=True):
    """Terms of a query that are one name together, or one term alone, and the folded words of each other name."""

    terms: tuple[Term, ...]
    others: tuple[tuple[str, ...], ...]


class Names:
    """The names that an open index knows to mean the same."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._kept = Recent[str, tuple[tuple[str, ...], ...]](_KEPT)

    @cached_property
    def _longest(self) -> int:
        """How many words the longest name has."""
        sql = "SELECT max(length(name) - length(replace(name, ' ', '')) + 1) FROM meaning"
        return max(self._connection.execute(sql).fetchone()[0] or 1, _LONGEST_COUNTRY)

    def others(self, name: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """Return the folded words of each other name for a name, given by its folded words."""
        if len(name) > self._longest:
            return ()
        joined = " ".join(name)
        return self._kept.get(joined, lambda: self._find(joined))

    def phrases(self) -> list[str]:
        """Return the names of more than one word."""
        sql = "SELECT DISTINCT name FROM meaning WHERE found AND name LIKE '% %' ORDER BY name"
        return [name for (name,) in self._connection.execute(sql)]

    def phrases_in(self, texts: Iterable[str]) -> list[str]:
        """Return the names of more than one word of which the first two stand in one of some folded texts."""
        pairs = {pair for text in texts for pair in pairwise(text.split())}
        import json

        found = self._connection.execute(_BEGUN, (json.dumps([" ".join(pair) for pair in sorted(pairs)]),))
        return [name for (name,) in found]

    def grouped(self, terms: Sequence[Term]) -> Iterator[Group]:
        """Yield all terms in order, with those that make a name together in one group. The longest name goes first."""
        at = 0
        while at < len(terms):
            end = self._end_of_name(terms, at)
            group = tuple(terms[at:end])
            yield Group(group, self.others(_words(group)) if _plain(group) else ())
            at = end

    def _end_of_name(self, terms: Sequence[Term], start: int) -> int:
        for end in range(min(len(terms), start + self._longest), start + 1, -1):
            if _plain(terms[start:end]) and self.others(_words(terms[start:end])):
                return end
        return start + 1

    def _find(self, name: str) -> tuple[tuple[str, ...], ...]:
        found = self._connection.execute(_OTHERS, (name,)).fetchall()
        if len(name) >= _SHORTEST_FOREIGN:
            found += self._connection.execute(_ENGLISH, (name,)).fetchall()
        return tuple(dict.fromkeys(tuple(other.split()) for (other,) in found))


def keep(connection: sqlite3.Connection) -> None:
    """Keep the names of the shipped file and those that lead one way only, folded.

    Each name of a meaning finds all others; a demonym finds its country, and the word for a sector or an instrument
    in another language of the screens finds the English one, but not the other way.
    """
    meanings, ordinary = read(SHIPPED)
    rows = [(name, number, asked, name not in ordinary) for name, number, asked, _ in _rows(meanings, 0)]
    for number, (found, asked) in enumerate((*_countries(), *_vocabulary()), len(meanings)):
        others = {" ".join(words(name)) for name in asked} - {folded := " ".join(words(found))}
        rows += [(other, number, True, False) for other in others]
        rows += [(folded, number, False, True)] if others else []
    _insert(connection, rows)


def _countries() -> Iterator[tuple[str, Sequence[str]]]:
    from tui.index import countries

    return ((countries.english(code), countries.demonyms(code)) for code in countries.known())


def _vocabulary() -> Iterator[tuple[str, Sequence[str]]]:
    for shown in (*SECTORS.values(), *INSTRUMENTS.values()):
        yield shown.label, [translation(shown.label, language) for language in LANGUAGES]


def keep_more(connection: sqlite3.Connection, own: Meanings) -> None:
    """Keep the names of further meanings: those that a library has for itself."""
    (first,) = connection.execute("SELECT max(number) + 1 FROM meaning").fetchone()
    _insert(connection, _rows(own, first))


def _rows(meanings: Meanings, first: int) -> list[_Row]:
    return [
        (" ".join(words(name)), number, True, True)
        for number, meaning in enumerate(meanings, first)
        for name in meaning
    ]


def _insert(connection: sqlite3.Connection, rows: list[_Row]) -> None:
    connection.executemany("INSERT OR IGNORE INTO meaning VALUES (?, ?, ?, ?)", sorted(row for row in rows if row[0]))


def read(file: Path) -> tuple[list[list[str]], frozenset[str]]:
    """Return the meanings of the shipped file of names, and the folded names that are ordinary words too."""
    import json

    lists: dict[str, list[Any]] = json.loads(file.read_text(encoding="utf-8"))
    ordinary = frozenset(" ".join(words(name)) for name in lists.pop(ORDINARY))
    return [meaning for meanings in lists.values() for meaning in meanings], ordinary


def _plain(terms: Sequence[Term]) -> bool:
    return not any(term.exact or term.phrase or term.negated for term in terms)


def _words(terms: Sequence[Term]) -> tuple[str, ...]:
    return tuple(word for term in terms for word in words(term.value))
