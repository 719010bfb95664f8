"""Popolo files and other libraries come in, and nothing is merged that a person should decide."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.libraries import write_file
from tui.cli.run import run
from tui.cli.summit import summit
from tui.library import check, library_files, read_file
from tui.records import Evidence, Leader, Record, Source, Summit, Topic

POPOLO: dict[str, Any] = {
    "persons": [
        {"id": "p1", "name": "Ada Byron", "other_names": [{"name": "Ada Lovelace"}], "nationality": "GB"},
        {"id": "p2", "name": "John Smith", "identifiers": [{"scheme": "wikidata", "identifier": "Q42"}]},
        {"id": "p3", "name": "John Smith"},
        {"id": "p4"},
    ],
    "organizations": [{"id": "o1", "name": "Ryde Council"}, {"id": "o2", "name": "Hay Council"}],
    "memberships": [
        {"person_id": "p2", "organization_id": "o1", "role": "mayor", "start_date": "2011"},
        {"person_id": "p3", "organization_id": "o2", "role": "councillor", "end_date": "2011-02-31"},
        {"person_id": "p9", "organization_id": "o2", "role": "councillor"},
    ],
    "events": [
        {"name": "Opening", "start_date": "2012-03-04", "attendees": [{"id": "p1"}, {"name": "A guest"}]},
        {"name": "Closing", "start_date": "2012-03-04", "end_date": "2011-01-01"},
    ],
}
ADDRESS = "https://example.org/councils.json"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    assert run(summit, ["init", str(tmp_path / "own")]) == 0
    return tmp_path / "own"


def records(library: Path) -> dict[str, Record]:
    return {record.id: record for file in library_files(library) for _, record in read_file(file)}


def write(file: Path, value: Any) -> Path:
    file.write_text(json.dumps(value), encoding="utf-8")
    return file


def bring(file: Path, library: Path, *more: str) -> int:
    return run(summit, ["import", str(file), "--into", str(library), *more])


def test_init_refuses_where_a_library_is(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(summit, ["init", str(library)]) == 2
    assert "there is a library already" in capsys.readouterr().err
    assert check(library) == []


def test_popolo_people_offices_and_events(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path / "councils.json", POPOLO)
    assert bring(file, library, "--source", ADDRESS) == 1
    told = capsys.readouterr().out
    held = records(library)
    ada, mayor, opening = held["ada-byron"], held["john-smith-ryde-council"], held["opening-2012-03-04"]
    assert isinstance(ada, Leader)
    assert isinstance(mayor, Leader)
    assert isinstance(opening, Summit)
    assert (ada.aliases, ada.country) == (("Ada Lovelace",), "GB")
    assert (mayor.offices[0].title, mayor.offices[0].start, mayor.wikidata) == ("mayor, Ryde Council", "2011", "Q42")
    assert "john-smith-hay-council" in held
    assert [one.leader or one.name for one in opening.participants] == ["ada-byron", "A guest"]
    for line in ("persons[3]: has no name", "memberships[2]: there is no person 'p9'", "events[1]: end:", "2011-02-31"):
        assert line in told
    assert check(library) == []


def test_popolo_twice_changes_nothing(library: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "councils.json", POPOLO)
    bring(file, library, "--source", ADDRESS)
    before = {found.name: found.read_bytes() for found in library_files(library)}
    bring(file, library, "--source", ADDRESS)
    assert {found.name: found.read_bytes() for found in library_files(library)} == before


def test_the_same_name_from_elsewhere_is_kept_apart(library: Path, tmp_path: Path) -> None:
    one = {"persons": [{"id": "1", "name": "Mary Jones"}]}
    seat = {"memberships": [{"person_id": "1", "role": "mayor of Hay"}]}
    bring(write(tmp_path / "a.json", one), library, "--source", "https://example.org/a")
    bring(write(tmp_path / "b.json", one | seat), library, "--source", "https://example.org/b")
    assert {"mary-jones", "mary-jones-mayor-of-hay"} <= set(records(library))
    assert check(library) == []


def test_popolo_needs_an_address(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(write(tmp_path / "councils.json", POPOLO), library) == 2
    assert "--source" in capsys.readouterr().err


def other_library(tmp_path: Path, city: str) -> Path:
    file = tmp_path / "colleague.json"
    page = Source(id="page", url="https://example.org/page")
    meeting = Summit(id="rome-2025", name="Rome", city=city, evidence=(Evidence(source="page"),))
    write_file(file, {"sources": [page], "summits": [meeting], "topics": [Topic(id="trade", name="Trade")]})
    return file


def test_another_library_is_merged_by_id(library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bring(other_library(tmp_path, "Rome"), library) == 0
    assert bring(other_library(tmp_path, "Rome"), library) == 0
    assert "already there: 3 records" in capsys.readouterr().out
    changed = other_library(tmp_path, "Milan")
    assert bring(changed, library) == 1
    assert "rome-2025: city" in capsys.readouterr().out
    assert bring(changed, library, "--side", "ours") == 0
    assert records(library)["rome-2025"].city == "Rome"  # type: ignore[union-attr]
    assert bring(changed, library, "--side", "theirs") == 0
    assert records(library)["rome-2025"].city == "Milan"  # type: ignore[union-attr]
    assert check(library) == []


def test_a_page_that_both_libraries_know_stays_one_source(library: Path, tmp_path: Path) -> None:
    bring(other_library(tmp_path, "Rome"), library)
    file = tmp_path / "second.json"
    meeting = Summit(id="bari-2024", name="Bari", evidence=(Evidence(source="their-page"),))
    page = Source(id="their-page", url="https://example.org/page")
    write_file(file, {"sources": [page], "summits": [meeting]})
    assert bring(file, library) == 0
    bari = records(library)["bari-2024"]
    assert isinstance(bari, Summit)
    assert bari.evidence[0].source == "page"
    assert check(library) == []


@pytest.mark.parametrize("content", ["", "[1", "{}", '{"persons": 3}', "\x00", '{"persons": [3]}'])
def test_a_file_that_is_nothing_is_a_mistake_in_words(content: str, library: Path, tmp_path: Path) -> None:
    file = tmp_path / "odd.json"
    file.write_text(content, encoding="utf-8")
    assert bring(file, library, "--source", ADDRESS) in (1, 2)
    assert set(records(library)) <= {"odd"}


def test_the_shipped_library_is_not_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tui.library import shipped_library

    assert bring(other_library(tmp_path, "Rome"), shipped_library()) == 2
    assert "summit init" in capsys.readouterr().err
