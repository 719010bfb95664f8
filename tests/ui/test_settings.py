"""The explorer as its user has set it: columns and orders."""

from __future__ import annotations

from pathlib import Path

from tui.explorer.app import ExplorerApp
from tui.index import Index
from tui.personal.settings import Settings


async def test_no_more_columns_than_wanted(tiny_library: Path) -> None:
    index = Index.open(tiny_library, tiny_library.parent / "cache")
    for layout, has in [("one", "-narrow"), ("two", "-wide"), ("three", "-three"), ("auto", "-three")]:
        app = ExplorerApp(index, settings=Settings(layout=layout))
        async with app.run_test(size=(200, 50)) as pilot:
            await pilot.pause()
            assert app.main.has_class(has)
            assert app.main.narrow is (layout == "one")
    index.close()


async def test_lists_open_in_the_order_that_is_set(tiny_library: Path) -> None:
    index = Index.open(tiny_library, tiny_library.parent / "cache")
    app = ExplorerApp(index, settings=Settings(sort={"summit": "oldest"}))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        first = app.main.lists["summit"].selected
        assert first is not None
        assert first.id == "izmir-2008"
        await pilot.press("s")
        assert app.main.lists["summit"].border_subtitle == "by name"
    index.close()
