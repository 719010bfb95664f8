"""What is pasted into the query line is one line of a query, and of a long text it is said that it is cut."""

from __future__ import annotations

from pathlib import Path

from textual import events

from tests.ui.user import User, explorer
from tui.index.query import LONGEST


async def paste(user: User, text: str) -> None:
    """Paste a text as a terminal with bracketed paste does."""
    user.app.post_message(events.Paste(text))
    await user.pilot.pause()


async def test_lines_become_one_and_control_characters_are_left_out(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(120, 36)) as user:
        await user.type("x")
        await user.press("home")
        await paste(user, "\r\n  leader:erdogan\x07\t\n\nizmir\x9b ")
        assert user.query == "leader:erdogan izmirx"


async def test_a_long_text_is_taken_as_far_as_it_is_read_and_the_bar_says_so(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(120, 36)) as user:
        await user.type("")
        await paste(user, "energy " * 2_000)
        assert LONGEST < len(user.query) < LONGEST + 10
        for _ in range(300):
            if "only the first 1000 characters" in user.bar:
                break
            await user.pilot.pause(0.01)
        assert "only the first 1000 characters of a query are read  tab take it" in user.bar
        await paste(user, "more")
        assert len(user.query) < LONGEST + 10
        await user.press("tab")
        assert len(user.query) <= LONGEST
        assert "only the first" not in user.bar


async def test_keys_that_come_with_a_paste_come_after_it(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(120, 36)) as user:
        for event in (events.Key("slash", "/"), events.Paste("leader:erdogan"), events.Key("x", "x")):
            user.app.post_message(event)
        await user.pilot.pause()
        assert user.query == "leader:erdoganx"
