"""Any form, any field=value, any file: no traceback, no loss. `SUMMIT_FUZZ=10000` runs that many cases of each."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.libraries import AGREEMENTS, LEADERS, SOURCES, SUMMITS, TOPICS, write_tiny_library
from tui.cli.run import run
from tui.cli.summit import summit
from tui.exchange.form.assigning import assigned
from tui.exchange.form.reading import FormError, read_form, with_messages, without_messages
from tui.exchange.form.shapes import fields_of
from tui.exchange.form.writing import form_of
from tui.library import LibraryError, check
from tui.library.changes import Change
from tui.library.curating import CannotError
from tui.library.rules import faults
from tui.library.writer import LibraryWriter
from tui.records import Record

CASES = int(os.environ.get("SUMMIT_FUZZ", "60"))
RECORDS: tuple[Record, ...] = (*SUMMITS, *LEADERS, *TOPICS, *AGREEMENTS, *SOURCES)
fuzz = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
text = st.text(st.characters(codec="utf-8"), max_size=60)
yaml_like = st.text(st.sampled_from("abc:-[]{}#&*!|>'\"%@`,?\n \t0123\u00e9\u2028\x00"), max_size=80)


@contextmanager
def own_library() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield write_tiny_library(Path(folder) / "own")


@st.composite
def spoilt_forms(draw: st.DrawFn) -> tuple[str, type[Record]]:
    """Return the form of a record with a line changed, taken out, doubled or put in."""
    record = draw(st.sampled_from(RECORDS))
    lines = form_of(record).split("\n")
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(lines) - 1))
        how = draw(st.sampled_from(["cut", "double", "replace", "insert", "indent"]))
        if how == "cut":
            del lines[place]
        elif how == "double":
            lines.insert(place, lines[place])
        elif how == "indent":
            lines[place] = " " * draw(st.integers(1, 4)) + lines[place]
        else:
            put_in = draw(st.sampled_from([f"{name}: " for name in fields_of(type(record))])) + draw(yaml_like | text)
            lines[place : place + (how == "replace")] = put_in.split("\n")
        lines = lines or [""]
    return "\n".join(lines), type(record)


@fuzz
@given(spoilt_forms() | st.tuples(yaml_like | text, st.sampled_from([type(record) for record in RECORDS])))
def test_any_form_is_a_sound_record_or_told_at_its_lines(form: tuple[str, type[Record]]) -> None:
    typed, shape = form
    try:
        record = read_form(typed, shape).record
    except FormError as error:
        wrongs = error.wrongs
    else:
        assert not list(faults(record))
        assert read_form(form_of(record), shape).record == record
        return
    shown, line = with_messages(typed, wrongs)
    assert wrongs
    assert line >= 1
    assert without_messages(shown) == without_messages(typed)


@fuzz
@given(st.sampled_from(RECORDS), st.data())
def test_any_assignment_is_kept_or_refused_in_words_and_can_be_undone(record: Record, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(fields_of(type(record))) | text)
    assignment = f"{name}{data.draw(st.sampled_from(['=', '+=', '']))}{data.draw(yaml_like | text)}"
    with own_library() as library:
        before = {file.name: file.read_bytes() for file in library.glob("*.json")}
        writer = LibraryWriter(library)
        after, noted = record, None
        with suppress(CannotError, LibraryError):
            after = assigned(record, [assignment])
            noted = writer.write([Change(record, after)], "set")
        assert check(library) == []
        if noted is not None:
            assert writer.find(after.id) == after
            writer.undo()
        assert {file.name: file.read_bytes() for file in library.glob("*.json")} == before


@fuzz
@given(
    st.binary(max_size=120) | text.map(str.encode) | yaml_like.map(str.encode),
    st.sampled_from(["a.json", "a.csv", "a.tsv", "a.jsonl", "a.yaml", "a.txt"]),
)
def test_any_file_is_imported_or_refused_in_words(content: bytes, name: str) -> None:
    with own_library() as library:
        file = library.parent / name
        file.write_bytes(content)
        before = {file.name: file.read_bytes() for file in library.glob("*.json")}
        code = run(summit, ["import", str(file), "--into", str(library), "--source", "https://example.org/a"])
        assert code in (0, 1, 2)
        assert check(library) == []
        if code == 2:
            assert {file.name: file.read_bytes() for file in library.glob("*.json")} == before


@fuzz
@given(st.data())
def test_a_library_with_any_byte_changed_is_edited_or_refused_and_never_made_worse(data: st.DataObject) -> None:
    with own_library() as library:
        file = library / data.draw(st.sampled_from(["meetings.json", "shared.json"]))
        raw = file.read_bytes()
        place = data.draw(st.integers(0, len(raw) - 1))
        spoilt = raw[:place] + data.draw(st.binary(max_size=3)) + raw[place + data.draw(st.integers(0, 3)) :]
        file.write_bytes(spoilt)
        with suppress(LibraryError, CannotError):
            writer = LibraryWriter(library)
            rome = writer.find("rome-2025")
            if rome is not None and writer.write([Change(rome, assigned(rome, ["venue=Palazzo"]))], "set"):
                writer.undo()
                assert file.read_bytes() == spoilt or json.loads(file.read_bytes()) == json.loads(spoilt)
                return
        assert file.read_bytes() == spoilt
