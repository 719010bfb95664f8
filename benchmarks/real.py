"""Search on libraries that nobody generated: `python -m benchmarks.real data ~/trips …`, each a library.

Names of records are typed letter by letter as a person types them, in ASCII; then whole, as they are and with one or
two mistakes of typing. A hit is the record, or one that folds alike, among the first rows of the list of its kind.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from random import Random

from benchmarks import peers
from benchmarks.child import answer
from benchmarks.people import plain as ascii_of
from benchmarks.quality import Asked, finder, score
from benchmarks.report import Row, at_most, document, plain, table
from benchmarks.search import FRAME, spread
from benchmarks.timing import over_all
from benchmarks.typos import SHORTEST, mistyped
from tui.index import SORTS, Index
from tui.index.folding import fold

RESULTS = Path(__file__).with_name("results-search-real.md")
TYPED, ASKED = 40, 250
"""How many names are typed letter by letter, and how many are asked for whole."""
LETTERS = 16


def rows_of(library: Path, cache: Path, seed: int) -> tuple[str, list[Row]]:
    """Return the name of a library with the number of its records, and its rows."""
    with Index.open(library, cache=cache) as index:
        kinds = titles(index)
        alike = defaultdict[tuple[str, str], set[str]](set)
        for id_, (kind, title) in kinds.items():
            alike[kind, fold(title)].add(id_)
        random = Random(seed)
        long = [id_ for id_ in sorted(kinds) if any(len(word) >= SHORTEST for word in ascii_of(kinds[id_][1]).split())]
        chosen = random.sample(long, min(ASKED, len(long)))
        names = [ascii_of(kinds[id_][1]).lower() for id_ in chosen[:TYPED]]
        typed = [name[:end] for name in names for end in range(1, min(len(name), LETTERS) + 1)]
        keys = over_all(lambda query: answer(index, query), typed)

        def found(slip: Callable[[str], str]) -> str:
            asked = [
                Asked(slip(ascii_of(title)), kind, frozenset(alike[kind, fold(title)]), "")
                for kind, title in map(kinds.__getitem__, chosen)
            ]
            return score(asked, finder(index)).text()

        late = keys.over(FRAME)
        rows = [
            at_most(f"keystrokes over 16 ms, of {len(typed)}", f"{late}; {spread(keys)}", late, 0, ""),
            plain("names typed whole, in ASCII", found(str.lower)),
            plain("names with one or two mistakes", found(lambda name: mistyped(name, random))),
        ]
        return f"{library.name}: {len(kinds):,} records in the lists", rows


def titles(index: Index) -> dict[str, tuple[str, str]]:
    """Return the kind and the title of each record of the four lists, by id."""
    lists = index.view("").lists
    return {row.id: (kind, row.title) for kind in SORTS for row in lists[kind].rows(0, lists[kind].total)}


def main() -> None:
    """Measure the libraries named, print the tables and keep them."""
    parser = argparse.ArgumentParser(description="Measure search on libraries that nobody generated.")
    parser.add_argument("libraries", type=Path, nargs="+")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args()
    sections: dict[str, list[Row]] = {}
    with tempfile.TemporaryDirectory() as cache:
        for library in given.libraries:
            name, rows = rows_of(library, Path(cache), given.seed)
            print(f"\n{name}\n{table(rows)}", flush=True)
            sections[name] = rows
    command = f"python -m benchmarks.real {' '.join(library.name for library in given.libraries)}"
    versions = peers.versions()
    said = document("Search in real libraries, measured", command, {"SQLite": versions["SQLite"]}, sections)
    given.results.write_text(said, encoding="utf-8")


if __name__ == "__main__":
    main()
