"""Measurements that need a process of their own: `python -m benchmarks.child TASK …` prints one line of JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.memory import Watch
from benchmarks.timing import SLOW, forget_pages
from tui.index import Index
from tui.index.folding import spans
from tui.library import library_files

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
    """Change one record's text, and time from the end of the write until a search finds it; the file is put back."""
    file = library_files(library)[-1]
    before = file.read_bytes()
    index = Index.open(library, cache=cache)
    times = []
    try:
        for turn in range(5):
            word = f"zyxquor{'abcde'[turn]}"
            _replace(file, before.replace(b"Worked on ", b"Worked on " + word.encode() + b" ", 1))
            began = time.perf_counter()
            index = _renewed(index, library, cache)
            found = sum(listing.total for listing in index.view(word).lists.values())
            times.append((time.perf_counter() - began) * 1000)
            if found != 1:
                raise RuntimeError(f"{word} stands in {found} records")
            if times[-1] > SLOW:
                break
        index.close()
    finally:
        _replace(file, before)
    return {"milliseconds": sorted(times)[len(times) // 2]}


def _replace(file: Path, content: bytes) -> None:
    new = file.with_suffix(".writing")
    new.write_bytes(content)
    new.replace(file)


def _renewed(index: Index, library: Path, cache: Path) -> Index:
    """Return the index as it is after a file changed; one that can follow changes by itself is not opened anew."""
    refresh = getattr(index, "refresh", None)
    if refresh is not None:
        refresh()
        return index
    index.close()
    return Index.open(library, cache=cache)


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
