"""Fields and values are offered as the query is typed; Tab takes them, and nothing is in the way of who knows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.user import User, explorer


def offered(user: User) -> list[str]:
    """The lines of the list of offers."""
    offers = user.app.main.offers
    return [offers.render_line(y).text.strip() for y in range(offers.size.height)] if offers.display else []


async def test_a_field_then_a_value_are_taken_with_tab(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("lea")
        assert any("leader:" in line for line in offered(user))
        assert "tab accept" in user.bar
        await user.press("tab")
        assert user.query == "leader:"
        await user.press(*"mel")
        assert any("Giorgia Meloni" in line for line in offered(user))
        await user.press("tab")
        assert user.query == "leader:giorgia-meloni "
        assert user.count("summit") == 1
        assert offered(user) == []
        await user.press("enter")
        assert user.query == "leader:giorgia-meloni"
        assert user.focus == "summit"


async def test_notes_stand_in_a_column(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("status:")
        lines = [line.removeprefix("▌") for line in offered(user)]
        assert len({len(line.rsplit(maxsplit=1)[0]) for line in lines}) > 1
        assert len({line.rindex(" ") for line in lines}) == 1
        offers = user.app.main.offers
        widths = {offers.render_line(y).cell_length for y in range(offers.size.height)}
        assert widths == {offers.size.width}


async def test_the_arrows_choose_among_the_offers(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("status:")
        first = offered(user)[0]
        assert first.startswith("▌")
        await user.press("down")
        assert not offered(user)[0].startswith("▌")
        assert offered(user)[1].startswith("▌")
        await user.press("up", "up")
        assert offered(user)[-1].startswith("▌")
        await user.press("down", "tab")
        assert user.query.startswith("status:")
        assert user.count("agreement") > 0


async def test_escape_takes_the_offers_away_first(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("status:")
        await user.press("escape")
        assert offered(user) == []
        assert user.focus == "query"
        await user.press("escape")
        assert user.focus != "query"


async def test_words_without_a_field_leave_the_arrows_to_the_list(tiny_library: Path) -> None:
    async with explorer(tiny_library) as user:
        await user.type("italy")
        assert offered(user) == []
        before = user.cursor("summit")
        await user.press("down")
        assert user.cursor("summit") != before


async def test_offers_stay_inside_a_narrow_terminal(tiny_library: Path) -> None:
    async with explorer(tiny_library, size=(40, 12)) as user:
        await user.type("country:greece leader:")
        assert offered(user)
        offers = user.app.main.offers
        assert offers.region.x >= 0
        assert offers.region.right <= 40
        assert {strip.cell_length for strip in user.app.screen._compositor.render_strips()} == {40}


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_the_tabs_and_their_counts_stay_in_sight(tiny_library: Path, size: tuple[int, int]) -> None:
    async with explorer(tiny_library, size=size) as user:
        await user.type("leader:")
        offers = user.app.main.offers
        assert offers.display
        assert offers.region.y > user.app.main.tabs.region.y
        assert "4" in user.screen.splitlines()[1]
