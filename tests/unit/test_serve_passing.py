"""An answer goes to its reader at the reader's pace: a slow one gets all of it, one that has stopped is cut off."""

from __future__ import annotations

import asyncio
import contextlib
from typing import cast

import pytest

from tui.serve import passing, turns
from tui.serve.limits import Outlet
from tui.serve.passing import Passage, StoppedError, arrived
from tui.serve.turns import Turns

LENGTH = 400_000
"""Bytes of an answer: several times as many as may be under way."""


class Slow:
    """The way out to a reader that takes so many bytes each time that one looks."""

    def __init__(self, takes: int) -> None:
        self.takes = takes
        self.sent = self.under_way = 0

    def write(self, data: bytes, error: bool = False) -> None:
        assert self.under_way <= passing._MOST_WAITING
        self.sent += len(data)
        self.under_way += len(data)

    def waiting(self) -> int:
        self.under_way = max(self.under_way - self.takes, 0)
        return self.under_way


async def passed(outlet: Slow, turn: turns.Turn, seconds: float) -> None:
    """Pass an answer on, the work on which may take so long."""
    stream = asyncio.StreamReader()
    stream.feed_data(b"x" * LENGTH)
    stream.feed_eof()
    async with asyncio.timeout(seconds) as limit:
        await Passage(cast(Outlet, outlet), turn, limit).pass_on(stream, terminal=False)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing, "_LOOK_AGAIN", 0.001)
    monkeypatch.setattr(passing, "_SLOW_AFTER", 0.1)


async def test_to_wait_for_a_reader_does_not_count_as_work(impatient: None) -> None:
    outlet = Slow(takes=200)
    began = asyncio.get_running_loop().time()
    async with Turns().taken("here") as turn:
        await passed(outlet, turn, seconds=1.0)
        assert turn.is_slow
    assert outlet.sent == LENGTH
    assert asyncio.get_running_loop().time() - began > 1.0


async def test_a_reader_that_has_stopped_is_cut_off(impatient: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passing, "STUCK_SECONDS", 0.3)
    outlet = Slow(takes=0)
    async with Turns().taken("here") as turn:
        with pytest.raises(StoppedError):
            await passed(outlet, turn, seconds=60)
    with pytest.raises(StoppedError):
        await arrived(cast(Outlet, outlet))
    assert outlet.sent <= passing._MOST_WAITING + passing._CHUNK


async def test_the_end_of_an_answer_is_waited_for(impatient: None) -> None:
    outlet = Slow(takes=1_000)
    outlet.write(b"x" * 100_000)
    await arrived(cast(Outlet, outlet))
    assert outlet.under_way <= passing._LITTLE


async def test_slow_readers_leave_their_turns_to_others_as_far_as_there_are_places() -> None:
    given = Turns()
    async with contextlib.AsyncExitStack() as held:

        async def slow(source: str) -> bool:
            turn = await asyncio.wait_for(held.enter_async_context(given.taken(source)), 5)
            await turn.give_way()
            return turn.is_slow

        assert [await slow("one") for _ in range(turns._SLOW_FOR_ONE + 1)] == [True] * turns._SLOW_FOR_ONE + [False]
        assert [await slow("two") for _ in range(turns._SLOW_FOR_ONE)] == [True] * turns._SLOW_FOR_ONE
        assert turns._SLOW == 2 * turns._SLOW_FOR_ONE
        assert not await slow("three")
        # Two of four turns are held now: one address may have both others, and nobody more.
        async with given.taken("four"), given.taken("four"):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(given.taken("five").__aenter__(), 0.05)


async def test_without_a_place_a_slow_reader_has_as_long_as_a_turn(
    impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passing, "SECONDS", 0.3)
    monkeypatch.setattr(turns, "_SLOW", 0)
    async with Turns().taken("here") as turn:
        with pytest.raises(TimeoutError):
            await passed(Slow(takes=1), turn, seconds=60)
