"""Turns words and phrases into what FTS5 matches. Everything is folded first, so nothing in it is FTS5 syntax."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from tui.index import names
from tui.index.folding import begun, further, latin, words
from tui.index.query import Query, Term
from tui.index.schema import NATION
from tui.index.spelling import one_spelling

_Match = Callable[[str, bool, sqlite3.Connection], str]

SHORTEST_NATION = 3
"""How many letters are taken for the name of a country in another language than English."""


LONGEST_PREFIX = 4
"""How many letters the longest beginnings have that FTS5 keeps an index of."""

_MOST_WORDS = 60


def unfinished(query: Query) -> Term | None:
    """Return the term whose last word is still being typed: the last free one without a closing quote or `=`."""
    for term in reversed(query.free):
        if not term.negated and not term.exact and (term.open or not term.phrase) and words(term.value):
            return term
    return None


def text_match(query: Query, connection: sqlite3.Connection, *, abroad: bool = True) -> str:
    """Return the FTS5 expression that all free words and phrases make; empty when there are none.

    If `abroad`, they also match records of a country with such a name in any language.
    """
    last = unfinished(query)
    match = word_match if abroad else phrase_match
    groups = names.grouped([term for term in query.free if not term.negated])
    return _all(_group_match(group, last, query, connection, match) for group in groups)


def _group_match(
    group: names.Group, last: Term | None, query: Query, connection: sqlite3.Connection, match: _Match
) -> str:
    """Return the expression for the terms of a name, or for any of its other names."""
    typed = _all(_term_match(term, term is last, query, connection, match) for term in group.terms)
    others = (_phrase(list(other), False) for other in group.others)
    return " OR ".join(filter(None, (typed and f"({typed})", *others)))


def _term_match(term: Term, prefix: bool, query: Query, connection: sqlite3.Connection, match: _Match) -> str:
    """Return the expression for a term, or for what may stand in its place."""
    found = [match(term.value, prefix, connection)]
    if not (term.exact or term.phrase):
        found += [match(other, prefix, connection) for other in _others(term, query)]
    return " OR ".join(filter(None, found))


def _others(term: Term, query: Query) -> list[str]:
    """Return what a term becomes with near words in it: with each where it is one word, else with the nearest."""
    typed = words(term.value)
    if len(typed) == 1:
        return [other for word, other in query.also if word == typed[0]]
    nearest = dict(reversed(query.also))
    return [" ".join(nearest.get(word, word) for word in typed)] if nearest.keys() & set(typed) else []


def text_exclusion(query: Query, connection: sqlite3.Connection) -> str:
    """Return the FTS5 expression of what a record must not match; empty when nothing is excluded."""
    return " OR ".join(filter(None, (word_match(term.value, False, connection) for term in query.free if term.negated)))


def word_match(text: str, prefix: bool, connection: sqlite3.Connection) -> str:
    """Return the expression for the words of `text` together or as the name of a country in any language.

    Fewer than three letters of an alphabet begin too many names; the English ones are in the texts themselves.
    """
    found = phrase_match(text, prefix, connection)
    letters = "".join(words(text))
    if not found or (letters.isascii() and len(letters) < SHORTEST_NATION):
        return found
    codes = connection.execute(
        "SELECT code FROM nation_code WHERE number IN (SELECT rowid FROM nation WHERE nation MATCH ?)", (found,)
    )
    return " OR ".join((found, *(f'"{NATION}{code.lower()}"' for (code,) in codes)))


def phrase_match(text: str, prefix: bool, vocabulary: sqlite3.Connection | None = None) -> str:
    """Return the expression for the words of `text` one after the other.

    They may also stand tied into one where a dash ties them, or in Latin letters where they are Greek or Cyrillic.
    With an index as `vocabulary`, a long beginning stands for the words that begin so.
    """
    forms = [words(text)]
    if (whole := tied(text)) is not None:
        forms.append([whole])
    if (romanised := latin(text)) not in forms:
        forms.append(romanised)
    found = " OR ".join(_phrase(form, prefix, vocabulary) for form in forms if form)
    return f"({found})" if found else ""


def all_match(text: str, prefix: bool) -> str:
    """Return the expression for the words of `text` in any order; the last is a beginning if `prefix`."""
    found = words(text)
    return _all(_phrase([word], prefix and at == len(found) - 1) for at, word in enumerate(found))


def marked_words(query: Query) -> tuple[str, ...]:
    """Return the folded words to mark in what matched. The last is a beginning, or empty when all are whole."""
    last = unfinished(query)
    whole: list[str] = []
    for term in query.free:
        if not term.negated and term is not last:
            joined = tied(term.value)
            whole += [*words(term.value), *([joined] if joined else [])]
    whole += [other for _, other in query.also]
    typed = words(last.value) if last else [""]
    return (*dict.fromkeys((*whole, *typed[:-1])), typed[-1]) if whole or last else ()


def tied(text: str) -> str | None:
    """Return the one word that dashes make of the whole `text`, or `None`: `non-proliferation` → `nonproliferation`."""
    found = words(text)
    whole = one_spelling("".join(found))
    return whole if len(found) > 1 and whole in further(text) else None


def _phrase(found: list[str], prefix: bool, vocabulary: sqlite3.Connection | None = None) -> str:
    if not prefix:
        return f'"{" ".join(found)}"'
    lead = "".join(f"{word} " for word in found[:-1])
    starts = begun(found[-1])
    # What a shorter beginning finds need not be looked for again.
    apart = [start for start in starts if not any(start != other and start.startswith(other) for other in starts)]
    return " OR ".join(part for start in apart for part in _begun(lead, start, vocabulary))


def _begun(lead: str, start: str, vocabulary: sqlite3.Connection | None) -> list[str]:
    """Return what finds the words that begin with `start`.

    FTS5 reads a beginning that is in none of its prefix indexes at once and whole; words it reads as they are needed.
    """
    if vocabulary is not None and len(start) > LONGEST_PREFIX:
        words_so = vocabulary.execute(
            f"SELECT word FROM word WHERE kind = '' AND word >= ? AND word < ? LIMIT {_MOST_WORDS + 1}",
            (start, f"{start}\U0010ffff"),
        ).fetchall()
        if 0 < len(words_so) <= _MOST_WORDS:
            return [f'"{lead}{word}"' for (word,) in words_so]
    return [f'"{lead}{start}" *']


def _all(expressions: Iterable[str]) -> str:
    return " AND ".join(f"({expression})" for expression in expressions if expression)
