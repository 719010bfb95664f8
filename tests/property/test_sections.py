"""What a changed file has is read from what changed in it, and is what reading all of it would find."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.index.updating import sections
from tui.library import LibraryError, on_disk
from tui.library.jsontext import Entry, entries
from tui.library.on_disk import OnDisk

FILE = Path("library.json")
record = st.fixed_dictionaries({"id": st.sampled_from("abcdefgh"), "note": st.sampled_from(["", "é", '{"1": {', "}"])})
rows = st.lists(st.tuples(st.integers(1, 30), record), max_size=12).map(
    lambda pairs: {str(key): row for key, row in pairs}
)
tables = st.dictionaries(st.sampled_from(["summits", "leaders", "topics"]), rows, max_size=3)
spoilt = st.tuples(st.integers(0, 400), st.integers(0, 30), st.sampled_from(['"2": {},', "}", "{", " ", '"', "\udcff"]))


def written(library: dict[str, Any], indent: int | None) -> bytes:
    return json.dumps(library, ensure_ascii=False, indent=indent).encode()


def spoil(raw: bytes, how: tuple[int, int, str]) -> bytes:
    place, size, put_in = how
    return raw[:place] + put_in.encode(errors="surrogateescape") + raw[place + size :]


def read(raw: bytes) -> list[Entry] | None:
    try:
        return entries(raw, FILE)
    except LibraryError:
        return None


def layout_of(raw: bytes | OnDisk, found: list[Entry]) -> sections.Layout:
    drawn = sections.Drawn(raw, found)
    assert list(drawn) == found
    return drawn.layout()


def changed(raw: bytes, layout: sections.Layout) -> sections.Changed | None:
    """Return what has changed, which is the same whether the bytes are in memory or on the disk."""
    found = sections.changed(raw, layout)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / FILE
        file.write_bytes(raw)
        with OnDisk(file) as there:
            assert sections.changed(there, layout) == found
    return found


@st.composite
def changes(draw: st.DrawFn) -> tuple[bytes, list[bytes]]:
    """Return a file and what becomes of it, step by step: records changed, moved, added, removed, or bytes spoilt."""
    indent = draw(st.sampled_from([None, 2]))
    library = draw(tables)
    before, steps = written(library, indent), []
    for _ in range(3):
        if library and draw(st.booleans()):
            name = draw(st.sampled_from(sorted(library)))
            kept = dict(list(library[name].items())[draw(st.integers(0, 3)) :])
            library = library | {name: draw(st.sampled_from([kept, library[name] | draw(rows), draw(rows)]))}
            steps.append(written(library, indent))
        else:
            steps.append(spoil(written(library, indent), draw(spoilt)))
    return before, steps


@settings(deadline=None, max_examples=150)
@given(changes(), st.sampled_from([1, 3, 64]))
def test_what_changed_is_what_a_whole_reading_finds(versions: tuple[bytes, list[bytes]], together: int) -> None:
    before, steps = versions
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sections, "TOGETHER", together)
        was = entries(before, FILE)
        layout = layout_of(before, was)
        for raw in steps:
            now = read(raw)
            found = changed(raw, layout) if layout.sections else None
            if found is not None:
                assert now is not None, "what is no library was taken for one"
                table = was[found.beside].table if was else ""
                others = [Entry(table, key, value) for key, value in found.values.items()]
                whole = was[: found.first] + others + was[found.last :]
                assert [(one.table, one.number, bytes(one.raw)) for one in whole] == [
                    (one.table, one.number, bytes(one.raw)) for one in now
                ]
                layout = found.layout
            elif now is not None:
                layout = layout_of(raw, now)
            else:
                continue
            was = now
            assert sections.unpacked(*layout.packed()) == layout
            assert sum(section.size for section in layout.sections) in (0, len(raw))


def test_a_change_of_one_record_reads_only_its_neighbours() -> None:
    library = {"topics": {str(number): {"id": f"t{number}", "name": "x" * 50} for number in range(1, 1001)}}
    raw = written(library, 2)
    layout = layout_of(raw, entries(raw, FILE))
    library["topics"]["500"]["name"] = "another name"
    found = sections.changed(written(library, 2), layout)
    assert found is not None
    assert len(found.values) == sections.TOGETHER
    assert "another name" in str(bytes(found.values["500"]))
    library["topics"]["1001"] = {"id": "t1001", "name": "new"}
    del library["topics"]["500"]
    assert sections.changed(written(library, 2), found.layout) is not None


def test_a_large_file_is_drawn_and_compared_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_disk, "_WINDOW", 100)
    library = {
        name: {str(number): {"id": f"{name}{number}", "name": "x" * (number % 150)} for number in range(1, 400)}
        for name in ("topics", "leaders")
    }
    raw = written(library, 2)
    file = tmp_path / FILE
    file.write_bytes(raw)
    with OnDisk(file) as there:
        assert len(there) == len(raw)
        assert there[5:300] == raw[5:300]
        assert there.find(b"no such thing", 0) == -1
        layout = layout_of(there, entries(raw, FILE))
    assert layout == layout_of(raw, entries(raw, FILE))
    assert layout.sections
    library["leaders"]["77"]["name"] = "another name"
    assert changed(written(library, 2), layout) is not None


def test_a_file_that_changes_while_it_is_compared_is_told(tmp_path: Path) -> None:
    file = tmp_path / FILE
    file.write_bytes(b"{}")
    there = OnDisk(file)
    file.write_bytes(b'{"topics": {}}')
    assert there.find(b"{", 0) == 0
    with pytest.raises(LibraryError, match="changed while it was read"):
        there.__exit__(None, None, None)
