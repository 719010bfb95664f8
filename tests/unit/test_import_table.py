"""A table comes into a library by a mapping: what is made of its rows, what is refused, what is left to a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.cli.run import run
from tui.cli.summit import summit
from tui.exchange.into.arrival import CannotImportError
from tui.exchange.into.mapping_file import read_mapping
from tui.exchange.into.table import from_table
from tui.exchange.into.values import Rule, ValueRefusedError, as_date
from tui.library import check, library_files, read_file, shipped_library
from tui.records import Leader, Record, Summit

MAPPING = """
[source]
url = "https://example.org/visits.csv"
title = "Visits"
[into]
by = "year"
[values]
country = { from = "{land}", map = { "U.S.S.R." = "Russia" }, country = true }
[summit]
id = "visit-{no}"
name = "{who} in {town}"
start = { from = "{day}", dates = ["%d/%m/%Y", "%m/%Y"] }
city = "{town}"
country = "{country}"
parties = { from = "{with}", split = ";", country = true }
[[summit.participants]]
leader = "{who}"
name = "{who}"
office = { from = "{rank}", map = { pm = "Prime Minister" } }
country = "{country}"
[[leader]]
id = "{who}"
name = "{who}"
country = "{country}"
"""
HEADING = "no,who,rank,land,town,day,with\n"
ROWS = HEADING + (
    "1,José Aznar,pm,Spain,Madrid,29/04/2001,Italy; France\n"
    "2,Jose Aznar,pm,Spain,Rome,03/2002,\n"
    "3,Leonid Brezhnev,,U.S.S.R.,Moscow,31/02/1972,\n"
    "4,Nikolai Podgorny,,Russia,Moscow,01/02/1972,\n"
    "5,Sukarno,,Indonesia,Jakarta,01/02/1962\n"
    "6,Sukarno,,Indonesia,Jakarta,01/02/1962,\n"
)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    assert run(summit, ["init", str(tmp_path / "own")]) == 0
    return tmp_path / "own"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "map.toml").write_text(MAPPING, encoding="utf-8")
    file = tmp_path / "visits.csv"
    file.write_text(ROWS, encoding="utf-8")
    return file


def records(library: Path) -> dict[str, Record]:
    return {record.id: record for file in library_files(library) for _, record in read_file(file)}


def bring(file: Path, library: Path, *more: str) -> int:
    return run(summit, ["import", str(file), "--into", str(library), "--mapping", str(file.parent / "map.toml"), *more])


def test_rows_become_summits_and_impossible_ones_are_refused(
    table: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bring(table, library) == 1
    told = capsys.readouterr().out
    assert "row 3: summit.start: '31/02/1972' is no day of the calendar" in told
    assert "row 5: has 6 cells for 7 columns" in told
    held = records(library)
    first = held["visit-1"]
    assert isinstance(first, Summit)
    assert (first.start, first.parties, first.participants[0].office) == ("2001-04-29", ("IT", "FR"), "Prime Minister")
    assert {name for name in held if name.startswith("visit-")} == {"visit-1", "visit-2", "visit-4", "visit-6"}
    assert check(library) == []
    assert (library / "visits-2001.json").exists()


def test_two_spellings_are_one_leader_and_one_word_is_none(
    table: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(table, library)
    held = records(library)
    leader = held["jose-aznar"]
    assert isinstance(leader, Leader)
    assert {leader.name, *leader.aliases} == {"José Aznar", "Jose Aznar"}
    jakarta = held["visit-6"]
    assert isinstance(jakarta, Summit)
    assert (jakarta.participants[0].leader, jakarta.participants[0].name) == ("", "Sukarno")
    assert "Sukarno (ID), 1 time" in capsys.readouterr().out


def test_a_second_import_changes_nothing(table: Path, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring(table, library)
    before = {file.name: file.read_bytes() for file in library_files(library)}
    capsys.readouterr()
    bring(table, library)
    assert "nothing changed" in capsys.readouterr().out
    assert {file.name: file.read_bytes() for file in library_files(library)} == before


def test_a_dry_run_writes_nothing_and_counts_fields(
    table: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring(table, library, "--dry-run")
    told = capsys.readouterr().out
    assert "would come in: 4 new summits" in told
    assert "parties 1" in told
    assert not records(library)


def test_an_import_makes_the_library_where_it_is_told_to(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new"
    assert bring(table, new) == 2
    assert "import with --new" in capsys.readouterr().err
    bring(table, new, "--new", "--dry-run")
    assert "would come in: 4 new summits" in capsys.readouterr().out
    assert not new.exists()
    bring(table, new, "--new")
    assert len(records(new)) > 4
    capsys.readouterr()
    bring(table, new, "--new")
    assert "nothing changed" in capsys.readouterr().out


def test_a_changed_row_waits_for_a_side(table: Path, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring(table, library)
    table.write_text(ROWS.replace("Madrid", "Toledo"), encoding="utf-8")
    capsys.readouterr()
    assert bring(table, library) == 1
    assert "visit-1: name, city" in capsys.readouterr().out
    bring(table, library, "--side", "ours")
    assert records(library)["visit-1"].name == "José Aznar in Madrid"  # type: ignore[union-attr]
    bring(table, library, "--side", "theirs")
    assert records(library)["visit-1"].name == "José Aznar in Toledo"  # type: ignore[union-attr]
    assert check(library) == []


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "json"])
def test_a_table_says_the_same_in_every_form(ending: str, table: Path, tmp_path: Path) -> None:
    lines = [line.split(",") for line in ROWS.splitlines() if line.count(",") == 6]
    objects = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    text = {
        "csv": "\n".join(";".join(f'"{cell}"' for cell in line) for line in lines),
        "tsv": "\n".join("\t".join(line) for line in lines),
        "jsonl": "\n".join(map(json.dumps, objects)),
        "json": json.dumps(objects),
    }[ending]
    file = tmp_path / f"other.{ending}"
    file.write_text(text, encoding="utf-8-sig" if ending == "csv" else "utf-8")
    found = from_table(file, read_mapping(tmp_path / "map.toml"))
    assert found.records == from_table(table, read_mapping(tmp_path / "map.toml")).records


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("city =", "cty =", "summit.cty", "the nearest is 'city'"),
        ('url = "https://example.org/visits.csv"', "", "source.url", "is missing"),
        ("https://example.org/visits.csv", "visits.csv", "source.url", "no web address"),
        ('"%d/%m/%Y", "%m/%Y"', "7", "summit.start.dates", "is a list of forms"),
        ('split = ";"', 'split = "("', "summit.parties.split", "is no regular expression"),
        ('by = "year"', 'by = "week"', "into.by", "is not one of"),
        ('city = "{town}"', 'city = "{twon}"', "summit.city", "has no column 'twon'; the nearest is 'town'"),
        ("[source]", "[source", "", "is no TOML"),
    ],
)
def test_a_mistake_in_a_mapping_names_file_key_and_reason(
    old: str, new: str, key: str, reason: str, table: Path, tmp_path: Path
) -> None:
    file = tmp_path / "map.toml"
    file.write_text(MAPPING.replace(old, new), encoding="utf-8")
    with pytest.raises(CannotImportError) as caught:
        from_table(table, read_mapping(file))
    assert str(caught.value).startswith(f"{file}: {key}")
    assert reason in str(caught.value)


def test_a_day_that_two_forms_read_in_two_ways_is_refused() -> None:
    assert as_date("13/02/2001", ("%d/%m/%Y", "%m/%d/%Y")) == "2001-02-13"
    assert (as_date("2001", ("%Y",)), as_date("2001-02", ("iso",))) == ("2001", "2001-02")
    with pytest.raises(ValueRefusedError, match="2001-01-02 or 2001-02-01"):
        as_date("01/02/2001", ("%d/%m/%Y", "%m/%d/%Y"))


def test_a_template_of_empty_columns_is_empty() -> None:
    assert Rule("{who} in {town}").one({"who": " ", "town": ""}) == ""
    assert Rule("{who} in {town}").one({"who": "Kohl", "town": ""}) == "Kohl in"


VISITS = [
    ("1", "President Francesco Cossiga and Prime Minister Giulio Andreotti", "Italy"),
    ("2", "Prime Ministere Tony Blair", "United Kingdom"),
    ("3", "King Hussein", "Jordan"),
    ("4", "President Vaclav Havel", "Czechoslovakia"),
    ("5", "President Vaclav Havel", "Czech Republic"),
    ("6", "President Andrei Gromyko", "U.S.S.R."),
]


def test_the_mapping_of_visits_parts_titles_and_pairs(library: Path, tmp_path: Path) -> None:
    rows = [
        {"id": no, "start_date": "1990-01-01", "end_date": "1990-01-02", "visitor": who, "from": {"text": land}}
        | {"description": "Attended the Economic Summit meeting."}
        for no, who, land in VISITS
    ]
    file = tmp_path / "rows.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    assert run(summit, ["import", str(file), "--into", str(library)]) == 0
    held = records(library)
    visits = [held[f"us-visit-{no}"] for no, _, _ in VISITS]
    made = [[(one.leader, one.name, one.office) for one in visit.participants] for visit in visits]  # type: ignore[union-attr]
    assert made[0] == [("francesco-cossiga", "", "President"), ("giulio-andreotti", "", "Prime Minister")]
    assert made[1:3] == [[("tony-blair", "", "Prime Minister")], [("king-hussein", "", "King")]]
    assert made[3:5] == [[("", "Vaclav Havel", "President")]] * 2
    russia = visits[5]
    assert isinstance(russia, Summit)
    assert russia.participants[0].country == "RU"
    assert [detail.value for detail in russia.details] == ["Economic Summit meeting", "U.S.S.R."]
    assert check(library) == []


def test_every_mapping_that_comes_along_is_sound() -> None:
    files = sorted((shipped_library() / "mappings").glob("*.toml"))
    assert [read_mapping(file).name for file in files] == ["us-legislators", "us-travels", "us-visits"]


@pytest.mark.parametrize(
    ("headings", "row", "made"),
    [
        ("Start date,city,country,notes", "2026-03-12,Athens,Greece,x", ("2026-03-12", "Athens", "GR")),
        ('Data,Città,"with ""quotes""",{odd}', "12/03/2026,Roma,y,z", ("2026-03-12", "Roma", "")),
        ("meeting,remark", "Talks of spring,x", ("", "", "")),
    ],
)
def test_a_table_without_a_mapping_is_answered_with_one_that_works(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], headings: str, row: str, made: tuple[str, str, str]
) -> None:
    table, library = tmp_path / "talks.csv", tmp_path / "own"
    table.write_text(f"{headings}\n{row}\n", encoding="utf-8")
    order = ["import", str(table), "--into", str(library), "--new"]
    assert run(summit, order) == 2
    told = capsys.readouterr().err
    (tmp_path / "talks.toml").write_text(told.partition("would be:")[2], encoding="utf-8")
    assert run(summit, [*order, "--mapping", str(tmp_path / "talks.toml")]) == 0
    assert check(library) == []
    (talks,) = (one for file in library_files(library) for _, one in read_file(file) if isinstance(one, Summit))
    assert (talks.start, talks.city, talks.country) == made
