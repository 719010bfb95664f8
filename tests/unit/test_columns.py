"""Rows fill their width exactly at any width, and say in words what they are."""

from __future__ import annotations

import pytest

from tui.exchange.printable import cell_width
from tui.explorer.widgets.columns import axis_of, cells, trend
from tui.index import Row

ROWS = {
    "summit": Row("summit", "a", "首脳会談 of many nations", "2025-04-29", "held", "IT", 17, "4th", True, ()),
    "past": Row("summit", "b", "NATO Summit", "2026-07-07", "outcome_unknown", "TR", 0, "", False, ()),
    "leader": Row(
        "leader", "c", "Recep Tayyip Erdoğan", "", "", "African Union", 44, "", False, ((2008, 1), (2025, 1))
    ),
    "topic": Row(
        "topic", "d", "E\u0301nergy " * 20, "", "", "", 1234, "energy", False, ((2008, 1), (2022, 1), (2025, 1))
    ),
    "agreement": Row("agreement", "e", "[/] [annex]", "2025-04-29", "under_negotiation", "", 0, "loan", True, ()),
    "strange": Row("agreement", "f", "A word of no list", "", "pondered", "", 0, "scroll", False, ()),
}


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("width", [1, 8, 20, 33, 34, 46, 48, 56, 60, 64, 80, 120])
@pytest.mark.parametrize("lean", [False, True])
def test_a_row_fills_its_width(name: str, width: int, lean: bool) -> None:
    assert sum(cell_width(span.text) for span in cells(ROWS[name], width, lean=lean)) == width


@pytest.mark.parametrize("lean", [False, True])
def test_a_row_says_its_status_in_words(lean: bool) -> None:
    def text(name: str) -> str:
        return "".join(span.text for span in cells(ROWS[name], 60, lean=lean))

    assert "outcome unknown" in text("past")
    assert "in talks" in text("agreement")
    assert "pondered" in text("strange")
    assert "≠" in text("summit")


@pytest.mark.parametrize("lean", [False, True])
def test_a_row_says_where_a_leader_is_from_and_how_often_it_was_met(lean: bool) -> None:
    leader = Row("leader", "a", "Giorgia Meloni", "", "", "IT", 7, "", False, ())
    topic = Row("topic", "b", "Energy", "", "", "XX", 12, "energy", False, ())
    said = ["".join(span.text for span in cells(row, 40, lean=lean)).split() for row in (leader, topic)]
    assert set(said[0]) == {"Giorgia", "Meloni", "IT", "7"}
    assert set(said[1]) == {"Energy", "12"}


def test_a_trend_has_a_bar_for_each_part_of_the_years() -> None:
    assert trend((), (2008, 2025)) == ""
    assert trend(((2025, 1),), (2008, 2025)) == ""
    assert trend(((2020, 1), (2021, 1)), (2020, 2021)) == "▇▇"
    assert trend(((2008, 1), (2025, 2)), (2008, 2025)) == "▄▁▁▁▁▁▁▇"
    assert trend(((2025, 2),), (2025, 2025)) == "▇"


def test_the_bars_of_a_list_stand_for_the_same_years() -> None:
    early = Row("topic", "a", "Early", "", "", "", 2, "energy", False, ((2008, 1), (2009, 1)))
    late = Row("topic", "b", "Late", "", "", "", 3, "energy", False, ((2022, 1), (2025, 2)))
    axis = axis_of([early, late])
    assert axis == (2008, 2025)
    bars = ["".join(span.text for span in cells(row, 40, axis=axis))[-12:-4] for row in (early, late)]
    assert bars == ["▇▁▁▁▁▁▁▁", "▁▁▁▁▁▁▄▇"]
