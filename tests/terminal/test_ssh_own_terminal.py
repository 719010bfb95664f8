"""A server that was started in a terminal ends with it, unless it is to outlive it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.ssh_server import PATIENCE, Server, make_key, person
from tests.terminal.terminals import TAKE_TERMINAL

_AS_NOHUP = "import os,signal,sys; signal.signal(signal.SIGHUP,signal.SIG_IGN); os.execvp(sys.argv[1],sys.argv[1:])"
"""Run before a server: `nohup` itself would take its output too."""


class Window:
    """A terminal with a server in it."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._master, slave = pty.openpty()
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", TAKE_TERMINAL, *command],
                stdin=slave,
                stdout=slave,
                stderr=log,
                start_new_session=True,
            )
        os.close(slave)

    def says(self) -> str:
        """Wait for what a server says when it is ready, and return it."""
        said, deadline = "", time.monotonic() + PATIENCE
        while "\ntry" not in said:
            assert time.monotonic() < deadline, said
            said += os.read(self._master, 4_096).decode()
        return said

    def close(self) -> None:
        """Close the terminal, with whatever runs in it."""
        if self._master >= 0:
            os.close(self._master)
        self._master = -1


@contextlib.contextmanager
def window(library: Path, folder: Path, *before: str) -> Iterator[tuple[Window, Server]]:
    """Serve a library to everyone from a terminal."""
    command = [*before, sys.executable, "-m", "tui", "serve", str(library), "--anyone", "--listen", "127.0.0.1"]
    command += ["--port", "0", "--cache", str(folder / "cache"), "--host-key", str(folder / "host"), "--workers", "2"]
    make_key(folder / "key")
    opened = Window(command, folder)
    try:
        yield opened, Server(opened.process, folder, opened.says())  # type: ignore[arg-type]
    finally:
        opened.close()
        opened.process.kill()
        opened.process.wait()


async def test_everyone_is_told_when_the_terminal_is_closed(tiny_library: Path, tmp_path: Path) -> None:
    with window(tiny_library, tmp_path) as (terminal, server):
        async with person(server, "energy") as someone:
            await someone.sees("❯ energy")
            terminal.close()
            await someone.ends()
            assert "Summit Explorer is closing on this host" in someone.screen
        assert await asyncio.to_thread(server.ends) == 0


async def test_in_an_open_terminal_the_signal_reads_again(tiny_library: Path, tmp_path: Path) -> None:
    with window(tiny_library, tmp_path) as (_, server):
        server.tell(signal.SIGHUP)
        await asyncio.to_thread(server.logged, "reloaded")
        assert server.process.poll() is None


async def test_a_server_that_is_to_outlive_its_terminal_does(tiny_library: Path, tmp_path: Path) -> None:
    with window(tiny_library, tmp_path, sys.executable, "-c", _AS_NOHUP) as (terminal, server):
        terminal.close()
        await asyncio.to_thread(server.logged, "reloaded")
        async with person(server, "energy") as someone:
            await someone.sees("❯ energy")
