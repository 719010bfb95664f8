"""Tables are as wide as they may be, lose no word, and become lists where there is no room for columns."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.exchange.page import Block, Page, Span, Table, cell, row
from tui.exchange.printable import cell_width
from tui.exchange.text import plain

WORDS = st.lists(st.text("abcdeğ首", min_size=1, max_size=9), max_size=6).map(" ".join)


def text_of(table: Table, width: int) -> list[str]:
    return plain(Page("x", row("t"), (Block("", (), table),)), width).splitlines()[2:]


def small(*rows: tuple[str, ...], **more: object) -> Table:
    headings = (Span("what"), Span("count"))
    return Table(headings, tuple(tuple(map(cell, line)) for line in rows), **more)  # type: ignore[arg-type]


def test_columns_are_as_wide_as_their_widest_cell_and_numbers_stand_to_the_right() -> None:
    table = small(("topics", "5"), ("agreements", "1,200"), numbers=frozenset({1}))
    assert text_of(table, 60) == ["what        count", "topics          5", "agreements  1,200"]


def test_a_cell_that_is_too_wide_wraps_in_its_column() -> None:
    table = small(("one two three four five six seven", "5"))
    assert text_of(table, 25) == ["what                count", "one two three four  5", "five six seven"]


def test_where_columns_do_not_fit_a_row_is_a_list() -> None:
    table = Table(
        tuple(Span(name) for name in ("value", "source", "says")),
        ((cell("eleven of them"), cell("a newspaper"), cell("the speaker")),),
    )
    assert text_of(table, 22) == ["eleven of them", "  source: a newspaper", "  says: the speaker"]


def test_headings_may_be_left_out() -> None:
    assert text_of(small(("a", "1"), headed=False), 30) == ["a  1"]


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=5), st.integers(12, 100), st.booleans())
def test_no_line_is_too_wide_and_no_letter_is_lost(rows: list[tuple[str, str, str]], width: int, even: bool) -> None:
    table = Table(
        tuple(Span(name) for name in ("x", "y", "z")), tuple(tuple(map(cell, line)) for line in rows), even=even
    )
    lines = text_of(table, width)
    assert all(cell_width(line) <= width for line in lines)
    wanted = sorted("".join(rows_text for line in rows for rows_text in line).replace(" ", ""))
    given_letters = sorted(letter for letter in "".join(lines) if letter not in " xyz:")
    assert given_letters == wanted


def test_even_columns_are_lists_of_their_own_with_what_goes_on_indented() -> None:
    rows = ((cell("one two three four five"), cell("a")), (cell("six"), cell("b")), ((), cell("c")))
    table = Table((Span("left 2"), Span("right 3")), rows, even=True)
    assert text_of(table, 42) == [
        "left 2                right 3",
        "one two three four    a",
        "  five                b",
        "six                   c",
    ]


def test_even_columns_that_do_not_fit_stand_one_under_the_other() -> None:
    table = Table((Span("left 2"), Span("right 1")), ((cell("a"), cell("b")), (cell("c"), ())), even=True)
    assert text_of(table, 44) == [f"{'left 2':23}right 1", f"{'a':23}b", "c"]
    assert text_of(table, 18) == ["left 2", "  a", "  c", "right 1", "  b"]
