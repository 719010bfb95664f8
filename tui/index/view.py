"""The answer to a query: four lists with their counts, and hints.

Field terms act through links (see `terms`): all of them together leave a set of summits and a set of agreements.
With none, every record is in view; with some, the leaders are those who attended these summits or signed these
agreements, and the topics those on the agenda of the one or in the other. `sector:` also keeps topics of other
sectors out, and `kind:` keeps whole lists empty. Then free words narrow each list by its records' own text.

Counts and years of leaders and topics are over the summits that the field terms leave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace
from pyroaring import BitMap

from tui.index import matching, scope, values
from tui.index.asked import Asked
from tui.index.listing import Busiest, Chained, Likest, Listing, Numbers, Sifted, Whole, nothing
from tui.index.narrowing import Kept, Narrowed
from tui.index.orders import RELEVANCE, SORTS
from tui.index.patience import Patience, Stopped
from tui.index.query import Query, Spelling, Term, parse
from tui.index.ranking import heads, members, words_of
from tui.index.scope import MEETING, Scope


class Hint(Struct, frozen=True):
    """A word about the query, and the whole query text mended; `replacement` is empty where there is none."""

    message: str
    replacement: str


class View(Struct, frozen=True):
    """The answer to a query."""

    query: Query
    lists: dict[str, Listing]
    """By kind: `summit`, `leader`, `topic`, `agreement`."""
    hints: tuple[Hint, ...]
    words: tuple[str, ...]
    """The folded free words, for `folding.spans`: the last is a beginning, or empty when all are whole."""
    also: tuple[tuple[str, str], ...] = ()
    """(A folded word of the query, a near word that was searched too): what only these find comes last in a list."""


class Part(Struct, frozen=True):
    """What is in one list for a query, or for a part of it."""

    members: BitMap | None
    """The records; `None` for all of the kind."""
    head: Sequence[int]
    """Those that go first for their names."""
    by_words: bool
    """Whether words narrow the list."""
    scope: Scope | None
    met: Callable[[], Counter[int]] | None
    """Returns at how many summits of the scope each was; `None` for the whole library."""


class _Answer(Struct, frozen=True):
    parts: dict[str, Part]
    unmet: list[Term]


def view(text: str, sorts: Mapping[str, str], asked: Asked, kept: Kept, patience: Patience | None = None) -> View:
    """Return the answer to a query. Never raises for any text; Stopped when `patience` is over between two steps."""
    query = parse(text)
    with asked.lock:
        found = _answer(query, asked, kept)
        nothing_found = not any(part.members is None or part.members for part in found.parts.values())
        spellings = _near(query, nothing_found, asked)
        further = None
        if patience and patience.over:
            raise Stopped
        if spellings:
            answer = _answer(replace(query, also=spellings), asked, kept)
            # What brings nothing is not worth a word.
            if any(_more(found.parts[kind], answer.parts[kind]) for kind in SORTS):
                query, further = replace(query, also=spellings), answer
        more: Mapping[str, Part] = further.parts if further else {}
        lists = {kind: _listing(kind, sorts.get(kind, ""), found.parts[kind], more.get(kind), asked) for kind in SORTS}
        empty = not any(listing.total for listing in lists.values())
        hints: tuple[Hint, ...] = ()
        if query.problems or found.unmet or (empty and query.terms):
            from tui.index.hints import hints_for

            hints = hints_for(query, found.unmet, empty, asked)
    also = tuple((spelling.typed, spelling.other) for spelling in query.also)
    return View(query, lists, hints, matching.marked_words(query), also)


def _near(query: Query, nothing_found: bool, asked: Asked) -> tuple[Spelling, ...]:
    """Return the near words that are worth searching in the place of the query's own."""
    if not any(branch.free for branch in query.branches):
        return ()
    from tui.index import company

    return company.also(query, nothing_found, asked)


def _more(part: Part, further: Part) -> bool:
    """Tell whether a part has records that another has not."""
    return part.members is not None and (further.members is None or not further.members.issubset(part.members))


def _answer(query: Query, asked: Asked, kept: Kept) -> _Answer:
    """Return what is in the lists for all parts between `OR` together, and the terms in vain of any."""
    answers = [_branch(branch, asked, kept) for branch in query.branches]
    if len(answers) == 1:
        return answers[0]
    parts = {kind: _joined(kind, [answer.parts[kind] for answer in answers], asked) for kind in SORTS}
    return _Answer(parts, [term for answer in answers for term in answer.unmet])


def _branch(query: Query, asked: Asked, kept: Kept) -> _Answer:
    narrowed = kept.narrowed(query, asked)
    words = words_of(query, asked)
    shown, unknown = _panes(query)
    left: dict[str, BitMap | None] = {}
    for kind in SORTS:
        found = members(kind, words, asked) if kind in shown else BitMap()
        if narrowed.by_fields and kind in shown:
            found = narrowed.numbers(kind) if found is None else _among(narrowed, kind, found)
        left[kind] = found
    first = heads(words, {kind: numbers for kind, numbers in left.items() if numbers}, asked)
    nowhere = Scope(BitMap(), asked.links, asked.facets)
    parts = {}
    for kind in SORTS:
        counted = narrowed.scope() if kind in shown else nowhere
        parts[kind] = Part(left[kind], first.get(kind, ()), words.found is not None, counted, _met(narrowed, kind))
    return _Answer(parts, narrowed.unmet + unknown)


def _among(narrowed: Narrowed, kind: str, hits: BitMap) -> BitMap:
    return narrowed.among(kind, hits) if kind in MEETING else hits & narrowed.numbers(kind)


def _met(narrowed: Narrowed, kind: str) -> Callable[[], Counter[int]] | None:
    return (lambda: narrowed.met(kind)) if narrowed.by_fields and kind in MEETING else None


def _joined(kind: str, parts: Sequence[Part], asked: Asked) -> Part:
    """Return what is in any of several parts; the likeliest of each first."""
    found = [part.members for part in parts if part.members is not None]
    everything = len(found) < len(parts)
    best: dict[int, int] = {}
    for part in parts:
        for place, number in enumerate(part.head):
            best[number] = min(place, best.get(number, place))
    together = scope.joined([part.scope for part in parts])
    return Part(
        None if everything else BitMap.union(*found),
        sorted(best, key=lambda number: (best[number], number)),
        all(part.by_words for part in parts),
        together,
        (lambda: asked.links.counts(MEETING[kind], together.summits)) if together and kind in MEETING else None,
    )


def _listing(kind: str, sort: str, part: Part, further: Part | None, asked: Asked) -> Listing:
    """Return a list of what is in a part, and after it what only a `further` one has."""
    default = RELEVANCE if part.by_words else SORTS[kind][0]
    sort = sort if sort in SORTS[kind] else default
    if part.members is None:
        return Listing(kind, sort, asked, Whole(kind, sort, asked), None, part.scope)
    members = part.members
    numbers = _numbers(kind, sort, part, asked)
    if further is not None and further.members is not None:
        only = further.members - members
        head = [number for number in further.head if number in only]
        after = _numbers(kind, sort, replace(further, members=only, head=head), asked)
        numbers = Chained(numbers, len(members), after)
        members = members | only
    return Listing(kind, sort, asked, numbers, members, part.scope) if members else nothing(kind, sort, asked)


def _numbers(kind: str, sort: str, part: Part, asked: Asked) -> Numbers:
    members = part.members or BitMap()
    if sort == RELEVANCE:
        return Likest(part.head, members)
    if sort == "meetings" and part.met is not None:
        return Busiest(kind, members, part.met, asked)
    return Sifted(kind, sort, members, asked)


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
