"""What a key is bound to is found as Textual finds it, on whatever screen and with whatever focus."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.keys import key_to_character
from textual.screen import Screen

from tests.ui.user import explorer
from tui.explorer.bindings import bound

PLACES = [(), ("2",), ("enter", "enter"), ("slash",), ("question_mark",), ("colon",), ("t",), ("H",)]


def by_textual(screen: Screen[object], key: str, priority: bool) -> list[tuple[object, object]]:
    chain = reversed(screen._binding_chain) if priority else screen._modal_binding_chain
    return [
        (node, binding)
        for node, bindings in chain
        for binding in bindings.key_to_bindings.get(key, ())
        if binding.priority == priority
    ]


@pytest.mark.parametrize("keys", PLACES, ids=" ".join)
async def test_a_key_is_bound_to_what_textual_would_find(keys: tuple[str, ...], tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(120, 36)) as user:
        if keys:
            await user.press(*keys)
        screen = user.app.screen
        known = {key for node in (screen, *screen.walk_children(), user.app) for key in node._bindings.key_to_bindings}
        assert {"escape", "ctrl+c"} <= known
        for key in [*sorted(known), "a", "space", "f12"]:
            for priority in (False, True):
                assert list(bound(screen, key, key_to_character(key), priority)) == by_textual(screen, key, priority), (
                    key
                )
