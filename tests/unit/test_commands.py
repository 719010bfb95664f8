"""One registry of commands: what it says can be done, and the README and the help say the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tui.exchange.text import plain
from tui.explorer.app import ExplorerApp
from tui.explorer.commands import (
    APP,
    COMMANDS,
    DISPUTES,
    GRID,
    LIST,
    PAGE,
    QUERY,
    READER,
    Command,
    in_context,
    shown,
)
from tui.explorer.keys_table import table, with_table
from tui.explorer.screen import ExplorerScreen
from tui.explorer.screens.disputes_screen import DisputesScreen
from tui.explorer.screens.help import help_page
from tui.explorer.screens.pictures_screen import PicturesScreen
from tui.explorer.screens.timeline_screen import TimelineScreen

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize("where", [LIST, READER, QUERY, GRID, PAGE, DISPUTES])
def test_a_key_does_one_thing_in_a_place(where: str) -> None:
    keys = Counter(key for command in in_context(where) for key in command.keys)
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_can_be_carried_out(command: Command) -> None:
    owners: list[type] = [ExplorerApp] if command.group == APP else []
    if not owners:
        owners += [ExplorerScreen] if command.where & {LIST, READER, QUERY} else []
        owners += [TimelineScreen] if GRID in command.where else []
        owners += [PicturesScreen] if PAGE in command.where else []
        owners += [DisputesScreen] if DISPUTES in command.where else []
    for owner in owners:
        assert callable(getattr(owner, f"action_{command.action.partition('(')[0]}"))


def test_no_key_dies_in_a_plain_terminal() -> None:
    dead = {"ctrl+enter", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m"}
    keys = {key for command in COMMANDS for key in command.keys}
    assert not keys & dead
    assert not [key for key in keys if key.startswith(("ctrl+shift+", "alt+"))]


def test_the_readme_has_the_table_of_keys() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_table(text) == text, "python -m tui.explorer.keys_table --write README.md"


def test_the_help_and_the_table_name_every_key() -> None:
    page = plain(help_page(), 200)
    for command in COMMANDS:
        assert command.help in page
        for key in command.keys:
            assert f"`{shown(key)}`" in table()
    assert ": clear " in page  # what has no key is called by its name in the palette


def test_a_document_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="markers"):
        with_table("# nothing here")
