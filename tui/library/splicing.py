"""Changes single records in the bytes of a library file and leaves every other byte as it is.

An edit costs what one record costs, not what the file costs: nothing else is decoded or written anew in another form.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tui.language import gettext
from tui.library.errors import LibraryError
from tui.records import TABLES, Record

_KEY = re.compile(rb'\s*,?\s*"(\d+)"\s*:\s*')
_TABLE_KEY = re.compile(rb'\s*,?\s*"(\w+)"\s*:\s*')
_END = re.compile(rb"\s*}")
_OURS = b'{\n  "'
"""How a file begins that is written as `serialise` writes it."""

_EXACT = 2**53
"""Up to here a float holds every whole number."""

_tables = msgspec.json.Decoder(dict[str, msgspec.Raw])
_TABLE_OF = {shape: table for table, shape in TABLES.items()}


class Place(NamedTuple):
    """Where a record stands in the bytes of a file; `end` is exclusive."""

    number: str
    key: int
    """Where its key begins; the record itself begins at `start`."""
    start: int
    end: int


class Splice(NamedTuple):
    """What becomes of one record of a table."""

    table: str
    number: str
    """The key of the record that is replaced or removed; for a new one the key it had before, or empty for the next."""
    record: Record | None
    """None removes it."""


class _Table(NamedTuple):
    start: int
    """Of its opening brace."""
    end: int
    body: msgspec.Raw


def table_of(record: Record) -> str:
    """Return the name of the table that holds records of this kind."""
    return _TABLE_OF[type(record)]


class Outline:
    """The bytes of a library file with the places of its tables and, for the tables asked for, of their records.

    Raises LibraryError when a key stands twice. `file` is for the message only.
    """

    def __init__(self, raw: bytes, file: Path) -> None:
        self.raw = raw
        self._file = file
        mark = len(raw) - len(raw.removeprefix(codecs.BOM_UTF8))
        self._pretty = raw[mark:].startswith(_OURS) or not raw[mark:].strip(b"{} \n")
        self._tables: dict[str, _Table] = {}
        position = raw.index(b"{", mark) + 1
        for name, body in _tables.decode(memoryview(raw)[mark:]).items():
            position = _after_key(_TABLE_KEY, raw, position, name, file)
            size = len(memoryview(body))
            self._tables[name] = _Table(position, position + size, body)
            position += size
        _refuse_more(raw, position, file)
        self._places: dict[str, dict[str, Place]] = {}

    def places(self, table: str) -> dict[str, Place]:
        """Return by number where each record of a table stands."""
        found = self._places.get(table)
        if found is None:
            held = self._tables.get(table)
            found = self._places[table] = {place.number: place for place in self._find(held)} if held else {}
        return found

    def spliced(self, splices: Iterable[Splice]) -> bytes:
        """Return the bytes with records replaced, removed and added; the file keeps its form: indented, or not."""
        by_table: dict[str, list[Splice]] = {}
        for splice in splices:
            by_table.setdefault(splice.table, []).append(splice)
        raw, pieces, done = self.raw, [], 0
        for name, table in self._tables.items():
            if name in by_table:
                places = list(self.places(name).values())
                for start, end, text in _edits(raw, table, places, by_table.pop(name), self._pretty):
                    pieces += [raw[done:start], text]
                    done = end
        if by_table:
            close = raw.rindex(b"}")
            pieces += [raw[done:close].rstrip(), _new_tables(by_table, bool(self._tables), self._pretty)]
            done = close
        return b"".join((*pieces, raw[done:]))

    def _find(self, table: _Table) -> Iterator[Place]:
        raw, position = self.raw, table.start + 1
        for number, record in _tables.decode(table.body).items():
            position = _after_key(_KEY, raw, position, number, self._file)
            end = position + len(memoryview(record))
            yield Place(number, raw.rindex(b'"' + number.encode(), 0, position), position, end)
            position = end
        _refuse_more(raw, position, self._file)


def _after_key(pattern: re.Pattern[bytes], raw: bytes, position: int, expected: str, file: Path) -> int:
    """Return where the value of a key begins. A key that stands twice is not where its last value is read from."""
    found = pattern.match(raw, position)
    if found is None or found.group(1) != expected.encode():
        raise _twice(found.group(1).decode(errors="replace") if found else expected, file)
    return found.end()


def _refuse_more(raw: bytes, position: int, file: Path) -> None:
    """Raise LibraryError when an object goes on after its last key, as it does when that stood there before."""
    if not _END.match(raw, position):
        key = _TABLE_KEY.match(raw, position)
        raise _twice(key.group(1).decode() if key else "", file)


def _twice(key: str, file: Path) -> LibraryError:
    reason = gettext("a key stands twice in one object ({key}); a change now could lose a record", key=repr(key))
    return LibraryError(file, reason, remedy=gettext("Give each record a number of its own, with a text editor."))


def _edits(
    raw: bytes, table: _Table, places: list[Place], splices: list[Splice], pretty: bool
) -> Iterator[tuple[int, int, bytes]]:
    """Yield start, end and new bytes of each change in a table, from front to back."""
    there = {place.number for place in places}
    chosen = {splice.number: splice.record for splice in splices if splice.number in there}
    added = [splice for splice in splices if splice.number not in there and splice.record is not None]
    if not added and None not in chosen.values():
        for place in places:
            record = chosen.get(place.number)
            if record is not None:
                yield place.start, place.end, _text(record, pretty)
        return
    entries = [
        (int(place.number), _kept(raw, place, chosen.get(place.number), pretty))
        for place in places
        if _stays(place, chosen)
    ]
    following = max(map(int, there), default=0) + 1
    for splice in added:
        number = int(splice.number or following)
        following += not splice.number
        after = next(
            (place for place, (other, _) in enumerate(entries) if splice.number and other > number), len(entries)
        )
        assert splice.record is not None
        entries.insert(after, (number, _entry(number, splice.record, pretty)))
    yield table.start + 1, table.end - 1, _filled([text for _, text in entries], pretty)


def _stays(place: Place, chosen: dict[str, Record | None]) -> bool:
    return chosen.get(place.number, place) is not None


def _kept(raw: bytes, place: Place, record: Record | None, pretty: bool) -> bytes:
    return raw[place.key : place.end] if record is None else raw[place.key : place.start] + _text(record, pretty)


def _entry(number: int, record: Record, pretty: bool) -> bytes:
    return b'"%d":%s%s' % (number, b" " if pretty else b"", _text(record, pretty))


def _filled(entries: list[bytes], pretty: bool) -> bytes:
    """Return what stands between the braces of a table."""
    if not entries:
        return b""
    return b"\n    %s\n  " % b",\n    ".join(entries) if pretty else b",".join(entries)


def _new_tables(by_table: dict[str, list[Splice]], others: bool, pretty: bool) -> bytes:
    made = []
    for name, splices in by_table.items():
        texts = [
            _entry(int(splice.number or number), splice.record, pretty)
            for number, splice in enumerate((one for one in splices if one.record is not None), 1)
            if splice.record is not None
        ]
        made.append(b'"%s":%s{%s}' % (name.encode(), b" " if pretty else b"", _filled(texts, pretty)))
    if not pretty:
        return (b"," if others else b"") + b",".join(made)
    return (b"," if others else b"") + b"\n  " + b",\n  ".join(made) + b"\n"


def _text(record: Record, pretty: bool) -> bytes:
    compact = json.dumps(_plain(msgspec.to_builtins(record)), ensure_ascii=False, allow_nan=False).encode()
    if not pretty:
        return msgspec.json.format(compact, indent=-1)
    return msgspec.json.format(compact, indent=2).replace(b"\n", b"\n    ")


def _plain(value: Any) -> Any:
    """Return plain values in which a whole number is written without a point, as people write it."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT else value
