"""A page keeps its text and its width, whatever is in it."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from tui.exchange.page import COMMAND, Block, Page, Row, Span, column
from tui.exchange.printable import cell_width, fit, printable
from tui.exchange.text import _Layout, lay_out, plain

TEXT = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    [
        "",
        " ",
        "[/]",
        "[annex]",
        "首脳会談",
        "e\u0301\u0302",
        "a" * 200,
        "one-two—three/four",
        "\u202eabc",
        "https://a.example/b",
    ]
)
SPANS = st.lists(st.builds(Span, TEXT, st.sampled_from(["", "dim", "link"])), max_size=5).map(tuple)
ROWS = SPANS.map(Row) | st.tuples(st.builds(Span, TEXT), SPANS).map(lambda pair: column([(pair[0], pair[1])])[0])
PAGES = st.builds(
    Page,
    st.just("id"),
    SPANS.map(Row),
    st.lists(
        st.builds(Block, st.sampled_from(["", "Agenda"]), st.lists(ROWS, max_size=3).map(tuple), table=st.none()),
        max_size=3,
    ).map(tuple),
)


def ink(text: str) -> str:
    """The characters of a text that are drawn and are no blanks."""
    return "".join(printable(text).split())


@given(PAGES, st.integers(8, 120))
def test_no_line_is_wider_than_the_page(page: Page, width: int) -> None:
    for line in lay_out(page, width):
        assert cell_width("".join(span.text for span in line)) <= max(width, 8)


@given(PAGES, st.integers(8, 120))
@example(Page("id", Row(()), (Block("", column([(Span("a lead with nothing beside it"), [])])),)), 40)
def test_nothing_is_lost_and_nothing_added(page: Page, width: int) -> None:
    rows = [page.title, *(row for block in page.blocks for row in block.rows)]
    wanted = "".join(
        ink((row.lead.text if row.lead else "") + "".join(span.text for span in row.spans)) for row in rows
    )
    spans = [span for line in lay_out(page, width) for span in line]
    assert "".join(ink(span.text) for span in spans if span.role != "label") == wanted


@given(TEXT)
def test_printable_text_has_no_control_characters(text: str) -> None:
    shown = printable(text)
    assert not [c for c in shown if unicodedata.category(c) == "Cc"]
    assert "\n" not in shown
    assert printable(shown) == shown


@given(TEXT, st.integers(0, 80))
def test_fit_takes_exactly_its_cells(text: str, width: int) -> None:
    assert cell_width(fit(printable(text), width)) == width


@given(st.integers(8, 60))
def test_an_address_stays_whole_in_plain_text(width: int) -> None:
    address = "https://example.org/a-long-path/with/many-parts?and=a&query=too"
    page = Page("id", Row((Span("Title"),)), (Block("Sources", (Row((Span("news "), Span(address, "address"))),)),))
    assert address in plain(page, width)
    assert all(cell_width("".join(s.text for s in line)) <= width for line in lay_out(page, width))


@given(st.lists(st.text("ab-:/.–", min_size=1, max_size=40), min_size=1, max_size=8), st.integers(8, 60))
@example(["ssh", "HOST", "export", "--to", "csv", "--", "summit:tr-eg-2026-cairo", ">", "FILE"], 56)
def test_a_command_is_broken_at_blanks_only(words: list[str], width: int) -> None:
    """So it can be typed off them: their ends are blanks, but for a backslash, behind which a shell reads on."""
    typed = " ".join(words)
    page = Page("id", Row((Span(typed, COMMAND),)), ())
    lines = ["".join(span.text for span in line) for line in lay_out(page, width)]
    assert all(cell_width(line) <= width for line in lines)
    assert "".join(line[:-1] if line.endswith("\\") else f"{line} " for line in lines) == f"{typed} "


@given(st.integers(24, 60), st.integers(0, 40))
def test_a_date_stays_on_one_line(width: int, before: int) -> None:
    page = Page("id", Row((Span("Title"),)), (Block("", (Row((Span("a " * before), Span("2022-07-05"))),)),))
    lines = ["".join(span.text for span in line) for line in lay_out(page, width)]
    assert any("2022-07-05" in line for line in lines)


BLANKS = st.text(st.sampled_from(" a-\u00a0\u2003\u2013é首"), max_size=12)


@example(spans=(Span("\xa0"),), width=8)
@given(
    st.lists(st.builds(Span, BLANKS | TEXT, st.sampled_from(["", "dim"])), max_size=5).map(tuple), st.integers(8, 60)
)
def test_what_fits_into_a_line_is_laid_out_as_what_is_broken(spans: tuple[Span, ...], width: int) -> None:
    layout = _Layout(width)
    assert list(layout._wrap(spans, width)) == list(layout._broken(spans, width))
