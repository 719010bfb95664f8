"""The summits and agreements that each facet leaves in view, as an open index keeps them (see `facets`)."""

from __future__ import annotations

import sqlite3
from functools import partial

from pyroaring import BitMap

from tui.index.numbers import EMPTY, restored, size
from tui.index.recent import Recent

_KEPT = 1024 * 1024
"""Bytes of sets that are kept in memory."""

_SLOT = 512
"""Bytes that a set weighs beside its numbers."""


class FacetSets:
    """Reads the records of facets, and keeps those last read. What it returns must not be changed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._kept = Recent[tuple[str, str], BitMap](_KEPT, lambda found: _SLOT + size(found))
        self._began: list[tuple[int, BitMap]] | None = None

    def forget(self) -> None:
        """Forget what was read, since the index has changed."""
        self._kept.clear()
        self._began = None

    def of(self, field: str, *values: str) -> BitMap:
        """Return the records that any of the values leaves in view."""
        found = [self._kept.get((field, value), partial(self._find, field, value)) for value in values]
        return BitMap.union(*found) if len(found) > 1 else found[0] if found else EMPTY

    def between(self, field: str, first: str, last: str) -> BitMap:
        """Return the records that any value from the first to the last leaves in view, as texts are ordered."""
        sql = "SELECT records FROM choice WHERE field = ? AND value BETWEEN ? AND ?"
        found = [restored(kept) for (kept,) in self._connection.execute(sql, (field, first, last))]
        return BitMap.union(*found) if len(found) > 1 else found[0] if found else EMPTY

    def values(self, field: str) -> list[str]:
        """Return all values that a field has, in order."""
        sql = "SELECT value FROM choice WHERE field = ? ORDER BY value"
        return [value for (value,) in self._connection.execute(sql, (field,))]

    def began(self) -> list[tuple[int, BitMap]]:
        """Return the years, in order, each with the summits whose first day is in it."""
        if self._began is None:
            sql = "SELECT value, records FROM choice WHERE field = 'began' ORDER BY value"
            self._began = [(int(value), restored(kept)) for value, kept in self._connection.execute(sql)]
        return self._began

    def _find(self, field: str, value: str) -> BitMap:
        sql = "SELECT records FROM choice WHERE field = ? AND value = ?"
        row = self._connection.execute(sql, (field, value)).fetchone()
        return restored(row[0]) if row else EMPTY
