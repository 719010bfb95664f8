"""Pictures show what the records add up to: the numbers beside the bars are counted again here, from the files."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from tui.exchange.pictures import bar, pictures
from tui.exchange.text import plain
from tui.index import Index


def blocks_of(library: Path, cache: Path, query: str = "") -> dict[str, list[str]]:
    """The lines of each block of the pictures of a query."""
    with Index.open(library, cache) as index:
        page = pictures(index.view(query), index)
    return {
        block.label: [
            (part.lead.text + " " if part.lead else "") + "".join(span.text for span in part.spans)
            for part in block.rows
        ]
        for block in page.blocks
    }


def test_meetings_a_year_are_those_of_the_files(shipped: Path, tmp_path: Path) -> None:
    years: Counter[str] = Counter()
    sectors: Counter[str] = Counter()
    for file in shipped.glob("*.json"):
        tables = json.loads(file.read_text(encoding="utf-8"))
        years.update(summit["start"][:4] for summit in tables.get("summits", {}).values())
        sectors.update(text.get("sector", "general") for text in tables.get("agreements", {}).values())
    blocks = blocks_of(shipped, tmp_path)
    shown = {line.split()[0]: line.split()[-1] for line in blocks["Meetings"]}
    assert {year: int(count) for year, count in shown.items() if count != "–"} == years
    counts = [int(found.group(1)) for line in blocks["Agreements"][1:] if (found := re.search(r" (\d+): ", line))]
    assert sorted(counts) == sorted(sectors.values())


def test_trade_of_italy_and_turkiye_over_the_years(shipped: Path, tmp_path: Path) -> None:
    lines = blocks_of(shipped, tmp_path, "series:italy-türkiye")["USD bn"]
    trade = [line for line in lines if line[:2] == "20"]
    assert [line[:4] for line in trade] == sorted(line[:4] for line in trade)
    assert any(line.startswith("2011") and "exceeded 21.3" in line for line in trade)
    assert any(line.startswith("2024") and "32.2" in line and "says “Rome”" in line for line in trade)
    targets = [line for line in trade if "target" in line]
    assert all("░" in line and "█" not in line for line in targets)
    assert len(targets) == 3


def test_parts_of_a_bar_add_up(tiny_library: Path, tmp_path: Path) -> None:
    energy = next(line for line in blocks_of(tiny_library, tmp_path)["Agreements"] if line.startswith("energy"))
    assert energy.endswith("2: 2 pending")


def test_an_empty_view_has_no_pictures(tiny_library: Path, tmp_path: Path) -> None:
    assert blocks_of(tiny_library, tmp_path, "nothing-has-this-word") == {}


@pytest.mark.parametrize(
    ("value", "most", "drawn"),
    [(0, 10, ""), (10, 10, "████"), (5, 10, "██"), (0.001, 10, "▏"), (1, 0, ""), (10, 80, "▌"), (-3, 10, "")],
)
def test_a_bar_is_as_long_as_its_share(value: float, most: float, drawn: str) -> None:
    assert bar(value, most, 4) == drawn


def test_pictures_fit_a_narrow_terminal(shipped: Path, tmp_path: Path) -> None:
    with Index.open(shipped, tmp_path) as index:
        text = plain(pictures(index.view(""), index), 60)
    assert max(len(line) for line in text.splitlines() if "://" not in line) <= 60
