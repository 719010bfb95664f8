"""The timeline counts what the records say, and knows what is new and what was dropped."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from tui.exchange.text import plain
from tui.exchange.timeline import SORTS, timeline
from tui.exchange.timeline_page import cell_page
from tui.index import Index


def test_cells_equal_what_a_plain_reading_of_the_files_gives(shipped: Path, tmp_path: Path) -> None:
    agendas: dict[str, set[str]] = defaultdict(set)
    for file in shipped.glob("*.json"):
        for summit in json.loads(file.read_text(encoding="utf-8")).get("summits", {}).values():
            for item in summit.get("agenda", []):
                if item.get("role") != "excluded":
                    agendas[item["topic"]].add(summit["id"])
    with Index.open(shipped, tmp_path) as index:
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
        assert made.sorted("latest").lines[-1].id == "defence"


def test_a_cell_tells_how_its_agreements_moved_and_who_says_so(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        made = timeline(index.view(""), index)
        line = next(line for line in made.lines if line.id == "space")
        number = next(number for number, row in enumerate(made.meetings) if row.id == "rome-2025")
        text = plain(cell_page(line.id, line.name, made.meetings[number], line.cells[number], index), 120)
    assert "expected 28 April 2025 · says “a government source” [2] ▸ signed 29 April 2025 [1]" in text
    assert "[2]  Rome awaits Erdoğan" in text


def test_a_view_without_meetings_is_an_empty_timeline(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        made = timeline(index.view("nothing-has-this-word"), index)
    assert made.meetings == ()
    assert made.lines == ()
