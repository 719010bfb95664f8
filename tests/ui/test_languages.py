"""The screens in Italian and Turkish: the longer words fit, and no English is left between them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.user import User, explorer
from tui import language

VISITS: dict[str, tuple[str, ...]] = {
    "lists": (),
    "leaders": ("2",),
    "topics": ("3",),
    "agreements": ("4",),
    "reader": ("1", "enter"),
    "typing": ("slash", *"energy"),
    "status": ("slash", *"status:"),
    "hint": ("slash", *"status:singed"),
    "timeline": ("t",),
    "pictures": ("p",),
    "places": ("apostrophe",),
    "formats": ("e",),
    "help": ("question_mark",),
}
SEEN = {
    "it": ("1 Vertici 3", "aiuto", "Tutto è una ricerca", "firmato"),
    "tr": ("1 Zirveler 3", "yardım", "Her şey tek bir aramadır", "imzalandı"),
}


async def visit(user: User) -> str:
    """Look at every screen; each line must have the width of the terminal."""
    seen = []
    width = user.app.size.width
    for keys in VISITS.values():
        await user.press(*keys)
        assert {strip.cell_length for strip in user.app.screen._compositor.render_strips()} == {width}
        seen.append(user.screen)
        while len(user.app.screen_stack) > 1:
            await user.press("escape")
        await user.press("escape", "escape", "escape", "escape")
    return "\n".join(seen)


@pytest.mark.parametrize("code", SEEN)
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36)])
async def test_screens_hold_with_the_words_of_each_language(
    tiny_library: Path, code: str, size: tuple[int, int]
) -> None:
    language.use(code)
    async with explorer(tiny_library, size=size) as user:
        screen = await visit(user)
        for text in SEEN[code]:
            assert text in screen
        await user.press("j")
        assert f"? {language.gettext('help')}" in user.bar
        assert f"/ {language.gettext('search')}" in user.bar
        if size[0] < 100:
            tabs = user.tabs
            assert language.gettext("Summits") in tabs
            assert "…" not in tabs


@pytest.mark.parametrize("code", SEEN)
async def test_a_status_is_found_by_the_word_that_is_shown(tiny_library: Path, code: str) -> None:
    async with explorer(tiny_library, "status:signed") as user:
        wanted = user.count("agreement")
    language.use(code)
    async with explorer(tiny_library, f"status:{language.gettext('signed')}") as user:
        assert user.count("agreement") == wanted > 0


async def test_dates_and_numbers_are_those_of_the_language(tiny_library: Path) -> None:
    language.use("it")
    async with explorer(tiny_library) as user:
        assert "29 aprile 2025" in user.page
        assert "4º" in user.list("summit")[0]
        assert "Turchia" in user.page or "Italia" in user.page
