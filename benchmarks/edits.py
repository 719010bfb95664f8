"""What an edit costs: `python -m benchmarks.edits --sizes 1000,10000,100000`.

One record is changed, checked and on the disk, by the library's writer and, side by side, by TinyDB's own storage and
by TinyDB on our safe storage, on the same library. With `--index`, an open index takes each edit in and is asked for it
(`found`), which is kept a moment later, beside other work (`kept`); `build` is what the whole index takes. Each figure
is the least of some edits, as milliseconds that passed and, after the stroke, that the processor worked: on a busy
machine the second is the one to compare. `fsync` is what the disk alone takes for a file of that size.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
import tinydb

from benchmarks.generate import plan, write_library
from tui.index import Index
from tui.library import library_files, open_database, read_file, serialise
from tui.library.changes import Change
from tui.library.writer import LibraryWriter
from tui.records import TABLES, Record, Summit

EDITS = 9
_PAUSE = 0.15
"""Seconds after an edit after which the explorer keeps what its index took in."""
Made = TypeVar("Made")


def main() -> None:
    """Print a row for each size."""
    arguments = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    arguments.add_argument("--sizes", default="1000,10000,100000")
    arguments.add_argument("--folder", type=Path, default=None, help="Where to work; a folder on the disk to measure.")
    arguments.add_argument("--index", action="store_true", help="Also bring the index up to date after an edit.")
    given = arguments.parse_args()
    heads = ["records", "files", "MB", "writer", "first", "undo", "safe TinyDB", "TinyDB", "fsync"]
    heads += ["found", "kept", "build"] if given.index else []
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            print(f"| {' | '.join(_row(Path(folder), size, index=given.index))} |", flush=True)


def _row(folder: Path, size: int, *, index: bool) -> list[str]:
    library = folder / "library"
    write_library(library, plan(size, 1))
    for file in library_files(library):
        _as_written(file)
    meetings = library_files(library)[-1]  # the last to be looked in for a record
    record = next(one for kind, one in read_file(meetings) if kind == "summit")
    writer = LibraryWriter(library)
    first, _ = _timed(lambda: _edit(writer, record.id, 0))
    edits = [_timed(lambda number=number: _edit(writer, record.id, number))[0] for number in range(1, EDITS + 1)]
    undone = [_timed(writer.undo)[0] for _ in range(EDITS)]
    renewed = _index(writer, record.id, library, folder / "cache") if index else {}
    safe = [_timed(lambda number=number: _safe(meetings, record, number))[0] for number in range(30, 33)]
    plain = [_timed(lambda number=number: _plain(folder, meetings, record, number))[0] for number in range(3)]
    disk = [_timed(lambda: _write_alone(folder, meetings.read_bytes()))[0] for _ in range(EDITS)]
    files = library_files(library)
    shown = [edits, [first], undone, safe, plain, disk, *renewed.values()]
    figures = [
        f"{min(took.passed for took in values):.1f} / {min(took.worked for took in values):.1f}" for values in shown
    ]
    return [f"{size}", f"{len(files)}", f"{sum(file.stat().st_size for file in files) / 1e6:.1f}", *figures]


def _index(writer: LibraryWriter, record_id: str, library: Path, cache: Path) -> dict[str, list[Took]]:
    """Return what building the index takes, and after each of some edits what it takes to find it and to keep it."""
    build, index = _timed(lambda: Index.open(library, cache))
    found, kept = [], []
    with index:
        index.follow()
        for number in range(20, 20 + EDITS):
            word = f"zyxquor{chr(ord('a') + number % 20)}"
            files = _edit(writer, record_id, number, word)
            took, total = _timed(lambda files=files, word=word: _found(index, files, word))  # type: ignore[misc]
            if total != 1:
                raise RuntimeError(f"{word} stands in {total} records")
            found.append(took)
            time.sleep(_PAUSE)
            kept.append(_timed(index.settle)[0])
    return {"found": found, "kept": kept, "build": [build]}


def _found(index: Index, files: frozenset[str], word: str) -> int:
    return sum(listing.total for listing in index.view(word).lists.values()) if index.take_in(files) else 0


def _edit(writer: LibraryWriter, record_id: str, number: int, word: str = "") -> frozenset[str]:
    """Change the note of a summit; return the names of the files that were written."""
    record = writer.find(record_id)
    assert isinstance(record, Summit)
    changed = msgspec.structs.replace(record, note=f"edit {number} {word}".strip())
    noted = writer.write([Change(record, changed)], f"edit {number}")
    return noted.deed.files if noted else frozenset()


def _safe(file: Path, record: Record, number: int) -> None:
    database = open_database(file)
    database.table("summits").update({"note": f"safe {number}"}, tinydb.where("id") == record.id)


def _plain(folder: Path, file: Path, record: Record, number: int) -> None:
    copy = folder / "plain.json"
    if not copy.exists():
        shutil.copy(file, copy)
    with tinydb.TinyDB(copy, encoding="utf-8", ensure_ascii=False) as database:
        database.table("summits").update({"note": f"plain {number}"}, tinydb.where("id") == record.id)


def _write_alone(folder: Path, raw: bytes) -> None:
    with (folder / "alone").open("wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _as_written(file: Path) -> None:
    """Write a generated file as an edit leaves it: indented, a record's fields on lines of their own."""
    tables: dict[str, dict[str, object]] = {}
    names = {shape: table for table, shape in TABLES.items()}
    for _, record in read_file(file):
        rows = tables.setdefault(names[type(record)], {})
        rows[str(len(rows) + 1)] = msgspec.to_builtins(record)
    file.write_bytes(serialise(tables))


class Took(NamedTuple):
    """How long something took, in milliseconds."""

    passed: float
    worked: float
    """By this process on the processor."""


def _timed(work: Callable[[], Made]) -> tuple[Took, Made]:
    began, worked = time.perf_counter(), time.process_time()
    made = work()
    return Took((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000), made


if __name__ == "__main__":
    main()
