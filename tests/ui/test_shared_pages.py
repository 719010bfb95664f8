"""Pages are laid out when they are seen, once for all sessions, and no more are kept than there is room for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.json import encode
from textual import events

from tests.ui.user import explorer
from tui import language
from tui.exchange.page import Page
from tui.exchange.text import Line, plain
from tui.explorer.widgets import shared_pages as module
from tui.index import Index
from tui.index.recent import Recent


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
    height = len(module.lines_of(page, 60))
    layouts = Recent[tuple[int, int], tuple[Page, list[Line]]](int(height * 2.5), lambda kept: len(kept[1]))
    monkeypatch.setattr(module, "_layouts", layouts)
    first, second = module.lines_of(page, 60), module.lines_of(page, 61)
    assert module.lines_of(page, 60) is first
    module.lines_of(page, 62)
    assert module.lines_of(page, 60) is first
    assert module.lines_of(page, 61) is not second


def test_as_many_pages_are_kept_as_have_few_enough_words(tiny_index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(id_: str) -> Page:
        page = module.page_of(tiny_index, id_)
        assert page is not None
        return page

    ids = [row.id for listing in tiny_index.view("").lists.values() for row in listing.rows(0, 2)]
    pages = {id_: made(id_) for id_ in ids}
    assert all(made(id_) is page for id_, page in pages.items()), "there is room for all"
    # Each span says its role when it is encoded.
    spans = {id_: encode(page).count(b'"role":') for id_, page in pages.items()}
    for room in (1, max(spans.values()) + 1, sum(spans.values()) // 2):
        monkeypatch.setattr(module, "_MOST_SPANS", room)
        module._pages.clear()
        pages = {id_: made(id_) for id_ in ids}
        kept = [
            id_ for at, id_ in enumerate(ids) if at == len(ids) - 1 or sum(map(spans.__getitem__, ids[at:])) <= room
        ]
        assert list(module._pages[tiny_index]) == [("en", id_, tiny_index.revision) for id_ in kept]


def test_visitors_share_a_start_page_by_language_and_who_has_queries_has_their_own(tiny_index: Index) -> None:
    first = module.start_page_of(tiny_index, ())
    assert module.start_page_of(tiny_index, ()) is first
    assert "leader:erdogan" in plain(module.start_page_of(tiny_index, ("leader:erdogan",)), 80)
    language.use("it")
    assert "In arrivo" in plain(module.start_page_of(tiny_index, ()), 80)
    language.use("en")
    assert module.start_page_of(tiny_index, ()) is first
