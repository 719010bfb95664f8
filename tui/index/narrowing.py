"""What the field terms of a query leave in view: summits and agreements, and who and what is linked with them.

The answer to the last field terms is kept, so that words typed after them cost nothing but the words.
"""

from __future__ import annotations

from collections import Counter

from pyroaring import BitMap

from tui.index import terms, values
from tui.index.adjacency import back
from tui.index.asked import Asked
from tui.index.numbers import EMPTY, of_kind
from tui.index.query import Query, Term
from tui.index.scope import MEETING, Scope
from tui.vocabulary import SECTORS

_ALSO = {"leader": "signed", "topic": "about"}
"""The link from an agreement by which a leader or a topic is in view without a summit."""

_DEARER = 4
"""To look for the links of one record costs as much as to go over those of so many in a row."""


class Narrowed:
    """The records that the field terms of a query without `OR` leave in view."""

    def __init__(self, query: Query, asked: Asked) -> None:
        self.unmet: list[Term] = []
        self._acting: list[Term] = []
        self._query = query
        self._asked = asked
        self._numbers: dict[str, BitMap] = {}
        self._met: dict[str, Counter[int]] = {}
        found = self._choose()
        self.by_fields = found is not None
        """Whether there are field terms that choose records."""
        if found is not None:
            self._numbers = {kind: of_kind(found, kind) for kind in ("summit", "agreement")}

    def scope(self) -> Scope | None:
        """Return what the rows of leaders and topics count."""
        return Scope(self._numbers["summit"], self._asked.links, self._asked.facets) if self.by_fields else None

    @property
    def records(self) -> BitMap:
        """The summits and the agreements."""
        return self._numbers["summit"] | self._numbers["agreement"]

    def numbers(self, kind: str) -> BitMap:
        """Return the records of a kind."""
        if kind not in self._numbers:
            met = BitMap(self.met(kind).keys())
            found = met | self._linked_alone(kind, met) | self._named_alone(kind)
            self._numbers[kind] = self._of_sectors(kind, found)
        return self._numbers[kind]

    def met(self, kind: str) -> Counter[int]:
        """Return at how many of the summits each leader or topic was that was at any."""
        if kind not in self._met:
            self._met[kind] = self._asked.links.counts(MEETING[kind], self._numbers["summit"])
        return self._met[kind]

    def among(self, kind: str, hits: BitMap) -> BitMap:
        """Return those of the hits, all of a kind, that are among the records of the kind."""
        if kind in self._numbers or len(hits) * _DEARER > sum(map(len, self._numbers.values())):
            return hits & self.numbers(kind)
        links = self._asked.links
        there = links.reaching(back(MEETING[kind]), hits, self._numbers["summit"])
        there |= links.reaching(back(_ALSO[kind]), hits - there, self._numbers["agreement"])
        return self._of_sectors(kind, there | (hits & self._named_alone(kind)))

    def _linked_alone(self, kind: str, met: BitMap) -> BitMap:
        """Return the records of a kind that an agreement brings into view, and may leave out those that were met."""
        links, agreements = self._asked.links, self._numbers["agreement"]
        others = self._asked.facets.of("all", kind) - met
        if len(others) < len(agreements):
            return links.reaching(back(_ALSO[kind]), others, agreements)
        return links.all_of(_ALSO[kind], agreements)

    def _named_alone(self, kind: str) -> BitMap:
        """Return the records of a kind that the one field term names: they are in view with nothing linked, too."""
        if len(self._acting) != 1 or self._acting[0].field != kind or self._acting[0].negated:
            return EMPTY
        return values.named(self._acting[0], self._asked, kind)

    def _choose(self) -> BitMap | None:
        facets = self._asked.facets
        found: BitMap | None = None
        for term in self._query.fields:
            choice = terms.choose(term, self._asked)
            if choice is None:
                continue
            self._acting.append(term)
            if not choice.found:
                self.unmet.append(term)
            if found is None:
                found = facets.of("all", "summit", "agreement") - choice.records if term.negated else choice.records
            else:
                found = found - choice.records if term.negated else found & choice.records
        return found

    def _of_sectors(self, kind: str, numbers: BitMap) -> BitMap:
        """Leave out the topics of other sectors than those asked for."""
        for term in self._query.fields if kind == "topic" else ():
            if term.field == "sector":
                inside = self._asked.facets.of("topic sector", *values.controlled(term, SECTORS))
                numbers = numbers - inside if term.negated else numbers & inside
        return numbers


class Kept:
    """What the last field terms left in view, kept for the next query that has the same, and for offers beside them."""

    def __init__(self) -> None:
        self._last: dict[tuple[object, ...], Narrowed] = {}

    def narrowed(self, query: Query, asked: Asked) -> Narrowed:
        """Return what the field terms of a query leave in view."""
        terms = tuple((term.field, term.value, term.negated, term.phrase) for term in query.fields)
        key = (terms, asked.today)
        if key not in self._last:
            if len(self._last) >= _KEPT:
                del self._last[next(iter(self._last))]
            self._last[key] = Narrowed(query, asked)
        else:
            self._last[key] = self._last.pop(key)
        return self._last[key]

    def forget(self) -> None:
        """Forget what was kept, since the index has changed."""
        self._last.clear()


_KEPT = 4
