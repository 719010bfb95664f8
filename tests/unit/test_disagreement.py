"""What sources tell differently: every such thing is listed, each value stands with its source, speaker and date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.exchange.disagreement import dispute_page, disputes, disputes_page, earlier
from tui.exchange.text import plain
from tui.index import Index


def test_the_list_has_every_field_of_the_files_with_more_than_one_value(shipped: Path, shipped_cache: Path) -> None:
    wanted: dict[tuple[str, str], set[str]] = {}
    for file in shipped.glob("*.json"):
        tables = json.loads(file.read_text(encoding="utf-8"))
        for table in ("summits", "agreements"):
            for record in tables.get(table, {}).values():
                for claim in record.get("claims", []):
                    wanted.setdefault((record["id"], claim["field"]), set()).add(claim["value"])
    with Index.open(shipped, shipped_cache) as index:
        found = disputes(index.view(""), index)
        disputed = disputes(index.view("is:disputed"), index)
    assert {(d.record, d.field): set(d.values) for d in found} == {k: v for k, v in wanted.items() if len(v) > 1}
    assert set(found) == set(disputed)
    assert [dispute.date for dispute in found] == sorted((dispute.date for dispute in found), reverse=True)


def test_values_stand_side_by_side_with_source_speaker_date_and_what_came_before(
    tiny_library: Path, tmp_path: Path
) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        first, second = disputes(index.view("summit:rome-2025"), index)
        page = plain(dispute_page(first, index), 110)
        whole = plain(disputes_page((first, second), "summit:rome-2025", index), 110)
    assert first.values == ("9", "11")
    lines = [" ".join(line.split()) for line in page.splitlines()]
    assert "29 April 2025 · 2 values · 3 sources" in lines
    start = lines.index("value source says published")
    assert lines[start + 1 : start + 4] == [
        "9 [1] governo.example – 29 April 2025",
        "11 [2] ankara.example “the Presidency of Türkiye” 30 April 2025",
        "[3] Example News “a government source” 28 April 2025 · before the event",
    ]
    assert whole.count("2025-04-29") == 2
    assert "adopted" in whole


def test_a_table_has_no_column_in_which_nothing_is_known(shipped: Path, shipped_cache: Path) -> None:
    with Index.open(shipped, shipped_cache) as index:
        found = {dispute.field: dispute for dispute in disputes(index.view("summit:it-tr-2025-rome"), index)}
        silent = plain(dispute_page(found["number of agreements"], index), 110)
        spoken = plain(dispute_page(found["trade 2024"], index), 110)
    headings = [
        next(line.split() for line in page.splitlines() if line.startswith("value")) for page in (silent, spoken)
    ]
    assert headings == [["value", "source"], ["value", "source", "says", "published"]]


def test_a_query_narrows_the_disagreements(shipped: Path, shipped_cache: Path) -> None:
    with Index.open(shipped, shipped_cache) as index:
        found = disputes(index.view("series:italy-türkiye"), index)
        assert {dispute.record for dispute in found} >= {"it-tr-2022-ankara", "it-tr-2025-rome"}
        assert disputes(index.view("kind:topic"), index) == ()


@pytest.mark.parametrize(
    ("published", "event", "before"),
    [
        ("2025-04-28", "2025-04-29", True),
        ("2025-04-29", "2025-04-29", False),
        ("2025-04", "2025-04-29", False),
        ("2025-03", "2025-04-29", True),
        ("2024", "2025-04-29", True),
        ("2025-04-30", "2025-04", False),
        ("", "2025", False),
        ("2024", "", False),
    ],
)
def test_before_is_said_only_where_it_is_certain(published: str, event: str, *, before: bool) -> None:
    assert earlier(published, event) is before
