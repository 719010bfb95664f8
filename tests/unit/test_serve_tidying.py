"""What open sessions hold is set aside from the garbage collector, and what ended sessions held is not kept."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Iterator

import pytest
from textual._styles_cache import StylesCache
from textual.color import Color

from tui.serve import tidying as module
from tui.serve.tidying import Tidier


class Held:
    """Something in a cycle, as an explorer is: only the collector frees it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


async def test_what_a_session_holds_is_set_aside_when_it_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSE", 0.01)
    tidier, before = Tidier(), gc.get_freeze_count()
    held = [Held() for _ in range(100)]
    tidier.came()
    await asyncio.sleep(0.2)
    assert gc.get_freeze_count() >= before + 100
    assert held


async def test_what_it_held_is_freed_when_enough_have_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSE", 3600)
    tidier = Tidier()
    for _ in range(9):
        tidier.came()
    held: Held | None = Held()
    known = weakref.ref(held)
    tidier.tidy()
    held = None
    tidier.left()
    tidier.tidy()
    assert known() is not None, "one of nine is not worth a look at all"
    tidier.left()
    tidier.tidy()
    assert known() is None


async def test_one_that_had_not_let_go_when_it_was_looked_at_is_looked_at_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_PAUSE", 0.2)
    tidier = Tidier()
    held: Held | None = Held()
    known = weakref.ref(held)
    tidier.came()
    tidier.came()
    tidier.left()
    tidier.left()
    await asyncio.sleep(0.3)
    assert gc.get_freeze_count() > 0
    held = None
    assert known() is not None
    await asyncio.sleep(0.3)
    assert known() is None
    assert tidier._timer is None, "with nobody there, nothing wakes the server up"


async def test_what_many_held_who_left_at_once_is_freed_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSE", 3600)
    monkeypatch.setattr(module, "_SOON", 0.05)
    tidier = Tidier()
    held: Held | None = Held()
    known = weakref.ref(held)
    for _ in range(4):
        tidier.came()
    tidier.tidy()
    held = None
    for _ in range(3):
        tidier.left()
    await asyncio.sleep(0.2)
    assert known() is not None, "three are not worth a hurry"
    tidier.left()
    await asyncio.sleep(0.2)
    assert known() is None


async def test_textual_keeps_no_lines_of_explorers_that_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSE", 3600)
    lines, ground = StylesCache(), Color(0, 0, 0)
    lines.get_inner_outer(ground, ground)
    tidier = Tidier()
    tidier.came()
    tidier.left()
    tidier.tidy()
    assert not [found for found in gc.get_referrers(lines) if isinstance(found, tuple)]
