"""What the explorer costs a terminal: bytes a key, milliseconds to their last one, and what an idle minute costs.

`python -m benchmarks.bytes` runs the explorer on the shipped library in a pseudo-terminal that answers as xterm does,
with the screen diff and without it, at three sizes. A key is done when nothing has come for a while.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import NamedTuple

SIZES = ((80, 24), (120, 36), (200, 50))
KEYS = (
    ("cursor move", ["j"] * 8),
    ("page", ["\x04"] * 5),
    ("pane change", ["\t"] * 6),
    ("to the query line", ["/"]),
    ("search letter", list("energy")),
)
BOUNDS = {"first paint": 12_000, "cursor move": 400, "page": 900, "search letter": 900, "pane change": 900}
"""Bytes at 80x24."""

_SILENCE = 0.12
"""Seconds without a byte after which a key is answered."""
_TAKE_TERMINAL = "import fcntl,os,sys,termios; fcntl.ioctl(0,termios.TIOCSCTTY,0); os.execvp(sys.argv[1],sys.argv[1:])"
_WHOLE = """
import sys
from tui.explorer.display import LightDisplay
del LightDisplay._display
LightDisplay.takes_patches = False
from tui.cli.summit import main
main()
"""
"""The explorer without the diff: with Textual's own output."""


class Answer(NamedTuple):
    """What came after a key."""

    count: int
    """Bytes."""
    seconds: float
    """From the key to the last byte."""
    cpu: float
    """Seconds of processor time."""


class Session:
    """One explorer in a pseudo-terminal."""

    def __init__(self, columns: int, rows: int, home: Path, *, diff: bool) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        program = [sys.executable, "-m", "tui"] if diff else [sys.executable, "-c", _WHOLE]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("TEXTUAL", "TMUX"))}
        environment |= {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "SUMMIT_CACHE": str(home),
            "LANG": "C.UTF-8",
        }
        self._began = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _TAKE_TERMINAL, *program],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env=environment,
        )
        os.close(slave)

    def started(self) -> Answer:
        """Return what the start cost, until the screen is there."""
        return self._listen(self._began, patience=1.5, written=20.0)

    def press(self, key: str, written: float = 0.0) -> Answer:
        """Type a key and return what came; wait `written` seconds for the first of it."""
        began, cpu = time.perf_counter(), self._cpu()
        os.write(self._master, key.encode())
        answer = self._listen(began, patience=_SILENCE, written=max(written, _SILENCE))
        return answer._replace(cpu=self._cpu() - cpu)

    def idle(self, seconds: float) -> tuple[int, int]:
        """Return the bytes and the wake-ups of some idle seconds."""
        before = self._wakeups()
        count = 0
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            if select.select([self._master], [], [], left)[0]:
                count += len(os.read(self._master, 65_536))
        return count, self._wakeups() - before

    def quit(self) -> float:
        """Leave, and return the seconds until the process has ended."""
        began = time.perf_counter()
        os.write(self._master, b"q")
        while self._process.poll() is None and time.perf_counter() - began < 10:
            if select.select([self._master], [], [], 0.001)[0]:
                try:
                    os.read(self._master, 65_536)
                except OSError:
                    break
        self._process.wait(10)
        os.close(self._master)
        return time.perf_counter() - began

    def kill(self) -> None:
        """End what is left."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)

    def _listen(self, began: float, patience: float, written: float = 0.0) -> Answer:
        """Read until nothing has come for `patience` seconds; wait `written` seconds for the first byte."""
        count, last, asked = 0, began, b""
        while select.select([self._master], [], [], patience if count or not written else written)[0]:
            chunk = os.read(self._master, 65_536)
            last = time.perf_counter()
            count += len(chunk)
            asked += chunk
            if b"\x1b[?2026$p" in asked:
                os.write(self._master, b"\x1b[?2026;2$y")
                asked = b""
        return Answer(count, last - began, 0.0)

    def _cpu(self) -> float:
        tasks = Path(f"/proc/{self._process.pid}/task")
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e9

    def _wakeups(self) -> int:
        count = 0
        for task in Path(f"/proc/{self._process.pid}/task").iterdir():
            for line in (task / "status").read_text().splitlines():
                if line.startswith("voluntary_ctxt_switches"):
                    count += int(line.split()[1])
        return count


def middle(values: list[float]) -> float:
    """Return the median, the upper one of two."""
    return sorted(values)[len(values) // 2]


def measured(columns: int, rows: int, home: Path, *, diff: bool, idle: float) -> dict[str, Answer]:
    """Return the median of each thing done, and the most bytes."""
    session = Session(columns, rows, home, diff=diff)
    try:
        found = {"first paint": session.started()}
        for name, keys in KEYS:
            answers = [session.press(key) for key in keys]
            found[name] = Answer(
                int(middle([answer.count for answer in answers])),
                middle([answer.seconds for answer in answers]),
                middle([answer.cpu for answer in answers]),
            )
        session.press("\x1b")
        session.press("\x1b")
        if idle:
            count, wakeups = session.idle(idle)
            print(f"  idle a minute: {count * 60 / idle:.0f} bytes, {wakeups * 60 / idle:.0f} wake-ups")
        print(f"  q to the end of the process: {session.quit() * 1e3:.0f} ms")
    finally:
        session.kill()
    return found


def main() -> int:
    """Measure, print, and return 1 when a bound is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--idle", type=float, default=10.0, help="seconds to be idle; 0 leaves that out")
    arguments = parser.parse_args()
    missed = []
    with tempfile.TemporaryDirectory() as home:
        measured(80, 24, Path(home), diff=True, idle=0)
        for columns, rows in SIZES:
            print(f"{columns}x{rows}")
            with_diff = measured(columns, rows, Path(home), diff=True, idle=arguments.idle)
            without = measured(columns, rows, Path(home), diff=False, idle=0)
            for name, answer in with_diff.items():
                whole = without[name]
                print(
                    f"  {name:18} {answer.count:7,} bytes {answer.seconds * 1e3:7.1f} ms {answer.cpu * 1e3:6.1f} ms cpu"
                    f"   without: {whole.count:7,} bytes {whole.seconds * 1e3:7.1f} ms {whole.cpu * 1e3:6.1f} ms cpu"
                )
                if (columns, rows) == SIZES[0] and answer.count > BOUNDS.get(name, answer.count):
                    missed.append(f"{name}: {answer.count} bytes, not {BOUNDS[name]}")
    print("\n".join(missed) or "all bounds are kept")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
