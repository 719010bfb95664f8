"""Sharing from the explorer: a record in a chosen format to the clipboard, a view to a file."""

from __future__ import annotations

import csv
import json
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.ui.user import User, explorer
from tui.exchange import out
from tui.explorer import giving
from tui.explorer.giving import takes_copies, to_host
from tui.explorer.linking import Linking
from tui.explorer.reading import ReadingScreen
from tui.explorer.screens.choices import ChoiceScreen
from tui.explorer.screens.page_screen import PageScreen
from tui.explorer.screens.view_screen import ViewScreen
from tui.serve.guests import words_of


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


async def test_the_formats_stay_within_a_window_that_changes(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(120, 36)) as user:
        await user.press("e")
        screen = user.app.screen
        assert isinstance(screen, ChoiceScreen)
        for size in ((60, 20), (60, 12), (40, 10), (200, 50)):
            await user.resize(*size)
            await user.pilot.pause(0.1)
            assert screen.surface.region in screen.region
            assert screen.surface.size.height == min(screen.surface.total, size[1] * 9 // 10 - 2)
        assert screen.surface.hints, "a letter still chooses"


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
        monkeypatch.setattr(giving, "MOST_COPIED", 100)
        sent = user.app.clipboard
        await choose(user, "e", "json")
        assert user.app.clipboard == sent
        assert "more than the 100 bytes that many terminals copy" in user.screen
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


async def test_what_is_too_long_for_a_clipboard_goes_to_a_file(
    tiny_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(giving, "MOST_COPIED", 100)
    async with explorer(tiny_library, "summit:rome-2025") as user:
        await user.press("y")
        assert "more than many terminals copy; summit export writes it to a file" in user.bar
        await user.press("b", "y")
        screen = user.app.screen
        assert isinstance(screen, ViewScreen)
        assert "more than many terminals copy; e writes it to a file" in screen.key_bar.message
        await user.press("e")
        assert "written: summit-brief-rome-2025.md" in screen.key_bar.message
        assert user.app.clipboard == ""


@pytest.mark.parametrize(
    ("keys", "form", "command"),
    [
        ("y", "", "ssh HOST show rome-2025"),
        ("Y", "csl", "ssh HOST export --id rome-2025 --to csl"),
        ("by", "", "ssh HOST brief rome-2025"),
        ("be", "", "ssh HOST brief rome-2025 --markdown"),
        ("e", "json", "ssh HOST export --to json -- summit:rome-2025 -absent"),
        ("4e", "csv", "ssh HOST export --to csv --kind agreement -- summit:rome-2025 -absent"),
    ],
)
@pytest.mark.parametrize("clipboard", [True, False])
async def test_on_a_host_what_is_too_long_for_a_clipboard_is_had_by_a_command(
    keys: str, form: str, command: str, clipboard: bool, tiny_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving, "MOST_COPIED", 100)
    monkeypatch.setattr(Linking, "has_clipboard", clipboard)
    async with explorer(tiny_library, "summit:rome-2025 -absent", size=(120, 36)) as user:
        user.app.remote = True
        for key in keys[:-1] if form else keys:
            await user.press(key)
        if form:
            await choose(user, keys[-1], form)
        await user.pilot.pause()
        assert f"{command} > FILE" in user.screen
        assert "terminals copy" in user.screen
        assert user.app.clipboard == ""
        window = user.app.screen
        assert isinstance(window, PageScreen)
        assert window.surface.size.height == 7, "no higher than what is on it"
        await user.press("escape")
        assert "exporting" not in user.bar
        assert not isinstance(user.app.screen, PageScreen)


async def test_a_page_that_no_command_prints_is_shown_to_select_from(
    tiny_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving, "MOST_COPIED", 100)
    async with explorer(tiny_library, "summit:rome-2025") as user:
        user.app.remote = True
        await user.press("v", "y")
        await user.pilot.pause()
        assert "more than many terminals copy: select what you need" in user.screen
        assert user.app.clipboard == ""


async def test_a_host_makes_no_more_of_a_large_export_than_it_needs(
    tiny_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def large(*_: object) -> Iterator[str]:
        for _ in range(1000):
            made.append("x" * 1000)
            yield made[-1]

    monkeypatch.setattr(out, "pieces", large)
    async with explorer(tiny_library) as user:
        user.app.remote = True
        await choose(user, "e", "jsonl")
        assert "ssh HOST export --to jsonl > FILE" in user.screen
        assert len(made) * 1000 <= giving.MOST_COPIED + 1000


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), max_size=4))
@example(["leader:erdoğan", "2015..2025"])
@example(['"a phrase"', "-not"])
@example(["it's", "$HOME", "`id`", "\\", "*", "!"])
def test_the_command_for_a_host_comes_through_both_shells(query: list[str]) -> None:
    words = ["export", "--to", "csv", "--", *query]
    typed = shlex.split(to_host(words))
    assert typed[:2] == ["ssh", "HOST"]
    # ssh puts a blank between the words that it is given.
    assert words_of(" ".join(typed[2:])) == words


def test_a_shell_takes_the_command_for_a_host_as_it_is_meant() -> None:
    words = ["export", "--to", "csv", "--", 'leader:erdoğan "it\'s $HOME" `id` \\ * !', "~", "a;b", "#"]
    as_printed = to_host(words).replace("ssh HOST", "printf '%s '", 1)
    typed = subprocess.run(["sh", "-c", as_printed], check=True, capture_output=True, text=True).stdout
    assert words_of(typed.strip()) == words
