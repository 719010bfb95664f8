"""What widgets give for a frame by themselves is what the whole screen would have shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, LayoutUpdate

from tests.ui.user import explorer
from tui.explorer.display import LightDisplay
from tui.explorer.drawing.patches import Patches
from tui.explorer.drawing.screen_diff import ScreenDiff

KEYS = (
    "j",
    "j",
    "ctrl+d",
    "tab",
    "tab",
    "/",
    "e",
    "n",
    "e",
    "backspace",
    "escape",
    "enter",
    "l",
    "j",
    "escape",
    "3",
    "s",
)


def cells(diff: ScreenDiff) -> list[tuple[str, list[tuple[int, str, str]]]]:
    """Return what a screen shows: the text of each row, and the look of each cell."""
    _, rows, looks, _, _ = diff.state
    return [(text, [looks[ord(pen)] for pen in pens]) for text, pens in rows]


OFFERED = ("/", "c", "o", "u", "down", "n", "backspace", "q", "backspace", "backspace", "down", "escape", "j", "escape")
"""Keys under which offers stand before the panes, become others and go."""


def noted(shown: ScreenDiff, kinds: set[type], monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an explorer draw patches, and keep what they show and of which kinds the frames were."""

    def show(app: LightDisplay, screen: object, update: object) -> None:
        if isinstance(update, LayoutUpdate | ChopsUpdate | Patches):
            kinds.add(type(update))
            shown.frame(update, (0, 0))

    monkeypatch.setattr(LightDisplay, "_display", show)
    monkeypatch.setattr(LightDisplay, "takes_patches", True)


@pytest.mark.parametrize("keys", [KEYS, OFFERED], ids=["panes", "offers"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 30), (200, 50)])
async def test_patches_show_what_the_whole_screen_shows(
    size: tuple[int, int], keys: tuple[str, ...], tiny_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, kinds = ScreenDiff("xterm", ColorSystem.TRUECOLOR), set[type]()
    noted(shown, kinds, monkeypatch)
    async with explorer(tiny_library, size=size) as user:
        kinds.clear()
        for key in keys:
            await user.press(key)
            whole = ScreenDiff("xterm", ColorSystem.TRUECOLOR)
            whole.frame(user.app.screen._compositor.render_full_update(), (0, 0))
            assert cells(shown) == cells(whole), key
    assert kinds == {Patches}
