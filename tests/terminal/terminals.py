"""Real terminals to run `summit` in: a pseudo-terminal with pyte as its screen, and tmux where it is installed."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import os
import pty
import select
import shlex
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import pyte

PATIENCE = 30.0
"""Seconds to wait for the screen: far more than is ever needed, for machines under load."""

TAKE_TERMINAL = "import fcntl,os,sys,termios; fcntl.ioctl(0,termios.TIOCSCTTY,0); os.execvp(sys.argv[1],sys.argv[1:])"
"""Run in the child: makes the pseudo-terminal its controlling one, as a login does, so that it hears of resizes."""


_OF_ANOTHER_TERMINAL = ("SUMMIT_", "XDG_", "TMUX", "TEXTUAL", "COLUMNS", "LINES", "NO_COLOR", "COLORTERM")
"""Settings that a terminal's program would take for those of its own; pytest's workers set a width, for one."""


class Terminal(Protocol):
    """What a person does with a terminal: look, type, and see how the program ended."""

    def screen(self) -> str:
        """Return what is on the screen, a line each."""

    def type(self, keys: str) -> None:
        """Send keys as the terminal does: Enter is a carriage return, Esc is `\\x1b`."""

    def ended(self) -> int | None:
        """Return the exit code, or None while the program runs."""

    def restored(self) -> bool:
        """Say whether the program left the terminal as it found it."""

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""

    def clipboard(self) -> str:
        """Return what a program has put on the terminal's clipboard, by OSC 52; empty for nothing."""

    def close(self) -> None:
        """End everything that was started."""


class PtyTerminal:
    """A pseudo-terminal of our own; what the program writes is drawn by pyte."""

    knows_its_size = True

    def __init__(self, command: Sequence[str], columns: int, rows: int, environment: Mapping[str, str]) -> None:
        self._master, self._slave = pty.openpty()
        if self.knows_its_size:
            fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._before = termios.tcgetattr(self._slave)
        self._written = b""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._process = subprocess.Popen(
            [sys.executable, "-c", TAKE_TERMINAL, *command],
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            start_new_session=True,
            env=environment,
        )

    def screen(self) -> str:
        self._read()
        return "\n".join(line.rstrip() for line in self._screen.display)

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def ended(self) -> int | None:
        self._read()
        return self._process.poll()

    def restored(self) -> bool:
        self._read()
        entered, left = self._written.rfind(b"\x1b[?1049h"), self._written.rfind(b"\x1b[?1049l")
        hidden, shown = self._written.rfind(b"\x1b[?25l"), self._written.rfind(b"\x1b[?25h")
        return 0 <= entered < left and hidden <= shown and termios.tcgetattr(self._slave) == self._before

    def resize(self, columns: int, rows: int) -> None:
        self._read()
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def clipboard(self) -> str:
        self._read()
        return base64.b64decode(self._written.rpartition(b"\x1b]52;c;")[2].partition(b"\x07")[0]).decode()

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._master)
        os.close(self._slave)

    def _read(self) -> None:
        while select.select([self._master], [], [], 0)[0]:
            chunk = os.read(self._master, 65536)
            self._written += chunk
            self._stream.feed(chunk)


class TmuxTerminal:
    """A window of a tmux server of its own."""

    def __init__(self, command: Sequence[str], columns: int, rows: int, environment: Mapping[str, str]) -> None:
        self._socket = f"summit-test-{uuid.uuid4().hex}"
        self._environment = {**environment, "TERM": "xterm-256color"}
        # The window outlives the program, so that what it leaves behind can be looked at.
        script = f"{shlex.join(command)}; echo left with $?; cat"
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), script)
        self._tmux("set-option", "-s", "set-clipboard", "on")

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def type(self, keys: str) -> None:
        for key in keys:
            self._tmux("send-keys", "-H", f"{ord(key):x}")

    def ended(self) -> int | None:
        _, found, code = self.screen().rpartition("left with ")
        return int(code.split()[0]) if found else None

    def restored(self) -> bool:
        state = self._tmux("display-message", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}")
        return state.split() == ["0", "1", "0"]

    def resize(self, columns: int, rows: int) -> None:
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def clipboard(self) -> str:
        return self._tmux("show-buffer") if self._tmux("list-buffers") else ""

    def close(self) -> None:
        self._tmux("kill-server")

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-L", self._socket, *arguments]
        done = subprocess.run(command, env=self._environment, capture_output=True, encoding="utf-8", check=True)
        return done.stdout


Start = Callable[[Sequence[str], int, int, Mapping[str, str]], Terminal]

TERMINALS: dict[str, Start] = {"pty": PtyTerminal}
"""The terminals of this machine, by name: the pseudo-terminal always, tmux where it is installed."""
if shutil.which("tmux"):
    TERMINALS["tmux"] = TmuxTerminal


class Visit:
    """`summit` in a terminal, from the first key to the last."""

    def __init__(
        self,
        start: Start,
        columns: int,
        rows: int,
        home: Path,
        arguments: Sequence[str] = (),
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(_OF_ANOTHER_TERMINAL)}
        environment |= {"HOME": str(home), "SUMMIT_CACHE": str(home / "cache"), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        environment |= {"TERM": "xterm-256color", **settings}
        self.terminal = start([sys.executable, "-m", "tui", *arguments], columns, rows, environment)

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_: object) -> None:
        self.terminal.close()

    def type(self, keys: str) -> None:
        """Type keys, one after the other."""
        self.terminal.type(keys)

    def sees(self, *wanted: str, without: str = "") -> str:
        """Wait until the screen shows every text of `wanted` and not `without`; return the screen."""

        def is_there() -> bool:
            screen = self.terminal.screen()
            return all(text in screen for text in wanted) and not (without and without in screen)

        missing = f"{wanted}" + (f" without {without!r}" if without else "")
        self.waits_for(is_there, f"the screen never showed {missing}")
        return self.terminal.screen()

    def ends(self) -> int:
        """Wait until the program ends; return its exit code."""
        self.waits_for(lambda: self.terminal.ended() is not None, "the program did not end")
        code = self.terminal.ended()
        assert code is not None
        return code

    def waits_for(self, is_so: Callable[[], bool], complaint: str) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < deadline, f"{complaint}; it shows:\n{self.terminal.screen()}"
            time.sleep(0.02)
