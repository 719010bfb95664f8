"""What names the records of one file, and where each stands in it."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tui.library.files import Fingerprint, read_content
from tui.library.jsontext import entries
from tui.library.reading import offering_backup
from tui.library.slugs import name_key
from tui.records import KINDS, TABLES

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


class Card(NamedTuple):
    """Where a record stands."""

    file: Path
    table: str
    number: str

    @property
    def kind(self) -> str:
        """The word for what the record is."""
        return _KIND_OF[self.table]


class Drawer(NamedTuple):
    """What a library is asked of one of its files."""

    fingerprint: Fingerprint
    cards: dict[str, Card]
    names: dict[tuple[str, str], str]
    """By kind and folded name, the id that it leads to."""
    former: dict[str, str]
    """By an id that a record had before, its id now."""
    series: frozenset[str]
    """The series of the summits that stand here."""


def read_drawer(file: Path) -> Drawer:
    """Read what names the records of a file. Raises LibraryError when it cannot be read."""
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
    return Drawer(fingerprint, cards, names, former, series)


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
