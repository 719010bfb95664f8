"""The next page is there before its key comes; a host spends nothing on what nobody may ask for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.ui.user import explorer
from tui.exchange import record_page
from tui.exchange.page import Page
from tui.explorer.app import ExplorerApp
from tui.explorer.terminal import Terminal
from tui.index import Index
from tui.records import Record


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Return how often the page of each record was made, by an index that nothing makes another meanwhile."""
    counted: Counter[str] = Counter()
    make = record_page.record_page

    def counting(record: Record, index: Index, most: int | None = None) -> Page:
        counted[record.id] += 1
        return make(record, index, most)

    monkeypatch.setattr(record_page, "record_page", counting)
    monkeypatch.setattr(Index, "follow", lambda self: None)
    return counted


async def test_the_next_page_in_the_way_of_the_cursor_is_made_before_its_key(
    tiny_library: Path, made: Counter[str]
) -> None:
    async with explorer(tiny_library, "kind:topic", size=(120, 36)) as user:
        await user.press("3", "g")
        ids = [row.id for row in user.app.screen.session.view.lists["topic"].rows(0, 9)]
        assert len(ids) > 3
        await user.press("j")
        await user.pilot.pause(0.1)
        assert made[ids[1]] == made[ids[2]] == 1
        assert not made[ids[3]]
        await user.press("j")
        await user.pilot.pause(0.1)
        assert made[ids[2]] == made[ids[3]] == 1
        await user.press("G")
        await user.pilot.pause(0.1)
        assert user.cursor("topic") == ids[-1]


async def test_a_host_makes_no_page_that_nobody_has_asked_for(tiny_library: Path, made: Counter[str]) -> None:
    async with explorer(tiny_library, "kind:topic", size=(120, 36)) as user:
        user.app.remote = True
        ids = [row.id for row in user.app.screen.session.view.lists["topic"].rows(0, 9)]
        await user.press("3", "g", "j")
        await user.pilot.pause(0.1)
        assert made[ids[1]] == 1
        assert not made[ids[2]]


@pytest.mark.parametrize(("width", "remote", "pages"), [(120, False, 1), (120, True, 0), (80, False, 0)])
async def test_the_page_of_the_first_move_is_made_while_the_start_page_is_read(
    tiny_library: Path, made: Counter[str], width: int, remote: bool, pages: int
) -> None:
    with Index.open(tiny_library, tiny_library.parent / "cache") as index:
        second = index.view("").lists["summit"].rows(1, 1)[0].id
        app = ExplorerApp(index, terminal=Terminal(remote=remote), start=True)
        async with app.run_test(size=(width, 36)) as pilot:
            await pilot.pause(1.0)
            assert sum(made.values()) == made[second] == pages
