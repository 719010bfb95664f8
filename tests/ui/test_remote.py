"""What is different for someone who is not at the machine, and for a library that changes under a reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.user import explorer
from tui.index import Index


async def test_a_library_that_changed_is_shown_at_the_place_where_the_reader_was(
    tiny_library: Path, tmp_path: Path
) -> None:
    async with explorer(tiny_library, "energy") as user:
        await user.press("1", "j")
        place = user.cursor("summit")
        for file in tiny_library.glob("*.json"):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("Energy", "Energy and power"), encoding="utf-8")
        with Index.open(tiny_library, tmp_path / "other") as changed:
            user.app.take_index(changed)
            await user.pilot.pause()
            assert user.query == "energy"
            assert user.cursor("summit") == place
            assert any("Energy and power" in line for line in user.list("topic"))
            assert "Energy and power" in user.page


async def test_a_link_never_opens_on_the_machine_of_a_host(tiny_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    opened: list[str] = []
    async with explorer(tiny_library, size=(120, 36)) as user:
        user.app.remote = True
        monkeypatch.setattr(user.app, "open_url", opened.append)
        await user.press("l", "G", "o", "a")
        assert "address sent to the clipboard: https://" in user.bar
        assert user.app.clipboard.startswith("https://")
        assert opened == []


@pytest.mark.parametrize(("remote", "command"), [(True, "ssh HOST search WORDS"), (False, "summit search WORDS")])
async def test_a_window_that_is_too_small_names_the_command_that_needs_none(
    tiny_library: Path, *, remote: bool, command: str
) -> None:
    async with explorer(tiny_library, size=(30, 6), remote=remote) as user:
        assert command in user.screen
