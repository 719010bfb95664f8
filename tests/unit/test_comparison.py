"""A comparison says what both have and what only one has, counts both sides, and sets the same figures side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.exchange.comparison import compare
from tui.exchange.page import Page, Table
from tui.exchange.text import plain
from tui.index import Index

ANKARA, ROME = "it-tr-2022-ankara", "it-tr-2025-rome"


def text_of(index: Index, left: str, right: str) -> str:
    return " ".join(plain(compare(left, right, index), 100).split())


def table_of(page: Page, label: str) -> Table:
    found = next(block.table for block in page.blocks if block.label == label)
    assert found is not None
    return found


def names(table: Table, place: int) -> set[str]:
    """The targets of the links in a column."""
    return {span.target for row in table.rows for span in row[place] if span.target}


def test_two_editions_are_compared_in_the_order_of_time(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        page = compare("rome-2025", "izmir-2008", index)
        assert text_of(index, "rome-2025", "izmir-2008") == text_of(index, "izmir-2008", "rome-2025")
    topics = table_of(page, "Topics")
    assert [heading.text for heading in topics.headings] == ["only 2008 1", "both 1", "only 2025 2"]
    assert [names(topics, place) for place in range(3)] == [{"defence"}, {"energy"}, {"migration", "space"}]
    leaders = table_of(page, "Leaders")
    assert [names(leaders, place) for place in range(3)] == [
        {"silvio-berlusconi"},
        {"recep-tayyip-erdogan"},
        {"giorgia-meloni"},
    ]


def test_leaders_are_compared_by_meetings_topics_and_whom_they_met(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        page = compare("recep-tayyip-erdogan", "giorgia-meloni", index)
    meetings = table_of(page, "Meetings")
    assert [names(meetings, place) for place in range(3)] == [{"izmir-2008", "athens-2023"}, {"rome-2025"}, set()]
    assert meetings.headings[0].text == "only Erdoğan 2"
    assert names(table_of(page, "Topics"), 1) == {"migration", "energy", "space", "defence"}
    assert names(table_of(page, "Leaders"), 0) == {"giorgia-meloni", "silvio-berlusconi", "kyriakos-mitsotakis"}
    assert names(table_of(page, "Signatory of"), 2) == {"space-2025"}


def test_topics_are_compared_by_the_agendas_that_have_them(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        page = compare("energy", "migration", index)
    meetings = table_of(page, "Meetings")
    assert [names(meetings, place) for place in range(3)] == [{"izmir-2008"}, {"rome-2025"}, {"athens-2023"}]


def test_numbers_of_both_sides_are_those_of_the_files(shipped: Path, shipped_cache: Path) -> None:
    summits: dict[str, set[str]] = {}
    texts: dict[str, list[str]] = {ANKARA: [], ROME: []}
    for file in shipped.glob("*.json"):
        tables = json.loads(file.read_text(encoding="utf-8"))
        for summit in tables.get("summits", {}).values():
            summits[summit["id"]] = {i["topic"] for i in summit.get("agenda", []) if i.get("role") != "excluded"}
        for text in tables.get("agreements", {}).values():
            if text.get("summit") in texts:
                texts[text["summit"]].append(text.get("history", [{"status": "mentioned"}])[-1]["status"])
    with Index.open(shipped, shipped_cache) as index:
        page = compare(ROME, ANKARA, index)
    numbers = {
        "".join(span.text for span in row[0]).strip(): [row[1][0].text, row[2][0].text, row[3][0].text]
        for row in table_of(page, "In numbers").rows
    }
    then, now = len(summits[ANKARA]), len(summits[ROME])
    assert numbers["topics"] == [str(then), str(now), f"{now - then:+}"]
    assert numbers["agreements"][:2] == [str(len(texts[ANKARA])), str(len(texts[ROME]))]
    foreseen = {"mentioned", "proposed", "under_negotiation", "expected"}
    assert numbers["only foreseen"][:2] == [
        str(sum(status in foreseen for status in texts[side])) for side in (ANKARA, ROME)
    ]
    topics = table_of(page, "Topics")
    assert names(topics, 0) == summits[ANKARA] - summits[ROME]
    assert names(topics, 1) == summits[ANKARA] & summits[ROME]
    assert names(topics, 2) == summits[ROME] - summits[ANKARA]


def test_a_figure_that_both_have_is_shown_with_its_change(shipped: Path, shipped_cache: Path) -> None:
    with Index.open(shipped, shipped_cache) as index:
        text = text_of(index, "it-tr-2012-rome", ROME)
    assert "bilateral trade exceeded 21.3 bn USD (2011) 32.2 bn USD (2024) +51%" in text


def test_figures_of_leaders_are_those_of_their_meetings_in_the_files(shipped: Path, tmp_path: Path) -> None:
    had: dict[str, set[tuple[str, str, str]]] = {"recep-tayyip-erdogan": set(), "giorgia-meloni": set()}
    for file in shipped.glob("*.json"):
        for summit in json.loads(file.read_text(encoding="utf-8")).get("summits", {}).values():
            came = {one.get("leader") for one in summit.get("participants", []) if one.get("role") != "absent"}
            said = {
                (summit.get("series") or summit["id"], figure["label"].casefold(), figure.get("unit", ""))
                for figure in summit.get("figures", [])
            }
            for leader in came & set(had):
                had[leader] |= said
    one, other = had.values()
    with Index.open(shipped, tmp_path) as index:
        page = compare(*had, index)
    tables = [block.table for block in page.blocks if block.table]
    groups = {heading.text.rpartition(" ")[0]: int(heading.text.rpartition(" ")[2]) for heading in tables[-1].headings}
    assert groups["only Erdoğan"] == len(one - other) > 0
    assert groups["only Meloni"] == len(other - one) > 0
    assert groups["the same for both"] == len(one & other) > 0


def test_a_figure_that_changed_between_the_meetings_of_two_topics_has_its_change(shipped: Path, tmp_path: Path) -> None:
    with Index.open(shipped, tmp_path) as index:
        rows = table_of(compare("energy", "migration", index), "Figures").rows
    shown = [["".join(span.text for span in cell).strip() for cell in row] for row in rows]
    name = "Action Plan length  Italy–Germany Intergovernmental Consultations"
    assert [name, "37 pages", "32 pages", "-14%"] in shown


def test_records_without_figures_say_that_there_are_none(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        assert "no figure is given in the record of any of these meetings" in text_of(
            index, "athens-2023", "izmir-2008"
        )


@pytest.mark.parametrize("width", [40, 56, 76, 116])
def test_a_comparison_fits_its_width(shipped: Path, shipped_cache: Path, width: int) -> None:
    with Index.open(shipped, shipped_cache) as index:
        lines = plain(compare(ANKARA, ROME, index), width).splitlines()
    assert max(map(len, lines)) <= width
    assert "Grain exports" in "\n".join(lines)


@pytest.mark.parametrize(
    ("left", "right", "error"),
    [
        ("rome-2025", "giorgia-meloni", ValueError),
        ("space-2025", "visas-2023", ValueError),
        ("rome-2025", "nobody", LookupError),
    ],
)
def test_what_cannot_be_compared_is_refused(
    tiny_library: Path, tmp_path: Path, left: str, right: str, error: type[Exception]
) -> None:
    with Index.open(tiny_library, tmp_path) as index, pytest.raises(error):
        compare(left, right, index)
