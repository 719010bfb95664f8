"""A YAML list is a table too: every value as text, nested objects and lists as in JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.cli.run import run
from tui.cli.summit import summit
from tui.exchange.into.arrival import CannotImportError
from tui.exchange.into.keeping import read_library
from tui.exchange.into.mapping_file import read_mapping
from tui.exchange.into.rows import Place, read_rows
from tui.exchange.into.table import from_table
from tui.records import Leader, Office

MEMBERS = """
- id: {wikidata: Q1}
  name: {first: Ada, last: North, official_full: Ada B. North}
  terms:
  - {type: rep, start: '1993-01-05', end: 1995-01-03, state: NO}
  - {type: sen, start: 2001-01-03, end: 2007-01-03}
- id: {wikidata: Q2}
  name: {first: Bo, last: South}
  terms: [{type: sen, start: 2001-01-03, end: 2007-01-03}]
- id: {wikidata: Q3}
  name: {official_full: Ada B. North}
  terms: []
"""


def test_members_with_their_terms(tmp_path: Path, shipped: Path) -> None:
    table = tmp_path / "members.yaml"
    table.write_text(MEMBERS, encoding="utf-8")
    arrival = from_table(table, read_mapping(shipped / "mappings" / "us-legislators.toml"))
    leaders = [record for record in arrival.records if isinstance(record, Leader)]
    assert [(one.name, one.wikidata) for one in leaders] == [("Ada B. North", "Q1"), ("Bo South", "Q2")]
    assert leaders[0].offices == (
        Office(title="Representative", country="US", start="1993-01-05", end="1995-01-03"),
        Office(title="Senator", country="US", start="2001-01-03", end="2007-01-03"),
    )
    assert [refusal.where for refusal in arrival.refusals] == ["row 3"]
    assert "who is another (Q1)" in arrival.refusals[0].reason


def test_the_mapping_is_chosen_by_the_columns_and_a_second_import_changes_nothing(tmp_path: Path) -> None:
    table, library = tmp_path / "members.yml", tmp_path / "own"
    table.write_text(MEMBERS, encoding="utf-8")
    assert run(summit, ["init", str(library)]) == 0
    assert run(summit, ["import", str(table), "--into", str(library)]) == 1
    before = read_library(library)[0]
    assert {"ada-b-north", "bo-south"} <= set(before)
    run(summit, ["import", str(table), "--into", str(library)])
    assert read_library(library)[0] == before


def test_every_value_is_text(tmp_path: Path) -> None:
    table = tmp_path / "t.yaml"
    table.write_text("- {country: NO, when: 2025-04-29, on: yes, nothing: ~}", encoding="utf-8")
    (place,) = read_rows(table)
    assert isinstance(place, Place)
    assert place.row == {"country": "NO", "when": "2025-04-29", "on": "yes", "nothing": "~"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- &a [x, x]\n- [*a, *a]", "has references"),
        ("a: b", "is a list of objects"),
        ("- a: [", "is no YAML"),
        ("- a\n- b: \x01", "is no YAML"),
        ("[" * 5_000, "no YAML|too deeply"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, text: str, told: str) -> None:
    table = tmp_path / "t.yaml"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(CannotImportError, match=told):
        read_rows(table)
