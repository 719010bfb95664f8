"""What is to go out: the ids of records by kind, read in portions, and the sources that they cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from tui.records import Agreement, Leader, Record, Source, Summit, Topic, kind_of

if TYPE_CHECKING:
    from tui.index import Index, View

KINDS: dict[str, str] = {
    "summit": "summits",
    "leader": "leaders",
    "topic": "topics",
    "agreement": "agreements",
    "source": "sources",
}
"""The kinds in the order in which they go out, and the table of each in a library."""

_PORTION = 200
"""Records read from the index at once."""


@dataclass(frozen=True)
class Selection:
    """Ids by kind, and the index that has their records; sources only where they are asked for as such."""

    index: Index
    ids: Mapping[str, Sequence[str]]

    def count(self, kind: str) -> int:
        """Return how many records of a kind are chosen."""
        return len(self.ids.get(kind, ()))

    def only(self, kind: str) -> Selection:
        """Return the records of one kind alone."""
        return Selection(self.index, {kind: self.ids.get(kind, ())})

    def first_kind(self) -> str:
        """Return the first kind that has records; `summit` when there are none at all."""
        return next((kind for kind in KINDS if self.ids.get(kind)), "summit")

    def records(self, *kinds: str) -> Iterator[Record]:
        """Yield the records, kind by kind in the order of the selection; all kinds if none is named."""
        for kind in kinds or KINDS:
            ids = self.ids.get(kind, ())
            for start in range(0, len(ids), _PORTION):
                yield from self.index.records(ids[start : start + _PORTION]).values()

    def summits(self) -> Iterator[Summit]:
        """Yield the summits."""
        yield from (record for record in self.records("summit") if isinstance(record, Summit))

    def leaders(self) -> Iterator[Leader]:
        """Yield the leaders."""
        yield from (record for record in self.records("leader") if isinstance(record, Leader))

    def topics(self) -> Iterator[Topic]:
        """Yield the topics."""
        yield from (record for record in self.records("topic") if isinstance(record, Topic))

    def agreements(self) -> Iterator[Agreement]:
        """Yield the agreements."""
        yield from (record for record in self.records("agreement") if isinstance(record, Agreement))

    def sources(self) -> Iterator[Source]:
        """Yield the sources that were chosen, then those that the other records cite, in the order first cited."""
        wanted = dict.fromkeys(self.ids.get("source", ()))
        for record in self.records("summit", "leader", "topic", "agreement"):
            wanted.update(dict.fromkeys(cited(record)))
        chosen = Selection(self.index, {"source": list(wanted)})
        yield from (record for record in chosen.records("source") if isinstance(record, Source))


def of_view(view: View, index: Index, kind: str = "") -> Selection:
    """Return what a view holds: all four lists or one; every source of the library under an empty query."""
    ids: dict[str, Sequence[str]] = {}
    for name, listing in view.lists.items():
        if kind in {"", name}:
            ids[name] = [row.id for row in listing.rows(0, listing.total)]
    if not view.query.text.strip() and kind in {"", "source"}:
        ids["source"] = list(_all_sources(index))
    elif kind == "source":
        ids["source"] = [source.id for source in of_view(view, index).sources()]
    return Selection(index, ids)


def of_records(records: Iterable[Record], index: Index) -> Selection:
    """Return a selection of single records."""
    ids: dict[str, list[str]] = {}
    for record in records:
        ids.setdefault(kind_of(record), []).append(record.id)
    return Selection(index, ids)


def cited(record: Record) -> Iterator[str]:
    """Yield the id of each source that evidence anywhere in a record names, as often as it is named."""
    yield from _cited(msgspec.to_builtins(record))


def _cited(body: Any) -> Iterator[str]:
    if isinstance(body, dict):
        for name, value in body.items():
            if name == "evidence":
                yield from (item["source"] for item in value)
            else:
                yield from _cited(value)
    elif isinstance(body, list | tuple):
        for value in body:
            yield from _cited(value)


def _all_sources(index: Index) -> Iterator[str]:
    """Yield the ids of all sources from the library's own files: no list of the index holds them."""
    from tui.library import library_files, read_file

    for file in library_files(index.library):
        yield from (record.id for kind, record in read_file(file) if kind == "source")
