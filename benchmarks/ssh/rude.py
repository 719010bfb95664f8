"""People who come and go, half of them rudely, by the thousand: what do they leave behind?

Bounded: a fixed number, a few at a time, each with a time of its own, to a host of this run on loopback.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import struct
import time
from pathlib import Path
from typing import NamedTuple

import asyncssh

from benchmarks.ssh.hosts import Host, serving

AT_ONCE = 6
SECONDS_EACH = 30.0

TELLING = """
import asyncio, gc, signal, sys
from tui.serve.host import Host
from tui.serve.session import ServedSession
from tui.explorer.app import ExplorerApp

def tell(*_):
    gc.unfreeze()
    gc.collect()
    kinds = (ServedSession, ExplorerApp)
    left = [sum(isinstance(thing, kind) for thing in gc.get_objects()) for kind in kinds]
    tasks = len(asyncio.all_tasks(asyncio._get_running_loop()))
    print("left", tasks, *left, "end", file=sys.stderr, flush=True)

signal.signal(signal.SIGUSR1, tell)
from tui.cli.summit import main
main()
"""
"""`summit` that tells on a signal what it holds: tasks, sessions, explorers."""


class Level(NamedTuple):
    """What a host holds after so many visits."""

    visits: int
    memory: int
    files: int
    tasks: int
    sessions: int
    explorers: int


async def _politely(host: Host, key: Path) -> None:
    async with _connected(host, key) as connection:
        process = await connection.create_process(term_type="xterm-256color", term_size=(80, 24), encoding=None)
        seen = b""
        while b"Summits" not in seen and (data := await process.stdout.read(4096)):
            seen += data
        process.stdin.write(b"jq")
        await process.wait()


async def _cut_while_painting(host: Host, key: Path) -> None:
    async with _connected(host, key) as connection:
        process = await connection.create_process(term_type="xterm-256color", term_size=(120, 36), encoding=None)
        await process.stdout.read(10)
        process.stdin.write(b"/energ")
        connection.abort()


async def _cut_while_logging_in(host: Host, after: int) -> None:
    """Say a little of what a client says, and reset the line."""
    reader, writer = await asyncio.open_connection("127.0.0.1", host.port)
    with contextlib.suppress(OSError):
        writer.write((b"SSH-2.0-OpenSSH_9.2\r\n" + b"\0\0\4\4\4\x14" + b"x" * 600)[:after])
        await reader.read(200)
        line: socket.socket = writer.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def _connected(host: Host, key: Path) -> contextlib.AbstractAsyncContextManager[asyncssh.SSHClientConnection]:
    name = host.someone().partition("@")[0]
    # The client's own log is of no use here: half of its lines are cut on purpose.
    return asyncssh.connect(
        "127.0.0.1", host.port, username=name, client_keys=[str(key)], known_hosts=None, config=None, agent_path=None
    )


async def _visit(host: Host, key: Path, number: int) -> None:
    with contextlib.suppress(OSError, asyncssh.Error, TimeoutError):
        async with asyncio.timeout(SECONDS_EACH):
            if number % 2 == 0:
                await _politely(host, key)
            elif number % 4 == 1:
                await _cut_while_painting(host, key)
            else:
                await _cut_while_logging_in(host, after=number % 600)


async def _visits(host: Host, key: Path, numbers: range) -> None:
    waiting = iter(numbers)

    async def one_after_the_other() -> None:
        for number in waiting:
            await _visit(host, key, number)

    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))


def _level(host: Host, visits: int) -> Level:
    """Return what the host holds once it has had time to let go."""
    time.sleep(5.0)
    memory = host.memory()
    before = host.log().count("left ")
    host.process.send_signal(signal.SIGUSR1)
    until = time.monotonic() + 30
    while host.log().count("left ") == before and time.monotonic() < until:
        time.sleep(0.1)
    found = host.log().rpartition("left ")[2].split()[:3]
    tasks, sessions, explorers = (int(number) for number in found)
    return Level(visits, memory, host.files(), tasks, sessions, explorers)


def visited(folder: Path, count: int, early: int) -> tuple[Level, Level]:
    """Return what a host of one process holds after some visits, and after all."""
    asyncssh.set_log_level("CRITICAL")
    host = serving(folder, "--workers", "1", program=("-c", TELLING), name="rude")
    try:
        asyncio.run(_visits(host, folder / "key", range(early)))
        first = _level(host, early)
        asyncio.run(_visits(host, folder / "key", range(early, count)))
        return first, _level(host, count)
    finally:
        host.stop()
