"""One key, one frame: it is painted in the message of its key where that leaves nothing to do, and else soon after."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size

from tests.ui.user import User, explorer
from tui.explorer.app import ExplorerApp
from tui.explorer.display import LightDisplay
from tui.explorer.frames import _rests
from tui.explorer.screen import ExplorerScreen


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """How often the explorer's screen is laid out: an item for each time."""
    laid_out: list[object] = []
    lay_out = ExplorerScreen._refresh_layout

    def noted(screen: ExplorerScreen, size: Size | None = None, scroll: bool = False) -> None:
        laid_out.append(size)
        lay_out(screen, size, scroll)

    monkeypatch.setattr(ExplorerScreen, "_refresh_layout", noted)
    return laid_out


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is painted."""
    painted: list[object] = []
    paint = LightDisplay._display

    def noted(app: LightDisplay, screen: object, update: object) -> None:
        painted.append(update)
        paint(app, screen, update)  # type: ignore[arg-type]

    monkeypatch.setattr(LightDisplay, "_display", noted)
    return painted


async def deal_with(user: User, key: str) -> None:
    """Give an explorer at rest a key, and return when its message has been dealt with and not a turn later."""
    while not all(map(_rests, user.app._pumps)):
        await user.pilot.pause()
    with user.app._context():
        await user.app.on_event(events.Key(key, key if len(key) == 1 else None))


def waiting(app: ExplorerApp) -> list[str]:
    """Whose messages wait."""
    return [
        f"{type(pump).__name__} {list(pump._message_queue.values)}"
        for pump in app._registry
        if not pump._message_queue.empty()
    ]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 36), (200, 50)])
async def test_a_moved_cursor_is_painted_in_the_message_of_its_key(
    size: tuple[int, int], tiny_library: Path, frames: list[object]
) -> None:
    async with explorer(tiny_library, size=size) as user:
        await user.press("j", "k")
        frames.clear()
        before = user.cursor("summit")
        await deal_with(user, "j")
        assert user.cursor("summit") != before
        assert waiting(user.app) == []
        assert len(frames) == 1
        assert not user.app.holding


@pytest.mark.parametrize(("page", "height"), [("t", 20), ("p", 8), ("b", 8), ("d", 8), ("question_mark", 8), ("H", 8)])
async def test_a_move_on_a_page_is_painted_in_the_message_of_its_key(
    page: str, height: int, tiny_library: Path, frames: list[object]
) -> None:
    async with explorer(tiny_library, size=(60, height)) as user:
        await user.press("j", page, "j", "k")
        before = user.screen
        frames.clear()
        await deal_with(user, "j")
        assert user.screen != before
        assert waiting(user.app) == []
        assert len(frames) == 1


async def test_a_letter_is_painted_in_the_message_of_its_key(tiny_library: Path, frames: list[object]) -> None:
    async with explorer(tiny_library) as user:
        await user.type("en")
        frames.clear()
        await deal_with(user, "e")
        assert user.query == "ene"
        assert waiting(user.app) == []
        assert len(frames) == 1


async def test_a_letter_is_painted_at_once_also_while_offers_come_and_go(
    tiny_library: Path, frames: list[object]
) -> None:
    async with explorer(tiny_library) as user:
        await user.type("co")
        offered = set()
        for key in ("u", "q", "backspace", "backspace"):
            frames.clear()
            await deal_with(user, key)
            assert len(frames) == 1
            offered.add(user.app.main.offers.display)
            await user.pilot.pause()
            assert len(frames) == 1
        assert offered == {True, False}


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 20), (120, 36), (200, 50)])
async def test_a_change_of_pane_is_painted_in_the_message_of_its_key(
    size: tuple[int, int], tiny_library: Path, frames: list[object], layouts: list[object]
) -> None:
    async with explorer(tiny_library, size=size) as user:
        await user.press("j", "k")
        for key in ("tab", "tab", "tab", "shift+tab", "l", "h", "slash", "escape", "1"):
            focus, before = user.focus, user.screen
            frames.clear()
            layouts.clear()
            await deal_with(user, key)
            assert user.focus != focus, key
            assert not user.app.holding, key
            await user.pilot.pause(0.1)
            assert user.screen != before, key
            assert len(frames) == 1, key
            assert len(layouts) <= 1, key


async def test_a_page_below_a_list_is_painted_in_one_frame_with_it(tiny_library: Path, frames: list[object]) -> None:
    async with explorer(tiny_library, "summit:rome-2025", size=(80, 24), slow=True) as user:
        for key, below in [("2", False), ("1", True), ("4", False), ("1", True), ("enter", False), ("h", True)]:
            frames.clear()
            await deal_with(user, key)
            assert ("─ Summit ─" in user.screen) == below, key
            assert ("Chairs" in user.screen) == (below or key == "enter"), key
            await user.pilot.pause(0.1)
            assert len(frames) == 1, key


@pytest.mark.parametrize("size", [(120, 36), (200, 50)])
async def test_lists_that_give_rows_to_others_do_so_in_the_frame_of_their_answer(
    size: tuple[int, int], tiny_library: Path, frames: list[object]
) -> None:
    async with explorer(tiny_library, size=size) as user:
        for key in ("space", "left_square_bracket", "2", "space", "escape"):
            frames.clear()
            await deal_with(user, key)
            await user.pilot.pause(0.1)
            assert len(frames) == 1, key


async def test_what_a_key_leaves_to_do_is_in_its_frame(tiny_library: Path, frames: list[object]) -> None:
    async with explorer(tiny_library) as user:
        await user.press("t", "q")
        frames.clear()
        await deal_with(user, "t")
        assert frames == []
        assert user.app.holding
        await user.pilot.pause()
        assert not user.app.holding
        assert frames


async def test_a_widget_that_was_taken_away_may_still_ask_to_be_painted(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        offers = user.app.main.offers
        await offers.remove()
        user.app.hold_frame()
        offers.refresh()
        offers.refresh(layout=True)
        await user.press("j")
        assert not user.app.holding


async def test_keys_that_have_come_together_have_one_frame(
    tiny_library: Path, frames: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with explorer(tiny_library) as user:
        await user.press("j", "k")
        frames.clear()
        monkeypatch.setattr(user.app._driver, "more_keys", True, raising=False)
        await deal_with(user, "j")
        assert frames == []
        monkeypatch.setattr(user.app._driver, "more_keys", False)
        await deal_with(user, "j")
        assert len(frames) == 1
