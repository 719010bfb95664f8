"""What ids and names a library has, and in which file: what an edit must know of all the other records.

A file is read again only when its fingerprint has changed, and of each record only what names it.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from tui.library.faults import Fault, record_error
from tui.library.files import Fingerprint, current_fingerprint, read_content
from tui.library.jsontext import Entry, entries, without_mark
from tui.library.links import links
from tui.library.locating import library_files
from tui.library.reading import decode, offering_backup
from tui.library.slugs import name_key
from tui.library.splicing import Outline
from tui.records import KINDS, TABLES, Leader, Record, Source, Topic

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_FEW = 4
"""Up to so many ids, looking for their bytes is cheaper than decoding every record."""

_KIND_OF = {table: KINDS[shape] for table, shape in TABLES.items()}


class _Head(msgspec.Struct):
    """What names a record."""

    id: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()
    url: str = ""
    former_ids: tuple[str, ...] = ()
    series: str = ""


_heads = msgspec.json.Decoder(dict[str, dict[str, _Head]])


Pair = tuple[Record | None, Record | None]
"""A record as it was and as it becomes."""


class Card(NamedTuple):
    """Where a record stands."""

    file: Path
    table: str
    number: str

    @property
    def kind(self) -> str:
        """The word for what the record is."""
        return _KIND_OF[self.table]


class _Drawer(NamedTuple):
    """One file's share of the catalogue."""

    fingerprint: Fingerprint
    cards: dict[str, Card]
    names: dict[tuple[str, str], str]
    """By kind and folded name, the id that it leads to."""
    former: dict[str, str]
    """By an id that a record had before, its id now."""
    series: frozenset[str]
    """The series of the summits that stand here."""


class Catalogue:
    """The ids and names of a library. Not to be shared between threads."""

    def __init__(self, library: Path) -> None:
        self.library = library
        self._drawers: dict[Path, _Drawer] = {}
        self._cards: dict[str, Card] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._former: dict[str, str] = {}
        self._last: tuple[Path, Outline, Fingerprint] | None = None

    def refresh(self) -> None:
        """Read what has changed since the last look. Raises LibraryError for a file that cannot be read."""
        files = library_files(self.library)
        changed = [file for file in files if self._is_new(file)]
        for file in (*(set(self._drawers) - set(files)), *changed):
            self._take_out(file)
        for file in changed:
            self._put_in(file, _read(file))

    def _is_new(self, file: Path) -> bool:
        held = self._drawers.get(file)
        return held is None or current_fingerprint(file) != held.fingerprint

    def _take_out(self, file: Path) -> None:
        held = self._drawers.pop(file, None)
        if held is not None:
            _remove(held.cards, self._cards)
            _remove(held.names, self._names)
            _remove(held.former, self._former)

    def _put_in(self, file: Path, held: _Drawer) -> None:
        self._drawers[file] = held
        for key, card in held.cards.items():
            self._cards.setdefault(key, card)
        for name, owner in held.names.items():
            self._names.setdefault(name, owner)
        for old, now in held.former.items():
            self._former.setdefault(old, now)

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of the library, as of the last look."""
        return tuple(self._drawers)

    def size_of(self, file: Path) -> int:
        """Return how many records a file has."""
        return len(self._drawers[file].cards) if file in self._drawers else 0

    def files_of(self, *, series: str = "", table: str = "") -> list[Path]:
        """Return the files that hold summits of a series, or records of a table, those with most of them first."""
        if series:
            return [file for file, held in self._drawers.items() if series in held.series]
        counts = {
            file: sum(card.table == table for card in held.cards.values()) for file, held in self._drawers.items()
        }
        return sorted((file for file in counts if counts[file]), key=lambda file: -counts[file])

    def card(self, record_id: str) -> Card | None:
        """Return where a record stands; None for an id that no record has."""
        return self._cards.get(record_id)

    def now(self, record_id: str) -> str:
        """Return the id that a record has now, given that or one that it had before a merge; else the id as given."""
        return record_id if record_id in self._cards else self._former.get(record_id, record_id)

    def owner(self, kind: str, name: str) -> str:
        """Return the id of the record of a kind that a name or address leads to; empty when none has it."""
        return self._names.get((kind, name_key(name)), "")

    def ids(self, kind: str = "") -> Iterator[str]:
        """Yield all ids, or those of one kind."""
        return (name for name, card in self._cards.items() if not kind or card.kind == kind)

    def record(self, record_id: str) -> Record | None:
        """Return a record as it is in its file. Raises LibraryError when it cannot be read."""
        return self.records((record_id,)).get(record_id)

    def records(self, record_ids: Iterable[str]) -> dict[str, Record]:
        """Return records by id as they are in their files, without the ids that no record has."""
        cards = [(record_id, card) for record_id in record_ids if (card := self.card(record_id))]
        found: dict[str, Record] = {}
        for record_id, card in sorted(cards, key=lambda one: one[1].file):
            record = record_at(self.outline(card.file)[0], card)
            if record is not None:
                found[record_id] = record
        return found

    def outline(self, file: Path) -> tuple[Outline, Fingerprint]:
        """Return the outline of a file as it is now; the last one is kept, since an edit asks for it twice."""
        if self._last is None or self._last[0] != file or current_fingerprint(file) != self._last[2]:
            raw, fingerprint = read_content(file)
            without_mark(raw, file)  # refuses what is not UTF-8, which the outline would not see
            self._last = (file, Outline(raw, file), fingerprint)
        return self._last[1], self._last[2]

    def took(
        self, file: Path, fingerprint: Fingerprint, changes: Iterable[tuple[Record | None, Record | None]]
    ) -> None:
        """Learn of a change that was just written to a file, where it changed no id and no name."""
        held = self._drawers.get(file)
        if held is not None and all(before and after and _named_alike(before, after) for before, after in changes):
            self._drawers[file] = held._replace(fingerprint=fingerprint)

    def linked_with(self, record_id: str) -> dict[str, Record]:
        """Return by id every record that links to one. Reads every file, but decodes only where the id is named."""
        return {
            record.id: record
            for record in self._naming({record_id})
            if any(link.target == record_id for link in links(record))
        }

    def linking(self, record_ids: set[str]) -> dict[str, list[str]]:
        """Return by id, for each of some records, the ids of those that link to it."""
        found: dict[str, list[str]] = {}
        for record in self._naming(record_ids):
            for target in {link.target for link in links(record)} & record_ids:
                found.setdefault(target, []).append(record.id)
        return found

    def _naming(self, record_ids: set[str]) -> Iterator[Record]:
        """Yield the records that may link to some; for a few, only those whose bytes name one are decoded."""
        marks = [b'"%s"' % record_id.encode() for record_id in record_ids] if len(record_ids) <= _FEW else [b""]
        for file in self._drawers:
            raw = read_content(file).raw
            for entry in entries(raw, file) if any(mark in raw for mark in marks) else ():
                if any(mark in bytes(entry.raw) for mark in marks):
                    yield _decoded(entry, file)


def _named_alike(before: Record, after: Record) -> bool:
    """Return whether two versions of a record have the same card and names."""
    same = before.id == after.id and before.former_ids == after.former_ids and names_of(before) == names_of(after)
    return same and getattr(before, "series", "") == getattr(after, "series", "")


def _remove(own: dict[_Key, _Value], everything: dict[_Key, _Value]) -> None:
    for key, value in own.items():
        if everything.get(key) == value:
            del everything[key]


def record_at(outline: Outline, card: Card) -> Record | None:
    """Return the record that stands at a card's place in a file; None when none does."""
    place = outline.places(card.table).get(card.number)
    if place is None:
        return None
    entry = Entry(card.table, card.number, msgspec.Raw(outline.raw[place.start : place.end]))
    return _decoded(entry, card.file)


def names_of(record: Record) -> tuple[tuple[str, str], ...]:
    """Return field and text of what may lead to one record of its kind only."""
    if isinstance(record, Source):
        return (("url", record.url),)
    if isinstance(record, Leader | Topic):
        return (("name", record.name), *((f"aliases[{number}]", name) for number, name in enumerate(record.aliases)))
    return ()


def _read(file: Path) -> _Drawer:
    with offering_backup(file):
        raw, fingerprint = read_content(file)
        heads = _heads_of(raw, file)
    cards: dict[str, Card] = {}
    names: dict[tuple[str, str], str] = {}
    former: dict[str, str] = {}
    for table, records in heads.items():
        kind = _KIND_OF[table]
        for number, head in records.items():
            if not head.id:
                continue
            cards.setdefault(head.id, Card(file, table, number))
            former.update((old, head.id) for old in head.former_ids)
            if table in ("leaders", "topics"):
                for name in (head.name, *head.aliases):
                    names.setdefault((kind, name_key(name)), head.id)
            elif table == "sources":
                names.setdefault((kind, name_key(head.url)), head.id)
    series = frozenset(head.series for head in heads.get("summits", {}).values() if head.series)
    return _Drawer(fingerprint, cards, names, former, series)


def _heads_of(raw: bytes, file: Path) -> dict[str, dict[str, _Head]]:
    """Return what names each record, by table and number; a record that cannot be read at all is left out."""
    try:
        heads = _heads.decode(raw.removeprefix(codecs.BOM_UTF8))
        if set(heads) <= set(TABLES):
            return heads
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        pass
    found: dict[str, dict[str, Any]] = {}
    for entry in entries(raw, file):
        try:
            found.setdefault(entry.table, {})[entry.number] = msgspec.json.decode(entry.raw, type=_Head)
        except (msgspec.MsgspecError, RecursionError):
            continue
    return found


def _decoded(entry: Entry, file: Path) -> Record:
    outcome = decode(entry)
    if isinstance(outcome, Fault):
        with offering_backup(file):
            raise record_error(file, entry, outcome)
    return outcome
