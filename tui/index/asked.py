"""All that answers the questions of a view: an open index, the day, and what was read of the index before."""

from __future__ import annotations

import sqlite3
import threading

from msgspec import Struct

from tui.index.adjacency import Adjacency
from tui.index.facet_sets import FacetSets
from tui.index.matching import Vocabulary
from tui.index.names import Names
from tui.index.nations import Nations
from tui.index.ordered import Ordered
from tui.index.postings import Postings


class Asked(Struct, frozen=True):
    """An open index as a view reads it."""

    connection: sqlite3.Connection
    lock: threading.RLock
    today: str
    """The day, as an ISO date."""
    counts: dict[str, int]
    """How many records of each kind there are."""
    vocabulary: Vocabulary
    links: Adjacency
    facets: FacetSets
    ordered: Ordered

    def forget(self) -> None:
        """Forget what was read: the index has changed, or nothing more is asked for now."""
        for part in (self.vocabulary.postings, self.links, self.facets, self.ordered):
            part.forget()


def asked(connection: sqlite3.Connection, lock: threading.RLock, today: str, counts: dict[str, int]) -> Asked:
    """Return what reads an open index."""
    vocabulary = Vocabulary(Postings(connection), Nations(connection), Names(connection))
    return Asked(
        connection, lock, today, counts, vocabulary, Adjacency(connection), FacetSets(connection), Ordered(connection)
    )
