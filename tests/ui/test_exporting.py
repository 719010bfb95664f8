"""Sharing from the explorer: a record in a chosen format to the clipboard, a view to a file."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.ui.user import User, explorer
from tui.explorer import exporting
from tui.explorer.choices import ChoiceScreen
from tui.explorer.giving import takes_copies
from tui.explorer.reading import ReadingScreen


async def choose(user: User, key: str, name: str) -> None:
    """Press a key and then the letter beside a format."""
    await user.press(key)
    await user.pilot.pause()
    screen = user.app.screen
    assert isinstance(screen, ChoiceScreen)
    assert screen.surface.hints is not None
    letter = next(letter for letter, target in screen.surface.hints.targets.items() if target == name)
    await user.press(letter)
    await user.app.workers.wait_for_complete()
    await user.pilot.pause()


async def test_a_record_is_copied_in_the_format_that_was_chosen(tiny_library: Path) -> None:
    async with explorer(tiny_library, "summit:rome-2025") as user:
        await choose(user, "Y", "markdown")
        assert user.app.clipboard.startswith("# 4th Italy–Türkiye Intergovernmental Summit\n")
        assert user.app.clipboard.count("\n# ") == 0
        assert "sent to the terminal’s clipboard: Markdown" in user.bar
        await choose(user, "Y", "bibtex")
        assert user.app.clipboard.startswith("@misc{")


async def test_only_formats_that_have_words_for_a_record_are_offered(tiny_library: Path) -> None:
    async with explorer(tiny_library, "summit:rome-2025") as user:
        await user.press("3", "Y")
        assert "Markdown" in user.screen
        assert "iCalendar" not in user.screen
        await user.press("escape")
        await user.press("1", "Y")
        assert "iCalendar" in user.screen


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_one_key_leaves_the_list_and_a_wrong_letter_does_not(key: str, tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("Y", "z")
        assert isinstance(user.app.screen, ChoiceScreen)
        await user.press(key)
        assert user.app.screen is user.app.main
        assert user.app.clipboard == ""


async def test_a_view_is_written_to_a_new_file(
    tiny_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with explorer(tiny_library, "leader:meloni 2025") as user:
        await choose(user, "e", "json")
        first = folder / "summit-leader-meloni-2025.json"
        assert "written: summit-leader-meloni-2025.json" in user.bar
        assert [summit["id"] for summit in json.loads(first.read_text(encoding="utf-8"))["summits"]] == ["rome-2025"]
        kept = first.read_bytes()
        await choose(user, "e", "json")
        assert (folder / "summit-leader-meloni-2025-2.json").read_bytes() == kept
        await user.press("4")
        await choose(user, "e", "csv")
        with (folder / "summit-leader-meloni-2025.csv").open(encoding="utf-8", newline="") as file:
            assert [row["id"] for row in csv.DictReader(file)] == [
                row.id for row in user.app.main.session.view.lists["agreement"].rows(0, 99)
            ]


async def test_a_folder_that_cannot_be_written_is_said(
    tiny_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    async with explorer(tiny_library) as user:
        gone.rmdir()
        await choose(user, "e", "ics")
        assert "not written: No such file" in user.bar
        monkeypatch.chdir(tmp_path)


async def test_nothing_is_written_on_the_machine_of_a_host(
    tiny_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "host"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with explorer(tiny_library) as user:
        user.app.remote = True
        await choose(user, "e", "csl")
        assert list(folder.iterdir()) == []
        assert json.loads(user.app.clipboard)
        monkeypatch.setattr(exporting, "MOST_COPIED", 100)
        sent = user.app.clipboard
        await choose(user, "e", "json")
        assert user.app.clipboard == sent
        assert "more than many terminals copy" in user.bar
        assert list(folder.iterdir()) == []


async def test_an_empty_view_has_nothing_to_export(tiny_library: Path) -> None:
    async with explorer(tiny_library, "atlantis") as user:
        await user.press("e")
        assert user.app.screen is user.app.main
        assert "nothing under this query" in user.bar


@pytest.mark.parametrize(
    ("term", "environment", "takes"),
    [
        ("xterm-256color", {}, True),
        ("tmux-256color", {"TMUX": "/tmp/tmux,1,0"}, True),
        ("screen", {"TMUX": "/tmp/tmux,1,0"}, True),
        ("screen.xterm-256color", {"STY": "1.pts-0"}, False),
        ("linux", {}, False),
        ("vt100", {}, False),
        ("dumb", {}, False),
        ("", {}, False),
    ],
)
def test_a_terminal_without_a_clipboard_is_known(term: str, environment: dict[str, str], takes: bool) -> None:
    assert takes_copies(term, environment) is takes


async def test_where_there_is_no_clipboard_the_text_goes_to_a_file_and_that_is_said(
    tiny_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ReadingScreen, "has_clipboard", False)
    async with explorer(tiny_library, "summit:rome-2025") as user:
        await user.press("y")
        assert "this terminal has no clipboard; written to summit-rome-2025.txt" in user.bar
        await choose(user, "Y", "bibtex")
        assert "summit-rome-2025.bib" in user.bar
        assert user.app.clipboard == ""
    assert "4th Italy–Türkiye" in (tmp_path / "summit-rome-2025.txt").read_text(encoding="utf-8")


async def test_where_the_disk_is_not_the_users_the_text_is_shown(
    tiny_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReadingScreen, "has_clipboard", False)
    async with explorer(tiny_library, "summit:rome-2025") as user:
        user.app.remote = True
        await user.press("y")
        await user.pilot.pause()
        assert "select what you need" in user.screen
        assert "Villa Doria Pamphilj" in user.screen
