"""A real `summit serve` in a process of its own, with keys made for it, and people who connect to it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import asyncssh
import pyte

PATIENCE = 30.0
"""Seconds to wait for anything: far more than is ever needed, for machines under load."""


class Server:
    """A running server: its port, its keys and its log."""

    def __init__(self, process: subprocess.Popen[str], folder: Path, said: str) -> None:
        self.process = process
        self.folder = folder
        self.said = said
        self.port = int(re.search(r"port (\d+)", said)[1])  # type: ignore[index]

    @property
    def log(self) -> list[dict[str, Any]]:
        """What the log holds now."""
        lines = (self.folder / "log").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def logged(self, event: str, **fields: object) -> dict[str, Any]:
        """Wait until the log holds an event with these fields, and return it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            for entry in self.log:
                if entry["event"] == event and all(entry.get(name) == value for name, value in fields.items()):
                    return entry
            assert time.monotonic() < deadline, f"no {event} {fields} in the log: {self.log}"
            time.sleep(0.02)

    def tell(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def ends(self) -> int:
        """Wait until the server has ended; return its exit code."""
        return self.process.wait(PATIENCE)


def make_key(file: Path) -> Path:
    """Make a key for a person, and return the file of its private half."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    file.write_bytes(key.export_private_key())
    file.chmod(0o600)
    file.with_suffix(".pub").write_bytes(key.export_public_key())
    return file


@contextlib.contextmanager
def served(
    library: Path,
    folder: Path,
    *options: str,
    program: Sequence[str] = ("-m", "tui"),
    environment: Mapping[str, str] | None = None,
    within: Path | None = None,
) -> Iterator[Server]:
    """Serve a library to the holder of `folder/key`, on a free port of this machine; started in the folder `within`."""
    if not (folder / "key").exists():
        make_key(folder / "key")
    (folder / "allowed").write_bytes((folder / "key.pub").read_bytes())
    (folder / "allowed").chmod(0o600)
    access = (
        ()
        if {"--anyone", "--ca", "--authorized-keys"} & set(options)
        else ("--authorized-keys", str(folder / "allowed"))
    )
    workers = () if "--workers" in options else ("--workers", "1")
    places = ("--cache", str(folder / "cache"))
    places += () if "--host-key" in options else ("--host-key", str(folder / "host" / "key"))
    command = [sys.executable, *program, "serve", str(library), "--listen", "127.0.0.1", "--port", "0"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SUMMIT_")}
    kept |= {"DISPLAY": ":0", "PYTHONUNBUFFERED": "1", **(environment or {})}
    with (folder / "log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [*command, *access, *places, *workers, *options],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env=kept,
            cwd=within,
        )
        try:
            assert process.stdout is not None
            said = ""
            while "\ntry" not in said:
                line = process.stdout.readline()
                assert line, f"the server did not start: {said}{(folder / 'log').read_text()}"
                said += line
            yield Server(process, folder, said)
        finally:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


class Person:
    """Someone at a terminal that asyncssh connects: types, and looks at the screen that pyte draws."""

    def __init__(self, process: asyncssh.SSHClientProcess[bytes], columns: int, rows: int) -> None:
        self.process = process
        self.written = b""
        self.terminal = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.terminal)
        self._reading = asyncio.create_task(self._read())

    @property
    def screen(self) -> str:
        """What the screen shows, a line each."""
        return "\n".join(line.rstrip() for line in self.terminal.display)

    def type(self, keys: str | bytes) -> None:
        """Send keys as a terminal does."""
        self.process.stdin.write(keys.encode() if isinstance(keys, str) else keys)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self.terminal.resize(min(rows, 500), min(columns, 1000))
        self.process.change_terminal_size(columns, rows)

    async def sees(self, *wanted: str, without: str = "") -> str:
        """Wait until the screen shows every text of `wanted` and not `without`; return the screen."""

        def is_there() -> bool:
            screen = self.screen
            return all(text in screen for text in wanted) and not (without and without in screen)

        await self._wait(is_there, f"the screen never showed {wanted} without {without!r}")
        return self.screen

    async def gets(self, wanted: bytes) -> None:
        """Wait until these bytes have come."""
        await self._wait(lambda: wanted in self.written, f"never sent: {wanted!r}")

    async def ends(self) -> int | None:
        """Wait until the session has ended; return its exit code, None when it had none."""
        await asyncio.wait_for(self.process.wait_closed(), PATIENCE)
        await asyncio.wait_for(self._reading, PATIENCE)
        return self.process.exit_status

    async def _read(self) -> None:
        with contextlib.suppress(asyncssh.Error, OSError):
            while data := await self.process.stdout.read(65536):
                self.written += data
                self._stream.feed(data)

    async def _wait(self, is_so: Any, complaint: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < deadline, f"{complaint}; it shows:\n{self.screen}"
            await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def connected(server: Server, key: str = "key", **options: Any) -> AsyncIterator[asyncssh.SSHClientConnection]:
    """Connect with a key of the server's folder; no name for none."""
    keys: Any = [str(server.folder / key)] if key else None
    async with asyncssh.connect(
        "127.0.0.1", server.port, known_hosts=None, client_keys=keys, config=None, agent_path=None, **options
    ) as connection:
        yield connection


_people = itertools.count(1)


@contextlib.asynccontextmanager
async def person(
    server: Server,
    command: str | None = None,
    size: tuple[int, int] = (120, 36),
    term: str = "xterm-256color",
    name: str = "",
    said: Mapping[str, str] | None = None,
) -> AsyncIterator[Person]:
    """Sit someone down at a terminal of a size, in a session of the server; without a name, someone new.

    `said` is what their client sends of its environment.
    """
    async with connected(server, username=name or f"person-{next(_people)}") as connection:
        process = await connection.create_process(
            command, term_type=term, term_size=size, encoding=None, env=said or {}
        )
        yield Person(process, *size)
