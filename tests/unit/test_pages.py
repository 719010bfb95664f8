"""Pages answer what is asked of a record, from the tiny library and from the Rome dossier of the shipped one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.exchange.dates import ordinal, spoken, spoken_span
from tui.exchange.page import QUERY
from tui.exchange.parts import measured
from tui.exchange.record_page import record_page
from tui.exchange.text import plain
from tui.index import Index


@pytest.fixture(scope="module")
def library(shipped: Path, shipped_cache: Path) -> Iterator[Index]:
    index = Index.open(shipped, shipped_cache)
    yield index
    index.close()


def page(index: Index, record_id: str) -> str:
    """The page of a record as text with single blanks."""
    record = index.record(record_id)
    assert record is not None
    return " ".join(plain(record_page(record, index), 100).split())


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2025-04-29", "", "29 April 2025"),
        ("2025-04-29", "2025-04-29", "29 April 2025"),
        ("2022-07-05", "2022-07-06", "5–6 July 2022"),
        ("2022-06-30", "2022-07-01", "30 June – 1 July 2022"),
        ("2021-12-31", "2022-01-01", "31 December 2021 – 1 January 2022"),
        ("2008-11", "", "November 2008"),
        ("2008", "2009", "2008 – 2009"),
        ("", "2009", "until 2009"),
        ("", "", ""),
    ],
)
def test_spans_of_days(start: str, end: str, said: str) -> None:
    assert spoken_span(start, end) == said


def test_a_month_that_does_not_exist_is_shown_as_it_is() -> None:
    assert spoken("2025-13") == "13 2025"


def test_ordinals() -> None:
    said = "1st 2nd 3rd 4th 11th 12th 13th 21st 102nd 111th"
    assert " ".join(map(ordinal, (1, 2, 3, 4, 11, 12, 13, 21, 102, 111))) == said


def test_a_summit_leads_to_the_editions_beside_it_and_says_its_series_where_its_name_does_not(library: Index) -> None:
    assert "29 April 2025 · held previous 3rd, 2022-07-05 Chairs" in page(library, "it-tr-2025-rome")
    assert "5 July 2022 · held previous 2nd, 2012-05-08 · next 4th, 2025-04-29" in page(library, "it-tr-2022-ankara")
    assert "52nd G7 Summit · previous 51st" in page(library, "g7-2026-evian")


def test_rome_2025_says_who_met_on_what_what_was_expected_and_what_was_signed(library: Index) -> None:
    rome = page(library, "it-tr-2025-rome")
    assert "Rome, Italy · Villa Doria Pamphilj · 29 April 2025 · held" in rome
    assert "Giorgia Meloni, President of the Council of Ministers IT" in rome
    assert "Recep Tayyip Erdoğan, President TR" in rome
    assert "priority Migration" in rome
    assert "signed A number of deals between ministries (not named) ← expected" in rome
    assert "signed Peaceful space activities memorandum" in rome
    assert "says “an Italian government source”" in rome
    assert "bilateral trade, 2024: 32.2 bn USD · says “Rome" in rome
    assert "≠ Disagree number of agreements 11 [" in rome
    assert "https://www.dailysabah.com/business/economy/" in rome


def test_the_deals_of_rome_went_from_expected_to_signed(library: Index) -> None:
    deals = page(library, "it-tr-2025-rome-expected-deals-between-ministries")
    assert deals.index("expected 29 April 2025 · says “an Italian government source”") < deals.index(
        "signed 29 April 2025, Rome"
    )
    venture = page(library, "leonardo-baykar-joint-venture")
    steps = ["in talks October 2024", "agreed March 2025", "signed 6 March 2025, Rome", "approved 17 June 2026"]
    assert [step for step in steps if step not in venture] == []
    assert sorted(steps, key=venture.index) == steps


def test_every_page_of_the_shipped_library_can_be_made(library: Index) -> None:
    made = 0
    for listing in library.view("").lists.values():
        for row in listing.rows(0, listing.total):
            record = library.record(row.id)
            assert record is not None
            made += len(plain(record_page(record, library), 80)) > len(row.id)
    assert made == sum(count for kind, count in library.counts.items() if kind != "source")


def test_every_fact_of_the_rome_dossier_leads_to_an_address(library: Index) -> None:
    record = library.record("it-tr-2025-rome")
    assert record is not None
    text = page(library, "it-tr-2025-rome")
    sources = text[text.rindex("Sources [1]") :]
    numbers = {part for part in text.split() if part.startswith("[") and part.rstrip("]").lstrip("[").isdigit()}
    assert len(numbers) >= 5
    assert all(number in sources for number in numbers)
    assert sources.count("http") == len(numbers)


def test_a_leader_has_the_office_held_at_each_meeting(library: Index) -> None:
    erdogan = page(library, "recep-tayyip-erdogan")
    assert erdogan.startswith("Recep Tayyip Erdoğan Türkiye · 44 meetings, 2008–2026 ")
    assert "2025-04-29 4th Italy–Türkiye Intergovernmental Summit President" in erdogan
    assert "2008-11-12 1st Italy–Türkiye Intergovernmental Summit Prime Minister" in erdogan


def test_a_leader_is_counted_at_the_head_of_the_page(library: Index) -> None:
    assert page(library, "giorgia-meloni").startswith(
        "Giorgia Meloni Italy · 19 meetings, 2022–2026 · signatory of 4 agreements Offices"
    )


@pytest.mark.parametrize("record_id", ["recep-tayyip-erdogan", "giorgia-meloni", "migration", "war-in-ukraine"])
def test_a_page_on_the_screen_has_the_newest_and_a_query_for_all(library: Index, record_id: str) -> None:
    """The number of meetings and their years are those of all, however few are shown."""
    record = library.record(record_id)
    assert record is not None
    whole, short = record_page(record, library), record_page(record, library, 3)
    assert record_page(record, library, 200) == whole
    assert (short.title, short.blocks[0]) == (whole.title, whole.blocks[0])
    labels = {"Meetings", "On agendas", "Agreements", "Signatory of"}
    cut = [(block, all_) for block in short.blocks for all_ in whole.blocks if block.label == all_.label in labels]
    assert cut
    for block, all_ in cut:
        if len(all_.rows) <= 3:
            assert block == all_
            continue
        assert [line.spans for line in block.rows[:3]] == [line.spans for line in all_.rows[:3]]
        link = block.rows[3].spans[0]
        assert link.text == f"{len(all_.rows) - 3} more"
        if block.label == "Signatory of":
            assert not link.target
            continue
        found = library.view(link.target.removeprefix(QUERY)).lists
        assert sum(listing.total for listing in found.values()) == len(all_.rows)


def test_a_missing_link_is_named_and_not_an_error(tiny_library: Path) -> None:
    file = next(file for file in tiny_library.iterdir() if "agreements" in file.read_text(encoding="utf-8"))
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"summit": "rome-2025"', '"summit": "rome-1900"'), encoding="utf-8")
    index = Index.open(tiny_library, tiny_library.parent / "cache")
    assert "rome-1900 (not in this library)" in page(index, "space-2025")
    index.close()


@pytest.mark.parametrize(
    ("value", "unit", "high", "said"),
    [
        (32.2, "USD bn", None, "32.2 bn USD"),
        (19, "INR crore", 21, "19–21 crore INR"),
        (40, "EUR", None, "40 EUR"),
        (12, "%", None, "12%"),
        (2, "% of GDP", None, "2% of GDP"),
        (9, "documents", None, "9 documents"),
        (3, "", None, "3"),
    ],
)
def test_a_value_is_said_in_its_unit_as_people_say_it(value: float, unit: str, high: float | None, said: str) -> None:
    assert measured(value, unit, high) == said
