"""A comparison says what both have and what only one has, and no record stands on two sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.exchange.comparison import compare
from tui.exchange.text import plain
from tui.index import Index


def text_of(index: Index, left: str, right: str) -> str:
    return " ".join(plain(compare(left, right, index), 100).split())


def test_two_editions_are_compared_in_the_order_of_time(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        text = text_of(index, "rome-2025", "izmir-2008")
        assert text == text_of(index, "izmir-2008", "rome-2025")
    assert "Left 1st Italy–Türkiye Intergovernmental Summit 2008-11" in text
    assert "Topics both 1 Energy only 2008 1 Defence industry only 2025 2 Migration · Space" in text
    assert "Leaders both 1 Recep Tayyip Erdoğan only 2008 1 Silvio Berlusconi only 2025 1 Giorgia Meloni" in text


def test_leaders_are_compared_by_their_meetings(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path) as index:
        text = text_of(index, "recep-tayyip-erdogan", "giorgia-meloni")
    assert "Meetings both 1 2025 Italy–Türkiye" in text
    assert "only left 2" in text
    assert "only right" not in text.partition("Agreements")[0]


def test_sides_and_middle_add_up_in_the_shipped_library(shipped: Path, tmp_path: Path) -> None:
    with Index.open(shipped, tmp_path) as index:
        page = compare("it-tr-2022-ankara", "it-tr-2025-rome", index)
        topics = next(block for block in page.blocks if block.label == "Topics")
        sizes = [int(row.lead.text.split()[-1]) for row in topics.rows if row.lead]
        ours, theirs = (len(index.linked(record, "topic")) for record in ("it-tr-2022-ankara", "it-tr-2025-rome"))
    assert sizes[0] * 2 + sizes[1] + sizes[2] == ours + theirs


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
