"""An index brought up to date holds what one built anew would hold, whatever has changed."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.index_dump import index_dump
from tests.naive_view import NaiveLibrary
from tests.small_libraries import libraries, queries
from tui.index import Index
from tui.records import TABLES, Record

DAY = date(2025, 6, 1)
FILES = ("one.json", "two.json", "three.json")


def write(library: Path, records: list[Record], places: list[int]) -> None:
    """Write a library in which each record stands in the file that its place names; files without any go."""
    library.mkdir(exist_ok=True)
    tables: dict[str, dict[str, dict[str, Record]]] = {FILES[0]: {}}
    for number, record in enumerate(records, 1):
        table = next(name for name, shape in TABLES.items() if isinstance(record, shape))
        file = FILES[places[number % len(places)] % len(FILES)]
        tables.setdefault(file, {}).setdefault(table, {})[str(number)] = record
    for name in FILES:
        if name in tables:
            (library / f"{name}.writing").write_bytes(msgspec.json.encode(tables[name]))
            os.replace(library / f"{name}.writing", library / name)
        else:
            (library / name).unlink(missing_ok=True)


def comparable(dump: dict[str, Any]) -> dict[str, Any]:
    """Leave out what only a build decides: which beginnings are worth keeping."""
    return {name: held for name, held in dump.items() if name != "beginnings"}


@settings(
    deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.lists(st.tuples(libraries(), st.lists(st.integers(0, 2), min_size=1, max_size=6)), min_size=2, max_size=3),
    st.lists(queries, min_size=5, max_size=8),
)
def test_a_refreshed_index_is_one_built_anew(
    tmp_path: Path, versions: list[tuple[list[Record], list[int]]], asked: list[str]
) -> None:
    shutil.rmtree(tmp_path)
    tmp_path.mkdir()
    library, cache = tmp_path / "library", tmp_path / "cache"
    made = None
    for records, places in versions:
        write(library, records, places)
        with Index.open(library, cache, clock=lambda: DAY) as index:
            (file,) = cache.glob("*.sqlite3")
            assert made in (None, file.stat().st_ino), "it was built, not brought up to date"
            made = file.stat().st_ino
            assert index.notice == ""
            naive = NaiveLibrary(records, DAY.isoformat())
            for text in asked:
                view = index.view(text)
                seen = naive.view(text, view.also)
                found = {kind: {row.id for row in listing.rows(0, 100)} for kind, listing in view.lists.items()}
                assert found == seen.ids, text
        refreshed = index_dump(file)
        Index.open(library, tmp_path / "anew", clock=lambda: DAY).close()
        (other,) = (tmp_path / "anew").glob("*.sqlite3")
        built = index_dump(other)
        shutil.rmtree(tmp_path / "anew")
        assert refreshed["places"]
        assert comparable(refreshed) == comparable(built)
        for start, held in refreshed["beginnings"].items():
            texts = sorted({id_ for word, w in built["words"].items() if word.startswith(start) for id_ in w[2]})
            assert held[0] == texts, start
