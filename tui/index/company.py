"""Near words by the company they keep: of the words that a misspelt one may have meant, those that fit the others.

Names tell best what was meant. Of the near words of a typed word, those go first that stand in a name with all other
words of the query; only when none does are the nearest taken, wherever they stand. When nothing is found as typed and
no near word fits, each word in turn is compared with the names that have all the others: among so few words more
slips are forgiven, any word may be the wrong one, and short words may be too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pyroaring import BitMap

from tui.index import matching, near
from tui.index.asked import Asked
from tui.index.folding import begun, words
from tui.index.near import MOST, Near
from tui.index.numbers import EMPTY
from tui.index.postings import Hits, either
from tui.index.query import Query, Spelling

_MOST_FITTING = 8
"""How many words are searched for one typed word at most that fit the others."""

_MOST_WORDS = 8
"""In a query of more words none is looked at for its company."""

_MOST_NAMES = 500
"""The names of how many records are compared with a word at most, those of the weightiest."""


class _Slot(NamedTuple):
    """A word of the query."""

    word: str
    fixed: bool
    """Whether it means this and nothing else."""
    unfinished: bool


class _Known(NamedTuple):
    """A word of the query with its near words."""

    slot: _Slot
    typed: Hits
    """The records with the word as it is typed."""
    near: list[Near]
    names: BitMap
    """The records with the word or one of its near words in their names."""


def also(query: Query, nothing_found: bool, asked: Asked) -> tuple[Spelling, ...]:
    """Return the words that are worth searching in the place of others of the query, the best of each first.

    Words in quotes, behind `=` or behind `-` are taken as they are typed. `nothing_found` tells whether nothing is
    found for the query as it is typed.
    """
    found: dict[tuple[str, str], Spelling] = {}
    for branch in query.branches:
        for spelling in _of_branch(_slots(branch), nothing_found, asked):
            found.setdefault((spelling.typed, spelling.other), spelling)
    return tuple(found.values())


def _slots(query: Query) -> list[_Slot]:
    last = matching.unfinished(query)
    found: dict[_Slot, None] = {}
    for term in query.free:
        if term.negated or matching.is_small(term, last):
            continue
        typed = words(term.value)
        for at, word in enumerate(typed, 1):
            fixed = term.exact or term.phrase or not word.isalpha()
            found[_Slot(word, fixed, term is last and at == len(typed))] = None
    return list(found)


def _of_branch(slots: Sequence[_Slot], nothing_found: bool, asked: Asked) -> Iterable[Spelling]:
    near_words = [[] if slot.fixed else near.worthwhile(slot.word, slot.unfinished, asked.connection) for slot in slots]
    if not (any(near_words) or nothing_found):
        return ()
    if 1 < len(slots) <= _MOST_WORDS:
        known = [_known(slot, found, asked) for slot, found in zip(slots, near_words, strict=True)]
        fitting = _fitting(known, asked)
        if not any(fitting) and nothing_found:
            fitting = _fitting(_guessed(known, asked), asked)
        if any(fitting):
            return _spellings(slots, fitting)
    return _spellings(slots, [near.nearest(found)[:MOST] for found in near_words])


def _spellings(slots: Iterable[_Slot], near_words: Iterable[Iterable[Near]]) -> list[Spelling]:
    pairs = zip(slots, near_words, strict=True)
    return [Spelling(slot.word, other.word, other[:3]) for slot, found in pairs for other in found]


def _known(slot: _Slot, near_words: list[Near], asked: Asked) -> _Known:
    postings = asked.vocabulary.postings
    starts = matching.apart(begun(slot.word)) if slot.unfinished else ()
    typed = either(map(postings.beginning, starts)) if starts else postings.word(slot.word)
    return _with(near_words, _Known(slot, typed, [], typed.names), asked)


def _with(near_words: list[Near], known: _Known, asked: Asked) -> _Known:
    names = BitMap.union(known.typed.names, *(_names(other, asked) for other in near_words))
    return known._replace(near=near_words, names=names)


def _names(other: Near, asked: Asked) -> BitMap:
    return asked.vocabulary.postings.word(other.word).names


def _fitting(known: Sequence[_Known], asked: Asked) -> list[list[Near]]:
    """Return for each word of the query its near words that stand in a name with all others."""
    found = []
    for at, each in enumerate(known):
        company = _company(known, at) if each.near else EMPTY
        found.append([other for other in each.near if not company.isdisjoint(_names(other, asked))][:_MOST_FITTING])
    return found


def _company(known: Sequence[_Known], at: int) -> BitMap:
    """Return the records with all words but one in their names."""
    return BitMap.intersection(*(each.names for place, each in enumerate(known) if place != at))


def _guessed(known: Sequence[_Known], asked: Asked) -> list[_Known]:
    """Return the words of the query, the misspelt one with the words nearest to it in the names with all others."""
    found = [_guesses(each, _company(known, at), asked) for at, each in enumerate(known)]
    least = min((some[0].slips for some in found if some), default=0)
    return [
        _with([other for other in some if other.slips == least], each, asked) if some else each
        for each, some in zip(known, found, strict=True)
    ]


def _guesses(known: _Known, company: BitMap, asked: Asked) -> list[Near]:
    word, fixed, unfinished = known.slot
    stands = bool(known.typed.body)
    most = near.slips_among_few(word, stands)
    if fixed or not company or not most:
        return []
    return near.among(word, unfinished and not stands, _words_of(company, asked), most)


def _words_of(numbers: BitMap, asked: Asked) -> dict[str, None]:
    """Return the words of the names of records, those of the weightiest first."""
    listed = ",".join(map(str, numbers[:_MOST_NAMES]))
    rows = asked.connection.execute(f"SELECT by_name FROM record WHERE number IN ({listed}) ORDER BY number")
    return dict.fromkeys(word for (name,) in rows for word in name.split())
