"""Marks, bookmarks and recent queries, and the way back to each."""

from __future__ import annotations

from pathlib import Path

from tests.ui.user import explorer
from tui.explorer.app import ExplorerApp
from tui.index import Index
from tui.personal.kept import Keeper, Where, leave


async def test_a_mark_leads_back_to_query_list_and_record(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("energy")
        await user.press("enter", "4", "j")
        place = user.app.main.place
        await user.press("m")
        assert "type a letter" in user.bar
        await user.press("a")
        assert "marked as a" in user.bar
        await user.press("escape", "1")
        assert user.query == ""
        await user.press("apostrophe")
        assert "Places to go back to" in user.screen
        assert "energy" in user.screen
        await user.press("a")
        assert user.app.main.place == place
        assert user.focus == "agreement"
        await user.press("apostrophe", "apostrophe")
        assert user.query == ""


async def test_a_mark_is_a_letter(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("m", "escape")
        assert "no mark was set" in user.bar
        await user.press("m", "1")
        assert user.app.main.session.keeper.kept.marks == {}
        await user.press("m", "j")
        assert set(user.app.main.session.keeper.kept.marks) == {"j"}
        assert user.app.main.current.cursor == 0


async def test_a_bookmark_is_kept_and_taken_off(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.press("B")
        assert "needs no bookmark" in user.bar
        await user.type("energy")
        await user.press("enter", "B")
        assert "bookmarked: energy" in user.bar
        await user.press("escape", "apostrophe", "1")
        assert user.query == "energy"
        await user.press("B")
        assert "no bookmark any more" in user.bar


async def test_recent_queries_are_offered_in_an_empty_line(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        for word in ("energy", "rome"):
            await user.type(word)
            await user.press("enter", "escape")
        await user.press("slash", "up")
        assert user.app.main.offers.display
        assert "rome" in user.screen
        await user.press("down", "tab")
        assert user.query == "energy"


async def test_nothing_kept_says_how_to_keep(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(60, 20)) as user:
        await user.press("apostrophe")
        assert "Nothing is kept yet" in user.screen
        await user.press("escape")
        assert "Nothing is kept yet" not in user.screen


async def test_opens_where_the_user_left(tiny_library: Path, tmp_path: Path) -> None:
    index = Index.open(tiny_library, tmp_path / "cache")
    keeper = Keeper(tmp_path / "state", tiny_library)
    place = Where("leader:erdogan", "agreement", {"agreement": "space-2025", "summit": "rome-2025"})
    keeper.change(leave(place, {"agreement": "title"}))
    for size in [(80, 24), (120, 36)]:
        app = ExplorerApp(index, keeper=keeper, resumed=keeper.kept.last)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            assert app.main.query_line.value == "leader:erdogan"
            assert app.main.pane == "agreement"
            chosen = app.main.current.selected
            assert chosen is not None
            assert chosen.id == "space-2025"
            assert app.main.session.view.lists["agreement"].sort == "title"
            await pilot.press("escape")
            assert app.main.query_line.value == ""
    index.close()


async def test_a_place_that_is_gone_is_no_trouble(tiny_library: Path, tmp_path: Path) -> None:
    index = Index.open(tiny_library, tmp_path / "cache")
    gone = Where("leader:nobody", "nowhere", {"agreement": "none", "x": "y"}, "no-source")
    app = ExplorerApp(index, resumed=gone)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert app.main.query_line.value == "leader:nobody"
        await pilot.press("escape")
        assert app.main.lists["summit"].total == 3
    index.close()
