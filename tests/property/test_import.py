"""Whatever a table, a mapping or a Popolo file holds: no traceback, every row accounted for, a sound library."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.cli.run import run
from tui.cli.summit import summit
from tui.exchange.into.arrival import CannotImportError
from tui.exchange.into.keeping import keep, make_library, read_library
from tui.exchange.into.mapping_file import read_mapping
from tui.exchange.into.merging import plan_import
from tui.exchange.into.table import from_table
from tui.library import check
from tui.library.slugs import slug
from tui.records import Summit

text = st.text(st.characters(codec="utf-8"), max_size=12)
names = st.sampled_from(["Ada Byron", "ada byron", "Adá Byron", "Ada", "EU", "İzmir Ada", "\u202e", ""]) | text
days = st.sampled_from(["2001-02-03", "2001-02-30", "2001", "03/02/2001", ""]) | text
rows = st.fixed_dictionaries({"no": st.integers(0, 4).map(str) | text, "who": names, "land": names, "day": days})
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
MAPPING = """
[source]
url = "https://example.org/t"
[summit]
id = "t-{no}"
name = "{who} in {land}"
start = { from = "{day}", dates = ["iso", "%d/%m/%Y"] }
country = { from = "{land}", country = true }
[[summit.participants]]
leader = "{who}"
name = "{who}"
[[leader]]
id = "{who}"
name = "{who}"
country = { from = "{land}", country = true }
"""


@settings(max_examples=150, deadline=None)
@given(st.lists(rows | json_values, max_size=6))
def test_every_row_comes_in_or_is_refused_and_a_second_time_nothing_changes(table: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "map.toml").write_text(MAPPING, encoding="utf-8")
        (home / "table.json").write_text(json.dumps(table), encoding="utf-8")
        library = home / "own"
        make_library(library)
        try:
            arrival = from_table(home / "table.json", read_mapping(home / "map.toml"))
        except CannotImportError as refused_whole:
            reason = refused_whole.reason
            arrival = None
        if arrival is None:
            assert "has no column" in reason
            return
        refused = {refusal.where for refusal in arrival.refusals}
        again = sum(doubt.sort == "a row that stands twice" for doubt in arrival.doubts)
        assert len(refused) + again + sum(isinstance(one, Summit) for one in arrival.records) == len(table)
        plan = plan_import(arrival, {})
        assert len(plan.new) + len(plan.refusals) - len(arrival.refusals) == len(arrival.records)
        keep(plan, library, {}, arrival.name, "")
        assert check(library) == []
        second = plan_import(arrival, read_library(library)[0])
        assert (second.changes, second.conflicts) == (0, [])


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["persons", "organizations", "memberships", "events", "posts", "meta"]),
        st.lists(
            st.dictionaries(
                st.sampled_from(
                    ["id", "name", "other_names", "person_id", "start_date", "attendees", "sources", "role"]
                ),
                names | days | json_values | st.lists(st.fixed_dictionaries({"name": names, "id": names}), max_size=2),
            )
            | json_values,
            max_size=5,
        ),
        max_size=4,
    )
)
def test_any_popolo_is_read_or_refused_in_words(value: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "p.json").write_text(json.dumps(value), encoding="utf-8")
        library = home / "own"
        make_library(library)
        order = ["import", str(home / "p.json"), "--into", str(library), "--source", "https://example.org/p"]
        assert run(summit, order) in (0, 1, 2)
        assert check(library) == []
        before = {file.name: file.read_bytes() for file in library.glob("*.json")}
        assert run(summit, order) in (0, 1, 2)
        assert {file.name: file.read_bytes() for file in library.glob("*.json")} == before


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80) | text.map(lambda told: (MAPPING + told).encode()), st.integers(0, len(MAPPING)))
def test_any_mapping_is_read_or_refused_in_words(content: bytes, cut: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for whole in (content, MAPPING[:cut].encode() + content):
            file = Path(folder) / "map.toml"
            file.write_bytes(whole)
            try:
                read_mapping(file)
                told = ""
            except CannotImportError as refused:
                told = str(refused)
            assert not told or told.startswith(str(file))


@given(st.text())
def test_a_slug_is_an_id_or_nothing(told: str) -> None:
    made = slug(told)
    assert len(made) <= 120
    assert made == "" or all(part.isascii() and part.isalnum() and part == part.lower() for part in made.split("-"))
    assert slug(told) == made
