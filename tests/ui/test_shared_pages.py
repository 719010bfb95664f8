"""Pages are laid out when they are seen, once for all sessions, and no more are kept than there is room for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events

from tests.ui.user import explorer
from tui import language
from tui.exchange.text import plain
from tui.explorer.widgets import shared_pages as module
from tui.index import Index


@pytest.fixture
def tiny_index(tiny_library: Path, tmp_path: Path) -> Iterator[Index]:
    with Index.open(tiny_library, tmp_path / "cache") as index:
        yield index


async def test_a_page_that_nobody_sees_is_laid_out_when_it_is_shown(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(120, 36)) as user:
        reader = user.app.main.reader
        assert "4th Italy–Türkiye" in user.page
        await user.pilot.resize_terminal(80, 12)
        await user.press("j")
        assert reader.total == 0
        await user.pilot.resize_terminal(120, 36)
        await user.pilot.pause()
        assert "Council of Türkiye and Greece" in user.page
        await user.pilot.resize_terminal(80, 12)
        await user.press("k", "enter")
        assert "4th Italy–Türkiye" in user.page
        await user.press("h", "j", "enter")
        assert "Council of Türkiye and Greece" in user.page


@pytest.mark.parametrize("keys", ["hl", "h1l", "hjkl", "h2l"])
async def test_keys_that_come_in_one_frame_leave_no_page_empty(tiny_library: Path, keys: str) -> None:
    async with explorer(tiny_library, size=(80, 24)) as user:
        await user.press("H")
        for key in keys:
            user.app.post_message(events.Key(key, key))
        await user.pilot.pause()
        assert "Recep Tayyip Erdoğan" in user.screen
        assert user.app.main.reading


def test_sessions_on_one_index_share_pages_and_lines(tiny_index: Index) -> None:
    page = module.page_of(tiny_index, "izmir-2008")
    assert page is not None
    assert module.page_of(tiny_index, "izmir-2008") is page
    assert module.lines_of(page, 60) is module.lines_of(page, 60)
    assert module.lines_of(page, 60) != module.lines_of(page, 40)
    assert module.page_of(tiny_index, "nobody") is None


def test_what_was_not_asked_for_longest_goes_first(tiny_index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    page = module.page_of(tiny_index, "izmir-2008")
    assert page is not None
    layouts = module._Layouts()
    height = len(layouts.get(page, 60))
    monkeypatch.setattr(module, "_MOST_LINES", int(height * 2.5))
    first, second = layouts.get(page, 60), layouts.get(page, 61)
    assert layouts.get(page, 60) is first
    layouts.get(page, 62)
    assert layouts.get(page, 60) is first
    assert layouts.get(page, 61) is not second
    assert layouts._lines <= height * 2.5
    monkeypatch.setattr(module, "_MOST_PAGES", 1)
    module.page_of(tiny_index, "athens-2023")
    assert module.page_of(tiny_index, "izmir-2008") is not page


def test_visitors_share_a_start_page_by_language_and_who_has_queries_has_their_own(tiny_index: Index) -> None:
    first = module.start_page_of(tiny_index, ())
    assert module.start_page_of(tiny_index, ()) is first
    assert "leader:erdogan" in plain(module.start_page_of(tiny_index, ("leader:erdogan",)), 80)
    language.use("it")
    assert "In arrivo" in plain(module.start_page_of(tiny_index, ()), 80)
    language.use("en")
    assert module.start_page_of(tiny_index, ()) is first
