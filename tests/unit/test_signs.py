"""Signs that a terminal cannot show: each becomes one of the same width that it can."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color

from tests.ui.user import explorer
from tui.exchange.pictures import pictures
from tui.exchange.printable import cell_width
from tui.exchange.text import plain
from tui.explorer.app import ExplorerApp
from tui.explorer.signs import Signs
from tui.explorer.terminal import Terminal
from tui.index import Index

TEXT = "╭─ 1 “Zirveler” ▁▃▇ █▌ Erdoğan’ın İzmir–Łódź … ≠ ● ◆ ○ × ✓ ⏎ ❯ ▸ Straße 東京 Ελλάδα e\u0301"


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1", "iso-8859-9"])
@pytest.mark.parametrize("plain", [True, False])
def test_what_is_drawn_can_be_encoded_and_has_the_same_width(encoding: str, plain: bool) -> None:
    drawn = Signs(plain=plain, encoding=encoding).drawn(TEXT)
    assert drawn.encode(encoding)
    assert cell_width(drawn) == cell_width(TEXT)


def test_plain_signs_leave_letters_and_ascii_letters_leave_their_base() -> None:
    assert Signs(plain=True).drawn("❯ Erdoğan’ın …") == "> Erdoğan'ın ."
    assert Signs(plain=True, encoding="ascii").drawn("Erdoğan İzmir ıŁß") == "Erdogan Izmir iLs"
    assert Signs(plain=True, encoding="iso-8859-9").drawn("Erdoğan Łódź") == "Erdoğan Lódz"
    assert not Signs(plain=False).changes_something


def test_the_console_keeps_boxes_and_blocks() -> None:
    drawn = Signs(plain=False, old=True).drawn("╭─│█▌░▁▇❯≠")
    assert drawn == "┌─│█▌░░▓>!"
    assert drawn[:6].encode("cp437")


def test_styles_and_controls_stay() -> None:
    segment = Signs(plain=True).apply([Segment("…", None, [(1,)])], Color.parse("black"))[0]  # type: ignore[list-item]
    assert (segment.text, segment.control) == (".", [(1,)])


@pytest.mark.parametrize(
    ("environment", "encoding", "theme", "wanted"),
    [
        ({}, "utf-8", "dark", "utf-8"),
        ({"LANG": "it_IT.UTF-8"}, "utf-8", "dark", "utf-8"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "utf-8", "plain", "ascii"),
        ({"LC_ALL": "C"}, "utf-8", "plain", "ascii"),
        ({"LANG": "C", "LC_ALL": "C.UTF-8"}, "utf-8", "dark", "utf-8"),
        ({"LANG": "POSIX"}, "utf-8", "plain", "ascii"),
        ({"LANG": "tr_TR.ISO-8859-9"}, "iso-8859-9", "plain", "iso-8859-9"),
        ({"NO_COLOR": "1"}, "utf-8", "terminal", "utf-8"),
        ({"NO_COLOR": "1", "LC_ALL": "C"}, "utf-8", "plain", "ascii"),
        ({"COLORFGBG": "0;15"}, "utf-8", "light", "utf-8"),
        ({"COLORFGBG": "15;default;0"}, "utf-8", "dark", "utf-8"),
    ],
)
def test_the_theme_suits_the_terminal(environment: dict[str, str], encoding: str, theme: str, wanted: str) -> None:
    found = Terminal.of(environment, encoding)
    assert (found.theme, found.encoding) == (theme, wanted)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 50)])
async def test_a_terminal_of_ascii_is_sent_nothing_else(tiny_library: Path, size: tuple[int, int]) -> None:
    index = Index.open(tiny_library, tiny_library.parent / "cache")
    app = ExplorerApp(index, terminal=Terminal(theme="plain", encoding="ascii"))
    async with app.run_test(size=size) as pilot:
        for keys in [(), ("2",), ("4", "enter"), ("t",), ("escape", "p"), ("escape", "question_mark"), ("escape", "f")]:
            await pilot.press(*keys)
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            assert all(strip.text.isascii() for strip in strips)
            assert {strip.cell_length for strip in strips} == {size[0]}
    index.close()


async def test_the_plain_theme_has_no_boxes_and_words_for_keys(tiny_library: Path) -> None:
    async with explorer(tiny_library, theme="plain") as user:
        assert "enter narrow" in user.bar
        assert not set(user.screen) & set("│─╭╮╰╯▌⏎")
        assert "1 Summits 3" in user.screen
        user.app.action_theme("dark")
        await user.pilot.pause()
        assert "╭─ 1 Summits 3" in user.screen
        user.app.action_theme("plain")
        await user.pilot.pause()
        assert not set(user.screen) & set("│─╭╮╰╯▌⏎")


def test_pictures_are_drawn_in_ascii(shipped: Path, shipped_cache: Path) -> None:
    plain_signs = Signs(plain=True, encoding="ascii")
    with Index.open(shipped, shipped_cache) as index:
        lines = plain(pictures(index.view("series:italy-türkiye"), index, 110), 110).splitlines()
    drawn = [plain_signs.drawn(line) for line in lines if "://" not in line]
    assert all(line.isascii() for line in drawn)
    assert not [line for line in drawn if "?" in line]
    assert any("[==*" in line for line in drawn)
