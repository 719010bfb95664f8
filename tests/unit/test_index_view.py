"""What a query brings into view: the jobs of the person who asks, on the tiny and the shipped library."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from msgspec.structs import astuple

from tests.libraries import SERIES
from tui.index import SORTS, Index
from tui.library import shipped_library

DAY = date(2025, 6, 1)


@pytest.fixture
def index(tiny_library: Path, tmp_path: Path) -> Iterator[Index]:
    with Index.open(tiny_library, tmp_path / "cache", clock=lambda: DAY) as opened:
        yield opened


@pytest.fixture(scope="module")
def shipped_index(shipped_cache: Path) -> Iterator[Index]:
    with Index.open(shipped_library(), shipped_cache, clock=lambda: DAY) as opened:
        yield opened


def seen(index: Index, text: str) -> dict[str, list[str]]:
    """Return the ids of each list, in order."""
    return {kind: [row.id for row in listing.rows(0, 99)] for kind, listing in index.view(text).lists.items()}


def test_without_a_query_everything_is_in_view_newest_and_busiest_first(index: Index) -> None:
    view = seen(index, "")
    assert view["summit"] == ["rome-2025", "athens-2023", "izmir-2008"]
    assert view["leader"] == ["recep-tayyip-erdogan", "giorgia-meloni", "kyriakos-mitsotakis", "silvio-berlusconi"]
    assert view["topic"] == ["energy", "migration", "defence", "space", "tourism"]
    assert view["agreement"] == [
        "trade-statement-2025", "space-2025", "unnamed-deals-2025", "visas-2023", "gas-letter-2008",
    ]  # fmt: skip


def test_rows_show_what_a_list_needs(index: Index) -> None:
    rows = index.rows(["rome-2025", "recep-tayyip-erdogan", "energy", "space-2025", "rome-statement-2025", "nobody"])
    in_three_years = ((2008, 1), (2023, 1), (2025, 1))
    assert [astuple(row) for row in rows.values()] == [
        ("summit", "rome-2025", SERIES, "2025-04-29", "held", "IT", 3, "4th", True, ()),
        ("leader", "recep-tayyip-erdogan", "Recep Tayyip Erdoğan", "", "", "TR", 3, "", False, in_three_years),
        ("topic", "energy", "Energy", "", "", "", 2, "energy", False, ((2008, 1), (2025, 1))),
        (
            "agreement", "space-2025", "Peaceful space activities", "2025-04-29", "signed", "", 0,
            "memorandum_of_understanding", False, (),
        ),
        ("source", "rome-statement-2025", "Dichiarazione congiunta", "2025-04-29", "", "", 0, "", False, ()),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kind", "found"),
    [
        ("erdogan", "leader", ["recep-tayyip-erdogan"]),
        ("erdogan", "summit", ["rome-2025", "athens-2023", "izmir-2008"]),
        ("ERDOĞAN", "leader", ["recep-tayyip-erdogan"]),
        ("izmir", "summit", ["izmir-2008"]),
        ("turkey", "leader", ["recep-tayyip-erdogan"]),
        ("turchia", "summit", ["rome-2025", "athens-2023", "izmir-2008"]),
        ("turkish", "leader", ["recep-tayyip-erdogan"]),
        ("defense", "topic", ["defence"]),
        ("defence", "agreement", ["unnamed-deals-2025"]),
        ("defens", "topic", ["defence"]),
        ("harbor", "summit", ["rome-2025"]),
        ("mitsot", "leader", ["kyriakos-mitsotakis"]),
        ("μητσοτ", "summit", ["athens-2023"]),
        ("4th italy", "summit", ["rome-2025"]),
        ("29 april 2025", "summit", ["rome-2025"]),
        ("2025-04-29", "summit", ["rome-2025"]),
        ("satellites", "topic", ["space"]),
        ("irregular arr", "topic", ["migration"]),
        ("memorandum", "agreement", ["space-2025"]),
        ("mutabakat", "agreement", ["space-2025"]),
        ("caglar", "agreement", ["space-2025"]),
        ("rome", "agreement", ["trade-statement-2025", "space-2025", "unnamed-deals-2025"]),
        ("tayyip rome", "summit", ["rome-2025"]),
        ('"prime minister"', "summit", ["athens-2023", "izmir-2008"]),
        ('"minister prime"', "summit", []),
        ('"prime mini"', "summit", []),
        ('"prime mini', "summit", ["athens-2023", "izmir-2008"]),
        ("summit -athens -izmir", "summit", ["rome-2025"]),
        ("ital -rome", "summit", ["izmir-2008"]),
        ("*", "summit", ["rome-2025", "athens-2023", "izmir-2008"]),
        ("tayyip of the rome", "summit", ["rome-2025"]),
        ("tayyip =from rome", "summit", []),
        ('tayyip "from" rome', "summit", []),
        ("tayyip from", "summit", []),
        ("rome-2025", "summit", ["rome-2025"]),
        ("rome2025", "summit", []),
    ],
)
def test_typed_words_find_what_is_meant(index: Index, typed: str, kind: str, found: list[str]) -> None:
    assert seen(index, typed)[kind] == found


def test_only_the_last_word_is_a_beginning(index: Index) -> None:
    assert seen(index, "tayyip ro")["summit"] == ["rome-2025"]
    assert seen(index, "ro tayyip")["summit"] == []


def test_a_leader_narrows_every_list_to_what_is_linked_with_him(index: Index) -> None:
    view = seen(index, "leader:mitsotakis")
    assert view == {
        "summit": ["athens-2023"],
        "leader": ["recep-tayyip-erdogan", "kyriakos-mitsotakis"],
        "topic": ["migration", "tourism"],
        "agreement": ["visas-2023"],
    }


def test_counts_and_years_are_those_of_the_view(index: Index) -> None:
    lists = index.view("year:2020..").lists
    erdogan = next(row for row in lists["leader"].rows(0, 9) if row.id == "recep-tayyip-erdogan")
    assert (erdogan.count, erdogan.years) == (2, ((2023, 1), (2025, 1)))
    migration = next(row for row in lists["topic"].rows(0, 9) if row.id == "migration")
    assert (migration.count, migration.years) == (2, ((2023, 1), (2025, 1)))
    assert index.rows(["recep-tayyip-erdogan"])["recep-tayyip-erdogan"].count == 3


@pytest.mark.parametrize(
    ("query", "summits", "agreements"),
    [
        ("summit:rome-2025", ["rome-2025"], ["trade-statement-2025", "space-2025", "unnamed-deals-2025"]),
        ("summit:athens", ["athens-2023"], ["visas-2023"]),
        ("leader:giorgia-meloni", ["rome-2025"], ["trade-statement-2025", "space-2025", "unnamed-deals-2025"]),
        ("leader:erdogan leader:berlusconi", ["izmir-2008"], ["gas-letter-2008"]),
        ("topic:migration", ["rome-2025", "athens-2023"], []),
        ("topic:energy", ["rome-2025", "izmir-2008"], ["unnamed-deals-2025", "gas-letter-2008"]),
        ("topic:def", ["izmir-2008"], ["unnamed-deals-2025"]),
        ("agreement:visa", ["athens-2023"], ["visas-2023"]),
        ("country:greece", ["athens-2023"], ["visas-2023"]),
        ("country:GR", ["athens-2023"], ["visas-2023"]),
        ("country:greek", ["athens-2023"], ["visas-2023"]),
        ("country:Yunanistan", ["athens-2023"], ["visas-2023"]),
        ("country:eu", ["rome-2025"], ["unnamed-deals-2025"]),
        ("-country:italy", ["athens-2023"], ["visas-2023"]),
        ("series:greece", ["athens-2023"], ["visas-2023"]),
        ('series:"Türkiye–Greece High-Level Council"', ["athens-2023"], ["visas-2023"]),
        ("sector:space", ["rome-2025"], ["space-2025"]),
        ("status:signed", ["rome-2025"], ["space-2025"]),
        ('status:"in force"', ["athens-2023"], ["visas-2023"]),
        ("status:in_force", ["athens-2023"], ["visas-2023"]),
        ("status:expected", ["rome-2025"], ["unnamed-deals-2025"]),
        ("status:mentioned", ["izmir-2008"], ["gas-letter-2008"]),
        ("source:rome-report-2025", ["rome-2025"], ["space-2025", "unnamed-deals-2025"]),
        ("source:awaits", ["rome-2025"], ["space-2025", "unnamed-deals-2025"]),
        ("year:2023", ["athens-2023"], ["visas-2023"]),
        ("..2010", ["izmir-2008"], ["gas-letter-2008"]),
        ("2010..2024", ["athens-2023"], ["visas-2023"]),
        ("is:disputed", ["rome-2025"], ["trade-statement-2025"]),
        ("is:expected", ["rome-2025", "izmir-2008"], ["unnamed-deals-2025", "gas-letter-2008"]),
        ("is:upcoming", [], []),
        ("country:italy status:signed 2025..", ["rome-2025"], ["space-2025"]),
        ("-status:signed -year:2008", ["athens-2023"], ["trade-statement-2025", "unnamed-deals-2025", "visas-2023"]),
        ("leader:nobody", [], []),
        ("-leader:nobody year:2023", ["athens-2023"], ["visas-2023"]),
        ("leadr:nobody year:2023", ["athens-2023"], ["visas-2023"]),
        ("leader: year:2023", ["athens-2023"], ["visas-2023"]),
    ],
)
def test_a_field_acts_through_links(index: Index, query: str, summits: list[str], agreements: list[str]) -> None:
    view = seen(index, query)
    assert view["summit"] == summits
    assert view["agreement"] == agreements


def test_a_field_and_a_word_hold_together(index: Index) -> None:
    assert seen(index, "leader:erdogan migration") == {
        "summit": ["rome-2025", "athens-2023"],
        "leader": [],
        "topic": ["migration"],
        "agreement": [],
    }


def test_a_sector_keeps_the_topics_of_others_out(index: Index) -> None:
    assert seen(index, "sector:energy")["topic"] == ["energy"]
    assert seen(index, "-sector:energy year:2023")["topic"] == ["migration", "tourism"]


def test_a_kind_leaves_one_list(index: Index) -> None:
    assert {kind for kind, ids in seen(index, "kind:topic").items() if ids} == {"topic"}
    assert {kind for kind, ids in seen(index, "kind:leaders kind:topic").items() if ids} == {"leader", "topic"}
    assert {kind for kind, ids in seen(index, "-kind:topic").items() if ids} == {"summit", "leader", "agreement"}
    assert len(seen(index, "kind:leader")["leader"]) == 4


def test_lists_sort_as_asked(index: Index) -> None:
    def order(kind: str, sort: str) -> list[str]:
        listing = index.view("", {kind: sort}).lists[kind]
        assert listing.sort == (sort if sort in SORTS[kind] else SORTS[kind][0])
        return [row.id for row in listing.rows(0, 9)]

    assert order("summit", "oldest") == ["izmir-2008", "athens-2023", "rome-2025"]
    assert order("summit", "name") == ["rome-2025", "izmir-2008", "athens-2023"]
    assert order("leader", "name")[0] == "giorgia-meloni"
    assert order("leader", "country")[0] == "kyriakos-mitsotakis"
    assert order("topic", "sector") == ["defence", "energy", "migration", "space", "tourism"]
    assert order("agreement", "status")[0] == "gas-letter-2008"
    assert order("agreement", "status")[-1] == "visas-2023"
    assert order("agreement", "oldest")[0] == "gas-letter-2008"
    assert order("agreement", "title")[0] == "trade-statement-2025"
    assert order("summit", "no such sort")[0] == "rome-2025"


def test_a_list_is_read_by_page_and_knows_places(index: Index) -> None:
    listing = index.view("").lists["agreement"]
    assert listing.total == 5
    assert [row.id for row in listing.rows(3, 10)] == ["visas-2023", "gas-letter-2008"]
    assert listing.rows(5, 3) == listing.rows(0, 0) == []
    assert listing.rows(-2, 1)[0].id == "trade-statement-2025"
    assert listing.position("visas-2023") == 3
    assert listing.position("rome-2025") is None
    assert listing.position("nobody") is None
    assert listing.position("ğ\udc80") is None


def test_a_view_keeps_its_answer_when_the_next_is_asked(index: Index) -> None:
    first = index.view("year:2025").lists["leader"]
    index.view("year:2008")
    assert [(row.id, row.count, row.years) for row in first.rows(0, 9)] == [
        ("recep-tayyip-erdogan", 1, ((2025, 1),)),
        ("giorgia-meloni", 1, ((2025, 1),)),
    ]


def test_the_words_to_mark_are_folded_and_the_last_is_a_beginning(index: Index) -> None:
    assert index.view("leader:erdogan Türkiye İzm").words == ("turkiye", "izm")
    assert index.view('har "Black Sea" -rome').words == ("black", "sea", "har")
    assert index.view('"Black Sea"').words == ("black", "sea", "")
    assert index.view("non-prolif").words == ("non", "prolif")
    assert index.view("non-aligned rome").words == ("non", "aligned", "nonaligned", "rome")
    assert index.view("leader:erdogan").words == ()


def test_records_and_their_links(index: Index) -> None:
    rome = index.record("rome-2025")
    assert rome is not None
    assert rome.id == "rome-2025"
    assert index.record("nobody") is None
    assert list(index.records(["energy", "nobody", "space-2025"])) == ["energy", "space-2025"]
    assert [row.id for row in index.linked("rome-2025", "leader")] == ["giorgia-meloni", "recep-tayyip-erdogan"]
    assert [row.id for row in index.linked("recep-tayyip-erdogan", "summit")] == [
        "rome-2025",
        "athens-2023",
        "izmir-2008",
    ]
    assert [row.id for row in index.linked("energy", "agreement")] == ["unnamed-deals-2025", "gas-letter-2008"]
    assert [row.id for row in index.linked("ankara-release-2025", "summit")] == ["rome-2025", "athens-2023"]
    assert [row.id for row in index.linked("visas-2023", "source")] == ["ankara-release-2025"]
    assert index.linked("nobody", "summit") == []


def test_of_many_that_are_linked_only_the_newest_need_be_read(index: Index) -> None:
    asked = [("recep-tayyip-erdogan", "summit"), ("ankara-release-2025", "summit"), ("energy", "agreement")]
    for (record, kind), most in product(asked, (1, 2, 50, None)):
        whole, found = index.linked(record, kind), index.newest_linked(record, kind, most)
        assert found.rows == whole[:most]
        assert found.total == len(whole)
        dates = [row.date for row in whole if row.date]
        assert (found.oldest, found.newest) == (min(dates), max(dates))
    assert index.newest_linked("nobody", "summit", 5).total == 0


def test_editions_come_oldest_first(index: Index) -> None:
    assert [(row.id, row.mark) for row in index.editions(SERIES)] == [("izmir-2008", "1st"), ("rome-2025", "4th")]
    assert index.editions("") == index.editions("no such series") == index.editions("\udc80") == []


@pytest.mark.parametrize(
    ("typed", "kind", "title"),
    [
        ("erdogan", "leader", "Recep Tayyip Erdoğan"),
        ("izmir", "summit", "Italy–Türkiye"),
        ("turkey", "summit", "Türkiye"),
        ("defense", "topic", "efence"),
        ("zypern", "topic", "Cyprus"),
        ("corea del norte", "topic", "North Korea"),
        ("tarrifs", "topic", "ariff"),
        ("prime minister of greece", "leader", "Kyriakos Mitsotakis"),
    ],
)
def test_the_shipped_library_is_found_as_people_type(shipped_index: Index, typed: str, kind: str, title: str) -> None:
    rows = shipped_index.view(typed).lists[kind].rows(0, 50)
    assert any(title in row.title for row in rows), [row.title for row in rows]


def test_who_met_in_rome_on_29_april_2025(shipped_index: Index) -> None:
    (summit,) = shipped_index.view("rome 29 april 2025 italy turkey kind:summit").lists["summit"].rows(0, 9)
    leaders = shipped_index.view(f"summit:{summit.id}").lists["leader"].rows(0, 99)
    assert {"Giorgia Meloni", "Recep Tayyip Erdoğan"} <= {row.title for row in leaders}
    assert shipped_index.view(f"summit:{summit.id} status:signed").lists["agreement"].total > 0
    assert summit.disputed


def test_what_was_let_go_is_read_again(index: Index) -> None:
    asked = ("", "rome", "leader:erdogan", "energy topic:energy")
    before = {text: seen(index, text) for text in asked}
    earlier = index.view("rome").lists["agreement"]
    index.let_go()
    assert [row.id for row in earlier.rows(0, 99)] == before["rome"]["agreement"]
    assert {text: seen(index, text) for text in asked} == before


def test_nothing_is_let_go_while_another_thread_asks(index: Index) -> None:
    asks, over = threading.Event(), threading.Event()
    waited: list[bool] = []

    def ask() -> None:
        with index._lock:
            asks.set()
            waited.append(not over.wait(10))

    thread = threading.Thread(target=ask)
    thread.start()
    asks.wait(10)
    index.let_go()
    over.set()
    thread.join()
    assert waited == [False], "it came back at once"
    assert seen(index, "rome")["summit"]
