"""No job needs more than a dozen keys from the start, on the shipped library."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.ui.user import User, explorer

MOST = 12


class Counting:
    """A person whose keys are counted."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.keys = 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await self.user.press(*keys)

    async def follow(self, target: str) -> None:
        """Type the letters of a link in sight; `f` is pressed before."""
        hints = self.user.app.main.reader.hints
        assert hints is not None
        await self.press(*next(label for label, goal in hints.targets.items() if goal == target))


@asynccontextmanager
async def counted(shipped: Path, tmp_path: Path) -> AsyncIterator[Counting]:
    library = tmp_path / "library"
    library.symlink_to(shipped)
    async with explorer(library, size=(120, 36)) as user:
        counting = Counting(user)
        yield counting
        assert counting.keys <= MOST


async def test_brief_me_on_rome(shipped: Path, tmp_path: Path) -> None:
    async with counted(shipped, tmp_path) as person:
        await person.press("slash", *"baykar", "enter", "b")
        assert "Brief  4th Italy–Türkiye Intergovernmental Summit" in person.user.screen
        assert "15 new · 5 again · 5 dropped" in person.user.screen
        assert "Giorgia Meloni, President of the Council of Ministers" in person.user.screen


async def test_find_a_meeting_by_its_city(shipped: Path, tmp_path: Path) -> None:
    async with counted(shipped, tmp_path) as person:
        await person.press("slash", *"izmir")
        assert any("2008-11-12" in line for line in person.user.list("summit"))


async def test_verify_a_figure(shipped: Path, tmp_path: Path) -> None:
    async with counted(shipped, tmp_path) as person:
        await person.press("slash", *"baykar", "enter", "v")
        assert "an Italian government source" in person.user.screen


async def test_follow_a_topic_through_time(shipped: Path, tmp_path: Path) -> None:
    async with counted(shipped, tmp_path) as person:
        await person.press("slash", *"migra", "enter", "3", "enter", "t")
        assert "topic:migration" in person.user.screen


async def test_see_where_sources_disagree(shipped: Path, tmp_path: Path) -> None:
    async with counted(shipped, tmp_path) as person:
        await person.press("slash", *"baykar", "enter", "d")
        assert "11 ≠ 9 ≠ a dozen" in person.user.screen


async def test_follow_an_agreement_in_the_timeline(shipped: Path, tmp_path: Path) -> None:
    async with counted(shipped, tmp_path) as person:
        await person.press("slash", *"baykar", "enter", "t", "j", "j", "j")
        assert "in talks" in person.user.screen
        assert "▸" in person.user.screen


async def test_compare_two_editions(shipped: Path, tmp_path: Path) -> None:
    async with counted(shipped, tmp_path) as person:
        await person.press("slash", *"baykar", "enter", "c", "f")
        hints = person.user.app.main.reader.hints
        assert hints is not None
        target = "it-tr-2022-ankara"
        await person.follow(target)
        await person.press("c")
        assert "only 2022" in person.user.screen
        assert "only 2025" in person.user.screen
