"""From a file's change to the screen: `python -m benchmarks.following --sizes shipped,1000,10000,100000`.

The explorer runs in a terminal of its own. A record that it shows is changed in its file, as an editor or a `git pull`
does. The time is taken from just before the new file takes the place of the old (`os.replace`) to when the last byte of
the frame that shows it is read from the terminal: the system's notice, the reading of the file, the index, the view and
the painting are all within. Beside it stands a frame of a screen that shows 60 of them a second, and what a key takes,
cursor down and up, in the same minute: a frame that nothing precedes. The first change is apart, since it reads what
later ones find in memory. All in milliseconds; in brackets those of the processor, with what the explorer does a moment
later to keep the change.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median_low as median

import msgspec

from benchmarks.generate import plan, write_library
from benchmarks.terminal import Program
from tui.index import Index
from tui.library import shipped_library
from tui.library.catalogue import Catalogue
from tui.library.splicing import Splice
from tui.records import Summit

CHANGES = 16
FRAME = 1000 / 60
"""Milliseconds that a screen shows a frame."""
SETTLED = 0.4
"""Seconds between two changes: long after the frame, so that each is one change to the explorer."""


def main() -> None:
    """Print a row for each size."""
    arguments = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    arguments.add_argument("--sizes", default="shipped,1000,10000,100000")
    arguments.add_argument("--folder", type=Path, default=None, help="Where to work; a folder on the disk to measure.")
    given = arguments.parse_args()
    changes = ("first change", "change: least", "median", "most")
    heads = ("records", "file, MB", *changes, "one frame", "median / frame", "key: median", "most")
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for size in given.sizes.split(","):
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            print(f"| {' | '.join(_row(Path(folder), size))} |", flush=True)


def _row(folder: Path, size: str) -> list[str]:
    library = folder / "library"
    if size == "shipped":
        shutil.copytree(shipped_library(), library, ignore=shutil.ignore_patterns("mappings"))
    else:
        write_library(library, plan(int(size), 1))
    cache = folder / "cache" / "summit-explorer"
    with Index.open(library, cache) as index:
        count = sum(index.counts.values())
        summit = index.view("kind:summit").lists["summit"].rows(0, 1)[0].id
    changing = _Changing(library, summit)
    program = Program(
        [sys.executable, "-m", "tui", str(library), "kind:summit"],
        120,
        36,
        {"XDG_CACHE_HOME": str(folder / "cache"), "XDG_STATE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
    )
    try:
        program.settles(1.5)
        first, *later = [_change(program, changing) for _ in range(CHANGES)]
        keys = [program.press(key, SETTLED) for key in "jk" * (CHANGES // 2)]
    finally:
        program.close()
    pressed = [(key.seconds * 1000, key.cpu * 1000) for key in keys]
    shown = [first, min(later), median(later), max(later), median(pressed), max(pressed)]
    *changes, key, longest = [f"{passed:.1f} ({worked:.1f})" for passed, worked in shown]
    beside = (f"{FRAME:.1f}", f"{median(later)[0] / FRAME:.2f}")
    return [str(count), f"{changing.megabytes:.1f}", *changes, *beside, key, longest]


def _change(program: Program, changing: _Changing) -> tuple[float, float]:
    """Return how long it takes until a change is shown, and what the processor works until all is still."""
    worked = program.cpu
    word, began = changing()
    taken = program.hears(began, word.encode())
    program.idle(SETTLED)
    return taken * 1000, (program.cpu - worked) * 1000


class _Changing:
    """Changes the venue of a summit in its file, without the library's writer."""

    def __init__(self, library: Path, record_id: str) -> None:
        catalogue = Catalogue(library)
        catalogue.refresh()
        card, record = catalogue.card(record_id), catalogue.record(record_id)
        assert card is not None
        assert isinstance(record, Summit)
        self._file, self._card, self._record = card.file, card, record
        self._outline = catalogue.outline(card.file)[0]
        self._turn = 0

    @property
    def megabytes(self) -> float:
        return self._file.stat().st_size / 1e6

    def __call__(self) -> tuple[str, float]:
        """Change the venue to a word that differs in each letter from the last; return it and when it was in place."""
        self._turn += 1
        word = "abcdefghijklmnop"[self._turn % 16] * 12
        changed = msgspec.structs.replace(self._record, venue=word)
        new = self._file.with_suffix(".writing")
        new.write_bytes(self._outline.spliced([Splice(self._card.table, self._card.number, changed)]))
        began = time.perf_counter()
        os.replace(new, self._file)
        return word, began


if __name__ == "__main__":
    main()
