"""What search is measured beside: ripgrep, fzf, plain SQLite FTS5 and tantivy, each on the same records.

Indexes of the peers are kept with the corpus. A peer that is not installed is left out.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.corpus import Corpus, texts, titled_texts
from tui.index.folding import spans
from tui.library import library_files

EDGE = 6
"""The longest beginning of a word that tantivy's edge-gram field holds."""
TOP = 50


def install() -> None:
    """Install the peers that are missing, as far as this user may; what fails is only left out."""
    if not (shutil.which("rg") and shutil.which("fzf")) and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-qq", "ripgrep", "fzf"], check=False, stdout=subprocess.DEVNULL)
    if not has_tantivy():
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "tantivy"], check=False)


def has_tantivy() -> bool:
    """Tell whether tantivy can be imported."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("tantivy") is not None


def versions() -> dict[str, str]:
    """Return the versions of the peers by name; a missing one is `missing`."""
    found = {"SQLite": sqlite3.sqlite_version, "tantivy": "missing"}
    for name in ("rg", "fzf"):
        said = subprocess.run([name, "--version"], capture_output=True, text=True).stdout if shutil.which(name) else ""
        found[name] = said.splitlines()[0] if said else "missing"
    if has_tantivy():
        from importlib.metadata import version

        found["tantivy"] = version("tantivy")
    return found


def fts5(corpus: Corpus) -> sqlite3.Connection:
    """Return plain FTS5 on the folded text: one column, beginnings of 1 to 3 letters indexed."""
    file = corpus.work / "fts5.sqlite3"
    if not file.exists():
        new = file.with_suffix(".new")
        new.unlink(missing_ok=True)
        connection = sqlite3.connect(new)
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")
        connection.execute(
            "CREATE VIRTUAL TABLE raw USING fts5(title, text, content='', tokenize='ascii', prefix='1 2 3')"
        )
        with connection:
            connection.executemany("INSERT INTO raw (title, text) VALUES (?, ?)", titled_texts(corpus))
        connection.close()
        new.rename(file)
    return sqlite3.connect(file)


def ask_fts5(connection: sqlite3.Connection, query: str) -> list[Any]:
    """Return the best rows by BM25 for words of which the last is a beginning."""
    words = query.split()
    asked = " ".join(f'"{word}"' for word in words) + ("" if query.endswith(" ") else " *")
    return connection.execute("SELECT rowid FROM raw WHERE raw MATCH ? ORDER BY rank LIMIT 50", (asked,)).fetchall()


def build_tantivy(library: Path, folder: Path) -> float:
    """Build tantivy's plain index from the files of a library and return the seconds that took."""
    import tantivy

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    builder = tantivy.SchemaBuilder()
    for name in ("id", "title"):
        builder.add_text_field(name, stored=True)
    builder.add_text_field("text", stored=False)
    began = time.perf_counter()
    writer = tantivy.Index(builder.build(), path=str(folder)).writer(heap_size=128_000_000)
    for record in _plain_records(library):
        name = record.get("name") or record.get("title") or record.get("url", "")
        writer.add_document(tantivy.Document(id=record["id"], title=name, text=" ".join(texts(record))))
    writer.commit()
    writer.wait_merging_threads()
    return time.perf_counter() - began


def _plain_records(library: Path) -> Iterator[dict[str, Any]]:
    for file in library_files(library):
        for table in msgspec.json.decode(file.read_bytes()).values():
            yield from table.values()


class EdgeTantivy:
    """Tantivy on the folded text with a field of the beginnings of words, so that an unfinished word is a term."""

    def __init__(self, corpus: Corpus) -> None:
        import tantivy

        self._tantivy = tantivy
        folder = corpus.work / "tantivy-edge"
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("title", stored=True)
        builder.add_text_field("text", stored=False)
        builder.add_text_field("edge", stored=False, tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            self._build(corpus, folder)
            (folder / "complete").touch()
        self._searcher = tantivy.Index.open(str(folder)).searcher()

    def _build(self, corpus: Corpus, folder: Path) -> None:
        document = self._tantivy.Document
        writer = self._tantivy.Index(self._schema, path=str(folder)).writer(heap_size=128_000_000)
        for title, text in titled_texts(corpus):
            edges = {word[:length] for word in text.split() for length in range(1, min(len(word), EDGE) + 1)}
            writer.add_document(document(title=title, text=text, edge=" ".join(edges)))
        writer.commit()
        writer.wait_merging_threads()

    def ask(self, query: str) -> list[str]:
        """Return the titles of the best records for words of which the last is a beginning.

        As for the view of four lists, all hits are counted and the words are marked in what is shown.
        """
        make, must = self._tantivy.Query, self._tantivy.Occur.Must
        words = query.split()
        last = words.pop() if words and not query.endswith(" ") else ""
        parts = [(must, make.term_query(self._schema, "text", word)) for word in words]
        if 0 < len(last) <= EDGE:
            parts.append((must, make.term_query(self._schema, "edge", last)))
        elif last:
            parts.append((must, make.term_query(self._schema, "edge", last[:EDGE])))
            parts.append((must, make.regex_query(self._schema, "text", f"{last}.*")))
        found = self._searcher.search(make.boolean_query(parts), TOP, count=True).hits
        titles = [self._searcher.doc(address)["title"][0] for _, address in found]
        for title in titles:
            spans(title, [*words, last])
        return titles
