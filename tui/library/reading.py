"""Reads the records of a library file, each checked against the record model as it is decoded."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tui.language import gettext
from tui.library import streaming
from tui.library.errors import LibraryError
from tui.library.faults import Fault, fault_of, record_error, too_deep
from tui.library.files import backup_of, read_content
from tui.library.jsontext import Entry, entries
from tui.records import TABLES, Record, kind_of

DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    table: msgspec.json.Decoder(record_type) for table, record_type in TABLES.items()
}


def read_file(file: Path) -> Iterator[tuple[str, Record]]:
    """Return the kind and the record for each record of a library file, in the order of the file.

    The outline of the file is read at once, the records as they are asked for. Raises LibraryError, naming the
    record, the field and the way out; where a good backup lies beside the file, the way out mentions it.
    """
    found = read_entries(file).entries
    return ((kind_of(record), record) for record in (decode_entry(entry, file) for entry in found))


class Read(NamedTuple):
    """The bytes of a file, empty for a large one, and its records, undecoded, in the order of the file."""

    raw: bytes
    entries: Iterable[Entry]


def read_entries(file: Path) -> Read:
    """Return what a library file holds. Raises LibraryError as `read_file`.

    A large file is read as its records are asked for.
    """
    with offering_backup(file):
        if _size(file) >= streaming.LARGE:
            return Read(b"", streaming.streamed(file))
        raw = read_content(file).raw
        return Read(raw, entries(raw, file))


def decode_entry(entry: Entry, file: Path) -> Record:
    """Return the record that an entry of a file holds. Raises LibraryError when it holds none."""
    outcome = decode(entry)
    if isinstance(outcome, Fault):
        with offering_backup(file):
            raise record_error(file, entry, outcome)
    return outcome


def decode(entry: Entry) -> Record | Fault:
    """Return the record that an entry holds, or why it holds none."""
    try:
        return _decoded(entry)
    except RecursionError:
        return too_deep()


def _decoded(entry: Entry) -> Record | Fault:
    try:
        record: Record = DECODERS[entry.table].decode(entry.raw)
    except msgspec.MsgspecError as error:
        return fault_of(entry, error)
    return record


def confirm(raw: bytes, file: Path) -> None:
    """Raise LibraryError unless `raw` is a library file of which every record can be read."""
    for entry in entries(raw, file):
        outcome = decode(entry)
        if isinstance(outcome, Fault):
            raise record_error(file, entry, outcome)


@contextmanager
def offering_backup(file: Path) -> Iterator[None]:
    """Let a LibraryError raised inside also name the last good copy of `file`, if there is one."""
    try:
        yield
    except LibraryError as error:
        backup = backup_of(file)
        if _is_good(backup):
            command = f"cp {shlex.quote(str(backup))} {shlex.quote(str(file))}"
            kept = gettext("The last good copy is kept; to go back to it: {command}", command=command)
            error.remedy = f"{error.remedy} {kept}".strip()
        raise


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _is_good(backup: Path) -> bool:
    try:
        confirm(read_content(backup).raw, backup)
    except LibraryError:
        return False
    return True
