"""Where the records of a file stand, so that after a change only what changed is read again.

A file is known as sections, one after the other: some records each, from the end of the value before to the end of
their last value, and around the tables what holds no record. A section is known by its size and by what tells its
bytes. What lies between the sections at both ends that are as they were must be whole records of one table; where it
is anything else, the whole file is read.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple
from zlib import adler32, crc32

import msgspec

from tui.library.jsontext import NUMBER, Entry
from tui.library.on_disk import OnDisk
from tui.library.streaming import LARGE

Bytes = bytes | OnDisk
"""What stands in a file: held in memory, or left where it is."""

TOGETHER = 64
"""How many records a section has when it is new; it is parted once it has twice as many."""

_objects = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Section(NamedTuple):
    """A run of the bytes of a file."""

    records: int
    size: int
    digest: int


class Layout(NamedTuple):
    """The sections of a file, and the keys of its records in their tables; without sections nothing is known."""

    sections: list[Section]
    keys: array[int]

    def packed(self) -> tuple[bytes, bytes]:
        """Return sections and keys as bytes."""
        return array("Q", [number for section in self.sections for number in section]).tobytes(), self.keys.tobytes()


class Changed(NamedTuple):
    """What has changed in a file: the records from `first` to before `last` have become others."""

    first: int
    last: int
    beside: int
    """The place of a record of the same table, as it was."""
    values: dict[str, msgspec.Raw]
    """By key, the records that stand there now."""
    layout: Layout


UNKNOWN = Layout([], array("I"))


def digest(raw: bytes | memoryview | msgspec.Raw) -> int:
    """Return what tells bytes from what they were, in 64 bits: two sums that are quick to make."""
    return crc32(raw) << 32 | adler32(raw)


def unpacked(sections: bytes, keys: bytes) -> Layout:
    """Return the layout that `Layout.packed` made bytes of."""
    numbers, found = array("Q"), array("I")
    numbers.frombytes(sections)
    found.frombytes(keys)
    return Layout([Section(*numbers[at : at + 3]) for at in range(0, len(numbers), 3)], found)


class Drawn:
    """The records of a file, in whose bytes each is looked for while they are gone through."""

    def __init__(self, raw: Bytes, entries: Iterable[Entry]) -> None:
        self._drawing = _Drawing(raw, TOGETHER)
        self._entries = entries
        self._found = True

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            self._found = self._found and self._drawing.add(entry)
            yield entry

    def layout(self) -> Layout:
        """Return the layout of the file, once all its records were gone through."""
        return self._drawing.finished() if self._found else UNKNOWN


def opened(file: Path, raw: bytes) -> AbstractContextManager[Bytes]:
    """Return the bytes of a file, which were read already, unless it is a large one."""
    return nullcontext(raw) if raw else OnDisk(file)


def changed(raw: Bytes, known: Layout) -> Changed | None:
    """Return what has changed in a file since its layout was known; None where that cannot be told by records."""
    first, last, start, end = _between(raw, known.sections)
    sections = known.sections
    if first == len(sections) and start == len(raw):
        return Changed(0, 0, 0, {}, known)
    if not first or last == len(sections) or not all(section.records for section in sections[first:last]):
        return None
    at = sum(section.records for section in sections[:first])
    until = at + sum(section.records for section in sections[first:last])
    if end - start >= LARGE:
        return None
    text = raw[start:end]
    values = _values(text, "" if sections[first - 1].records else str(known.keys[at]))
    if values is None or not _apart(values, known, first, last):
        return None
    drawing = _Drawing(text, TOGETHER if len(values) > 2 * TOGETHER else 2 * TOGETHER, within=True)
    if not all(drawing.add(Entry("", key, value)) for key, value in values.items()):
        return None
    drawn = drawing.finished()
    keys = known.keys[:at] + drawn.keys + known.keys[until:]
    beside = at - 1 if sections[first - 1].records else at
    return Changed(at, until, beside, values, Layout([*sections[:first], *drawn.sections, *sections[last:]], keys))


class _Drawing:
    """Draws the layout of bytes while their records come in order."""

    def __init__(self, raw: Bytes, together: int, *, within: bool = False) -> None:
        self._raw = raw
        self._together = together
        self._table = "" if within else None
        self._position = self._begun = self._records = 0
        self._found = Layout([], array("I"))

    def add(self, entry: Entry) -> bool:
        """Take the next record; tell whether it was found."""
        at = self._raw.find(bytes(entry.raw), self._position)
        if at < 0 or len(entry.number) > 9:
            return False
        if entry.table != self._table:
            self._close(self._position)
            self._close(at)
            self._table = entry.table
        elif self._records == self._together:
            self._close(self._position)
        self._records += 1
        self._found.keys.append(int(entry.number))
        self._position = at + len(memoryview(entry.raw))
        return True

    def finished(self) -> Layout:
        """Return the layout."""
        if self._table == "":
            self._position = len(self._raw)
        self._close(self._position)
        self._close(len(self._raw))
        return self._found

    def _close(self, end: int) -> None:
        if end > self._begun:
            told = digest(_part(self._raw, self._begun, end))
            self._found.sections.append(Section(self._records, end - self._begun, told))
        self._begun, self._records = end, 0


def _between(raw: Bytes, sections: Sequence[Section]) -> tuple[int, int, int, int]:
    """Return from which section to before which the bytes differ, and where in the bytes that is."""
    first, start = 0, 0
    while first < len(sections) and _is_at(raw, start, sections[first]):
        start += sections[first].size
        first += 1
    last, end = len(sections), len(raw)
    while last > first and end - sections[last - 1].size >= start:
        if not _is_at(raw, end - sections[last - 1].size, sections[last - 1]):
            break
        last -= 1
        end -= sections[last].size
    return first, last, start, end


def _is_at(raw: Bytes, place: int, section: Section) -> bool:
    return digest(_part(raw, place, place + section.size)) == section.digest


def _part(raw: Bytes, start: int, end: int) -> bytes | memoryview:
    """Return a part of bytes, without a copy of it where they are in memory."""
    return raw[start:end] if isinstance(raw, OnDisk) else memoryview(raw)[start:end]


def _values(text: bytes, key: str) -> dict[str, msgspec.Raw] | None:
    """Return the records that stand after a value, or after a given key; None where something else does."""
    before = b'{"%s":' % key.encode() if key else b'{"":0'
    try:
        text.decode()
        values = _objects.decode(before + text + b"}")
    except (UnicodeDecodeError, msgspec.MsgspecError, RecursionError):
        return None
    if not key and bytes(values.pop("")) != b"0":
        return None
    return values if all(map(NUMBER.fullmatch, values)) and (values or not text) else None


def _apart(values: Iterable[str], known: Layout, first: int, last: int) -> bool:
    """Tell whether no key stands a second time in the table of the sections from `first` to before `last`."""
    low, high = first, last
    while known.sections[low - 1].records:
        low -= 1
    while known.sections[high].records:
        high += 1
    counts = [section.records for section in known.sections[:high]]
    begins, at, until, ends = (sum(counts[:part]) for part in (low, first, last, high))
    others = {*known.keys[begins:at], *known.keys[until:ends]}
    return others.isdisjoint(map(int, values))
