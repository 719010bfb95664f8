"""Words looked for on a page: found while they are typed, gone through with `n` and `N`, and let go with Esc."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from tests.ui.user import KEYS, User, explorer


async def find(user: User, text: str) -> None:
    await user.press("slash", *(KEYS.get(letter, letter) for letter in text))


async def test_a_word_is_found_while_it_is_typed(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(80, 24)) as user:
        await user.press("enter")
        reader = user.app.main.reader
        assert reader.top == 0
        await find(user, "memoran")
        assert "/memoran" in user.bar
        assert "line" in user.bar
        lines = ["".join(segment.text for segment in reader.line(number)) for number in range(reader.total)]
        wanted = [number for number, line in enumerate(lines) if "memoran" in line.casefold()]
        assert f"{len(wanted)} line" in user.bar
        hits = {s.text for number in wanted for s in reader.line(number) if s.style == reader.role("hit")}
        assert {hit.casefold() for hit in hits} == {"memorandum"}
        assert user.query == ""
        assert not user.app.main.query_one("#query", Input).has_focus


async def test_the_letters_that_are_keys_are_letters_while_typing(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("l")
        await find(user, "quit")
        assert user.app.is_running
        assert "/quit" in user.bar
        await user.press(*["backspace"] * 4)
        assert user.bar.strip() == "/"
        await user.press("backspace", "q")
        assert not user.app.is_running


async def test_n_and_esc_after_the_search(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(60, 20)) as user:
        await user.press("enter")
        await find(user, "ankara")
        await user.press("enter")
        reader = user.app.main.reader
        reader.scroll_to_line(0)
        before = reader.top
        await user.press("n")
        assert reader.top > before
        await user.press("N", "N")
        assert "no more hits" in user.bar
        await user.press("escape")
        assert user.focus == "reader"
        assert reader.words == ()
        await user.press("escape")
        assert user.focus == "summit"


async def test_what_is_not_there_is_said_and_the_place_stays(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(60, 20)) as user:
        await user.press("enter", "j", "j")
        await find(user, "qwxyz")
        assert "no hits" in user.bar
        assert user.app.main.reader.top == 2
        await user.press("escape", "n")
        assert "nothing to look for" in user.bar


async def test_slash_twice_is_the_query(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("l", "slash", "slash")
        assert user.focus == "query"
        await user.press("r", "o", "m", "e")
        assert user.query == "rome"


async def test_words_are_found_on_pages_over_the_explorer(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(80, 24)) as user:
        await user.press("question_mark")
        await find(user, "disputed")
        assert "/disputed" in user.screen
        assert "is:disputed" in user.screen
        await user.press("enter", "escape")
        assert len(user.app.screen_stack) == 2
        await user.press("escape")
        assert len(user.app.screen_stack) == 1
