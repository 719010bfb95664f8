"""The generated libraries that the benchmarks run on are sound libraries, the same each time."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from benchmarks.generate import plan, records_of, write_library
from benchmarks.people import person, plain
from benchmarks.report import at_least, at_most
from benchmarks.trace import KEYS
from benchmarks.typos import mistyped
from tui.library import check, library_files, read_file
from tui.library.links import links
from tui.records import Record, kind_of


def written(folder: Path, records: int, seed: int = 1, *, one_file: bool = False) -> dict[str, bytes]:
    write_library(folder, plan(records, seed), one_file=one_file)
    return {file.name: file.read_bytes() for file in library_files(folder)}


def records_in(folder: Path) -> list[Record]:
    return [record for file in library_files(folder) for _, record in read_file(file)]


def test_a_generated_library_has_no_faults_and_as_many_records_as_asked(tmp_path: Path) -> None:
    written(tmp_path, 300)
    assert check(tmp_path) == []
    assert len(records_in(tmp_path)) == 300


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    first = written(tmp_path / "first", 5000, seed=3)
    assert len(first) > 1
    assert written(tmp_path / "again", 5000, seed=3) == first
    assert written(tmp_path / "other", 5000, seed=4) != first


def test_one_file_holds_the_same_records_as_many(tmp_path: Path) -> None:
    assert len(written(tmp_path / "one", 5000, one_file=True)) == 1
    written(tmp_path / "many", 5000)
    in_one, in_many = ({record.id: record for record in records_in(tmp_path / name)} for name in ("one", "many"))
    assert in_one == in_many


def test_every_link_of_a_larger_library_leads_to_a_record_of_its_kind(tmp_path: Path) -> None:
    written(tmp_path, 6000)
    records = records_in(tmp_path)
    kinds = {record.id: kind_of(record) for record in records}
    assert len(kinds) == len(records)
    assert [link for record in records for link in links(record) if kinds.get(link.target) != link.kind] == []


def test_a_library_has_years_countries_statuses_and_letters_of_many_sorts(tmp_path: Path) -> None:
    planned = plan(6000, 1)
    summits = list(records_of("summits", planned, 0, planned.blocks))
    assert {summit.start[:4] for summit in summits} == {str(year) for year in range(1990, 2027)}
    assert len({summit.country for summit in summits}) > 30
    assert {summit.status for summit in summits} == {"held", "scheduled", "postponed", "cancelled"}
    agreements = records_of("agreements", planned, 0, planned.blocks)
    assert len({agreement.status for agreement in agreements}) > 6
    assert any(not summit.city.isascii() for summit in summits)


def test_a_record_has_about_as_many_bytes_as_in_a_real_library(tmp_path: Path) -> None:
    size = sum(len(content) for content in written(tmp_path, 6000).values())
    assert 500 < size / 6000 < 620


def test_no_two_people_have_the_same_name_even_without_accents() -> None:
    names = {plain(person(number).name).casefold() for number in range(60_000)}
    assert len(names) == 60_000


def test_a_library_too_small_to_hold_a_meeting_is_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        plan(12, 1)


def test_the_trace_is_every_key_of_its_queries() -> None:
    assert len(KEYS) == 285
    assert KEYS[:3] == ("e", "en", "ene")


def test_typos_are_the_same_for_a_seed_and_are_typos() -> None:
    names = [plain(person(number).name).lower() for number in range(200)]
    typed = [mistyped(name, Random(number)) for number, name in enumerate(names)]
    assert typed == [mistyped(name, Random(number)) for number, name in enumerate(names)]
    unchanged = [name for name, mistake in zip(names, typed, strict=True) if name == mistake]
    assert len(unchanged) < 20


def test_a_bound_is_met_at_its_value_and_missed_beyond_it() -> None:
    assert at_most("figure", "", 3.0, 3.0).verdict == "met"
    assert at_most("figure", "", 3.01, 3.0).verdict.startswith("missed")
    assert at_least("figure", "", 0.95, 0.95).verdict == "met"
    assert at_least("figure", "", 0.94, 0.95).verdict.startswith("missed")
