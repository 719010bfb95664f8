"""Passes what a process prints on to a client, at the pace at which that takes it.

To wait for a reader is no work: as long as one takes something it is served, and only who has stopped is cut off.
"""

from __future__ import annotations

import asyncio

from tui.serve.limits import STUCK_SECONDS, Outlet
from tui.serve.turns import Turn

SECONDS = 60.0
"""How long an answer may be worked on; also how long its turn lasts, where a slow reader has no place beside others."""

_SLOW_AFTER = 5.0
"""Seconds of waiting after which a reader is slow."""

_MOST_WAITING, _LITTLE = 128_000, 8_000
"""Bytes under way above which a reader is waited for, in the middle of an answer and at its end."""

_CHUNK = 16_384
"""Bytes that are passed on at a time, which a reader must take in `STUCK_SECONDS`; any line is faster."""

_LOOK_AGAIN = 0.02


class StoppedError(Exception):
    """A client has stopped reading what it had asked for."""


class Passage:
    """The way of one answer to its reader; `limit` is the time for the work on it, which stands still meanwhile."""

    def __init__(self, outlet: Outlet, turn: Turn, limit: asyncio.Timeout) -> None:
        self._outlet, self._turn, self._limit = outlet, turn, limit
        self._clock = asyncio.get_running_loop().time
        self._began = self._clock()
        self._waited = 0.0

    async def pass_on(self, stream: asyncio.StreamReader, *, terminal: bool) -> None:
        """Pass a stream on to its end. Raises StoppedError when the reader has stopped."""
        while data := await stream.read(_CHUNK):
            self._outlet.write(with_line_ends(data, terminal=terminal))
            if self._outlet.waiting() > _MOST_WAITING:
                await self._wait()

    async def _wait(self) -> None:
        began, until = self._clock(), self._limit.when() or 0
        slow_at = began + _SLOW_AFTER - self._waited
        self._limit.reschedule(None)
        while not await _has_room(self._outlet, _MOST_WAITING, began):
            if self._clock() > slow_at:
                await self._turn.give_way()
            if not self._turn.is_slow and self._clock() - self._began > SECONDS:
                raise TimeoutError
        self._waited += self._clock() - began
        self._limit.reschedule(until + self._clock() - began)


async def arrived(outlet: Outlet) -> None:
    """Wait until nearly all that was sent has arrived: who is done may be disconnected, and would lose the rest.

    Raises StoppedError when its reader has stopped.
    """
    clock = asyncio.get_running_loop().time
    while (waiting := outlet.waiting()) > _LITTLE:
        began = clock()
        while not await _has_room(outlet, max(waiting - _CHUNK, _LITTLE), began):
            pass


async def _has_room(outlet: Outlet, most: int, since: float) -> bool:
    """Look whether no more than `most` bytes are under way, and if they are wait a moment.

    Raises StoppedError when that is so for too long.
    """
    if outlet.waiting() <= most:
        return True
    if asyncio.get_running_loop().time() - since > STUCK_SECONDS:
        raise StoppedError
    await asyncio.sleep(_LOOK_AGAIN)
    return False


def with_line_ends(data: bytes, *, terminal: bool) -> bytes:
    """Return text as a client takes it: its terminal is raw, so nothing on the way adds a carriage return."""
    return data.replace(b"\n", b"\r\n") if terminal else data
