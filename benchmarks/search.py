"""What search costs, beside its peers in one run: `make bench-search SIZES=10000,100000`.

Each size has a generated library, an index of it built anew, and the peers' indexes of the same records. Medians of
repeats, in milliseconds; a keystroke is a whole view of four lists with counts, the 50 rows that show and their marks.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks import peers, trace
from benchmarks.child import answer
from benchmarks.corpus import Corpus, corpus
from benchmarks.generate import plan
from benchmarks.people import person
from benchmarks.report import Row, at_most, document, missing, plain, table
from benchmarks.timing import Spread, child, over_all, process
from tui.index import Index
from tui.library import library_files

FRAME = 16.0
PATIENCE = 120
"""Seconds after which a change to one record is taken to be missed."""
RESULTS = Path(__file__).with_name("results-search.md")


class Ours(NamedTuple):
    """What was measured of the program at one size."""

    keys: Spread
    letters: Spread
    process: float
    opened: float


class Bench:
    """The measurements at one size."""

    def __init__(self, folder: Path, records: int, seed: int) -> None:
        self.records = records
        self.seed = seed
        self.corpus: Corpus = corpus(folder, records, seed)
        self.cache = self.corpus.work / "cache"
        self.rows: list[Row] = []

    def run(self) -> Ours:
        """Measure everything, the build first."""
        self._builds()
        ours = self._ours()
        self._beside(ours)
        # Last, since the one throws pages out of memory that the peers need too, and the other changes the library.
        for measure in (self._cold, self._change):
            self._guarded(measure.__name__.strip("_"), measure)
        return ours

    def _guarded(self, figure: str, measure: Callable[[], None]) -> None:
        """Measure; a part that fails is named as not measured and does not take the rest with it."""
        say(f"{self.records}: {figure}")
        try:
            measure()
        except Exception as error:
            self.rows.append(missing(figure, f"{type(error).__name__}: {error}".replace("|", "/")[:160]))

    def _builds(self) -> None:
        shutil.rmtree(self.cache, ignore_errors=True)
        say(f"{self.records}: build")
        built = child("build", self.corpus.library, self.cache)
        size = sum(file.stat().st_size for file in self.cache.rglob("*") if file.is_file())
        ratio = size / self.corpus.size
        said = f"{megabytes(size)} / {megabytes(self.corpus.size)} = {ratio:.2f} ×"
        self.rows.append(at_most("index size / JSON", said, ratio, 3))
        peak = built["megabytes"]
        self.rows.append(at_most("memory of the build, peak", f"{peak:.0f} MB", peak, 400, "MB"))
        if not peers.has_tantivy():
            self.rows.append(missing("build time / tantivy's plain build", f"{built['seconds']:.1f} s; no tantivy"))
            return
        other = child("tantivy", self.corpus.library, self.corpus.work / "tantivy-plain")
        ratio = built["seconds"] / other["seconds"]
        said = f"{built['seconds']:.1f} s / {other['seconds']:.1f} s = {ratio:.1f} ×"
        self.rows.append(at_most("build time / tantivy's plain build", said, ratio, 6))

    def _ours(self) -> Ours:
        say(f"{self.records}: keystrokes")
        with Index.open(self.corpus.library, cache=self.cache) as index:
            ask = lambda query: answer(index, query)  # noqa: E731 - a name for each of the three below
            keys = over_all(ask, trace.KEYS)
            letters = over_all(ask, trace.LETTERS)
            fields = over_all(ask, trace.FIELDS)
        late = keys.over(FRAME)
        self.rows.append(at_most("keystrokes over 16 ms, of 285", f"{late}; {spread(keys)}", late, 0, ""))
        self.rows.append(plain("one-letter queries", spread(letters)))
        self.rows.append(at_most("fields through links with words: median", spread(fields), fields.median, 8, "ms"))
        self.rows.append(at_most("fields through links with words: most", spread(fields), fields.most, 33, "ms"))
        command = [sys.executable, "-m", "tui", "search", trace.FREQUENT, "--library", str(self.corpus.library)]
        whole = process([*command, "--cache", str(self.cache)], repeats=7)
        opened = child("open", self.corpus.library, self.cache)["milliseconds"]
        self.rows.append(plain("exec to first list", f"process {whole:.0f} ms; open and first rows {opened:.2f} ms"))
        return Ours(keys, letters, whole, opened)

    def _cold(self) -> None:
        figure = "first key, index not in the page cache"
        at_once = child("cold", self.corpus.library, self.cache, "0")
        paused = child("cold", self.corpus.library, self.cache, "0.5")
        said = f"{at_once['key']:.1f} ms at once, {paused['key']:.1f} ms half a second later ({at_once['how']})"
        self.rows.append(at_most(figure, said, min(at_once["key"], paused["key"]), 50, "ms"))

    def _change(self) -> None:
        figure = "one record changed: written to found, median"
        file = library_files(self.corpus.library)[-1]
        before = file.read_bytes()
        try:
            took = child("change", self.corpus.library, self.cache, patience=PATIENCE)
            said = f"{took['milliseconds']:.1f} ms, least {took['least']:.1f}; kept later in {took['kept']:.1f} ms"
            self.rows.append(at_most(figure, said, took["milliseconds"], 5, "ms"))
        except subprocess.TimeoutExpired:
            self.rows.append(at_most(figure, f"more than {PATIENCE} s", PATIENCE * 1000, 5, "ms"))
            file.write_bytes(before)

    def _beside(self, ours: Ours) -> None:
        beside: tuple[tuple[str, bool, Callable[[Ours], None]], ...] = (
            ("ripgrep", shutil.which("rg") is not None, self._ripgrep),
            ("FTS5", True, self._fts5),
            ("tantivy, edge-gram field", peers.has_tantivy(), self._tantivy),
            ("fzf --filter", shutil.which("fzf") is not None, self._fzf),
        )
        for name, there, measure in beside:
            if there:
                self._guarded(name, lambda measure=measure: measure(ours))  # type: ignore[misc]
            else:
                self.rows.append(missing(f"median / {name}", f"{name} is not installed"))

    def _ripgrep(self, ours: Ours) -> None:
        rare = self._rare_word()
        for sort, word, limit in (("frequent", trace.FREQUENT, 1.0), ("rare", rare, 1 / 20)):
            took = process(["rg", "-i", "-m50", word, str(self.corpus.lines)])
            figure = f"median / rg -i -m50, {sort} word ({word})"
            self.rows.append(against(figure, ours.keys.median, took, limit))

    def _rare_word(self) -> str:
        """Return a name that stands in few records and not among the first."""
        planned = plan(self.records, self.seed)
        last = planned.blocks * planned.block.leaders - 1
        names = (person(number).name for number in range(last, 0, -1))
        return next(name for name in names if name.isascii() and "'" not in name)

    def _fts5(self, ours: Ours) -> None:
        connection = peers.fts5(self.corpus)
        keys = over_all(lambda query: peers.ask_fts5(connection, query), trace.KEYS)
        letters = over_all(lambda query: peers.ask_fts5(connection, query), trace.LETTERS)
        connection.close()
        self.rows.append(against("median / FTS5 ORDER BY rank LIMIT 50", ours.keys.median, keys.median, 1 / 10))
        self.rows.append(against("worst letter / FTS5's worst", ours.letters.most, letters.most, 1 / 100))

    def _tantivy(self, ours: Ours) -> None:
        peer = peers.EdgeTantivy(self.corpus)
        keys = over_all(peer.ask, trace.KEYS)
        self.rows.append(against("p95 / tantivy's, edge-gram field", ours.keys.p95, keys.p95, 0.6))
        self.rows.append(plain("tantivy, edge-gram field", spread(keys)))

    def _fzf(self, ours: Ours) -> None:
        took = sorted(
            process(["fzf", "--filter", word], stdin=self.corpus.lines, repeats=1)
            for word in ("energy", "energy coop", "erdogan")
        )[1]
        self.rows.append(against("median / fzf --filter", ours.keys.median, took, 1 / 500))


def against(figure: str, ours: float, theirs: float, limit: float) -> Row:
    """Return the row of our time over a peer's."""
    ratio = ours / theirs
    return at_most(figure, f"{ours:.2f} ms / {theirs:.2f} ms = {ratio:.4g} ×", ratio, limit)


def spread(found: Spread) -> str:
    """Return the median, the 95th of a hundred and the longest time as a text."""
    return f"median {found.median:.2f}, p95 {found.p95:.2f}, most {found.most:.1f} ms"


def megabytes(size: int) -> str:
    """Return bytes as a text in megabytes."""
    return f"{size / 1e6:.1f} MB"


def scaling(small: tuple[int, Ours], large: tuple[int, Ours]) -> list[Row]:
    """Return the rows that compare the largest library with the smallest."""
    (few, before), (many, after) = small, large
    rows = []
    for figure, first, second, limit in (
        ("exec to first list, process", before.process, after.process, 1.2),
        ("open and first rows, in process", before.opened, after.opened, 1.2),
        ("keystroke median", before.keys.median, after.keys.median, 2.0),
    ):
        said = f"{second:.2f} ms / {first:.2f} ms = {second / first:.2f} ×"
        rows.append(at_most(f"{figure}, {many:,} / {few:,}", said, second / first, limit))
    return rows


def say(line: str) -> None:
    """Tell on the error stream how far the run is."""
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """Measure the sizes asked for, print the tables and keep them."""
    parser = argparse.ArgumentParser(description="Measure search beside its peers.")
    parser.add_argument("--sizes", default="10000,100000", help="records, parted by commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path("build/bench-search"))
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args()
    sizes = sorted({int(size) for size in given.sizes.split(",")})
    peers.install()
    sections: dict[str, list[Row]] = {}
    measured: list[tuple[int, Ours]] = []
    for size in sizes:
        bench = Bench(given.folder, size, given.seed)
        measured.append((size, bench.run()))
        sections[f"{size:,} records"] = bench.rows
        print(f"\n{size:,} records\n{table(bench.rows)}\n", flush=True)
    if len(measured) > 1:
        sections["Scaling"] = scaling(measured[0], measured[-1])
        print(table(sections["Scaling"]))
    command = f"make bench-search SIZES={','.join(map(str, sizes))}"
    given.results.write_text(document("Search, measured", command, peers.versions(), sections), encoding="utf-8")


if __name__ == "__main__":
    main()
