"""What was exported as JSON Lines or JSON comes in as it was, and what is no record is refused at its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.libraries import LEADERS, SUMMITS
from tui.cli.run import run
from tui.cli.summit import summit
from tui.exchange.into.keeping import read_library
from tui.exchange.into.opening import arrival_of, chosen_mapping


@pytest.fixture
def own(tmp_path: Path) -> Path:
    assert run(summit, ["init", str(tmp_path / "own")]) == 0
    return tmp_path / "own"


def exported(library: Path, form: str, file: Path) -> Path:
    command = ["export", "", "--to", form, "--output", str(file), "--library", str(library)]
    assert run(summit, [*command, "--cache", str(file.parent / "cache")]) == 0
    return file


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_an_exported_library_comes_in_as_it_was(
    tiny_library: Path, own: Path, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = exported(tiny_library, form, tmp_path / f"all.{form}")
    assert run(summit, ["import", str(file), "--into", str(own)]) == 0
    assert read_library(own)[0] == read_library(tiny_library)[0]
    again = exported(own, form, tmp_path / f"again.{form}")
    assert sorted(again.read_text().splitlines()) == sorted(file.read_text().splitlines())
    capsys.readouterr()
    assert run(summit, ["import", str(file), "--into", str(own)]) == 0
    assert "nothing changed" in capsys.readouterr().out


def test_lines_that_are_no_records_are_refused_at_their_place(tmp_path: Path) -> None:
    rome = {"type": "summit", "id": SUMMITS[0].id, "name": SUMMITS[0].name}
    lines = [
        json.dumps(rome),
        "",
        "{",
        "[]",
        json.dumps({"type": "treaty", "id": "a"}),
        json.dumps({"type": "leader", "id": LEADERS[0].id}),
        json.dumps({**rome, "start": 2025}),
        json.dumps(rome),
    ]
    file = tmp_path / "records.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert chosen_mapping("", file) is None
    arrival = arrival_of(file, None, "")
    assert [record.id for record in arrival.records] == [SUMMITS[0].id]
    refused = {refusal.where: refusal.reason for refusal in arrival.refusals}
    assert sorted(refused) == ["line 3", "line 4", "line 5", "line 6", "line 7", "line 8"]
    assert "no JSON" in refused["line 3"]
    assert "type is one of" in refused["line 4"]
    assert "type is one of" in refused["line 5"]
    assert "name" in refused["line 6"]
    assert refused["line 7"].startswith("start")
    assert refused["line 8"] == f"{SUMMITS[0].id} stands in line 1 already"
    assert arrival.rows == 7


def test_a_table_of_other_lines_still_needs_a_mapping(tmp_path: Path, own: Path) -> None:
    file = tmp_path / "visits.jsonl"
    file.write_text('{"visitor": "Ann", "day": "2020-01-01"}\n', encoding="utf-8")
    assert run(summit, ["import", str(file), "--into", str(own)]) == 2
