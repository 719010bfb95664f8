"""The screens in Italian and Turkish: the longer words fit, and no English is left between them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.ui.test_exporting import choose
from tests.ui.user import User, explorer
from tui import language
from tui.explorer import searching
from tui.index.query import FIELDS
from tui.index.values import MARKS

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
            assert size[0] < 80 or "…" not in tabs


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


@pytest.mark.parametrize(("name", "said"), [("it", "niente corrisponde a “xqzx”"), ("tr", "“xqzx” ile eşleşen yok")])
async def test_the_palette_says_in_the_language_that_there_is_no_such_command(
    tiny_library: Path, name: str, said: str
) -> None:
    language.use(name)
    async with explorer(tiny_library) as user:
        await user.press("colon", *"xqzx")
        for _ in range(300):
            if said in user.screen:
                break
            await user.pilot.pause(0.01)
        assert said in user.screen
        assert "No matches" not in user.screen


async def test_what_is_done_in_a_thread_speaks_the_language_too(
    tiny_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    language.use("it")
    async with explorer(tiny_library, "summit:rome-2025") as user:
        await choose(user, "e", "markdown")
        assert "scritto: summit-rome-2025.md" in user.bar
        monkeypatch.setattr(searching, "FRAME", -1)
        await user.type(" turchia")
        await user.app.workers.wait_for_complete()
        await user.pilot.pause()
        assert "29 aprile 2025" in user.page
    assert "29 aprile 2025" in (tmp_path / "summit-rome-2025.md").read_text(encoding="utf-8")


PSEUDO_VISITS: dict[str, tuple[str, ...]] = {
    "lists": (),
    "reader": ("l",),
    "typing": ("slash", *"energy"),
    "status": ("slash", *"status:"),
    "finding": ("l", "slash"),
    "copy as": ("Y",),
    "export": ("e",),
    "places": ("apostrophe",),
    "help": ("question_mark",),
    "start": ("H",),
    "leader": ("2", "l"),
    "topic": ("3", "l"),
    "agreement": ("4", "l"),
    "source": ("slash", *"source:rome-report-2025", "enter", "l"),
    "change": ("A",),
    "undo": ("u",),
    "timeline": ("t",),
    "years": ("t", "z"),
    "pictures": ("p",),
    "tables": ("p", "T"),
    "compare": ("c", "G", "c"),
    "compared leaders": ("2", "c", "G", "c"),
    "compared topics": ("3", "c", "G", "c"),
    "disputes": ("d",),
    "evidence": ("v",),
    "evidence of an agreement": ("4", "v"),
    "brief": ("b",),
    "a change": ("4", "x"),
    "a status": ("4", "x", "2", "enter"),
}
_SAME = """
esc tab ctrl shift home end PgDn PgUp clear Summit Explorer Markdown JSON Lines CSV iCalendar BibTeX CSL RIS Popolo
"""
"""Keys and names, of commands too, the same in every language; and the fields of a query, which are data's words."""


class _Pseudo:
    """A language that nobody speaks: each letter of a message is another, so that what can be read is English."""

    def gettext(self, message: str) -> str:
        return re.sub(r"\{[^}]*\}|[A-Za-z]", lambda found: found[0] if found[0].startswith("{") else "ж", message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


async def test_no_english_is_left_between_the_words_of_a_language(
    tiny_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "_catalogue", lambda _: _Pseudo())
    language.use("it")
    written = [file.read_text(encoding="utf-8") for file in tiny_library.rglob("*.json")]
    written += [*language.locale()["months"], *language._countries("it").values(), *FIELDS, *MARKS, _SAME]
    # A word of the data may be cut at its end, or at a letter that is no English one: any part of one will do.
    data = " ".join(written).lower()
    left: dict[str, set[str]] = {}
    async with explorer(tiny_library, size=(200, 60)) as user:
        for visit, keys in PSEUDO_VISITS.items():
            await user.press(*keys)
            seen = {word for word in re.findall(r"[A-Za-z]{3,}", user.screen) if word.lower() not in data}
            if seen:
                left[visit] = seen
            while len(user.app.screen_stack) > 1:
                await user.press("escape")
            await user.press("escape", "escape", "escape", "escape", "1")
    assert left == {}
