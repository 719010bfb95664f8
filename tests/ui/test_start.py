"""The start page: what the library holds, what is to come first, and the ways to begin."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.user import User
from tui.exchange.start_page import start_page
from tui.exchange.text import plain
from tui.explorer.app import ExplorerApp
from tui.index import Index
from tui.personal.kept import Keeper, bookmark, remember
from tui.records import Summit


def opened(library: Path, day: date = date(2025, 1, 1)) -> Index:
    return Index.open(library, library.parent / "cache", clock=lambda: day)


async def started(app: ExplorerApp, pilot: Pilot[None]) -> User:
    await pilot.pause()
    return User(app, pilot)


def test_counts_are_those_of_the_library(shipped: Path, shipped_cache: Path) -> None:
    index = Index.open(shipped, shipped_cache)
    text = plain(start_page(index), 100)
    files = [json.loads(file.read_text(encoding="utf-8")) for file in shipped.glob("*.json")]
    for table, noun in [("summits", "meetings"), ("leaders",) * 2, ("topics",) * 2, ("agreements",) * 2]:
        assert f"{sum(len(tables.get(table, {})) for tables in files)} {noun}" in text
    years = sorted(record["start"][:4] for tables in files for record in tables.get("summits", {}).values())
    assert f"{years[0]}–{years[-1]}" in text
    index.close()


def test_what_is_to_come_is_first_and_the_soonest_of_it(tiny_library: Path) -> None:
    soon = opened(tiny_library)
    text = plain(start_page(soon), 100)
    listing = soon.view("").lists["summit"]
    records = soon.records([item.id for item in listing.rows(0, listing.total)])
    coming = [record for record in records.values() if isinstance(record, Summit) and record.status == "scheduled"]
    assert text.index("Upcoming") < text.index("Latest")
    upcoming = text[text.index("Upcoming") : text.index("Latest")]
    assert all(record.series in upcoming or record.name in upcoming for record in coming if record.start > "2025-01-01")
    soon.close()


async def test_the_explorer_opens_on_it_and_a_move_leaves_it(tiny_library: Path) -> None:
    index = opened(tiny_library)
    keeper = Keeper(None, tiny_library)
    for change in (remember("energy"), bookmark("leader:erdogan", on=True)):
        keeper.change(change)
    app = ExplorerApp(index, keeper=keeper, start=True)
    async with app.run_test(size=(120, 36)) as pilot:
        user = await started(app, pilot)
        assert "Upcoming" in user.page
        assert "Go on" in user.page
        await user.press("j")
        assert "Upcoming" not in user.page
        await user.press("H")
        assert "Upcoming" in user.page
        assert user.focus == "reader"
        await user.press("f")
        hints = app.main.reader.hints
        assert hints is not None
        letter = next(label for label, target in hints.targets.items() if target == "?leader:erdogan")
        await user.press(*letter)
        assert user.query == "leader:erdogan"
        assert user.focus == "summit"
    index.close()


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
@pytest.mark.parametrize(
    ("keys", "query", "focus", "cursor"),
    [
        (("j",), "", "summit", "athens-2023"),
        (("enter",), "", "summit", "rome-2025"),
        (("2",), "", "leader", "recep-tayyip-erdogan"),
        (("4", "j"), "", "agreement", ""),
        (("slash", *"energy", "enter"), "energy", "summit", "rome-2025"),
        (("slash", "escape"), "", "summit", "rome-2025"),
        (("space",), "summit:rome-2025", "summit", "rome-2025"),
    ],
    ids=lambda keys: "-".join(keys) if isinstance(keys, tuple) else "",
)
async def test_keys_do_on_the_start_page_what_they_do_on_the_lists(
    tiny_library: Path, size: tuple[int, int], keys: tuple[str, ...], query: str, focus: str, cursor: str
) -> None:
    index = opened(tiny_library, date(2025, 6, 1))
    app = ExplorerApp(index, start=True)
    async with app.run_test(size=size) as pilot:
        user = await started(app, pilot)
        assert "Upcoming" in user.screen
        if keys == ("enter",) and size[0] >= 100:
            # Where the list is beside it, Enter narrows to the record under the cursor.
            query = "summit:rome-2025"
        await user.press(*keys)
        assert (user.query, user.focus) == (query, focus)
        assert cursor in {"", user.cursor(focus)}
        assert user.list(focus)
        if size[0] < 100:
            assert "Upcoming" not in user.screen
    index.close()


async def test_a_list_that_was_not_seen_before_shows_its_first_records(shipped: Path, shipped_cache: Path) -> None:
    index = Index.open(shipped, shipped_cache)
    app = ExplorerApp(index, start=True)
    async with app.run_test(size=(80, 24)) as pilot:
        user = await started(app, pilot)
        await user.press("j")
        shown = user.app.main.lists["summit"]
        assert (shown.top, shown.cursor) == (0, 1)
    index.close()


async def test_the_start_page_at_80_columns_can_be_read_followed_and_resized(tiny_library: Path) -> None:
    index = opened(tiny_library, date(2025, 1, 1))
    app = ExplorerApp(index, start=True)
    async with app.run_test(size=(80, 24)) as pilot:
        user = await started(app, pilot)
        await user.resize(60, 20)
        assert "Upcoming" in user.screen
        await user.resize(120, 36)
        assert "Upcoming" in user.screen
        assert user.focus == "summit"
        await user.resize(80, 24)
        await user.press("enter")
        assert "Upcoming" not in user.screen
        await user.press("H", "f")
        hints = app.main.reader.hints
        assert hints is not None
        letter = next(label for label, target in hints.targets.items() if target == "rome-2025")
        await user.press(*letter)
        assert user.query == "summit:rome-2025"
    index.close()


async def test_a_query_opens_without_it_and_a_narrow_terminal_has_it_at_a_key(tiny_library: Path) -> None:
    index = opened(tiny_library)
    app = ExplorerApp(index, "energy", start=True)
    async with app.run_test(size=(120, 36)) as pilot:
        user = await started(app, pilot)
        assert "Upcoming" not in user.page
    app = ExplorerApp(index, start=True)
    async with app.run_test(size=(80, 24)) as pilot:
        user = await started(app, pilot)
        assert "1 Summits 3" in user.tabs
        assert "Upcoming" in user.screen
        assert "⏎ lists" in user.bar
        await user.press("escape")
        assert "Upcoming" not in user.screen
        assert user.focus == "summit"
        await user.press("H")
        assert "Upcoming" in user.screen
        await user.press("escape")
        assert "Upcoming" not in user.screen
    index.close()


def test_what_to_look_at_finds_something_and_says_how_much(tiny_library: Path) -> None:
    index = opened(tiny_library)
    made = start_page(index)
    ideas = next(block for block in made.blocks if block.label == "Look at").rows[1:]
    assert ideas
    for idea in ideas:
        assert idea.lead is not None
        count, what = idea.lead.text.split()
        query = idea.spans[0].target.removeprefix("?")
        found = index.view(query).lists["summit" if what.startswith("meeting") else "agreement"].total
        assert int(count) == found > 0
        assert query in idea.spans[1].text
    index.close()


def test_the_latest_that_sources_tell_differently_is_on_it(tiny_library: Path) -> None:
    index = opened(tiny_library)
    text = plain(start_page(index), 100)
    told = text[text.index("≠ Disagree") :]
    assert "4th Italy–Türkiye Intergovernmental Summit  agreements  9 ≠ 11" in told
    index.close()


def test_who_has_many_records_does_not_wait_for_counts(tiny_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.exchange.start_page._COUNTED", 3)
    index = opened(tiny_library)
    text = plain(start_page(index), 100)
    assert "where sources disagree  is:disputed" in text
    assert "≠ Disagree" not in text
    index.close()


async def test_it_tells_what_the_keys_do_as_they_are_here(tiny_library: Path) -> None:
    index = opened(tiny_library)
    app = ExplorerApp(index, start=True)
    async with app.run_test(size=(120, 36)) as pilot:
        user = await started(app, pilot)
        assert "Keys b Show the meeting as a briefing of one page." in user.page
        assert " t Show the topics of the query across its meetings." in user.page
    index.close()


@pytest.mark.parametrize("query", ["", "whaling"])
async def test_a_page_of_no_record_says_that_there_is_none_to_copy(tiny_library: Path, query: str) -> None:
    index = opened(tiny_library)
    app = ExplorerApp(index, query, start=True)
    async with app.run_test(size=(120, 36)) as pilot:
        user = await started(app, pilot)
        await user.press("y")
        assert "no record to copy" in user.screen
        assert not app.clipboard
    index.close()
