"""Pictures show what the records add up to: their numbers are counted again here, from the files."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tui.exchange.page import Page, Table
from tui.exchange.pictures import pictures
from tui.exchange.text import plain
from tui.index import Index
from tui.vocabulary import SECTORS, STATUSES


@pytest.fixture(scope="module")
def library(shipped: Path, shipped_cache: Path) -> Iterator[Index]:
    index = Index.open(shipped, shipped_cache)
    yield index
    index.close()


def records(shipped: Path, table: str) -> list[dict[str, Any]]:
    """The records of a table, read without the program."""
    files = (json.loads(file.read_text(encoding="utf-8")) for file in shipped.glob("*.json"))
    return [record for tables in files for record in tables.get(table, {}).values()]


def tables_of(index: Index, query: str = "") -> dict[str, Table]:
    page = pictures(index.view(query), index, 0, tables=True)
    return {block.label: block.table for block in page.blocks if block.table}


def text(cell: tuple[Any, ...]) -> str:
    return "".join(span.text for span in cell)


def drawn(page: Page, width: int) -> list[str]:
    return plain(page, width).splitlines()


def test_meetings_a_year_are_those_of_the_files(shipped: Path, library: Index) -> None:
    years = Counter(summit["start"][:4] for summit in records(shipped, "summits"))
    rows = {text(row[0]): int(text(row[1])) for row in tables_of(library)["Meetings"].rows}
    assert {year: count for year, count in rows.items() if count} == years
    lines = drawn(pictures(library.view(""), library, 116), 116)
    tops = [int(number) for line in lines[2:10] for number in re.findall(r"\b\d+\b", line.replace("’", "x"))]
    assert sorted(tops) == sorted([sum(years.values()), *years.values()])


def test_agreements_by_sector_and_status_are_those_of_the_files(shipped: Path, library: Index) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for agreement in records(shipped, "agreements"):
        status = agreement.get("history", [{"status": "mentioned"}])[-1]["status"]
        counted[SECTORS[agreement.get("sector", "general")].label, STATUSES[status].label] += 1
    shown: Counter[tuple[str, str]] = Counter()
    for row in tables_of(library)["Agreements"].rows:
        parts = [part.replace("\xa0", " ").strip().rpartition(" ") for part in text(row[2]).split("·")]
        shown.update({(text(row[0]), status): int(count) for status, _, count in parts})
        assert int(text(row[1])) == sum(int(count) for _, _, count in parts)
    assert shown == counted


@pytest.mark.parametrize("width", [56, 76, 116])
def test_the_legend_of_the_bars_says_which_statuses_each_fill_stands_for(
    shipped: Path, library: Index, width: int
) -> None:
    counted = Counter(
        STATUSES[agreement.get("history", [{"status": "mentioned"}])[-1]["status"]]
        for agreement in records(shipped, "agreements")
    )
    lines = drawn(pictures(library.view(""), library, width), width)
    first = next(place for place, line in enumerate(lines) if line.startswith("Agreements "))
    legend = " ".join(" ".join(lines[first + 1 : first + 7]).replace("\xa0", " ").split())
    for word, count in counted.items():
        assert f"{word.label} {count}" in legend
    settled = sum(count for word, count in counted.items() if word.tone == "settled")
    assert f"█ settled {settled} " in legend


def test_a_bar_is_parted_as_its_agreements_are(library: Index) -> None:
    page = pictures(library.view("series:italy-türkiye"), library, 116)
    lines = drawn(page, 116)
    science = next(line for line in lines if line.startswith("science and education"))
    assert (science.count("█"), science.count("░")) == (4, 4)
    assert science.rstrip().endswith(" 2")
    assert [line.split("  ")[0] for line in lines if line[:2] in {"█ ", "░ "}] == ["█ settled 23", "░ pending 4"]


def test_a_leaders_strip_has_the_years_of_the_files(shipped: Path, library: Index) -> None:
    years = Counter(
        int(summit["start"][:4])
        for summit in records(shipped, "summits")
        if any(
            person.get("leader") == "giorgia-meloni" and person.get("role") != "absent"
            for person in summit.get("participants", [])
        )
    )
    people = {
        text(row[0]): (int(text(row[1])), text(row[2])) for row in tables_of(library, "leader:meloni")["Leaders"].rows
    }
    said = ", ".join(f"{year} ×{count}" if count > 1 else str(year) for year, count in sorted(years.items()))
    assert people["Giorgia Meloni"] == (sum(years.values()), said)
    lines = drawn(pictures(library.view("leader:meloni"), library, 116), 116)
    strip = next(line for line in lines if line.startswith("Giorgia Meloni"))
    assert strip.split()[-1] == str(sum(years.values()))
    most = max(years.values())
    wanted = [" ▁▂▃▄▅▆▇█"[max(1, round(years[year] / most * 8))] for year in sorted(years)]
    assert [part[0] for part in strip.split()[2:-1]] == wanted


def test_trade_of_italy_and_turkiye_over_the_years(library: Index) -> None:
    lines = drawn(pictures(library.view("series:italy-türkiye"), library, 116), 116)
    axis = next(line for line in lines if line.rstrip().endswith("USD bn"))
    zero, forty = axis.index("0"), axis.index("40") + 1
    points = {line.split()[0]: line for line in lines if re.match(r"20\d\d\*? ", line) and ("●" in line or "○" in line)}
    assert list(points) == ["2011", "2012*", "2022", "2022*", "2023", "2024", "2025*"]

    def value(year: str, mark: str) -> float:
        """What the place of a mark says on the scale, give or take half a cell."""
        return (points[year].index(mark) - zero) / (forty - zero) * 40

    half_a_cell = 40 / (forty - zero)
    assert value("2011", "●") == pytest.approx(21.3, abs=half_a_cell)
    assert value("2024", "●") == pytest.approx(32.2, abs=half_a_cell)
    assert value("2024", "├") == pytest.approx(30, abs=half_a_cell)
    assert value("2022", "○") == pytest.approx(25, abs=half_a_cell)
    assert value("2025*", "○") == pytest.approx(40, abs=half_a_cell)
    assert "exceeded 21.3" in points["2011"]
    assert "says “Erdoğan”" in points["2022"]
    assert "≠ 35 bn EUR" in points["2025*"]


def test_the_table_of_figures_has_a_row_for_each_value(library: Index) -> None:
    page = pictures(library.view("series:italy-türkiye"), library, 0, tables=True)
    table = next(block.table for block in page.blocks if block.label == "USD bn")
    assert table is not None
    rows = [[text(cell) for cell in row] for row in table.rows]
    assert ["2024", "bilateral trade", "32.2", "32.2"] in [row[:4] for row in rows]
    assert ["2024", "bilateral trade", "over 30", "30"] in [row[:4] for row in rows]
    assert [row[2] for row in rows if row[3] == ""] == ["35 bn EUR"]
    assert any("“Rome”" in row[4] for row in rows)


def test_an_empty_view_says_so(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        page = pictures(index.view("nothing-has-this-word"), index, 80)
    assert "nothing under this query to draw" in plain(page, 80)


@pytest.mark.parametrize("width", range(34, 124, 3))
def test_no_mark_is_broken_at_any_width(library: Index, width: int) -> None:
    lines = drawn(pictures(library.view("series:italy-türkiye"), library, width), width)
    marks = [line for line in lines if re.match(r"20\d\d\*? ", line)]
    assert len(marks) == 7
    assert all("●" in line or "○" in line for line in marks)


@pytest.mark.parametrize("width", [36, 57, 77, 116, 196])
@pytest.mark.parametrize("tables", [False, True])
def test_pictures_and_tables_fit_any_width(library: Index, width: int, *, tables: bool) -> None:
    for query in ("", "leader:erdogan", "series:italy-türkiye", "year:2024"):
        lines = drawn(pictures(library.view(query), library, width, tables=tables), width)
        assert max(len(line) for line in lines if "://" not in line) <= width
