"""The index as the rest of the program sees it: open one, ask it, close it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec import json
from pyroaring import BitMap

from tui.index.adjacency import LINKS, back
from tui.index.current import CurrentIndex
from tui.index.listing import Sifted
from tui.index.numbers import of_kind
from tui.index.orders import LISTS
from tui.index.patience import Patience, Stopped, patient
from tui.index.rows import Linked, Row, fetch, numbers_of
from tui.index.view import View, view

if TYPE_CHECKING:
    from tui.index.completion import Completion
    from tui.records import Record

_NO_SORTS: Mapping[str, str] = {}
_LONGEST_WAIT = 3600.0
"""Seconds that a lock is waited for at most: it takes no endless patience."""


class Index(CurrentIndex):
    """Answers queries on a library. Safe to use from several threads; each waits for the other."""

    def view(self, text: str, sorts: Mapping[str, str] = _NO_SORTS, patience: Patience | None = None) -> View:
        """Return the answer to a query. `sorts` names a sort of `SORTS` by kind. Never raises for any text.

        With `patience`, raises Stopped when that is over before there is an answer.
        """

        def ask() -> View:
            with patient(self._connection, patience):
                return view(text, sorts, self._asked_today(), self._kept, patience)

        if patience and not self._lock.acquire(timeout=min(max(patience.left(), 0), _LONGEST_WAIT)):
            raise Stopped
        try:
            return self._answer(ask)
        finally:
            if patience:
                self._lock.release()

    def complete(self, text: str, cursor: int) -> list[Completion]:
        """Return what the term before the `cursor` may become, the best first. Never raises for any text."""
        from tui.index.completion import complete

        return self._answer(lambda: complete(text, cursor, self._asked_today(), self._kept))

    def record(self, id: str) -> Record | None:  # noqa: A002 - the word the library uses
        """Return a record by its id, or `None` when the library has none."""
        return self.records([id]).get(id)

    def records(self, ids: Iterable[str]) -> dict[str, Record]:
        """Return records by id, leaving out those that the library does not have."""
        wanted = list(dict.fromkeys(ids))
        return self._answer(lambda: self._records(wanted))

    def rows(self, ids: Iterable[str]) -> dict[str, Row]:
        """Return rows by id, with counts over the whole library, leaving out ids that the library does not have."""
        wanted = list(dict.fromkeys(ids))
        return self._answer(lambda: {row.id: row for row in self._rows(list(self._numbers(wanted).values()))})

    def linked(self, id: str, kind: str) -> list[Row]:  # noqa: A002 - the word the library uses
        """Return the rows of a kind that a record is linked with, either way, the newest first.

        For a source, these are the records that cite it. A leader who was absent and a topic that was kept off
        the agenda are not linked with the summit.
        """

        def find() -> list[Row]:
            listed = ", ".join(map(str, self._linked(id, kind)))
            sql = f"SELECT number FROM record WHERE number IN ({listed}) ORDER BY date DESC, by_name, id"
            return self._rows([number for (number,) in self._connection.execute(sql)])

        return self._answer(find)

    def newest_linked(self, id: str, kind: str, most: int | None) -> Linked:  # noqa: A002
        """Return the first so many of the summits or agreements that `linked` returns (None: all), and their number.

        They may be thousands, of which no more than those are looked at.
        """

        def find() -> Linked:
            members = self._linked(id, kind)
            if not members:
                return Linked([], 0, "", "")
            oldest = Sifted(kind, "oldest", members, self._asked).page(0, 1)
            newest = Sifted(kind, "newest", members, self._asked).page(0, most or len(members))
            rows = self._rows(list(newest))
            return Linked(rows, len(members), self._rows(list(oldest))[0].date, rows[0].date)

        return self._answer(find)

    def editions(self, series: str) -> list[Row]:
        """Return the summits of a series, given by its exact name, the oldest first."""

        def find() -> list[Row]:
            name = series.encode("utf-8", "replace").decode("utf-8")
            summits = of_kind(self._asked.facets.of("series", name), "summit")
            return self._rows(self._asked.ordered.sort(LISTS["summit", "oldest"], summits))

        return self._answer(find)

    def _linked(self, id: str, kind: str) -> BitMap:  # noqa: A002
        """Return the numbers of the records of a kind that a record is linked with."""
        found = BitMap()
        for number in self._numbers([id]).values():
            for relation in LINKS:
                for way in (relation, back(relation)):
                    found.update(self._asked.links.of(way, number))
        return of_kind(found, kind)

    def _records(self, ids: list[str]) -> dict[str, Record]:
        from tui.records import KINDS

        types = {kind: shape for shape, kind in KINDS.items()}
        found: dict[str, Record] = {}
        for id, number in self._numbers(ids).items():  # noqa: A001 - the word the library uses
            kind, body = self._connection.execute(
                "SELECT kind, body FROM record JOIN content USING (sequence) WHERE number = ?", (number,)
            ).fetchone()
            found[id] = json.decode(body, type=types[kind])
        return found

    def _numbers(self, ids: list[str]) -> dict[str, int]:
        return numbers_of(self._connection, ids)

    def _rows(self, numbers: list[int]) -> list[Row]:
        return fetch(self._connection, numbers, self._today())
