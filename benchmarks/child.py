"""Measurements that need a process of their own: `python -m benchmarks.child TASK …` prints one line of JSON."""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.memory import Watch
from benchmarks.timing import forget_pages
from tui.index import Index
from tui.index.folding import spans
from tui.library import library_files, read_file
from tui.library.changes import Change
from tui.library.writer import LibraryWriter
from tui.records import Leader

_PAUSE = 0.15
"""Seconds after a change after which it is kept."""

ROWS_A_LIST = 13
"""Rows fetched from each of the four lists: 50 in all, as many as the largest screens show."""


def answer(index: Index, query: str) -> int:
    """Ask the index as the explorer does: four lists, counts, the rows that show and where the words stand in them."""
    view = index.view(query)
    shown = 0
    for listing in view.lists.values():
        for row in listing.rows(0, ROWS_A_LIST):
            spans(row.title, view.words)
            shown += 1
    return shown


def build(library: Path, cache: Path) -> dict[str, Any]:
    """Build an index where there is none. The memory is that of the process and of all that help it together."""
    with Watch() as watch:
        began = time.perf_counter()
        Index.open(library, cache=cache).close()
        took = time.perf_counter() - began
    return {"seconds": took, "megabytes": watch.most / 1e6}


def tantivy_plain(library: Path, folder: Path) -> dict[str, Any]:
    """Build tantivy's plain index."""
    from benchmarks.peers import build_tantivy

    return {
        "seconds": build_tantivy(library, folder),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def cold(library: Path, cache: Path, pause: str) -> dict[str, Any]:
    """Open a fresh index and type a first key, with no page of the index in memory."""
    _load_code()
    how = forget_pages(file for file in cache.rglob("*") if file.is_file())
    began = time.perf_counter()
    index = Index.open(library, cache=cache)
    opened = time.perf_counter()
    time.sleep(float(pause))
    asked = time.perf_counter()
    answer(index, "e")
    done = time.perf_counter()
    return {"open": (opened - began) * 1000, "key": (done - asked) * 1000, "how": how}


def _load_code() -> None:
    """Load what a first query imports and compiles, on a library of next to nothing."""
    import tempfile

    from benchmarks.generate import plan, write_library

    with tempfile.TemporaryDirectory() as folder:
        write_library(Path(folder) / "library", plan(300, 1))
        for _ in range(2):
            with Index.open(Path(folder) / "library", cache=Path(folder) / "cache") as index:
                answer(index, "e")


def opening(library: Path, cache: Path) -> dict[str, Any]:
    """Open a fresh index and fetch the first rows of the whole library."""
    times = []
    for _ in range(7):
        began = time.perf_counter()
        with Index.open(library, cache=cache) as index:
            answer(index, "")
        times.append((time.perf_counter() - began) * 1000)
    return {"milliseconds": sorted(times)[len(times) // 2]}


def change(library: Path, cache: Path) -> dict[str, Any]:
    """Change a leader by the library's own writer, and time from the end of the write until a search finds it.

    The index learns of it as the explorer's does: which files were written is known, or told by the system. Beside it
    stands what the index takes for keeping that, later and beside other work. The library is put back as it was.
    """
    file = library_files(library)[-1]
    before, there = file.read_bytes(), set(library.iterdir())
    times, kept = [], []
    try:
        with Index.open(library, cache=cache) as index:
            index.follow()
            writer = LibraryWriter(library)
            leader = next(record for kind, record in read_file(file) if kind == "leader")
            for turn in range(7):
                word = f"zyxquor{'abcdefg'[turn]}"
                known = writer.find(leader.id)
                assert isinstance(known, Leader)
                noted = writer.write([Change(known, msgspec.structs.replace(known, note=word))], "measured")
                assert noted is not None
                began = time.perf_counter()
                taken = index.take_in(noted.deed.files)
                found = sum(listing.total for listing in index.view(word).lists.values()) if taken else 0
                times.append((time.perf_counter() - began) * 1000)
                if found != 1:
                    raise RuntimeError(f"{word} stands in {found} records")
                time.sleep(_PAUSE)
                began = time.perf_counter()
                index.settle()
                kept.append((time.perf_counter() - began) * 1000)
    finally:
        for other in set(library.iterdir()) - there:
            shutil.rmtree(other) if other.is_dir() else other.unlink()
        _replace(file, before)
        Index.open(library, cache=cache).close()
    middle = len(times) // 2
    return {"milliseconds": sorted(times)[middle], "least": min(times), "kept": sorted(kept)[middle]}


def _replace(file: Path, content: bytes) -> None:
    new = file.with_suffix(".writing")
    new.write_bytes(content)
    new.replace(file)


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    "build": build,
    "tantivy": tantivy_plain,
    "cold": cold,
    "open": opening,
    "change": change,
}


def main() -> None:
    """Do the task that the command line names."""
    task, library, folder, *rest = sys.argv[1:]
    print(json.dumps(TASKS[task](Path(library), Path(folder), *rest)))


if __name__ == "__main__":
    main()
