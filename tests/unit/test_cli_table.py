"""Rows in columns: aligned by cells, never wider than asked, an id never cut."""

from __future__ import annotations

import pytest

from tui.cli.table import Cell, Table
from tui.exchange.printable import cell_width

IDS = ["italy-turkiye-2025", "japan-2023"]
ROWS = [
    [
        Cell("2025-04-29"),
        Cell("held"),
        Cell("Italy–Türkiye Intergovernmental Summit", gives_way=True),
        Cell("9", right=True),
    ],
    [Cell("2023"), Cell("scheduled"), Cell("日本 summit", gives_way=True), Cell("11", right=True)],
]


def test_columns_are_aligned_by_cells_with_the_id_last() -> None:
    assert list(Table(ROWS, IDS).lines(0)) == [
        "  2025-04-29  held       Italy–Türkiye Intergovernmental Summit   9  italy-turkiye-2025",
        "  2023        scheduled  日本 summit                             11  japan-2023",
    ]


@pytest.mark.parametrize("width", range(30, 100))
def test_no_line_is_wider_than_the_terminal_and_every_id_is_whole(width: int) -> None:
    lines = list(Table(ROWS, IDS).lines(width))
    assert max(map(cell_width, lines)) <= width
    assert all(any(line.endswith(name) for line in lines) for name in IDS)


def test_a_narrow_terminal_has_the_id_below_and_keeps_the_title_readable() -> None:
    lines = list(Table(ROWS, IDS).lines(50))
    assert lines[1::2] == [f"    {name}" for name in IDS]
    assert "Italy–Türkiye Intergover" in lines[0]


def test_a_column_without_text_is_left_out() -> None:
    assert list(Table([[Cell("a"), Cell(""), Cell("b")]], ["x"]).lines(0)) == ["  a  b  x"]


def test_one_endless_title_does_not_push_every_other_line_away() -> None:
    long = "x" * 500
    rows = [[Cell(title, gives_way=True), Cell("IT")] for title in (long, "short")]
    assert list(Table(rows, ["a", "b"]).lines(0)) == [f"  {long}  IT  a", f"  short{' ' * 95}  IT  b"]


def test_no_rows_are_no_lines() -> None:
    assert list(Table([], []).lines(80)) == []


def test_colour_is_on_the_word_and_not_on_the_blanks() -> None:
    rows = [[Cell("held", colour="green"), Cell("one")], [Cell("scheduled"), Cell("two")]]
    assert next(Table(rows, ["x", "y"]).lines(0)).startswith("  \x1b[32mheld\x1b[0m       one")
