"""Writes to the terminal without waiting for it: what it takes at once is there at once, the rest when it has room.

Textual hands what it writes to a thread, which gets to it only when the frame's own thread lets it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from typing import TextIO

_MOST_KEPT = 1 << 20
"""Bytes that may wait for a terminal; who writes more has to wait for it."""


class Output:
    """The terminal of a file, opened once more, so that nobody else who writes there has to do without waiting."""

    def __init__(self, file: TextIO) -> None:
        """Open the terminal; raises OSError where that cannot be, as in another user's terminal."""
        self._descriptor = os.open(os.ttyname(file.fileno()), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
        self._coding = file.encoding, file.errors or "strict"
        self._loop = asyncio.get_running_loop()
        self._left = bytearray()
        self._waiting = False
        """Whether the loop says when there is room again."""

    def write(self, text: str) -> None:
        """Write a text after all that was written before."""
        if self._descriptor < 0:
            return
        self._left += text.encode(*self._coding)
        if not self._waiting:
            self._go_on()
            if self._left:
                self._waiting = True
                self._loop.add_writer(self._descriptor, self._go_on)
        elif len(self._left) > _MOST_KEPT:
            self._finish()

    def _go_on(self) -> None:
        try:
            del self._left[: os.write(self._descriptor, self._left)]
        except BlockingIOError:
            return
        except OSError:
            self._left.clear()  # the terminal is gone, which whoever reads keys there finds out too
        if self._waiting and not self._left:
            self._waiting = False
            self._loop.remove_writer(self._descriptor)

    def _finish(self) -> None:
        """Wait until the terminal has taken everything."""
        os.set_blocking(self._descriptor, True)
        while self._left:
            self._go_on()
        os.set_blocking(self._descriptor, False)

    def close(self) -> None:
        """Write what is left, and let the terminal go."""
        if self._descriptor >= 0:
            self._finish()
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = -1
