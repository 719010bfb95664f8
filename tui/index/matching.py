"""Turns words and phrases into what FTS5 matches. Everything is folded first, so nothing in it is FTS5 syntax."""

from __future__ import annotations

from collections.abc import Iterable

from tui.index import names
from tui.index.folding import begun, further, latin, words
from tui.index.query import Query, Term
from tui.index.spelling import one_spelling


def unfinished(query: Query) -> Term | None:
    """Return the term whose last word is still being typed: the last free one without a closing quote or `=`."""
    for term in reversed(query.free):
        if not term.negated and not term.exact and (term.open or not term.phrase) and words(term.value):
            return term
    return None


def text_match(query: Query) -> str:
    """Return the FTS5 expression that all free words and phrases make; empty when there are none."""
    last = unfinished(query)
    groups = names.grouped([term for term in query.free if not term.negated])
    return _all(_group_match(group, last, query) for group in groups)


def _group_match(group: names.Group, last: Term | None, query: Query) -> str:
    """Return the expression for the terms of a name, or for any of its other names."""
    typed = _all(_term_match(term, term is last, query) for term in group.terms)
    others = (_phrase(list(other), False) for other in group.others)
    return " OR ".join(filter(None, (typed and f"({typed})", *others)))


def _term_match(term: Term, prefix: bool, query: Query) -> str:
    """Return the expression for a term, or for what may stand in its place."""
    found = [phrase_match(term.value, prefix)]
    if not (term.exact or term.phrase):
        found += [phrase_match(other, prefix) for other in _others(term, query)]
    return " OR ".join(filter(None, found))


def _others(term: Term, query: Query) -> list[str]:
    """Return what a term becomes with near words in it: with each where it is one word, else with the nearest."""
    typed = words(term.value)
    if len(typed) == 1:
        return [other for word, other in query.also if word == typed[0]]
    nearest = dict(reversed(query.also))
    return [" ".join(nearest.get(word, word) for word in typed)] if nearest.keys() & set(typed) else []


def text_exclusion(query: Query) -> str:
    """Return the FTS5 expression of what a record must not match; empty when nothing is excluded."""
    return " OR ".join(filter(None, (phrase_match(term.value, False) for term in query.free if term.negated)))


def phrase_match(text: str, prefix: bool) -> str:
    """Return the expression for the words of `text` one after the other.

    They may also stand tied into one where a dash ties them, or in Latin letters where they are Greek or Cyrillic.
    """
    forms = [words(text)]
    if (whole := tied(text)) is not None:
        forms.append([whole])
    if (romanised := latin(text)) not in forms:
        forms.append(romanised)
    found = " OR ".join(_phrase(form, prefix) for form in forms if form)
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


def _phrase(found: list[str], prefix: bool) -> str:
    if not prefix:
        return f'"{" ".join(found)}"'
    lead = "".join(f"{word} " for word in found[:-1])
    return " OR ".join(f'"{lead}{start}" *' for start in begun(found[-1]))


def _all(expressions: Iterable[str]) -> str:
    return " AND ".join(f"({expression})" for expression in expressions if expression)
