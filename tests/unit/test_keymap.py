"""Keys of one's own: how they are written, which are refused, and that they do what they should."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.keys import _character_to_key

from tests.ui.user import explorer
from tui.explorer.commands import COMMANDS, LIST, choose, in_context
from tui.explorer.key_names import SIGNS, named, shown
from tui.explorer.keymap import configurable, keymap


@pytest.fixture
def chosen(request: pytest.FixtureRequest) -> Iterator[None]:
    made, problems = keymap(request.param, {})
    assert problems == []
    choose(made)
    yield
    choose(COMMANDS)


def test_signs_have_the_names_that_textual_gives_them() -> None:
    assert {sign: name for name, sign in SIGNS.items()} == {
        sign: _character_to_key(sign) for sign in string.punctuation
    }


WRITTEN = {"T": "T", "/": "slash", "slash": "slash", "ctrl+D": "ctrl+d", "Esc": "escape", "PgDn": "pagedown"}
WRITTEN |= {" ": "space", "Shift-Tab": "shift+tab", "F2": "f2", "ş": "ş", "-": "minus"}


@pytest.mark.parametrize(("written", "key"), WRITTEN.items())
def test_keys_are_written_as_people_do(written: str, key: str) -> None:
    assert named(written) == key


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("ctrl+i", "is tab in many terminals"),
        ("ctrl+shift+x", "does not reach"),
        ("alt+x", "does not reach"),
        ("entr", "is no key"),
        ("", "is no key"),
    ],
)
def test_keys_that_never_come_are_refused(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        named(written)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"tmieline": ("T",)}, "line 7: [keys] has no command “tmieline”; did you mean “timeline”?"),
        ({"sort": ("t",)}, "line 7: “t” is the key of both sort and timeline; give one of them another"),
        ({"sort": ("entr",)}, "line 7: sort: “entr” is no key; did you mean “enter”?"),
        ({"query-accept": ("a",)}, "line 7: query-accept: “a” is typed into the query line there; choose ctrl"),
        ({"quit": ("ctrl+c",)}, "line 7: quit: “ctrl+c” always leaves the explorer"),
    ],
)
def test_what_is_wrong_is_told(keys: dict[str, tuple[str, ...]], said: str) -> None:
    _, problems = keymap(keys, dict.fromkeys(keys, 7))
    assert len(problems) == 1
    assert problems[0].startswith(said)


def test_keys_may_be_exchanged() -> None:
    made, problems = keymap({"timeline": ("p",), "pictures": ("t",)}, {})
    assert problems == []
    by_action = {command.action: command.keys for command in made}
    assert (by_action["timeline"], by_action["pictures"]) == (("p",), ("t",))


def test_each_command_has_a_name_of_its_own_and_leaving_stays_possible() -> None:
    found = configurable()
    assert len({id(command) for command in found.values()}) == len(found)
    assert {"timeline", "grid-left", "query-accept", "quit"} <= set(found)
    assert "ctrl+c" not in {key for command in found.values() for key in command.keys}


@pytest.mark.parametrize("chosen", [{"down": ("W",), "timeline": ("p",), "pictures": ("t",)}], indirect=True)
@pytest.mark.usefixtures("chosen")
async def test_a_chosen_key_does_it_and_the_usual_one_no_more(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("j")
        assert user.app.main.current.cursor == 0
        await user.press("W")
        assert user.app.main.current.cursor == 1
        assert "p timeline" in user.bar
        await user.press("p")
        assert "Timeline ·" in user.screen


@pytest.mark.parametrize("chosen", [{"clear": ("X",), "theme-light": ("L",)}], indirect=True)
@pytest.mark.usefixtures("chosen")
async def test_commands_without_keys_can_have_one_and_letters_stay_letters(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("enerXg")
        assert user.query == "enerXg"
        await user.press("escape", "escape", "X")
        assert user.query == ""
        await user.press("L")
        assert user.app.theme == "summit-light"


def test_without_a_choice_keys_are_the_usual_ones() -> None:
    keys = {command.action: command.keys for command in in_context(LIST)}
    assert keys["timeline"] == ("t",)
    assert shown("slash") == "/"
