"""Popolo's schemas accept what is written, and what is written comes in and goes out again as the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.popolo_schemas import DOCUMENT
from tui.cli.run import run
from tui.cli.summit import summit
from tui.library import check

LISTS = ("persons", "organizations", "memberships", "events")


def exported(library: Path, folder: Path, name: str) -> dict[str, Any]:
    file = folder / f"{name}.json"
    order = ["export", "--to", "popolo", "--library", str(library), "--cache", str(folder / "cache")]
    assert run(summit, [*order, "--output", str(file)]) == 0
    found: dict[str, Any] = json.loads(file.read_bytes())
    return found


@pytest.mark.parametrize("name", ["shipped", "tiny_library", "hostile_library"])
def test_popolos_schemas_accept_the_output(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    value = exported(request.getfixturevalue(name), tmp_path, "out")
    assert set(value) == set(LISTS)
    assert all(value["persons"])
    jsonschema.Draft3Validator.check_schema(DOCUMENT)
    jsonschema.Draft3Validator(DOCUMENT, format_checker=jsonschema.Draft3Validator.FORMAT_CHECKER).validate(value)


def test_the_schemas_refuse_what_popolo_does_not_have() -> None:
    for wrong in ({"start_date": "29 April"}, {"attendees": [{"sources": [{"note": "no url"}]}]}, {"topic": "x"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft3Validator(DOCUMENT).validate({"events": [wrong]})


@pytest.mark.parametrize("name", ["shipped", "tiny_library"])
def test_out_and_in_again_is_the_same(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    first = exported(request.getfixturevalue(name), tmp_path, "first")
    own = tmp_path / "own"
    assert run(summit, ["init", str(own)]) == 0
    order = ["import", str(tmp_path / "first.json"), "--into", str(own), "--source", "https://example.org/first.json"]
    assert run(summit, order) == 0
    assert check(own) == []
    second = exported(own, tmp_path, "second")
    for kind in LISTS:
        by_id = {one["id"]: one for one in first[kind]}
        assert {one["id"]: one for one in second[kind]} == by_id
