"""Whether people find what they mean: labelled queries on the shipped library, and machine-made typos over many names.

A hit is an expected record among the first 1 or 10 rows of the list of its kind. Nothing here is tuned on: the labelled
queries were written without seeing the search, and the typos come from a seed.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks import peers
from benchmarks.generate import plan, records_of, write_library
from benchmarks.people import plain
from benchmarks.report import Row, at_least, document, missing, table
from benchmarks.typos import SHORTEST, mistyped
from tui.index import Index
from tui.index.folding import words
from tui.library import shipped_library

HERE = Path(__file__).parent
LABELLED = {
    "first": HERE / "queries.jsonl",
    "second": HERE / "queries-second.jsonl",
    "third": HERE / "queries-third.jsonl",
}
"""Three sets, by three who had not seen the search; the last was written after all that the others had taught."""
RESULTS = HERE / "results-quality.md"
NAMES_RECORDS, NAMES_LEADERS = 100_000, 10
"""A library with more than 50,000 leaders."""
FIRST = 10
CERTAIN = ("diacritics", "order")
"""Classes in which every query must hit at once."""

Find = Callable[[str, str], Sequence[str]]
"""Returns ids, the best first, for a query and a kind."""


class Asked(NamedTuple):
    """A query, the kind of list to look in, and what is right."""

    query: str
    kind: str
    expect: frozenset[str]
    sort: str


class Score(NamedTuple):
    """How many of so many queries hit with the first row and with the first ten, and the queries that missed."""

    asked: int
    first: int
    ten: int
    missed: tuple[str, ...]
    late: tuple[str, ...]

    def text(self) -> str:
        """Return the score as a text."""
        return f"hit@1 {self.first / self.asked:.3f}, hit@10 {self.ten / self.asked:.3f} of {self.asked}"


def score(asked: Iterable[Asked], find: Find) -> Score:
    """Return how well `find` answers."""
    number = first = ten = 0
    missed, late = [], []
    for one in asked:
        found = find(one.query, one.kind)[:FIRST]
        number += 1
        first += bool(found) and found[0] in one.expect
        hit = not one.expect.isdisjoint(found)
        ten += hit
        if not hit:
            missed.append(one.query)
        elif found[0] not in one.expect:
            late.append(one.query)
    return Score(number, first, ten, tuple(missed), tuple(late))


def finder(index: Index) -> Find:
    """Return how the program finds: the first rows of the list of a kind."""
    return lambda query, kind: [row.id for row in index.view(query).lists[kind].rows(0, FIRST)]


def labelled(file: Path) -> list[Asked]:
    """Return the queries of a file of JSON lines."""
    lines = map(json.loads, filter(None, file.read_text(encoding="utf-8").splitlines()))
    return [Asked(line["query"], line["kind"], frozenset(line["expect"]), line["class"]) for line in lines]


def labelled_rows(file: Path, cache: Path) -> tuple[list[Row], list[str]]:
    """Return the rows of a labelled set on the shipped library, by class and in all, and what was missed."""
    by_class: dict[str, list[Asked]] = defaultdict(list)
    asked = labelled(file)
    for one in asked:
        by_class[one.sort].append(one)
    rows, misses = [], []
    with Index.open(shipped_library(), cache=cache) as index:
        find = finder(index)
        for name, some in sorted(by_class.items()):
            found = score(some, find)
            rate = found.first / found.asked
            rows.append(at_least(name, found.text(), rate, 1.0) if name in CERTAIN else Row(name, found.text(), "", ""))
            misses += [f"{name}: not found: {query}" for query in found.missed]
            misses += [f"{name}: not first: {query}" for query in found.late]
        total = score(asked, find)
    rows.append(at_least("all: hit@1", total.text(), total.first / total.asked, 0.90))
    rows.append(at_least("all: hit@10", total.text(), total.ten / total.asked, 0.97))
    return rows, misses


def typo_rows(folder: Path, count: int, seed: int) -> tuple[list[Row], list[str]]:
    """Return the rows of machine-made typos over more than 50,000 names, beside tantivy."""
    planned = plan(NAMES_RECORDS, seed, NAMES_LEADERS)
    library = folder / f"names-{NAMES_RECORDS}-{NAMES_LEADERS}-{seed}"
    if not library.exists():
        write_library(library, planned)
    names = {record.id: record.name for record in records_of("leaders", planned, 0, planned.blocks)}  # type: ignore[union-attr]
    asked = typos(names, count, seed)
    with Index.open(library, cache=folder / "cache") as index:
        ours = score(asked, finder(index))
    bound = f"{count} typos over {len(names):,} names"
    rows = [at_least(f"{bound}: hit@10", ours.text(), ours.ten / ours.asked, 0.95)]
    if peers.has_tantivy():
        theirs = score(asked, tantivy_finder(names))
        ratio = ours.first / max(theirs.first, 1)
        said = f"{ours.text()} / tantivy {theirs.text()} = {ratio:.2f} ×"
        rows.append(at_least(f"{bound}: hit@1 / tantivy prefix + fuzzy", said, ratio, 1.1, "×"))
    else:
        rows.append(missing(f"{bound}: hit@1 / tantivy", "no tantivy"))
    return rows, [f"typo: not found: {query}" for query in ours.missed]


def typos(names: dict[str, str], count: int, seed: int) -> list[Asked]:
    """Return typos of so many of the names, each right for the names that fold alike."""
    random = Random(seed)
    long = [id for id in sorted(names) if max(map(len, names[id].split())) >= SHORTEST]  # noqa: A001
    chosen = random.sample(long, count)
    return [Asked(mistyped(plain(names[id]), random), "leader", frozenset({id}), "typo") for id in chosen]  # noqa: A001


def tantivy_finder(names: dict[str, str]) -> Find:
    """Return how tantivy finds names: each word whole, as a beginning or, when longer than 3 letters, nearly.

    A word of up to 7 letters may have one mistake, a longer one two, a swap counting as one.
    """
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("name", stored=False)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(heap_size=64_000_000)
    for id, name in names.items():  # noqa: A001 - the word the library uses
        writer.add_document(tantivy.Document(id=id, name=" ".join(words(name))))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    make, either = tantivy.Query, tantivy.Occur.Should

    def near(word: str) -> tantivy.Query:
        ways = [
            (either, make.boost_query(make.term_query(schema, "name", word), 4.0)),
            (either, make.boost_query(make.regex_query(schema, "name", f"{word}.*"), 2.0)),
        ]
        if len(word) > 3:
            distance = 1 if len(word) < 8 else 2
            ways.append((either, make.fuzzy_term_query(schema, "name", word, distance, True, False)))
            ways.append((either, make.fuzzy_term_query(schema, "name", word, distance, True, True)))
        return make.boolean_query(ways)

    def find(query: str, _: str) -> list[str]:
        asked = make.boolean_query([(tantivy.Occur.Must, near(word)) for word in words(query)])
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(asked, FIRST).hits]

    return find


def main() -> None:
    """Print the scores and keep them."""
    parser = argparse.ArgumentParser(description="Measure how well search finds what is meant.")
    parser.add_argument("--typos", type=int, default=500)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--folder", type=Path, default=Path("build/bench-quality"))
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--misses", action="store_true", help="name the queries that missed")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    sections: dict[str, list[Row]] = {}
    misses: list[str] = []
    for name, file in LABELLED.items():
        part, missed = labelled_rows(file, given.folder / "cache")
        print(f"\n{name} set\n{table(part)}", flush=True)
        sections[f"Labelled queries, {name} set, shipped library"] = part
        misses += missed
    typo_part, more = typo_rows(given.folder, given.typos, given.seed)
    print(table(typo_part))
    if given.misses:
        print("\n".join(misses + more))
    sections["Typos made by machine"] = typo_part
    text = document("Search, what it finds", "python -m benchmarks.quality", peers.versions(), sections)
    given.results.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
