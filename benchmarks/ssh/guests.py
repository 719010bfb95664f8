"""People at terminals, connected by OpenSSH's client: what they type, and when the bytes that answer it arrive."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pyte

_ASKED, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
"""A program's question for synchronised output, and the answer of a terminal that has it."""

READY = "1 Summits"
"""What shows when the explorer is there."""


class Chunk(NamedTuple):
    """Bytes that came together, and when."""

    when: float
    data: bytes


class Guest:
    """One person: a pseudo-terminal with `ssh` in it, to `where`; `before` is what runs it, as in another network.

    `packed` is what `ssh -C` asks for.
    """

    def __init__(
        self,
        port: int,
        key: Path,
        where: str,
        size: tuple[int, int] = (80, 24),
        before: Sequence[str] = (),
        *,
        packed: bool = False,
    ) -> None:
        self.size = size
        self.chunks: list[Chunk] = []
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        command = [*before, "ssh", "-F", "/dev/null", "-i", str(key), "-p", str(port), "-e", "none"]
        said = {"IdentitiesOnly": "yes", "IdentityAgent": "none", "BatchMode": "yes", "LogLevel": "ERROR"}
        said["Compression"] = "yes" if packed else "no"
        said |= {"StrictHostKeyChecking": "no", "UserKnownHostsFile": "/dev/null"}
        said |= {"SendEnv": "COLORTERM LANG", "ConnectTimeout": "60", "GlobalKnownHostsFile": "/dev/null"}
        for name, value in said.items():
            command += ["-o", f"{name}={value}"]
        command += ["-tt", where]
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment = {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)

    @property
    def count(self) -> int:
        """Bytes that have come so far."""
        return sum(len(chunk.data) for chunk in self.chunks)

    def type(self, keys: str | bytes) -> float:
        """Press keys; return when."""
        now = time.perf_counter()
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)
        return now

    def take(self) -> bool:
        """Read what has come; return whether anything has."""
        try:
            data = os.read(self.master, 65_536)
        except OSError:
            return False
        self.chunks.append(Chunk(time.perf_counter(), data))
        if _ASKED in data:
            os.write(self.master, _ANSWER)
        return bool(data)

    def last(self, since: float, until: float = float("inf")) -> float | None:
        """Return when the last bytes came between two times; None for none."""
        return max((chunk.when for chunk in self.chunks if since <= chunk.when < until), default=None)

    def painted(self) -> float:
        """Return when the screen first showed all of what it shows now."""
        final, shown, found = self._screens()[-1:], self._screens(), 0.0
        for chunk, screen in zip(self.chunks, shown, strict=True):
            if screen == final[0]:
                return chunk.when
        return found

    def screen(self) -> str:
        """Return what the screen shows."""
        screens = self._screens()
        return screens[-1] if screens else ""

    def _screens(self) -> list[str]:
        screen = pyte.Screen(*self.size)
        stream, shown = pyte.ByteStream(screen), []
        for chunk in self.chunks:
            stream.feed(chunk.data)
            shown.append("\n".join(screen.display))
        return shown

    def forget(self) -> None:
        """Let go of what has come so far; the screen can't be told after it."""
        self.chunks.clear()

    def hang_up(self) -> None:
        """Cut the line."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        os.close(self.master)


def listen(guests: Iterable[Guest], seconds: float, enough: Callable[[], bool] | None = None) -> None:
    """Take what comes for a time, or until it is enough."""
    ends = time.perf_counter() + seconds
    by_file = {guest.master: guest for guest in guests}
    with select.epoll() as poll:
        for file in by_file:
            poll.register(file, select.EPOLLIN)
        while (left := ends - time.perf_counter()) > 0 and not (enough and enough()):
            for file, _ in poll.poll(min(left, 0.05) if enough else left):
                if not by_file[file].take():
                    poll.unregister(file)


def silence(guest: Guest, seconds: float, most: float = 30.0) -> None:
    """Take what comes until nothing has come for a while."""

    def quiet() -> bool:
        return bool(guest.chunks) and time.perf_counter() - max(guest.chunks[-1].when, began) > seconds

    began = time.perf_counter()
    listen([guest], most, quiet)


def arrived(guests: Sequence[Guest], seconds: float = 120.0) -> None:
    """Wait until everyone sees the explorer. Raises RuntimeError when someone does not."""
    waiting = list(guests)
    ends = time.perf_counter() + seconds
    while waiting:
        listen(waiting, 0.3)
        waiting = [guest for guest in waiting if READY not in guest.screen()]
        if time.perf_counter() > ends:
            raise RuntimeError(f"{len(waiting)} of {len(guests)} see no explorer:\n{waiting[0].screen()}")
