"""The query language: what a line of text asks for.

    erdogan "black sea" -migration leader:meloni year:2015.. is:disputed

Words and phrases match a record's own text; `field:value` acts through links. Terms beside each other must all hold;
`OR` in capitals binds less: `leader:meloni rome OR topic:energy izmir` is what fits the first two or the last two.
`=rome` is this word and no other: not the beginning of one, not a word like it. A small word between others, as in
*prime minister of greece*, need not stand anywhere unless it is insisted on so, or in quotes.

Whatever is typed is a query: what cannot be understood is kept as a problem with its place, never raised.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

FIELDS: tuple[str, ...] = (
    "summit", "leader", "topic", "agreement", "country", "series", "sector", "status", "source", "year", "kind", "is",
)  # fmt: skip
"""The fields that a term may name."""

OPENING_QUOTES = '"“”„«'
CLOSING_QUOTES = '"“”»'

LONGEST = 1000
"""How many characters of a query are read; what stands beyond is left out, and is a problem."""

_RANGE = re.compile(r"([0-9]{4})\.\.([0-9]{0,4})|\.\.([0-9]{1,4})")
_YEAR = re.compile(r"[0-9]{1,4}")
_FIELD = re.compile(r"([^\W\d_]+):")
_VALUE = re.compile(r"\S*")
_OR = re.compile(r"OR(?!\S)")


class Term(Struct, frozen=True):
    """One part of a query. `start` and `end` are its place in the text, `-` and quotes included."""

    field: str
    """One of `FIELDS`, a field that is not known, or empty for a word or phrase."""
    value: str
    """What was written, without quotes."""
    negated: bool
    phrase: bool
    """Whether the value stood in quotes."""
    start: int
    end: int
    open: bool = False
    """Whether the closing quote is missing."""
    exact: bool = False
    """Whether `=` insists on the words as they are typed."""


class Problem(Struct, frozen=True):
    """Something not understood: an unknown `field`, a `quote` without end, a stray `or`, a query too `long`."""

    reason: Literal["field", "quote", "or", "long"]
    term: Term


class Spelling(Struct, frozen=True):
    """Another word that may stand in the place of a typed one; both folded."""

    typed: str
    other: str
    far: tuple[int, int, int]
    """How many slips part them, whether only its beginning is near, and whether the first letter differs."""


class Query(Struct, frozen=True):
    """A line of text, understood. Unknown fields are among the terms, and have a problem each."""

    text: str
    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]
    cuts: tuple[int, ...] = ()
    """Before which of the terms an `OR` stands."""
    also: tuple[Spelling, ...] = ()
    """Other words that may stand in the place of its own: none when read from text; a search may add them."""

    @property
    def branches(self) -> tuple[Query, ...]:
        """The parts between `OR`, each a query of its own with the places of the whole; one where there is no `OR`."""
        if not self.cuts:
            return (self,)
        ends = (0, *self.cuts, len(self.terms))
        return tuple(Query(self.text, self.terms[start:end], (), (), self.also) for start, end in pairwise(ends))

    @property
    def fields(self) -> tuple[Term, ...]:
        """The terms with a known field and a value: those that act through links."""
        return tuple(term for term in self.terms if term.field in FIELDS and term.value.strip())

    @property
    def free(self) -> tuple[Term, ...]:
        """The words and phrases."""
        return tuple(term for term in self.terms if not term.field)


def parse(text: str) -> Query:
    """Return the terms of `text` in order. Never raises."""
    terms: list[Term] = []
    cuts: list[int] = []
    stray: list[Term] = []
    read = text[:LONGEST]
    at = 0
    while True:
        while at < len(read) and read[at].isspace():
            at += 1
        if at == len(read):
            break
        if _OR.match(read, at):
            term = Term("", "OR", False, False, at, at + 2)
            if terms and len(terms) not in cuts:
                cuts.append(len(terms))
            else:
                stray.append(term)
        else:
            term = _term(read, at)
            terms.append(term)
        at = term.end
    problems = [Problem("field", term) for term in terms if term.field and term.field not in FIELDS]
    problems += [Problem("quote", term) for term in terms if term.open]
    problems += [Problem("or", term) for term in stray]
    problems += [Problem("long", term) for term in terms[-1:] if text[LONGEST:].strip()]
    # An `OR` at the end waits for what comes after it.
    kept = tuple(cut for cut in cuts if cut < len(terms))
    return Query(text, tuple(terms), tuple(sorted(problems, key=lambda problem: problem.term.start)), kept)


def pin(text: str, kind: str, id: str) -> str:  # noqa: A002 - the word the library uses
    """Return the query narrowed to a record: without its free words, and with `kind:id` unless it is there.

    Each part between `OR` is narrowed; a part of words alone leaves nothing but the record, as does the whole then.
    """
    parts = [_pinned(text, branch, kind, id) for branch in parse(text).branches]
    alone = f"{kind}:{id}"
    return alone if alone in parts else " OR ".join(dict.fromkeys(parts))


def _pinned(text: str, branch: Query, kind: str, id: str) -> str:  # noqa: A002
    kept = [_closed(text[term.start : term.end], term) for term in branch.fields]
    if not any((term.field, term.value, term.negated) == (kind, id, False) for term in branch.fields):
        kept.append(f"{kind}:{id}")
    return " ".join(kept)


def peel(text: str) -> str:
    """Return the query without its last term; empty when it has one or none."""
    query = parse(text)
    if not query.terms:
        return ""
    left = text[: query.terms[-1].start].rstrip()
    return left[: -len("OR")].rstrip() if query.cuts[-1:] == (len(query.terms) - 1,) else left


def exactly(text: str, typed: str) -> str:
    """Return the query with `=` before the first word or phrase `typed`, so that it means this and nothing else."""
    for term in parse(text).free:
        if term.value == typed and not term.exact:
            at = term.start + term.negated
            return f"{text[:at]}={text[at:]}"
    return text


def replaced(query: Query, term: Term, new: str) -> str:
    """Return the text of `query` with `new` in the place of `term`."""
    return (query.text[: term.start] + new + query.text[term.end :]).strip()


def years(value: str) -> tuple[int, int] | None:
    """Return the first and last year of `2015`, `2015..2025`, `2015..` or `..2025`; `None` for anything else.

    A year that is still being typed stands for all that begin so: `2015..202` is 2015 to 2029.
    """
    if _YEAR.fullmatch(value):
        return int(value.ljust(4, "0")), int(value.ljust(4, "9"))
    ends = _RANGE.fullmatch(value)
    if ends is None:
        return None
    first, last = int(ends[1] or 0), int((ends[2] or ends[3] or "").ljust(4, "9"))
    return min(first, last), max(first, last)


def _term(text: str, start: int) -> Term:
    at = start
    negated = text[at] == "-" and at + 1 < len(text) and not text[at + 1].isspace()
    if negated:
        at += 1
    exact = text[at] == "=" and at + 1 < len(text) and not text[at + 1].isspace()
    if exact:
        at += 1
    field = ""
    if not exact and (named := _FIELD.match(text, at)) is not None:
        field = named[1].lower()
        at = named.end()
    if at < len(text) and text[at] in OPENING_QUOTES:
        return replace(_quoted(text, at, field, negated, start), exact=exact)
    written = _VALUE.match(text, at)
    value = written[0] if written else ""
    if not field and not exact and years(value) is not None and ".." in value:
        field = "year"
    return Term(field, value, negated, False, start, at + len(value), exact=exact)


def _quoted(text: str, at: int, field: str, negated: bool, start: int) -> Term:
    end = at + 1
    while end < len(text) and text[end] not in CLOSING_QUOTES:
        end += 1
    unclosed = end == len(text)
    return Term(field, text[at + 1 : end], negated, True, start, end if unclosed else end + 1, unclosed)


def _closed(written: str, term: Term) -> str:
    return written.rstrip() + '"' if term.open else written
