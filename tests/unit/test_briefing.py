"""A brief is counted and copied from the record, and says what changed since the last edition."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.libraries import write_file
from tui.exchange.briefing import briefing
from tui.exchange.text import plain
from tui.index import Index
from tui.records import Agreement, Figure, Step, Summit
from tui.vocabulary import STATUSES


def brief(index: Index, summit: str, width: int = 100) -> str:
    record = index.record(summit)
    assert isinstance(record, Summit)
    return plain(briefing(record, index), width)


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_rome_in_numbers_is_what_the_files_say(shipped: Path, shipped_cache: Path) -> None:
    summits: dict[str, Any] = {}
    statuses: Counter[str] = Counter()
    for file in shipped.glob("*.json"):
        tables = json.loads(file.read_text(encoding="utf-8"))
        summits |= {summit["id"]: summit for summit in tables.get("summits", {}).values()}
        statuses.update(
            text.get("history", [{"status": "mentioned"}])[-1]["status"]
            for text in tables.get("agreements", {}).values()
            if text.get("summit") == "it-tr-2025-rome"
        )
    then, now = (
        {item["topic"] for item in summits[summit]["agenda"] if item.get("role") != "excluded"}
        for summit in ("it-tr-2022-ankara", "it-tr-2025-rome")
    )
    with Index.open(shipped, shipped_cache) as index:
        text = one_line(brief(index, "it-tr-2025-rome"))
    assert f"In short {sum(statuses.values())} agreements" in text
    for status, count in statuses.items():
        assert f"{count} {STATUSES[status].label}" in text
    assert f"{len(now)} topics {len(now - then)} new · {len(now & then)} again · {len(then - now)} dropped" in text
    assert "Last time 3rd, 2022-07-05: 9 agreements, by now 9 signed" in text
    assert "≠ Disagree number of agreements: 11" in text
    assert "Next no later edition in this library" in text


def test_a_figure_of_the_last_edition_is_shown_with_the_change(tmp_path: Path) -> None:
    def meeting(year: int, *figures: Figure) -> Summit:
        return Summit(id=f"m-{year}", name=f"Meeting {year}", series="Meeting", start=str(year), figures=figures)

    then = meeting(2020, Figure(label="Trade", value=20, unit="USD bn", year=2019), Figure(label="Ships", value=3))
    now = meeting(2024, Figure(label="Visas", value=9), Figure(label="trade", value=25, unit="USD bn", year=2023))
    write_file(tmp_path / "library.json", {"summits": [then, now]})
    with Index.open(tmp_path / "library.json", tmp_path / "cache") as index:
        text = one_line(brief(index, "m-2024"))
    assert "Figures trade: 25 bn USD (2023) was 20 bn USD (2019) +25% Visas: 9" in text


def test_what_became_of_the_last_editions_agreements_is_told(tmp_path: Path) -> None:
    def text(name: str, *steps: tuple[str, str]) -> Agreement:
        history = tuple(Step(status=status, date=date) for status, date in steps)
        return Agreement(id=name, title=name.title(), summit="m-2020", history=history)

    meetings = [Summit(id=f"m-{year}", name=f"M {year}", series="M", start=f"{year}-05-01") for year in (2020, 2024)]
    agreements = [
        text("roads", ("signed", "2020-05-01"), ("in_force", "2021-02")),
        text("rails", ("expected", "2020-05-01")),
        text("ports", ("expected", "2020-04-30"), ("signed", "2020-05-01")),
    ]
    write_file(tmp_path / "library.json", {"summits": meetings, "agreements": agreements})
    with Index.open(tmp_path / "library.json", tmp_path / "cache") as index:
        told = one_line(brief(index, "m-2024"))
    assert "3 agreements, by now" in told
    assert "Roads signed 1 May 2020 ▸ in force February 2021" in told
    assert "Rails expected 1 May 2020" in told
    assert "Ports" not in told


def test_an_unknown_agenda_drops_nothing(shipped: Path, shipped_cache: Path) -> None:
    with Index.open(shipped, shipped_cache) as index:
        text = brief(index, "nato-2025-hague")
        record = index.record("nato-2025-hague")
    assert isinstance(record, Summit)
    assert not record.agenda
    assert "dropped" not in text
    assert "Agenda" not in text


def test_every_brief_has_the_whole_agenda_and_nothing_under_an_empty_label(shipped: Path, shipped_cache: Path) -> None:
    with Index.open(shipped, shipped_cache) as index:
        listing = index.view("").lists["summit"]
        for item in listing.rows(0, listing.total):
            record = index.record(item.id)
            assert isinstance(record, Summit)
            page = briefing(record, index)
            rows = [row for block in page.blocks for row in block.rows]
            assert all(row.lead or any(span.text for span in row.spans) for row in rows), item.id
            targets = {span.target for row in rows for span in row.spans}
            assert {topic.topic for topic in record.agenda if topic.role != "excluded"} <= targets, item.id


def test_what_is_left_out_is_counted(shipped: Path, shipped_cache: Path) -> None:
    with Index.open(shipped, shipped_cache) as index:
        text = brief(index, "it-tr-2025-rome")
        record = index.record("it-tr-2025-rome")
    assert isinstance(record, Summit)
    assert f"and {len(record.participants) - 2} more in the record" in text


@pytest.mark.parametrize("width", [40, 76, 116])
def test_every_brief_fits_its_width_and_is_about_a_page(shipped: Path, shipped_cache: Path, width: int) -> None:
    with Index.open(shipped, shipped_cache) as index:
        rows = index.view("").lists["summit"]
        texts = [brief(index, row.id, width) for row in rows.rows(0, rows.total)]
    for text in texts:
        body = text.partition("\nSources")[0].splitlines()
        assert max(map(len, body)) <= width
        if width == 116:
            assert len(body) < 90, text


def test_a_brief_of_a_first_meeting_has_no_last_edition(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        text = one_line(brief(index, "izmir-2008"))
    assert "Last time" not in text
    assert "Agenda Energy · Defence industry" in text
    assert "Next 4th, 29 April 2025" in text
