"""The turns of plain answers: a few at a time, for each address and in all, and beside them those with slow readers.

A slow line takes its time, and must not be in the way of others: an answer whose reader is slow leaves its turn to them
and goes on in another place, of which there are a bounded number too.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from weakref import WeakValueDictionary

_AT_ONCE, _AT_ONCE_FOR_ONE = 4, 2
"""Turns at a time, in all and for one address: who asks for much keeps only their own waiting."""

_SLOW, _SLOW_FOR_ONE = 8, 4
"""Places beside them; each is a process that waits for its reader."""


class _Places:
    """So many places in all, and so many for one address."""

    def __init__(self, most: int, most_for_one: int) -> None:
        self._all = asyncio.Semaphore(most)
        self._most_for_one = most_for_one
        self._of: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    def of(self, source: str) -> asyncio.Semaphore:
        """Return what an address has of them."""
        return self._of.setdefault(source, asyncio.Semaphore(self._most_for_one))

    @contextlib.asynccontextmanager
    async def taken(self, source: str) -> AsyncIterator[None]:
        """Have a place, as soon as there is one."""
        async with self.of(source), self._all:
            yield

    def free(self, source: str) -> bool:
        """Tell whether an address would have a place at once."""
        return not (self._all.locked() or self.of(source).locked())


class Turns:
    """Gives turns, in the order in which they are asked for."""

    def __init__(self) -> None:
        self._turns = _Places(_AT_ONCE, _AT_ONCE_FOR_ONE)
        self._slow = _Places(_SLOW, _SLOW_FOR_ONE)

    @contextlib.asynccontextmanager
    async def taken(self, source: str) -> AsyncIterator[Turn]:
        """Have a turn of an address, as soon as there is one."""
        async with contextlib.AsyncExitStack() as held:
            await held.enter_async_context(self._turns.taken(source))
            yield Turn(held, self._slow, source)


class Turn:
    """The turn of one answer."""

    def __init__(self, held: contextlib.AsyncExitStack, slow: _Places, source: str) -> None:
        self._held, self._slow, self._source = held, slow, source
        self.is_slow = False

    async def give_way(self) -> None:
        """Leave the turn to others and go on beside them, if there is a place for that."""
        if not self.is_slow and self._slow.free(self._source):
            first = self._held.pop_all()
            await self._held.enter_async_context(self._slow.taken(self._source))
            await first.aclose()
            self.is_slow = True
