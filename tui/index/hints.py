"""Hints: what is wrong with a query that finds less than it should, and the nearest query that is right.

Read only when something is wrong; what compares words by their likeness, only where a word is to blame.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.index.asked import Asked
from tui.index.folding import words
from tui.index.matching import stands, unfinished
from tui.index.numbers import within
from tui.index.query import FIELDS, LONGEST, Problem, Query, Term, peel, replaced
from tui.index.values import MARKS, MEETING_STATUSES, PANES
from tui.index.view import Hint
from tui.language import gettext, later
from tui.vocabulary import SECTORS, STATUSES

_MOST = 4
"""How many hints are given at most."""

_SERIES = "SELECT word FROM series_word WHERE length(word) BETWEEN ? AND ?"
_COUNTRIES = "SELECT DISTINCT replace(name, ' ', '-') FROM country WHERE length(name) BETWEEN ? AND ?"

_UNKNOWN = {
    "": later("no {field} is called “{value}”"),
    "is": later("is: knows no “{value}”"),
    "kind": later("there is no list “{value}”"),
}
"""What is said of a value that stands for nothing, by the field."""


def hints_for(query: Query, unmet: list[Term], empty: bool, asked: Asked) -> tuple[Hint, ...]:
    """Return the hints for a query: its problems, its terms that stand for nothing, and why nothing is found."""
    found = [_problem(query, problem) for problem in query.problems[:_MOST]]
    found += [_value(query, term, asked) for term in unmet[:_MOST]]
    if empty and not unmet:
        found += _words(query, asked) or [_together(query)]
    return tuple(found[:_MOST])


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is most like `word`; empty when none is like it."""
    # One slip in a word of four letters, two in one of eight; a swap of neighbours is one slip.
    limit = 1 if len(word) < 6 else 2 if len(word) < 10 else 3
    if len(word) < 3:
        return ""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=limit, limit=8)
    # Among equally near words, a slip is rarely in the first letter.
    ordered = sorted(found, key=lambda match: (match[1], match[0][:1] != word[:1]))
    return str(ordered[0][0]) if ordered else ""


def _problem(query: Query, problem: Problem) -> Hint:
    if problem.reason == "field":
        return _field(query, problem.term)
    if problem.reason == "quote":
        return Hint(gettext("the quote is not closed; it is taken to the end of the line"), query.text.rstrip() + '"')
    if problem.reason == "or":
        return Hint(gettext("OR stands between two terms"), replaced(query, problem.term, ""))
    return Hint(
        gettext("only the first {count} characters of a query are read").format(count=LONGEST), query.text[:LONGEST]
    )


def _field(query: Query, term: Term) -> Hint:
    right = nearest(term.field, FIELDS) or next((field for field in FIELDS if field.startswith(term.field)), "")
    if not right:
        said = gettext("there is no field “{field}”; the fields are {fields}")
        return Hint(said.format(field=term.field, fields=", ".join(FIELDS)), "")
    written = query.text[term.start : term.end]
    mended = replaced(query, term, written.replace(written.lstrip("-")[: len(term.field)], right, 1))
    said = gettext("there is no field “{field}”; did you mean {right}?")
    return Hint(said.format(field=term.field, right=f"{right}:"), mended)


def _value(query: Query, term: Term, asked: Asked) -> Hint:
    if term.field == "year":
        return Hint(
            gettext("“{value}” is no year; write 2025, 2015..2025, 2015.. or ..2025").format(value=term.value), ""
        )
    what = gettext(_UNKNOWN.get(term.field, _UNKNOWN[""])).format(field=term.field, value=term.value)
    right = _right_value(term, asked)
    if not right:
        known = _controlled(term.field)
        return Hint(
            what + (gettext("; it may be {known}").format(known=", ".join(known)) if len(known) in range(1, 9) else ""),
            "",
        )
    sign = "-" if term.negated else ""
    return Hint(what + _meant(right), replaced(query, term, f"{sign}{term.field}:{right}"))


def _right_value(term: Term, asked: Asked) -> str:
    given = words(term.value)
    controlled = _controlled(term.field)
    if controlled:
        return nearest("_".join(given), controlled)
    if term.field == "country":
        return nearest("-".join(given), _known("-".join(given), _COUNTRIES, asked))
    mended = [_mended(word, term.field, asked) for word in given]
    return "-".join(mended) if all(mended) and mended != given else ""


def _mended(word: str, field: str, asked: Asked) -> str:
    """Return the word that is most like `word` among those of the names that a field may name; empty if none is."""
    if field == "series":
        return nearest(word, _known(word, _SERIES, asked))
    for other in (word, *_near(word, asked)):
        first, last = within(asked.vocabulary.postings.word(other).names, field)
        if first < last:
            return other
    return ""


def _known(word: str, select: str, asked: Asked) -> list[str]:
    """Return the words that a statement selects by their length, those about as long as `word`."""
    return [known for (known,) in asked.connection.execute(select, (max(len(word) - 3, 3), len(word) + 3))]


def _controlled(field: str) -> list[str]:
    if field == "sector":
        return list(SECTORS)
    if field == "status":
        return list(dict.fromkeys((*STATUSES, *MEETING_STATUSES)))
    return {"kind": list(PANES), "is": list(MARKS)}.get(field, [])


def _words(query: Query, asked: Asked) -> list[Hint]:
    """Return a hint for each free term that no record has."""
    found = []
    last = unfinished(query)
    for term in query.free[: _MOST * 5]:
        if not term.negated and words(term.value) and not stands(term.value, term is last, asked.vocabulary).body:
            found.append(_unknown_words(query, term, asked))
    return found


def _unknown_words(query: Query, term: Term, asked: Asked) -> Hint:
    given = words(term.value)
    mended = [_in_texts(word, asked) for word in given]
    message = gettext("nothing matches “{value}”").format(value=term.value)
    if not all(mended) or mended == given:
        return Hint(message, "")
    right = " ".join(mended)
    written = f'"{right}"' if term.phrase else "-".join(mended)
    return Hint(message + _meant(right), replaced(query, term, written))


def _meant(right: str) -> str:
    return gettext("; did you mean {right}?").format(right=right)


def _in_texts(word: str, asked: Asked) -> str:
    """Return a word if it stands in any text, else the one most like it; empty if none is."""
    if asked.vocabulary.postings.word(word).body:
        return word
    return next(_near(word, asked), "")


def _near(word: str, asked: Asked) -> Iterator[str]:
    """Yield the words of the library that are like `word`, the likeliest first."""
    from tui.index.near import near_words

    yield from (near.word for near in near_words(word, False, asked.connection))


def _together(query: Query) -> Hint:
    if len(query.terms) > 1:
        return Hint(gettext("nothing fits all of these terms together"), peel(query.text))
    return Hint(gettext("{query} finds nothing in this library").format(query=query.text.strip()), "")
