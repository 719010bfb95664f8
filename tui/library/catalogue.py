"""What ids and names a library has, and in which file: what an edit must know of all the other records.

A file is read only when what is asked may stand in it, and of each record only what names it; it is read again when its
fingerprint has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from tui.library.drawers import Card, Drawer, read_drawer
from tui.library.faults import Fault, record_error
from tui.library.files import Fingerprint, current_fingerprint, read_content
from tui.library.jsontext import Entry, entries, without_mark
from tui.library.links import links
from tui.library.locating import library_files
from tui.library.reading import decode, offering_backup
from tui.library.seeking import has_id, may_hide_ids
from tui.library.slugs import name_key
from tui.library.splicing import Outline
from tui.records import Leader, Record, Source, Topic

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_FEW = 4
"""Up to so many ids, looking for their bytes is cheaper than decoding every record."""
_SOUGHT = 4
"""How often a record is looked for among files that were not read, before they are all read."""

Pair = tuple[Record | None, Record | None]
"""A record as it was and as it becomes."""


class Catalogue:
    """The ids and names of a library. Not to be shared between threads."""

    def __init__(self, library: Path) -> None:
        self.library = library
        self._files: dict[Path, Fingerprint | None] = {}
        self._drawers: dict[Path, Drawer] = {}
        self._cards: dict[str, Card] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._former: dict[str, str] = {}
        self._last: tuple[Path, Outline, Fingerprint] | None = None
        self._sought = 0

    def refresh(self) -> None:
        """Take note of what has changed since the last look. Raises LibraryError when there is no library."""
        self._files = {file: current_fingerprint(file) for file in library_files(self.library)}
        for file, held in tuple(self._drawers.items()):
            if self._files.get(file) != held.fingerprint:
                self._take_out(file)

    def _read_all(self) -> None:
        """Read the files that were not read yet. Raises LibraryError for one that cannot be read."""
        for file in self._unread():
            self._put_in(file, read_drawer(file))

    def _unread(self) -> list[Path]:
        return [file for file in self._files if file not in self._drawers]

    def _seek(self, record_id: str) -> Card | None:
        """Return where a record stands in the files that were not read yet, and read the one that has it."""
        unread = self._unread()
        self._sought += bool(unread)
        if self._sought > _SOUGHT:
            self._read_all()
            return self._cards.get(record_id)
        for file in unread:
            if has_id(read_content(file).raw, record_id):
                self._put_in(file, read_drawer(file))
                if record_id in self._cards:
                    return self._cards[record_id]
        for file in self._unread():
            if may_hide_ids(read_content(file).raw):
                self._put_in(file, read_drawer(file))
        return self._cards.get(record_id)

    def _take_out(self, file: Path) -> None:
        held = self._drawers.pop(file, None)
        if held is not None:
            _remove(held.cards, self._cards)
            _remove(held.names, self._names)
            _remove(held.former, self._former)

    def _put_in(self, file: Path, held: Drawer) -> None:
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
        return tuple(self._files)

    def size_of(self, file: Path) -> int:
        """Return how many records a file has."""
        if file in self._files and file not in self._drawers:
            self._put_in(file, read_drawer(file))
        return len(self._drawers[file].cards) if file in self._drawers else 0

    def files_of(self, *, series: str = "", table: str = "") -> list[Path]:
        """Return the files that hold summits of a series, or records of a table, those with most of them first."""
        self._read_all()
        if series:
            return [file for file, held in self._drawers.items() if series in held.series]
        counts = {
            file: sum(card.table == table for card in held.cards.values()) for file, held in self._drawers.items()
        }
        return sorted((file for file in counts if counts[file]), key=lambda file: -counts[file])

    def card(self, record_id: str) -> Card | None:
        """Return where a record stands; None for an id that no record has."""
        return self._cards.get(record_id) or self._seek(record_id)

    def now(self, record_id: str) -> str:
        """Return the id that a record has now, given that or one that it had before a merge; else the id as given."""
        if self.card(record_id):
            return record_id
        self._read_all()
        return self._former.get(record_id, record_id)

    def owner(self, kind: str, name: str) -> str:
        """Return the id of the record of a kind that a name or address leads to; empty when none has it."""
        self._read_all()
        return self._names.get((kind, name_key(name)), "")

    def ids(self, kind: str = "") -> Iterator[str]:
        """Return all ids, or those of one kind, one after the other."""
        self._read_all()
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
            self._files[file] = fingerprint

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
        for file in self._files:
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


def _decoded(entry: Entry, file: Path) -> Record:
    outcome = decode(entry)
    if isinstance(outcome, Fault):
        with offering_backup(file):
            raise record_error(file, entry, outcome)
    return outcome
