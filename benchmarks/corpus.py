"""The same library in the forms that the peers read: a record a line as JSON, and its folded text a line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from benchmarks.generate import plan, write_library
from tui.index.folding import fold
from tui.library import library_files, read_file
from tui.records import title_of

UNSAID = frozenset({"id", "leader", "topic", "summit", "topics", "source", "url", "role", "kind"})
"""Fields whose text says nothing to a reader: ids, addresses, controlled words."""


class Corpus(NamedTuple):
    """Where a generated library and its other forms are kept."""

    library: Path
    lines: Path
    folded: Path
    work: Path
    """A folder for the peers' indexes."""

    @property
    def size(self) -> int:
        """The bytes of the library's JSON."""
        return sum(file.stat().st_size for file in library_files(self.library))


def corpus(folder: Path, records: int, seed: int) -> Corpus:
    """Return the corpus of so many records, generated unless it is there from before."""
    home = folder / f"{records}-{seed}"
    found = Corpus(home / "library", home / "records.jsonl", home / "folded.txt", home / "work")
    if not (home / "complete").exists():
        shutil.rmtree(home, ignore_errors=True)
        write_library(found.library, plan(records, seed))
        _write_lines(found)
        found.work.mkdir()
        (home / "complete").touch()
    return found


def _write_lines(found: Corpus) -> None:
    encode = msgspec.json.Encoder().encode
    with found.lines.open("wb") as lines, found.folded.open("w", encoding="utf-8") as folded:
        for file in library_files(found.library):
            for _, record in read_file(file):
                lines.write(encode(record) + b"\n")
                plain = msgspec.to_builtins(record)
                folded.write(f"{fold(title_of(record))}\t{fold(' '.join(texts(plain)))}\n")


def texts(value: Any) -> Iterator[str]:
    """Yield every text of a record in plain values that says something to a reader."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in UNSAID:
                yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


def titled_texts(found: Corpus) -> Iterator[tuple[str, str]]:
    """Yield the folded title and the whole folded text of each record."""
    with found.folded.open(encoding="utf-8") as lines:
        for line in lines:
            title, _, text = line.rstrip("\n").partition("\t")
            yield title, text
