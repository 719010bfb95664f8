"""Curating from the explorer: the editor, small changes, undo, and a view that follows the files."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.ui.user import User, explorer
from tui.exchange.form import editor
from tui.explorer.app import ExplorerApp
from tui.explorer.screens.asking import ConfirmScreen, PromptScreen
from tui.explorer.screens.choices import ChoiceScreen
from tui.library import check
from tui.library.changes import Change
from tui.library.writer import LibraryWriter
from tui.records import Agreement, Summit, Topic

Typed = Callable[[str], str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep drafts and a library of one's own in the test's folder."""
    monkeypatch.setenv("SUMMIT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("EDITOR", "true")
    return tmp_path / "home"


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Typed], list[str]]:
    """Return what sets what is typed into the editor; the forms that were seen are in the list it gives."""

    def set_typed(typed: Typed) -> list[str]:
        seen: list[str] = []

        def edit(file: Path, line: int = 0) -> None:
            seen.append(file.read_text(encoding="utf-8"))
            file.write_text(typed(seen[-1]), encoding="utf-8")

        monkeypatch.setattr(editor, "edit", edit)
        monkeypatch.setattr(ExplorerApp, "suspend", lambda _: contextlib.nullcontext())
        return seen

    return set_typed


async def settle(user: User) -> None:
    """Wait until the view has followed the library."""
    for _ in range(3):
        await user.app.workers.wait_for_complete()
        await user.pilot.pause()


async def choose(user: User, target: str) -> None:
    """Type the letter of a choice."""
    await user.pilot.pause(0.05)
    screen = user.app.screen
    assert isinstance(screen, ChoiceScreen)
    assert screen.surface.hints is not None
    await user.press(*next(letters for letters, found in screen.surface.hints.targets.items() if found == target))
    await user.pilot.pause()


async def answer(user: User, text: str) -> None:
    """Type into the line that is asked, and take what it means."""
    await user.pilot.pause(0.05)
    assert isinstance(user.app.screen, PromptScreen)
    await user.press(*("space" if letter == " " else letter for letter in text), "enter")
    await user.pilot.pause()


def found(library: Path, record_id: str) -> object:
    return LibraryWriter(library).find(record_id)


async def test_a_record_is_edited_and_the_view_follows(
    tiny_library: Path, typing: Callable[[Typed], list[str]]
) -> None:
    typing(lambda form: form.replace("city: Rome", "city: Roma"))
    async with explorer(tiny_library, "summit:rome-2025") as user:
        await user.press("E")
        await settle(user)
        assert "edited 4th Italy–Türkiye Intergovernmental Summit: city" in user.bar
        assert "Roma, Italy" in user.page
        assert user.query == "summit:rome-2025"
        await user.press("u")
        assert isinstance(user.app.screen, ConfirmScreen)
        assert "− Roma" in user.screen
        await user.press("escape", "u", "enter")
        await settle(user)
        assert "Rome, Italy" in user.page
        await user.press("ctrl+r", "enter")
        await settle(user)
        assert "Roma, Italy" in user.page
        await user.press("ctrl+r")
        assert "nothing to redo" in user.bar


async def test_a_new_record_is_shown(tiny_library: Path, typing: Callable[[Typed], list[str]]) -> None:
    typing(lambda form: form.replace("name:\n", "name: Hydrogen\n", 1))
    async with explorer(tiny_library, "leader:erdogan") as user:
        await user.press("A")
        await choose(user, "topic")
        await settle(user)
        assert user.query == "topic:hydrogen"
        assert user.cursor("topic") == "hydrogen"
        await user.press("left_square_bracket")
        assert user.query == "leader:erdogan"


async def test_a_step_in_the_history_of_an_agreement(tiny_library: Path) -> None:
    async with explorer(tiny_library, "agreement:space-2025") as user:
        await user.press("4", "x")
        await choose(user, "step")
        await choose(user, "in_force")
        await answer(user, "2026-01")
        await answer(user, "https://new.example/force")
        await settle(user)
        assert "in force" in user.page
    agreement = found(tiny_library, "space-2025")
    assert isinstance(agreement, Agreement)
    assert (agreement.status, agreement.history[-1].date) == ("in_force", "2026-01")
    assert agreement.history[-1].evidence[0].source == "new-example-force"
    assert check(tiny_library) == []


async def test_two_records_are_linked(tiny_library: Path) -> None:
    async with explorer(tiny_library, "summit:rome-2025") as user:
        await user.press("x")
        await choose(user, "link")
        await choose(user, "topic")
        await answer(user, "tourism")
        await settle(user)
        assert "Tourism and visas" in user.page


async def test_two_records_are_merged_and_every_link_follows(tiny_library: Path) -> None:
    async with explorer(tiny_library, "topic:energy") as user:
        await user.press("3", "x")
        await choose(user, "merge")
        await answer(user, "defence")
        assert isinstance(user.app.screen, ConfirmScreen)
        assert "sector stays as it is here" in user.screen
        await user.press("enter")
        await settle(user)
    merged = found(tiny_library, "defence")
    assert isinstance(merged, Topic)
    assert merged.id == "energy"
    assert check(tiny_library) == []


async def test_a_record_that_others_link_to_is_removed_only_with_a_place_for_the_links(tiny_library: Path) -> None:
    async with explorer(tiny_library, "kind:topic space") as user:
        await user.press("3", "x")
        await choose(user, "delete")
        await user.pilot.pause(0.05)
        assert "2 records link to it" in user.screen
        await answer(user, "energy")
        await user.press("enter")
        await settle(user)
    assert found(tiny_library, "space") is None
    assert check(tiny_library) == []


async def test_what_is_refused_is_said_and_changes_nothing(tiny_library: Path) -> None:
    before = {file: file.read_bytes() for file in tiny_library.glob("*.json")}
    async with explorer(tiny_library, "summit:rome-2025") as user:
        await user.press("x")
        await choose(user, "source")
        await answer(user, "no address")
        assert "a new one begins with http:// or https://" in user.bar
        await user.press("u")
        assert "nothing to undo" in user.bar
    assert {file: file.read_bytes() for file in tiny_library.glob("*.json")} == before


async def test_both_versions_are_shown_when_someone_else_was_first(
    tiny_library: Path, typing: Callable[[Typed], list[str]]
) -> None:
    def typed(form: str) -> str:
        writer = LibraryWriter(tiny_library)
        rome = writer.find("rome-2025")
        assert isinstance(rome, Summit)
        writer.write([Change(rome, replace(rome, venue="Palazzo Chigi"))], "theirs")
        return form.replace("city: Rome", "city: Roma")

    typing(typed)
    async with explorer(tiny_library, "summit:rome-2025") as user:
        await user.press("E")
        await user.pilot.pause(0.05)
        assert "+ Palazzo Chigi" in user.screen
        assert "+ Roma" in user.screen
        await choose(user, "both")
        await settle(user)
        assert "kept both" in user.bar
    rome = found(tiny_library, "rome-2025")
    assert isinstance(rome, Summit)
    assert (rome.city, rome.venue) == ("Roma", "Palazzo Chigi")


async def test_the_view_follows_what_others_write_and_keeps_its_place(tiny_library: Path) -> None:
    async with explorer(tiny_library, "leader:erdogan") as user:
        await user.press("j")
        await user.pilot.pause(0.5)
        here = user.cursor("summit")
        meetings = tiny_library / "meetings.json"
        whole = meetings.read_text(encoding="utf-8")
        meetings.write_text(whole.replace("Council of Türkiye and Greece", "Council of Greece and Türkiye"))
        await until(user, lambda: "the library has changed" in user.bar)
        assert (user.query, user.cursor("summit")) == ("leader:erdogan", here)
        meetings.write_text(whole[:200])
        await until(user, lambda: "the library has a fault" in user.bar)
        assert "the JSON is cut off" in user.app.main.key_bar.message
        assert user.count("summit") == 3, "the last good view stays"
        assert "not the newest" in str(user.app.main.reader.border_subtitle)
        meetings.write_text(whole)
        await until(user, lambda: not user.app.main.reader.border_subtitle)
        assert user.count("summit") == 3


async def until(user: User, true: Callable[[], bool]) -> None:
    for _ in range(200):
        await user.pilot.pause(0.05)
        if true():
            return
    raise AssertionError(user.screen)


async def test_the_shipped_library_is_left_alone_and_one_key_makes_ones_own(
    shipped: Path, home: Path, tmp_path: Path, typing: Callable[[Typed], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    typing(lambda form: form.replace("city: Rome", "city: Roma"))
    from tui.library import writable

    small = tmp_path / "small"
    small.mkdir()
    for name in ("italy-turkiye", "leaders", "topics", "sources"):
        (small / f"{name}.json").write_bytes((shipped / f"{name}.json").read_bytes())
    monkeypatch.setattr(writable, "shipped_library", lambda: small)
    async with explorer(small, "summit:it-tr-2025-rome") as user:
        await user.press("E")
        assert "This is the shipped library" in user.screen
        await user.press("enter")
        await settle(user)
        await settle(user)
        assert "Roma, Italy" in user.page
        assert user.app.main.session.index.library == home / "summits"
    held = json.loads((small / "italy-turkiye.json").read_bytes())["summits"].values()
    assert "Roma" not in {one.get("city") for one in held}


async def test_a_served_explorer_changes_nothing(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        user.app.remote = True
        for key in ("E", "A", "x", "u", "ctrl+r"):
            await user.press(key)
            assert "served read-only; the library is changed on the host" in user.bar


async def test_what_changed_between_the_index_and_the_start_is_shown_too(tiny_library: Path) -> None:
    async with explorer(tiny_library, "summit:rome-2025") as user:
        meetings = tiny_library / "meetings.json"
        meetings.write_text(meetings.read_text(encoding="utf-8").replace('"city": "Rome"', '"city": "Roma"'))
        await until(user, lambda: "Roma, Italy" in user.page)
