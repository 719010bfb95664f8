"""The answer to a query: four lists with their counts, and hints.

Field terms act through links (see `terms`): all of them together leave a set of summits and a set of agreements.
With none, every record is in view; with some, the leaders are those who attended these summits or signed these
agreements, and the topics those on the agenda of the one or in the other. `sector:` also keeps topics of other
sectors out, and `kind:` keeps whole lists empty. Then free words narrow each list by its records' own text.

Counts and years of leaders and topics are over the summits that the field terms leave.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import NamedTuple

from tui.index import either, matching, near, values
from tui.index.chosen import Chosen, Kept
from tui.index.listing import Asked, Held, Listing, Scope, Whole
from tui.index.orders import RELEVANCE, SORTS, order
from tui.index.query import Query, Term, parse
from tui.index.ranking import Words, in_order, ranked, without, words_of


class Hint(NamedTuple):
    """A word about the query, and the whole query text mended; `replacement` is empty where there is none."""

    message: str
    replacement: str


class View(NamedTuple):
    """The answer to a query."""

    query: Query
    lists: dict[str, Listing]
    """By kind: `summit`, `leader`, `topic`, `agreement`."""
    hints: tuple[Hint, ...]
    words: tuple[str, ...]
    """The folded free words, for `folding.spans`: the last is a beginning, or empty when all are whole."""
    also: tuple[tuple[str, str], ...] = ()
    """(A folded word of the query, a near word that was searched too): what only these find comes last in a list."""


def view(text: str, sorts: Mapping[str, str], asked: Asked, kept: Kept) -> View:
    """Return the answer to a query. Never raises for any text; raises `Stopped` when it is stopped."""
    query = parse(text)
    with asked.lock:
        lists, unmet = _either(query, sorts, asked, kept)
        also = near.also(query, matching.unfinished(query), asked.connection)
        if also:
            query = query._replace(also=also)
            further, _ = _either(query, sorts, asked, kept)
            lists = {kind: listing.followed_by(further[kind]) for kind, listing in lists.items()}
    empty = not any(listing.total for listing in lists.values())
    hints: tuple[Hint, ...] = ()
    if query.problems or unmet or (empty and query.terms):
        from tui.index.hints import hints_for

        with asked.lock:
            hints = hints_for(query, unmet, empty, asked.connection)
    return View(query, lists, hints, matching.marked_words(query), query.also)


def _either(query: Query, sorts: Mapping[str, str], asked: Asked, kept: Kept) -> tuple[dict[str, Listing], list[Term]]:
    """Return the lists of all parts between `OR`, made one, and the terms in vain of any."""
    parts = [_lists(part, sorts, asked, kept) for part in query.branches]
    lists, unmet = parts[0]
    if len(parts) > 1:
        unmet = [term for _, terms in parts for term in terms]
        lists = {kind: _one([part[kind] for part, _ in parts], asked) for kind in lists}
    return lists, unmet


def _one(parts: list[Listing], asked: Asked) -> Listing:
    """Return the lists of one kind made one, in their order; the likeliest of each first, where that is the order."""
    kind = parts[0].kind
    sorts = [part.sort for part in parts]
    sort = next((sort for sort in sorts if sort != RELEVANCE), RELEVANCE) if len(set(sorts)) > 1 else sorts[0]
    summits = either.scope_of([part.scope.summits if part.scope else None for part in parts])
    by = "number" if sort == RELEVANCE else ("met DESC, " if sort == "meetings" else "") + order(sort)
    held = [part.held() for part in parts]
    numbers, counts = either.merged(kind, by, held, summits, asked.connection)
    if sort == RELEVANCE:
        best: dict[int, int] = {}
        for part in held:
            for place, number in enumerate(part):
                best[number] = min(place, best.get(number, place))
        found = array("q", sorted(numbers, key=lambda number: (best[number], number)))
    else:
        found = numbers
    scope = Scope(summits, dict(zip(numbers, counts, strict=False))) if summits is not None else None
    more = any(part.more for part in parts)
    return Listing(kind, sort, asked, Held(found), len(found), more=more, scope=scope)


def _lists(query: Query, sorts: Mapping[str, str], asked: Asked, kept: Kept) -> tuple[dict[str, Listing], list[Term]]:
    chosen = kept.chosen(query, asked)
    words = words_of(query, asked.connection)
    shown, unknown = _panes(query)
    lists = {}
    for kind, known in SORTS.items():
        default = RELEVANCE if words.body else known[0]
        sort = sorts.get(kind, "")
        sort = sort if sort in known else default
        lists[kind] = _listing(kind, sort, words, chosen, asked) if kind in shown else _none(kind, sort, asked)
    return lists, chosen.unmet + unknown


def _listing(kind: str, sort: str, words: Words, chosen: Chosen, asked: Asked) -> Listing:
    scope = chosen.scope(kind) if chosen.choosing else None
    numbers = chosen.numbers(kind) if chosen.choosing else None
    if not words.body and not words.unwanted:
        if numbers is not None:
            return Listing(kind, sort, asked, Held(chosen.in_order(kind, sort)), len(numbers), scope=scope)
        total = asked.counts[kind]
        return Listing(kind, sort, asked, Whole(kind, sort, total, asked), total)
    if not words.body:
        left = without(asked.connection, kind, sort, words.unwanted)
        more = False
        if numbers is not None:
            there = set(left)
            left = [number for number in chosen.in_order(kind, sort) if number in there]
    else:
        found, more = ranked(asked.connection, kind, words, numbers)
        left = list(found)
        if sort != RELEVANCE:
            left = in_order(asked.connection, kind, sort, left)
            if scope and sort == "meetings":
                left.sort(key=lambda number: -scope.met[number])
    return Listing(kind, sort, asked, Held(array("q", left)), len(left), more=more, scope=scope)


def _panes(query: Query) -> tuple[set[str], list[Term]]:
    """Return the lists that `kind:` terms leave, and those of the terms that name none."""
    wanted: set[str] = set()
    hidden: set[str] = set()
    unknown = []
    asking = False
    for term in query.fields:
        if term.field == "kind":
            found = values.panes(term)
            (hidden if term.negated else wanted).update(found)
            asking = asking or not term.negated
            if not found:
                unknown.append(term)
    return (wanted if asking else set(values.PANES)) - hidden, unknown


def _none(kind: str, sort: str, asked: Asked) -> Listing:
    return Listing(kind, sort, asked, Held(array("q")), 0, scope=Scope(frozenset(), {}))
