"""Out and in again: JSON Lines lose nothing, and no text whatever breaks a format."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import unicodedata
from pathlib import Path

import icalendar
import msgspec
import pybtex.database
import rispy
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.libraries import write_file
from tests.small_libraries import libraries
from tui.exchange.out import FORMATS, export, of_view, read_lines
from tui.exchange.printable import printable
from tui.index import Index
from tui.records import TABLES, Record, kind_of

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
GENERAL = {"name", "title", "series", "venue", "note", "office", "summary", "publisher", "aliases"}


def disturbed(value: object, text: str) -> object:
    """Return a record's fields with `text` wherever free text stands."""
    if isinstance(value, dict):
        return {name: _put(name, part, text) for name, part in value.items()}
    return [disturbed(part, text) for part in value] if isinstance(value, list | tuple) else value


def _put(name: str, value: object, text: str) -> object:
    if name in GENERAL and value:
        return [text] if isinstance(value, list | tuple) else text
    return disturbed(value, text)


def write(folder: Path, records: list[Record]) -> Path:
    library = folder / "library"
    library.mkdir()
    content = {table: [record for record in records if isinstance(record, shape)] for table, shape in TABLES.items()}
    write_file(library / "all.json", content)
    return library


@settings(max_examples=30, deadline=None)
@given(records=libraries(), text=texts)
def test_library_to_json_lines_to_library_is_the_same(records: list[Record], text: str) -> None:
    odd = [msgspec.convert(disturbed(msgspec.to_builtins(record), text), type(record)) for record in records]
    with tempfile.TemporaryDirectory() as place:
        library = write(Path(place), odd)
        with Index.open(library, Path(place) / "cache") as index:
            lines = export(of_view(index.view(""), index), "jsonl")
            tables = json.loads(export(of_view(index.view(""), index), "json"))
        read = list(read_lines(lines.splitlines()))
        assert len(read) == len(odd)
        assert {record.id: record for record in read} == {record.id: record for record in odd}
        for table, shape in TABLES.items():
            assert msgspec.convert(tables[table], list[shape]) == [one for one in read if isinstance(one, shape)]
        again = Path(place) / "again"
        again.mkdir()
        with Index.open(write(again, read), again / "cache") as index:
            assert export(of_view(index.view(""), index), "jsonl") == lines


@settings(max_examples=30, deadline=None)
@given(records=libraries(), text=texts)
def test_any_text_leaves_every_format_readable(records: list[Record], text: str) -> None:
    odd = [msgspec.convert(disturbed(msgspec.to_builtins(record), text), type(record)) for record in records]
    with tempfile.TemporaryDirectory() as place, Index.open(write(Path(place), odd), Path(place) / "cache") as index:
        chosen = of_view(index.view(""), index)
        made = {form: export(chosen, form) for form in FORMATS}
    for written in made.values():
        assert {one for one in written if unicodedata.category(one) == "Cc"} <= {"\r", "\n"}
    sources = [record.id for record in odd if kind_of(record) == "source"]
    assert sorted(item["id"] for item in json.loads(made["csl"])) == sorted(sources)
    assert sorted(pybtex.database.parse_string(made["bibtex"], "bibtex").entries) == sorted(sources)
    assert sorted(entry["id"] for entry in rispy.loads(made["ris"])) == sorted(sources)
    summits = [record for record in odd if kind_of(record) == "summit"]
    rows = list(csv.DictReader(io.StringIO(made["csv"], newline=""), strict=True))
    assert {row["name"] for row in rows} == {printable(record.name).strip() for record in summits}
    icalendar.Calendar.from_ical(made["ics"])
    json.loads(made["popolo"])
    html = MarkdownIt("commonmark").render(made["markdown"])
    assert html.count("<h1>") == len(summits)
    assert "<img" not in html
    assert html.count("<a ") == html.count('<a href="https://example.org/x">')
