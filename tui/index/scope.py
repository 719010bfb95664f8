"""What the rows of leaders and topics count: the summits in view, and how often each was at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyroaring import BitMap

from tui.index.adjacency import Adjacency, back
from tui.index.facet_sets import FacetSets

MEETING = {"leader": "attended", "topic": "agenda"}
"""The link from a summit that makes it one of a leader's or a topic's."""


class Scope:
    """The summits that field terms leave in view."""

    def __init__(self, summits: BitMap, links: Adjacency, facets: FacetSets) -> None:
        self.summits = summits
        self._links = links
        self._facets = facets

    def met(self, kind: str, number: int) -> int:
        """Return at how many of the summits a leader or a topic was."""
        return int(self._summits_of(kind, number).intersection_cardinality(self.summits))

    def years(self, kind: str, number: int) -> tuple[tuple[int, int], ...]:
        """Return the years of these summits, ascending, as far as they are known, each with how many."""
        summits = self._summits_of(kind, number) & self.summits
        if not summits:
            return ()
        counted = ((year, began.intersection_cardinality(summits)) for year, began in self._facets.began())
        return tuple((year, int(times)) for year, times in counted if times)

    def joined(self, others: Iterable[Scope]) -> Scope:
        """Return the scope of the summits of this one and of the others."""
        return Scope(BitMap.union(self.summits, *(other.summits for other in others)), self._links, self._facets)

    def _summits_of(self, kind: str, number: int) -> BitMap:
        return BitMap(self._links.of(back(MEETING[kind]), number))


def joined(scopes: Sequence[Scope | None]) -> Scope | None:
    """Return one scope for several; `None`, which is everything, when one of them is."""
    found = [scope for scope in scopes if scope is not None]
    if len(found) < len(scopes) or not found:
        return None
    return found[0].joined(found[1:])
