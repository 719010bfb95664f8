"""Finds what is wrong with a library beyond its shape, and returns it as data: a problem for each fault.

The files are gone through twice, one at a time and record by record: first for what may exist only once (ids,
addresses, names), then for the rules of each record and for links, which may lead to any file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tui.language import gettext, later
from tui.library.catalogue import names_of
from tui.library.errors import LibraryError, printable
from tui.library.faults import Fault, id_of
from tui.library.files import read_content
from tui.library.jsontext import Entry, entries, repeated_keys
from tui.library.links import links
from tui.library.locating import library_files
from tui.library.reading import decode, offering_backup
from tui.library.rules import faults
from tui.library.slugs import name_key
from tui.records import Record, kind_of
from tui.vocabulary import a_kind


class Problem(NamedTuple):
    """One fault in a library."""

    file: Path
    record: str
    """The id of the record, or its table and number where the id cannot be read; empty for the file as a whole."""
    field: str
    """The path to the field in the record: `participants[0].leader`; empty for the record as a whole."""
    message: str

    def __str__(self) -> str:
        return printable(": ".join(part for part in (str(self.file), self.record, self.field, self.message) if part))


class _Register:
    """What may stand only once in a library, and where it was met first."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        """By id, the kind of record."""
        self._files: dict[str, Path] = {}
        self._names: dict[tuple[str, str], str] = {}

    def enter(self, file: Path, record: Record) -> Iterator[Problem]:
        """Take a record in, and yield the problems of what is already taken."""
        if record.id in self.kinds:
            first = gettext("{kind} in {file}", kind=a_kind(self.kinds[record.id]), file=self._files[record.id].name)
            yield Problem(
                file, record.id, "id", gettext("the id is already that of {first}; every id stands once", first=first)
            )
            return
        self.kinds[record.id], self._files[record.id] = kind_of(record), file
        for field, name in names_of(record):
            owner = self._names.setdefault((kind_of(record), name_key(name)), record.id)
            if owner == record.id:
                continue
            if field == "url":
                said = later("{name} is also the address of {owner}; a page is one witness")
            else:
                said = later("{name} also names {owner}; a name leads to one record")
            yield Problem(file, record.id, field, gettext(said, name=repr(name), owner=owner))


def check(path: Path) -> list[Problem]:
    """Return every problem of a library: a file, or a folder of files. An empty list means that all is well.

    A file or record that cannot be read is a problem too, and the rest is still checked. Raises LibraryError only
    when there is no library at `path`.
    """
    files = library_files(path)
    register = _Register()
    problems: list[Problem] = []
    for file in files:
        problems += _first_look(file, register)
    for file in files:
        problems += _second_look(file, register.kinds)
    order = {file: number for number, file in enumerate(files)}
    return sorted(problems, key=lambda problem: (order[problem.file], problem.record, problem.field))


def _first_look(file: Path, register: _Register) -> Iterator[Problem]:
    """Yield the problems of a file as a whole, of unreadable records and of what stands twice."""
    try:
        with offering_backup(file):
            raw = read_content(file).raw
            found = entries(raw, file)
    except LibraryError as error:
        yield Problem(file, "", "", ": ".join(part for part in (error.where, error.reason) if part))
        return
    for key in repeated_keys(raw):
        said = gettext("the key {key} stands twice in one object; the first is lost to every reader", key=repr(key))
        yield Problem(file, "", "", said)
    for entry in found:
        record = decode(entry)
        if isinstance(record, Fault):
            yield Problem(file, id_of(entry) or f"{entry.table} {entry.number}", record.field, record.reason)
        else:
            yield from register.enter(file, record)


def _second_look(file: Path, kinds: dict[str, str]) -> Iterator[Problem]:
    """Yield the problems of the readable records of a file: broken rules, and links that lead nowhere."""
    for record in _readable(file):
        for field, message in faults(record):
            yield Problem(file, record.id, field, message)
        for number, former in enumerate(record.former_ids):
            if former in kinds:
                said = gettext("{id} is the id of another record", id=repr(former))
                yield Problem(file, record.id, f"former_ids[{number}]", said)
        for field, kind, target in links(record):
            if target not in kinds:
                yield Problem(
                    file,
                    record.id,
                    field,
                    gettext("there is no {kind} {target}", kind=gettext(kind), target=repr(target)),
                )
            elif kinds[target] != kind:
                yield Problem(
                    file,
                    record.id,
                    field,
                    gettext(
                        "{target} is {found}, not {kind}",
                        target=repr(target),
                        found=a_kind(kinds[target]),
                        kind=a_kind(kind),
                    ),
                )


def _readable(file: Path) -> Iterator[Record]:
    try:
        found: list[Entry] = entries(read_content(file).raw, file)
    except LibraryError:
        return
    for entry in found:
        record = decode(entry)
        if not isinstance(record, Fault):
            yield record
