"""What the records of a library have become, and what other records take up of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.index.shelf import Shelf
from tui.records import Agreement, Leader, Record, Summit, Topic


class Became(Mapping[str, Record]):
    """The records by id as they have become."""

    def __init__(self, before: Shelf, changes: Mapping[str, Record | None]) -> None:
        self._before = before
        self._changes = changes

    def __getitem__(self, id_: str) -> Record:
        if id_ in self._changes:
            record = self._changes[id_]
            if record is None:
                raise KeyError(id_)
            return record
        return self._before[id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self._before)

    def __len__(self) -> int:
        return len(self._before)


def said_elsewhere(record: Record | None) -> object:
    """Return what other records take up of a record: the words they are found by, or facets."""
    if isinstance(record, Leader | Topic):
        return record.name, record.aliases, record.sector if isinstance(record, Topic) else ""
    if isinstance(record, Agreement):
        return record.summit, record.status, record.sector
    if isinstance(record, Summit):
        countries = (record.country, record.parties, tuple(person.country for person in record.participants))
        return record.city, record.start, record.end, record.series, record.status, countries
    return None
