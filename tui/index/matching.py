"""Finds the records that words and phrases match. Everything is folded first, on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, product

from msgspec import Struct

from tui.index.folding import begun, further, latin, words
from tui.index.names import Group, Names
from tui.index.nations import Nations
from tui.index.postings import NONE, Hits, Postings, both, either
from tui.index.query import Query, Term
from tui.index.spelling import one_spelling

SHORTEST_NATION = 3
"""How many letters are taken for the name of a country in another language than English."""

SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"])
"""Words that only hold others together."""

_MOST_FORMS = 40
"""With how many other spellings of its words a term is looked for at most."""


class Vocabulary(Struct, frozen=True):
    """What tells where words stand: the words of the texts, the names of countries, and names that mean the same."""

    postings: Postings
    nations: Nations
    names: Names


def unfinished(query: Query) -> Term | None:
    """Return the term whose last word is still being typed: the last free one without a closing quote or `=`."""
    for term in reversed(query.free):
        if not term.negated and not term.exact and (term.open or not term.phrase) and words(term.value):
            return term
    return None


def wanted(query: Query, vocabulary: Vocabulary) -> Hits | None:
    """Return the records with all free words and phrases; `None` when there are none.

    A text also matches by the names of its countries in any language, a name does not.
    """
    last = unfinished(query)
    groups = list(vocabulary.names.grouped([term for term in query.free if not term.negated and words(term.value)]))
    asked = [group for group in groups if not (len(group.terms) == 1 and is_small(group.terms[0], last))] or groups
    found = [_group(group, last, query, vocabulary) for group in asked]
    return both(found) if found else None


def is_small(term: Term, last: Term | None) -> bool:
    """Tell whether a term is a small word between others, as in *prime minister of greece*: it need not stand anywhere.

    In quotes, behind `=`, and while it may still be the beginning of a word, it is a word like any other.
    """
    return term is not last and not (term.exact or term.phrase) and " ".join(words(term.value)) in SMALL


def unwanted(query: Query, vocabulary: Vocabulary) -> Hits | None:
    """Return the records with any of the words and phrases behind `-`; `None` when there are none."""
    terms = [term for term in query.free if term.negated and words(term.value)]
    return either(stands(term.value, False, vocabulary) for term in terms) if terms else None


def stands(text: str, prefix: bool, vocabulary: Vocabulary) -> Hits:
    """Return the records with the words of `text` together, or with a country that is called so in any language.

    Fewer than three letters of an alphabet begin too many names; the English ones are in the texts themselves.
    """
    typed = tuple(words(text))
    if not typed:
        return NONE
    found = together(text, prefix, vocabulary.postings)
    letters = "".join(typed)
    if letters.isascii() and len(letters) < SHORTEST_NATION:
        return found
    countries = [vocabulary.postings.word(mark) for mark in vocabulary.nations.marks(_forms(text), prefix)]
    if not countries:
        return found
    return Hits(either((found, *countries)).body, found.names)


def together(text: str, prefix: bool, postings: Postings) -> Hits:
    """Return the records with the words of `text` one after the other.

    They may also stand tied into one where a dash ties them, or in Latin letters where they are Greek or Cyrillic.
    """
    return either(in_a_row(form, prefix, postings) for form in _forms(text))


def in_a_row(typed: Sequence[str], prefix: bool, postings: Postings) -> Hits:
    """Return the records with folded words one after the other; the last is a beginning if `prefix`."""
    *lead, last = typed
    if not prefix:
        return postings.phrase(typed) if lead else postings.word(last)
    starts = apart(begun(last))
    if lead:
        return either(postings.phrase((*lead, start), unfinished=True) for start in starts)
    return either(postings.beginning(start) for start in starts)


def in_any_order(text: str, prefix: bool, postings: Postings) -> Hits | None:
    """Return the records with all words of `text`; the last is a beginning if `prefix`. `None` without words."""
    typed = words(text)
    if not typed:
        return None
    return both(in_a_row([word], prefix and at == len(typed), postings) for at, word in enumerate(typed, 1))


def apart(starts: Sequence[str]) -> list[str]:
    """Return the beginnings that no other of them begins: what a shorter one finds need not be looked for again."""
    return [start for start in starts if not any(start != other and start.startswith(other) for other in starts)]


def marked_words(query: Query) -> tuple[str, ...]:
    """Return the folded words to mark in what matched. The last is a beginning, or empty when all are whole."""
    last = unfinished(query)
    whole: list[str] = []
    for term in query.free:
        if not term.negated and term is not last:
            joined = tied(term.value)
            whole += [*words(term.value), *([joined] if joined else [])]
    whole += [spelling.other for spelling in query.also]
    typed = words(last.value) if last else [""]
    return (*dict.fromkeys((*whole, *typed[:-1])), typed[-1]) if whole or last else ()


def tied(text: str) -> str | None:
    """Return the one word that dashes make of the whole `text`, or `None`: `non-proliferation` → `nonproliferation`."""
    found = words(text)
    whole = one_spelling("".join(found))
    return whole if len(found) > 1 and whole in further(text) else None


def _forms(text: str) -> list[list[str]]:
    forms = [words(text)]
    if (whole := tied(text)) is not None:
        forms.append([whole])
    if (romanised := latin(text)) not in forms:
        forms.append(romanised)
    return [form for form in forms if form]


def _group(group: Group, last: Term | None, query: Query, vocabulary: Vocabulary) -> Hits:
    """Return the records with the terms of a name, or with any of its other names."""
    typed = both(_term(term, term is last, query, vocabulary) for term in group.terms)
    return either((typed, *(in_a_row(other, False, vocabulary.postings) for other in group.others)))


def _term(term: Term, prefix: bool, query: Query, vocabulary: Vocabulary) -> Hits:
    """Return the records with a term, or with what may stand in its place."""
    found = [stands(term.value, prefix, vocabulary)]
    if not (term.exact or term.phrase):
        found += [stands(other, prefix, vocabulary) for other in _others(term, query)]
    return either(found)


def _others(term: Term, query: Query) -> Iterable[str]:
    """Return what a term becomes with other spellings in it: each of each of its words, as long as they are few."""
    typed = words(term.value)
    spelt = [[word, *(spelling.other for spelling in query.also if spelling.typed == word)] for word in typed]
    return [" ".join(form) for form in islice(product(*spelt), 1, 1 + _MOST_FORMS)]
