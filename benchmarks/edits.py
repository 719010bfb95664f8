"""What an edit costs: `python -m benchmarks.edits --sizes 1000,10000,100000`.

One record is changed, checked and on the disk, by the library's writer and, side by side, by TinyDB's own storage and
by TinyDB on our safe storage, on the same library; with `--index`, the index is brought up to date for it. Each figure
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
from tui.library.writer import Change, LibraryWriter
from tui.records import TABLES, Record, Summit

EDITS = 9
Made = TypeVar("Made")


def main() -> None:
    """Print a row for each size."""
    arguments = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    arguments.add_argument("--sizes", default="1000,10000,100000")
    arguments.add_argument("--folder", type=Path, default=None, help="Where to work; a folder on the disk to measure.")
    arguments.add_argument("--index", action="store_true", help="Also bring the index up to date after an edit.")
    given = arguments.parse_args()
    heads = ["records", "files", "MB", "writer", "first", "undo", "safe TinyDB", "TinyDB", "fsync"]
    heads += ["index", "build"] if given.index else []
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            print(f"| {' | '.join(_row(Path(folder), size, index=given.index))} |", flush=True)


def _row(folder: Path, size: int, *, index: bool) -> list[str]:
    library = folder / "library"
    write_library(library, plan(size, 1))
    for file in library_files(library):
        _as_written(file)
    meetings = library_files(library)[0]
    record = next(one for kind, one in read_file(meetings) if kind == "summit")
    writer = LibraryWriter(library)
    first, _ = _timed(lambda: _edit(writer, record.id, 0))
    edits = [_timed(lambda number=number: _edit(writer, record.id, number))[0] for number in range(1, EDITS + 1)]
    undone = [_timed(writer.undo)[0] for _ in range(EDITS)]
    renewed = _index(writer, record.id, library, folder / "cache") if index else []
    safe = [_timed(lambda number=number: _safe(meetings, record, number))[0] for number in range(30, 33)]
    plain = [_timed(lambda number=number: _plain(folder, meetings, record, number))[0] for number in range(3)]
    disk = [_timed(lambda: _write_alone(folder, meetings.read_bytes()))[0] for _ in range(EDITS)]
    files = library_files(library)
    shown = [edits, [first], undone, safe, plain, disk, *([renewed[1:], renewed[:1]] if index else [])]
    figures = [
        f"{min(took.passed for took in values):.1f} / {min(took.worked for took in values):.1f}" for values in shown
    ]
    return [f"{size}", f"{len(files)}", f"{sum(file.stat().st_size for file in files) / 1e6:.1f}", *figures]


def _index(writer: LibraryWriter, record_id: str, library: Path, cache: Path) -> list[Took]:
    """Return what building the index takes, and then what it takes after each of some edits."""
    found = []
    for number in range(20, 24):
        took, opened = _timed(lambda: Index.open(library, cache))
        opened.close()
        found.append(took)
        _edit(writer, record_id, number)
    return found


def _edit(writer: LibraryWriter, record_id: str, number: int) -> None:
    record = writer.find(record_id)
    assert isinstance(record, Summit)
    writer.write([Change(record, msgspec.structs.replace(record, note=f"edit {number}"))], f"edit {number}")


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
