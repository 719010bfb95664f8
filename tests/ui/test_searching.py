"""The newest key wins: a slow answer keeps nobody waiting, and is not shown once it is old."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual import events

from tests.ui.user import User, explorer
from tui.explorer.screen import ExplorerScreen
from tui.index import Index, Patience, Stopped, View

A_FRAME = 60
"""Whoever has less patience than so many seconds is the message of a key, not a search in a thread."""


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries whose answers were shown, in order."""
    queries: list[str] = []
    answered = ExplorerScreen.answered

    def noted(screen: ExplorerScreen, cursors: dict[str, str]) -> None:
        queries.append(screen.session.view.query.text)
        answered(screen, cursors)

    monkeypatch.setattr(ExplorerScreen, "answered", noted)
    return queries


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, float], None]]:
    """Makes the disk slow for a query, so that it takes so many seconds unless it is stopped."""
    slow: dict[str, float] = {}
    view = Index.view

    def slowly(index: Index, text: str, sorts: dict[str, str], patience: Patience | None = None) -> View:
        end = time.monotonic() + slow.get(text, 0)
        if text in slow and patience is not None and patience.left() < A_FRAME:
            raise Stopped
        while time.monotonic() < end:
            if patience is not None and patience.over:
                raise Stopped
            time.sleep(0.005)
        return view(index, text, sorts, patience)

    monkeypatch.setattr(Index, "view", slowly)
    yield slow.__setitem__
    slow.clear()


async def until(user: User, holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(500):
        if holds():
            return
        await asyncio.sleep(0.01)
        await user.pilot.pause()
    raise AssertionError("it never came")


async def test_a_slow_answer_comes_later_and_the_keys_are_seen_at_once(
    tiny_library: Path, disk: Callable[[str, float], None], shown: list[str]
) -> None:
    disk("rome", 0.3)
    async with explorer(tiny_library) as user:
        await user.type("rome")
        assert user.query == "rome"
        assert shown[-1] == "rom"
        await until(user, lambda: shown[-1] == "rome")
        assert user.count("summit") == 1


async def test_an_old_answer_is_never_shown(
    tiny_library: Path, disk: Callable[[str, float], None], shown: list[str]
) -> None:
    for text in ("e", "er", "erd", "erdo"):
        disk(text, 0.2)
    async with explorer(tiny_library) as user:
        await user.type("erdog")
        assert shown == ["erdog"]
        await asyncio.sleep(0.4)
        await user.pilot.pause()
        assert shown == ["erdog"]
        assert user.count("leader") == 1


async def test_of_several_slow_searches_the_newest_is_shown(
    tiny_library: Path, disk: Callable[[str, float], None], shown: list[str]
) -> None:
    for text in ("m", "me", "mel"):
        disk(text, 0.3)
    async with explorer(tiny_library) as user:
        await user.type("mel")
        await until(user, lambda: bool(shown))
        assert shown == ["mel"]
        assert len([thread for thread in threading.enumerate() if thread.name.startswith("search")]) == 0


async def test_a_key_that_acts_on_a_slow_answer_waits_for_it(
    tiny_library: Path, disk: Callable[[str, float], None], shown: list[str]
) -> None:
    disk("rome", 0.3)
    async with explorer(tiny_library) as user:
        for key, character in (
            ("slash", "/"),
            *((letter, letter) for letter in "rome"),
            ("enter", "\r"),
            ("enter", "\r"),
        ):
            user.app.post_message(events.Key(key, character))
        await until(user, lambda: user.query == "summit:rome-2025")
        assert "rome" in shown


async def test_keys_that_edit_or_leave_wait_for_no_answer(
    tiny_library: Path, disk: Callable[[str, float], None], shown: list[str]
) -> None:
    disk("rome", 30)
    async with explorer(tiny_library) as user:
        await user.type("rome")
        await user.press("backspace", "escape")
        assert (user.query, shown[-1]) == ("rom", "rom")


async def test_who_leaves_the_query_line_has_searched(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        left: list[str] = []
        user.app.main.when_searched = lambda: left.append(user.query)
        await user.type("rome")
        assert left == []
        await user.press("enter")
        assert left == ["rome"]
        await user.type("2025")
        await user.press("escape")
        assert left == ["rome", "rome 2025"]
        await user.press("down", "up")
        assert left == ["rome", "rome 2025"]
