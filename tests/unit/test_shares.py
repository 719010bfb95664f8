"""Rows are shared so that no list has more than it has a use for while another has less."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.explorer.shares import shares


def test_long_lists_share_by_weight() -> None:
    assert shares(34, [168, 227, 200, 692], (1.5, 1, 1, 1.5)) == [10, 7, 7, 10]


def test_a_short_list_leaves_its_rows_to_the_others() -> None:
    assert shares(34, [3, 12, 33, 19], (1.5, 1, 1, 1.5)) == [3, 9, 9, 13]
    assert shares(48, [33, 19], (1, 1)) == [29, 19]


def test_what_nobody_needs_goes_to_all() -> None:
    assert shares(34, [5, 6, 7, 7], (1.5, 1, 1, 1.5)) == [8, 7, 9, 10]


@given(st.integers(8, 200), st.lists(st.integers(3, 1_000_000), min_size=1, max_size=4), st.data())
def test_every_row_is_given_once_and_none_is_wasted(rows: int, needs: list[int], data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.sampled_from([1, 1.5]), min_size=len(needs), max_size=len(needs)))
    given_rows = shares(rows, needs, weights)
    assert sum(given_rows) == rows
    assert min(given_rows) >= 0
    if sum(needs) > rows:
        assert all(got <= need for got, need in zip(given_rows, needs, strict=True))
