"""Programs in a pseudo-terminal: what they write and when, what they cost, and how much memory they take."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

SILENCE = 0.12
"""Seconds without a byte after which a key is answered."""
_LONGEST = 60.0

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1
"""Linux: the signal that a process gets when the one that began it ends."""

_ASKED, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""The question whether a terminal can take a frame at once, and the yes of one that can."""


class Answer(NamedTuple):
    """What came after a start or a key."""

    count: int
    """Bytes."""
    seconds: float
    """To the last byte, or to the one that was waited for."""
    cpu: float = 0.0
    """Seconds of processor time."""


class Program:
    """One program in a terminal of its own; it begins at once."""

    def __init__(
        self, command: Sequence[str], columns: int = 80, rows: int = 24, more: Mapping[str, str] | None = None
    ) -> None:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TEXTUAL", "TMUX", "SSH_", "PYTHON", "SUMMIT_", "COLUMNS", "LINES", "COLORTERM"))
        }
        environment |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", **(more or {})}
        self.began = time.perf_counter()
        self.pid, self._terminal = pty.fork()
        if not self.pid:
            # Whoever breaks off a benchmark leaves no program behind: some spin when their terminal has gone.
            if sys.platform == "linux":
                _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], list(command), environment)
        self._status: int | None = None

    def shows(self, wanted: bytes) -> Answer:
        """Wait until the bytes that were `wanted` have come since the start; raises TimeoutError if they never do."""
        return self._listen(self.began, lambda seen: wanted in seen)

    def shows_after(self, mark: bytes, wanted: bytes) -> Answer:
        """Wait until `wanted` has come after a `mark`; what has been read before counts for neither."""
        return self._listen(self.began, lambda seen: wanted in seen.partition(mark)[2])

    def hears(self, began: float, wanted: bytes) -> float:
        """Return the seconds from when something `began` until the bytes come that were `wanted`."""
        return self._listen(began, lambda seen: wanted in seen).seconds

    def settles(self, patience: float = 0.7) -> Answer:
        """Wait until nothing has come for `patience` seconds; the answer is up to the last byte.

        Raises RuntimeError when the program has ended, so that nobody measures what is not there, and when it never
        is still.
        """
        answer = self._listen(self.began, None, patience, first=_LONGEST)
        found, status = os.waitpid(self.pid, os.WNOHANG)
        if found:
            self._status = status
            raise RuntimeError(f"the program has ended (status {status})")
        return answer

    def press(self, keys: str, patience: float = SILENCE) -> Answer:
        """Type keys and wait for what comes of them."""
        cpu, began = self.cpu, time.perf_counter()
        self.type(keys)
        answer = self._listen(began, None, patience, first=2.0)
        return answer._replace(cpu=self.cpu - cpu)

    def type(self, keys: str) -> None:
        """Type keys."""
        os.write(self._terminal, keys.encode())

    def idle(self, seconds: float) -> tuple[int, int]:
        """Return the bytes and the wake-ups of some seconds without a key."""
        before, count, until = self._wakeups(), 0, time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            if select.select([self._terminal], [], [], left)[0]:
                count += len(self._read())
        return count, self._wakeups() - before

    def quits(self, keys: str = "q") -> float:
        """Type what ends the program; return the seconds until it has."""
        began = time.perf_counter()
        self.type(keys)
        while self._status is None and time.perf_counter() - began < _LONGEST:
            if select.select([self._terminal], [], [], 0.001)[0]:
                self._read()
            found, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = status if found else None
        return time.perf_counter() - began

    def close(self) -> None:
        """End what is left, with all that it has begun in its terminal."""
        if self._status is None:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.killpg(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
        os.close(self._terminal)

    @property
    def cpu(self) -> float:
        """Seconds of processor time up to now."""
        tasks = Path(f"/proc/{self.pid}/task")
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9

    @property
    def megabytes(self) -> float:
        """Memory in use."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0

    def _listen(
        self, began: float, wanted: Callable[[bytes], bool] | None, patience: float = _LONGEST, first: float = _LONGEST
    ) -> Answer:
        seen, last, latest = b"", began, time.perf_counter() + _LONGEST
        while select.select([self._terminal], [], [], patience if seen else first)[0]:
            chunk = self._read()
            if not chunk:
                break
            if seen or chunk:
                last = time.perf_counter()
            seen += chunk
            if wanted is not None and wanted(seen):
                return Answer(len(seen), last - began)
            if wanted is None and last > latest:
                raise RuntimeError(
                    f"it is never still for {patience:g} s, so what a key or a start takes cannot be told"
                )
        if wanted is not None:
            raise TimeoutError(f"never seen; what came was {seen[-200:]!r}")
        return Answer(len(seen), last - began)

    def _read(self) -> bytes:
        try:
            chunk = os.read(self._terminal, 65_536)
        except OSError:
            return b""
        if _ASKED in chunk:
            os.write(self._terminal, _ANSWER)
        return chunk

    def _wakeups(self) -> int:
        count = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            for line in (task / "status").read_text().splitlines():
                if line.startswith("voluntary_ctxt_switches"):
                    count += int(line.split()[1])
        return count
