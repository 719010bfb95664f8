"""The bounds of a session: sizes of a window, rates of input, and how much output may wait for a slow reader."""

from __future__ import annotations

import asyncio
import contextvars
import fcntl
import struct
import termios
import time
from collections.abc import Callable
from typing import Any

COLUMNS, ROWS = (20, 500), (5, 200)
"""The least and the most of a window; a client may claim four billion."""

CELLS_A_SECOND, CELLS_AT_ONCE = 10_000, 150_000
"""Cells of changed windows that are drawn; of a client that changes its window faster, the newest size counts.

The largest window has 100,000: to draw it takes as long as dozens of keys of others, so it must be rare.
"""

KEYS_A_SECOND, KEYS_AT_ONCE = 30, 60
BYTES_A_SECOND, BYTES_AT_ONCE = 16_000, 64_000

LET_GO = 1 / 128
"""How much a byte of a paste that is let go counts of one that is read: it takes hardly any time, and who pastes much
by mistake goes on at once."""

WAITING_FRAMES = 32_000
"""Bytes under way to a reader above which frames are dropped, and the newest is sent when there is room."""

WAITING_AT_MOST = 1_000_000
"""Bytes under way above which nothing more is sent, not even what can't be drawn again, as a copy."""

STUCK_SECONDS = 60.0
"""How long a reader may have no room for a frame before it is cut off."""


def later(seconds: float, work: Callable[[], object]) -> asyncio.TimerHandle:
    """Call something later, outside of any app.

    A timer that was cancelled stays in the loop until its time has come, and with it its context: that of an explorer
    would keep the whole explorer.
    """
    return asyncio.get_running_loop().call_later(seconds, work, context=contextvars.Context())


def clamped(columns: int, rows: int) -> tuple[int, int]:
    """Return a window's size as we use it; 80x24 for what the client does not know (0)."""
    return (
        min(max(columns or 80, COLUMNS[0]), COLUMNS[1]),
        min(max(rows or 24, ROWS[0]), ROWS[1]),
    )


class Bucket:
    """Lets `rate` things pass a second and `burst` at once; what is taken beyond that is a debt to wait for."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._level, self._then = burst, clock()

    def take(self, amount: float = 1.0) -> None:
        """Take so many things."""
        self._fill()
        self._level -= amount

    def give(self, amount: float) -> None:
        """Give back what was taken for nothing."""
        self.take(-amount)

    def wait(self) -> float:
        """Return the seconds until something may pass again; 0 for now."""
        self._fill()
        return 0.0 if self._level > 0 else (1 - self._level) / self._rate

    @property
    def is_empty(self) -> bool:
        """Whether nothing more might pass when it was last looked; `wait` looks again."""
        return self._level <= 0

    @property
    def full(self) -> bool:
        """Whether everything that was taken has come back."""
        self._fill()
        return self._level >= self._burst

    def _fill(self) -> None:
        now = self._clock()
        self._level = min(self._burst, self._level + (now - self._then) * self._rate)
        self._then = now


class Outlet:
    """The way out to a client: an SSH channel, what waits in it, and what has been sent."""

    def __init__(self, channel: Any) -> None:
        self._channel = channel
        self._connection = channel.get_connection()
        self._socket = self._connection.get_extra_info("socket")
        self.sent = 0
        self._at_most = 0
        """Bytes that may be under way: those that were when it was last looked, and all that were sent since."""

    def write(self, data: bytes, error: bool = False) -> None:
        """Send bytes; nothing happens when the client has gone or takes nothing any more."""
        if not data or self._channel.is_closing() or self.is_fuller_than(WAITING_AT_MOST):
            return
        self.sent += len(data)
        self._at_most += len(data)
        (self._channel.write_stderr if error else self._channel.write)(data)

    def is_fuller_than(self, most: int) -> bool:
        """Tell whether more than so many bytes are under way; the kernel is asked only where that may be."""
        if self._at_most > most:
            self._at_most = self.waiting()
        return self._at_most > most

    def waiting(self) -> int:
        """Return the bytes that were sent and have not arrived: in the channel, the transport and the kernel."""
        # asyncssh does not tell its sessions that a transport is full, so its buffer is looked at.
        transport = self._connection._transport
        in_transport = transport.get_write_buffer_size() if transport is not None else 0
        return int(self._channel.get_write_buffer_size()) + in_transport + self._in_kernel()

    def _in_kernel(self) -> int:
        try:
            answer = fcntl.ioctl(self._socket.fileno(), termios.TIOCOUTQ, b"\0\0\0\0")
        except (OSError, AttributeError, ValueError):
            return 0
        return int(struct.unpack("i", answer)[0])
