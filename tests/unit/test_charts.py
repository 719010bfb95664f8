"""Charts are as long, as high and as far along as their numbers say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.exchange.charts import Scale, Years, bar, columns, parted, strip
from tui.exchange.page import NO_BREAK, Row


def lines(rows: list[Row]) -> list[str]:
    return ["".join(span.text for span in row.spans).replace(NO_BREAK, " ") for row in rows]


@pytest.mark.parametrize(
    ("value", "most", "drawn"),
    [(0, 10, ""), (10, 10, "████"), (5, 10, "██"), (0.001, 10, "▏"), (1, 0, ""), (10, 80, "▌"), (-3, 10, "")],
)
def test_a_bar_is_as_long_as_its_share(value: float, most: float, drawn: str) -> None:
    assert bar(value, most, 4) == drawn


@settings(deadline=None)
@given(st.lists(st.integers(0, 1_000), min_size=1, max_size=6), st.integers(10, 90))
def test_the_parts_of_a_bar_are_all_there_and_add_up(counts: list[int], cells: int) -> None:
    total = sum(counts)
    lengths = parted(counts, max(total, 1), cells)
    assert [bool(length) for length in lengths] == [bool(count) for count in counts]
    assert sum(lengths) <= cells + len(counts)
    if total and all(count * cells >= total for count in counts if count):
        assert abs(sum(lengths) - cells) <= 1


def test_columns_stand_on_their_years_with_their_numbers_on_top() -> None:
    years = Years.fitting([2020, 2023], 20)
    assert years == Years(2020, 2023, 1, 5)
    drawn = lines(columns(years.counts({2020: 2, 2023: 4}), years, 2))
    assert [line.rstrip() for line in drawn] == ["                4", " 2             ████", "████  ·    ·   ████"]


def test_two_numbers_never_run_into_one() -> None:
    years = Years.fitting(range(2000, 2010), 20)
    assert years.slot == 2
    top = "".join(lines(columns([10] * 10, years, 1))).strip()
    assert "1010" not in top
    assert top.startswith("10")


@pytest.mark.parametrize(("first", "last"), [(2008, 2026), (1866, 2025), (1500, 2500), (2020, 2020)])
@pytest.mark.parametrize("width", [20, 50, 90])
def test_any_span_of_years_fits_and_counts_every_year(first: int, last: int, width: int) -> None:
    years = Years.fitting([first, last], width)
    assert len(years.columns) * years.slot <= width
    counts = years.counts(dict.fromkeys(range(first, last + 1), 1))
    assert sum(counts) == last - first + 1
    assert all(len(line) <= width + 4 for line in lines([years.axis()]))


def test_a_strip_has_a_dot_for_none_and_a_full_column_for_most() -> None:
    years = Years(2020, 2022, 1, 2)
    text = "".join(span if isinstance(span, str) else span.text for span in strip([0, 1, 8], years, 8))
    assert text.replace(NO_BREAK, " ") == "· ▁ █ "


@pytest.mark.parametrize(
    ("highest", "most"), [(32.2, 40), (40, 40), (100, 100), (9, 10), (0.7, 0.8), (1, 1), (0, 1), (181.5, 200)]
)
def test_a_scale_ends_at_a_round_number(highest: float, most: float) -> None:
    assert Scale.fitting([highest], 40).most == pytest.approx(most)


def test_a_mark_stands_in_its_range() -> None:
    scale = Scale(10, 11)
    text = "".join(span if isinstance(span, str) else span.text for span in scale.mark(4, 6, 9, aimed=False))
    assert text.replace(NO_BREAK, " ") == "────├━●━━┤ "
    hollow = "".join(span if isinstance(span, str) else span.text for span in scale.mark(3, 3, 3, aimed=True))
    assert hollow.replace(NO_BREAK, " ") == "╌╌╌○       "
