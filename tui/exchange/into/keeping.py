"""Writes what was planned into the library, file by file, each through the safe storage.

Sources, topics and leaders go first, so that no reader ever meets a link that leads nowhere. A record that is there
already stays in its file; new ones of a folder go to `NAME-leaders.json`, `NAME-1990s.json` and the like.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import msgspec
import tinydb

from tui.exchange.into.arrival import CannotImportError, Progress, keep_still
from tui.exchange.into.merging import Change, Plan
from tui.library import LibraryError, changing, library_files, open_database, read_file
from tui.library.slugs import slug
from tui.records import TABLES, Agreement, Leader, Record, Source, Summit, Topic

FULL = 2000
"""Records from which on a file is full, and the next one is begun: an edit rewrites one file."""
_ORDER: tuple[type[Record], ...] = (Source, Topic, Leader, Summit, Agreement)
_TABLE_OF = {made: table for table, made in TABLES.items()}


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
        raise CannotImportError(path, "there is a library already; nothing was changed")
    if path.exists() and not path.is_dir():
        raise CannotImportError(path, "there is a file already; nothing was changed")
    file = path if path.suffix == ".json" and not path.is_dir() else path / "library.json"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotImportError(path, f"cannot be made ({error.strerror or error})") from error
    database = open_database(file)
    database.storage.write({table: {} for table in TABLES})
    return file


def keep(plan: Plan, path: Path, files: dict[str, Path], name: str, by: str, progress: Progress = keep_still) -> None:
    """Write the changes of a plan into the library at `path`, of which `files` says where each record stands.

    Raises LibraryError when a file cannot be written, or was changed meanwhile where the plan meant to change it;
    the files before it are complete, and the same import again does the rest.
    """
    chosen = _Files(path, files, name, by)
    done = 0
    for kind in _ORDER:
        new: dict[Path, list[Record]] = defaultdict(list)
        for record in plan.new:
            if isinstance(record, kind):
                new[chosen.file_for(record)].append(record)
        changes: dict[Path, list[Change]] = defaultdict(list)
        for change in (*plan.completed, *plan.replaced):
            if isinstance(change.new, kind):
                changes[files[change.old.id]].append(change)
        for file in sorted({*new, *changes}):
            _write(file, _TABLE_OF[kind], new[file], changes[file])
            done += len(new[file]) + len(changes[file])
            progress(done, plan.changes)


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
            while self._counts[file := self._path / _file_name(stem, number)] >= FULL:
                number += 1
        self._counts[file] += 1
        return file

    def _group(self, record: Record) -> str:
        if not isinstance(record, Summit):
            return _TABLE_OF[type(record)]
        if self._by == "decade":
            return f"{record.start[:3]}0s" if record.start else "undated"
        if self._by == "year":
            return record.start[:4] or "undated"
        return slug(record.series)[:60].strip("-") if self._by == "series" and record.series else "summits"


def _file_name(stem: str, number: int) -> str:
    return f"{stem}.json" if number == 1 else f"{stem}-{number}.json"


def _write(file: Path, table: str, new: list[Record], changes: list[Change]) -> None:
    with changing(open_database(file)) as database:
        held = {str(found["id"]): found for found in database.table(table)}
        for record in new:
            if record.id not in held:
                database.table(table).insert(msgspec.to_builtins(record))
            elif held[record.id] != msgspec.to_builtins(record):
                raise _overtaken(file, record.id)
        for change in changes:
            found = held.get(change.old.id)
            if found is None or msgspec.convert(dict(found), type(change.old)) != change.old:
                raise _overtaken(file, change.old.id)
            _replace(database, table, found.doc_id, change.new)


def _replace(database: tinydb.TinyDB, table: str, number: int, record: Record) -> None:
    """Put a record in the place of another, which keeps its number."""

    def become(held: dict[str, object]) -> None:
        held.clear()
        held.update(msgspec.to_builtins(record))

    database.table(table).update(become, doc_ids=[number])  # type: ignore[arg-type]


def _overtaken(file: Path, record_id: str) -> LibraryError:
    reason = "someone else has changed the record since the import began"
    return LibraryError(file, reason, where=record_id, remedy="Run the import again; it takes up where this one ended.")
