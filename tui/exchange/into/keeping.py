"""Writes what was planned into the library, as one change that can be undone.

A record that is there already stays in its file; new ones of a folder go to `NAME-leaders.json`, `NAME-1990s.json`
and the like.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tui.exchange.into.arrival import CannotImportError, Progress, keep_still
from tui.exchange.into.merging import Plan
from tui.language import Told, gettext, later, system_said
from tui.library import LibraryError, library_files, open_database, read_file
from tui.library.changes import Change, OvertakenError
from tui.library.shelving import FULL, numbered
from tui.library.slugs import slug
from tui.library.splicing import table_of
from tui.library.writer import LibraryWriter
from tui.records import TABLES, Record, Summit


def read_library(path: Path) -> tuple[dict[str, Record], dict[str, Path]]:
    """Return all records of a library by their ids, and the file of each. Raises LibraryError."""
    records: dict[str, Record] = {}
    files: dict[str, Path] = {}
    for file in library_files(path):
        for _, record in read_file(file):
            records.setdefault(record.id, record)
            files.setdefault(record.id, file)
    return records, files


def make_library(path: Path) -> Path:
    """Make an empty library and return its first file: a folder, or one file where the name ends in `.json`.

    Raises CannotImportError when something is there already, or nothing can be made there.
    """
    if path.is_dir() and any(path.glob("*.json")):
        raise CannotImportError(path, gettext("there is a library already; nothing was changed"))
    if path.exists() and not path.is_dir():
        raise CannotImportError(path, gettext("there is a file already; nothing was changed"))
    file = path if path.suffix == ".json" and not path.is_dir() else path / "library.json"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotImportError(path, gettext("cannot be made ({reason})", reason=system_said(error))) from error
    database = open_database(file)
    database.storage.write({table: {} for table in TABLES})
    return file


def keep(plan: Plan, path: Path, files: dict[str, Path], name: str, by: str, progress: Progress = keep_still) -> None:
    """Write the changes of a plan into the library at `path`, of which `files` says where each record stands.

    All come in, or none; `summit undo` takes the whole import back. Raises LibraryError when the library cannot be
    written, or was changed meanwhile where the plan meant to change it.
    """
    chosen = _Files(path, files, name, by)
    changes = [Change(None, record, chosen.file_for(record)) for record in plan.new]
    changes += (Change(renewed.old, renewed.new) for renewed in (*plan.completed, *plan.replaced))
    try:
        said = Told(later("imported {name}: {count} records"), {"name": name, "count": f"{len(changes):,}"})
        LibraryWriter(path).write(changes, said, progress)
    except OvertakenError as error:
        raise _overtaken(error.path, error.change.id) from error


class _Files:
    """Chooses the file of each new record."""

    def __init__(self, path: Path, files: dict[str, Path], name: str, by: str) -> None:
        self._path = path
        self._name = name
        self._by = by
        self._counts = Counter(files.values())

    def file_for(self, record: Record) -> Path:
        """Return where a new record goes: a file with room for it."""
        file = self._path
        if file.is_dir():
            stem = f"{self._name}-{self._group(record)}"
            number = 1
            while self._counts[file := self._path / numbered(stem, number)] >= FULL:
                number += 1
        self._counts[file] += 1
        return file

    def _group(self, record: Record) -> str:
        if not isinstance(record, Summit):
            return table_of(record)
        if self._by == "decade":
            return f"{record.start[:3]}0s" if record.start else "undated"
        if self._by == "year":
            return record.start[:4] or "undated"
        return slug(record.series)[:60].strip("-") if self._by == "series" and record.series else "summits"


def _overtaken(file: Path, record_id: str) -> LibraryError:
    reason = gettext("someone else has changed the record since the import began")
    return LibraryError(file, reason, where=record_id, remedy=gettext("Nothing was written. Run the import again."))
