"""The frame of a pane is drawn once for each way it looks; it looks at all times as the style sheet says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.test_patches import cells
from tests.ui.user import User, explorer
from tui.explorer.drawing.screen_diff import ColorSystem, ScreenDiff


def shown(user: User) -> list[tuple[str, list[tuple[int, str, str]]]]:
    diff = ScreenDiff("xterm", ColorSystem.TRUECOLOR)
    diff.frame(user.app.screen._compositor.render_full_update(), (0, 0))
    return cells(diff)


async def looks_as_styled(user: User) -> None:
    """Apply the style sheet anew to everything, and see that nothing looks different."""
    before = shown(user)
    user.app.refresh_css(animate=False)
    await user.pilot.pause()
    assert shown(user) == before


@pytest.mark.parametrize("size", [(60, 20), (100, 20), (120, 36), (200, 50)])
async def test_the_frame_of_the_pane_with_the_keys_is_set_off(size: tuple[int, int], tiny_library: Path) -> None:
    async with explorer(tiny_library, size=size) as user:
        await looks_as_styled(user)
        for keys in (["tab"], ["tab"], ["shift+tab"], ["l"], ["escape"], ["/", "e", "n"], ["escape", "escape"], ["4"]):
            await user.press(*(key.replace("/", "slash") for key in keys))
            await looks_as_styled(user)


async def test_a_frame_follows_theme_and_size_with_the_keys_elsewhere(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(200, 50)) as user:
        await user.press("tab", "tab")
        for theme, size in [("light", (120, 36)), ("plain", (80, 24)), ("contrast", (120, 20)), ("dark", (200, 50))]:
            user.app.action_theme(theme)
            await user.press("tab")
            await looks_as_styled(user)
            await user.resize(*size)
            await user.press("shift+tab", "l", "h")
            await looks_as_styled(user)


async def test_a_change_of_pane_applies_no_style_sheet_twice(
    tiny_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with explorer(tiny_library, size=(200, 50)) as user:
        await user.press(*["tab"] * 5)
        applied: list[object] = []
        apply = user.app.stylesheet.apply
        monkeypatch.setattr(
            user.app.stylesheet, "apply", lambda node, **how: (applied.append(node), apply(node, **how))
        )
        before = shown(user)
        await user.press("tab")
        assert shown(user) != before
        await user.press("shift+tab")
        assert shown(user) == before
        assert not applied
