"""The timeline counts what the records say, and knows what is new and what was dropped."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

from tui.exchange.text import plain
from tui.exchange.timeline import SORTS, timeline
from tui.exchange.timeline_page import cell_page
from tui.index import Index


def test_cells_equal_what_a_plain_reading_of_the_files_gives(shipped: Path, shipped_cache: Path) -> None:
    agendas: dict[str, set[str]] = defaultdict(set)
    for file in shipped.glob("*.json"):
        for summit in json.loads(file.read_text(encoding="utf-8")).get("summits", {}).values():
            for item in summit.get("agenda", []):
                if item.get("role") != "excluded":
                    agendas[item["topic"]].add(summit["id"])
    with Index.open(shipped, shipped_cache) as index:
        made = timeline(index.view(""), index)
        held = {line.id: {made.meetings[number].id for number in line.held} for line in made.lines}
    assert {topic: ids for topic, ids in held.items() if ids} == agendas
    assert len(made.meetings) == 166
    assert [row.date for row in made.meetings] == sorted(row.date for row in made.meetings)
    assert len(made.lines[0].held) == max(map(len, agendas.values()))


def test_new_and_dropped_are_told_against_the_edition_before(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        made = timeline(index.view(""), index)
        numbers = {row.id: number for number, row in enumerate(made.meetings)}
        lines = {line.id: line for line in made.lines}
        rome, izmir, athens = numbers["rome-2025"], numbers["izmir-2008"], numbers["athens-2023"]
        assert lines["migration"].cells[rome].change == "new"
        assert lines["migration"].cells[rome].role == "priority"
        assert lines["defence"].cells[rome].change == "dropped"
        assert lines["energy"].cells[rome].change == ""
        assert lines["energy"].cells[izmir].change == ""
        assert lines["tourism"].cells[athens].change == ""
        assert lines["space"].cells[rome].agreements == ("space-2025",)
        assert not lines["space"].cells[rome].foreseen
        assert lines["defence"].cells[rome].agreements == ("unnamed-deals-2025",)
        assert lines["defence"].cells[rome].foreseen


def test_every_sort_keeps_every_topic(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        made = timeline(index.view(""), index)
        for sort in SORTS:
            assert {line.id for line in made.sorted(sort).lines} == {line.id for line in made.lines}
        assert made.sorted("name").lines[0].id == "defence"
        assert made.sorted("recency").lines[-1].id == "defence"
        assert [line.id for line in made.sorted("first appearance").lines][:2] == ["energy", "defence"]


def test_a_cell_tells_how_its_agreements_moved_and_who_says_so(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        made = timeline(index.view(""), index)
        line = next(line for line in made.lines if line.id == "space")
        number = next(number for number, row in enumerate(made.meetings) if row.id == "rome-2025")
        text = plain(cell_page(made, line, number, index), 120)
    assert "discussed · new since the edition before · on 1 of 3 agendas here" in text
    assert "expected 28 April 2025 · says “a government source” [2] ▸ signed 29 April 2025 [1]" in text
    assert "[2]  Rome awaits Erdoğan" in text


def test_a_view_without_meetings_is_an_empty_timeline(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        made = timeline(index.view("nothing-has-this-word"), index)
    assert made.meetings == ()
    assert made.lines == ()


def test_a_year_adds_up_its_meetings(shipped: Path, shipped_cache: Path) -> None:
    agendas: Counter[tuple[str, str]] = Counter()
    meetings: Counter[str] = Counter()
    for file in shipped.glob("*.json"):
        for summit in json.loads(file.read_text(encoding="utf-8")).get("summits", {}).values():
            meetings[summit["start"][:4]] += 1
            topics = {item["topic"] for item in summit.get("agenda", []) if item.get("role") != "excluded"}
            agendas.update((topic, summit["start"][:4]) for topic in topics)
    with Index.open(shipped, shipped_cache) as index:
        whole = timeline(index.view(""), index)
        yearly = whole.by_year()
    assert {column.year: int(column.name) for column in yearly.columns} == meetings
    shown = {
        (line.id, yearly.columns[number].year): cell.times
        for line in yearly.lines
        for number, cell in line.cells.items()
        if cell.times
    }
    assert shown == agendas
    assert len(yearly.meetings) == len(whole.meetings)
    texts = {text for line in whole.lines for cell in line.cells.values() for text in cell.agreements}
    assert texts == {text for line in yearly.lines for cell in line.cells.values() for text in cell.agreements}


def test_the_page_of_a_year_names_its_meetings(shipped: Path, shipped_cache: Path) -> None:
    with Index.open(shipped, shipped_cache) as index:
        made = timeline(index.view("series:italy-türkiye"), index).by_year()
        line = next(line for line in made.lines if line.id == "migration")
        text = plain(cell_page(made, line, len(made.columns) - 1, index), 120)
    assert text.startswith("Migration  2025, 1 meeting\n")
    assert "2025-04-29  4th Italy–Türkiye Intergovernmental Summit  priority" in text
    assert "previous 2022" in text
