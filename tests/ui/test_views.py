"""The views over the panes: brief, disagreements, pictures and tables; each is copied, exported and left alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.user import User, drawn, explorer
from tui.explorer.screens.disputes_screen import DisputesScreen
from tui.explorer.screens.view_screen import ViewScreen

SIZES = [(60, 20), (80, 24), (120, 36), (200, 50)]
VIEWS = {"b": "Brief", "v": "Evidence", "d": "Disagreements", "p": "Pictures"}


def view_of(user: User) -> ViewScreen:
    screen = user.app.screen
    assert isinstance(screen, ViewScreen)
    return screen


def bar(user: User) -> str:
    return view_of(user).key_bar.render_line(0).text


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("key", VIEWS)
@pytest.mark.parametrize("size", SIZES)
async def test_a_view_fills_any_terminal_and_keeps_the_query(
    shipped: Path, tmp_path: Path, key: str, size: tuple[int, int]
) -> None:
    library = tmp_path / "library"
    library.symlink_to(shipped)
    async with explorer(library, "leader:meloni", size=size) as user:
        await user.press(key)
        screen = view_of(user)
        assert {strip.cell_length for strip in screen._compositor.render_strips()} == {size[0]}
        shown = drawn(screen.reader)
        assert len(shown) > 4
        await user.press("j", "G", "g")
        assert drawn(screen.reader) == shown
        await user.press("escape")
        assert not isinstance(user.app.screen, ViewScreen)
        assert user.query == "leader:meloni"


async def test_a_brief_is_copied_and_written_as_markdown(tiny_library: Path, here: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("b")
        assert "3 topics 2 new · 1 again · 1 dropped" in " ".join(user.screen.split())
        await user.press("y")
        assert user.app.clipboard.startswith("Brief  4th Italy–Türkiye Intergovernmental Summit")
        assert "sent to the terminal’s clipboard: brief" in bar(user).lower()
        await user.press("e")
        assert "written: summit-brief-rome-2025.md" in bar(user)
        text = (here / "summit-brief-rome-2025.md").read_text(encoding="utf-8")
        assert text.startswith("# 4th Italy–Türkiye Intergovernmental Summit\n")
        assert "## Last time" in text
        await user.press("j")
        assert "written" not in bar(user)


async def test_a_brief_is_of_a_summit(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("2", "b")
        assert not isinstance(user.app.screen, ViewScreen)
        assert "a brief is made of a summit" in user.bar


async def test_a_link_of_a_view_leads_on_and_back(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("b", "f")
        hints = view_of(user).reader.hints
        assert hints is not None
        await user.press(*next(label for label, goal in hints.targets.items() if goal == "giorgia-meloni"))
        assert user.query == "leader:giorgia-meloni"
        await user.press("left_square_bracket")
        assert user.query == ""


async def test_a_source_of_the_evidence_is_copied_where_no_browser_is(
    tiny_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.explorer.browser.can_browse", lambda: False)
    async with explorer(tiny_library) as user:
        await user.press("v", "o")
        hints = view_of(user).reader.hints
        assert hints is not None
        await user.press(*next(label for label, goal in hints.targets.items() if goal == "rome-report-2025"))
        assert isinstance(user.app.screen, ViewScreen)
        assert user.app.clipboard == "https://news.example/rome"
        assert "address sent to the clipboard: https://news.example/rome" in bar(user)


async def test_a_source_of_the_evidence_opens_in_a_browser(tiny_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("tui.explorer.browser.can_browse", lambda: True)
    async with explorer(tiny_library) as user:
        monkeypatch.setattr(user.app, "open_url", opened.append)
        await user.press("v", "o")
        hints = view_of(user).reader.hints
        assert hints is not None
        await user.press(*next(label for label, goal in hints.targets.items() if goal == "rome-report-2025"))
    assert opened == ["https://news.example/rome"]


async def test_disagreements_are_a_list_and_its_values_side_by_side(tiny_library: Path, here: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("d")
        screen = user.app.screen
        assert isinstance(screen, DisputesScreen)
        assert len(drawn(screen.lines)) == 2
        assert "9 ≠ 11" in user.screen
        assert "before the event" in user.screen
        await user.press("j")
        assert "Joint statement on trade" in drawn(screen.reader)[0]
        await user.press("e")
        assert "| 11 |" in (here / "summit-disagreements-library.md").read_text(encoding="utf-8").replace("**", "")
        await user.press("l")
        assert screen.focused is screen.reader
        await user.press("h")
        assert screen.focused is screen.lines
        await user.press("enter")
        assert user.query == "agreement:trade-statement-2025"


async def test_where_sources_agree_there_is_nothing_to_show(tiny_library: Path) -> None:
    async with explorer(tiny_library, "summit:izmir-2008") as user:
        await user.press("d")
        assert "sources differ on nothing under this query" in user.bar


async def test_each_picture_has_its_table(tiny_library: Path, here: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("p")
        assert "█" in user.screen
        assert "T tables" in bar(user)
        await user.press("T")
        assert "█" not in user.screen
        assert "meetings" in user.screen
        assert "T pictures" in bar(user)
        await user.press("y")
        assert "2025         1" in user.app.clipboard
        await user.press("e", "T")
        assert "| 2025 | 1 |" in (here / "summit-pictures-pictures.md").read_text(encoding="utf-8")
        assert "█" in user.screen


async def test_pictures_are_drawn_anew_when_the_terminal_changes(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(120, 36)) as user:
        await user.press("p")
        await user.resize(60, 20)
        screen = view_of(user)
        assert screen.reader.size.width == 60
        assert max(len(line) for line in drawn(screen.reader)) <= 60
        assert "█" in user.screen


async def test_a_view_asks_for_nothing_that_a_guest_has_not(tiny_library: Path, here: Path) -> None:
    async with explorer(tiny_library) as user:
        user.app.remote = True
        await user.press("b", "e")
        assert user.app.clipboard.startswith("# 4th Italy–Türkiye")
        assert not list(here.iterdir())


async def test_a_brief_of_an_agreement_is_that_of_its_meeting(tiny_library: Path) -> None:
    async with explorer(tiny_library, "agreement:space-2025") as user:
        await user.press("4", "b")
        assert "Brief  4th Italy–Türkiye Intergovernmental Summit" in user.screen


@pytest.mark.parametrize(
    ("pane", "brief", "compare"), [("1", True, True), ("2", False, True), ("3", False, True), ("4", True, False)]
)
async def test_the_bar_has_the_keys_of_what_can_be_done_with_a_record(
    tiny_library: Path, pane: str, brief: bool, compare: bool
) -> None:
    async with explorer(tiny_library, size=(200, 50)) as user:
        await user.press(pane)
        assert ("b brief" in user.bar, "c compare" in user.bar) == (brief, compare)
        await user.press("b")
        assert (len(user.app.screen_stack) > 1) == brief
    async with explorer(tiny_library, size=(200, 50), slow=True) as user:
        await user.press(pane)
        assert "b brief" in user.bar
        assert "c compare" in user.bar
