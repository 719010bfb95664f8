"""Whoever knocks, hangs up or makes noise on the wire leaves nothing behind in the server."""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ssh_server import PATIENCE, Server, connected, person, served

_TELLS_WHAT_IS_LEFT = """
import asyncio, gc, signal, sys
from tui.explorer.app import ExplorerApp
from tui.serve import session
from tui.serve.session import ServedSession

session._PAUSE = session._PATIENCE = 3600

def tell(*_):
    gc.unfreeze()
    gc.collect()
    left = [sum(isinstance(thing, kind) for thing in gc.get_objects()) for kind in (ServedSession, ExplorerApp)]
    tasks = [task.get_name() for task in asyncio.all_tasks(asyncio._get_running_loop())]
    print("left", *left, len(tasks), file=sys.stderr, flush=True)

signal.signal(signal.SIGUSR1, tell)
from tui.cli.summit import main
main()
"""
"""`summit` that says on a signal how many sessions, explorers and tasks it has.

What waits for a key's place to be kept, or for an explorer to end, waits long, so that a session that it keeps is seen.
"""


@pytest.fixture
def roomy(tiny_library: Path, tmp_path: Path) -> Iterator[Server]:
    options = ("--per-address", "200", "--failed-logins", "0")
    with served(tiny_library, tmp_path, *options, program=("-c", _TELLS_WHAT_IS_LEFT)) as running:
        yield running


async def test_noise_on_the_wire_and_rude_leaving_leave_nothing_behind(roomy: Server) -> None:
    chance = random.Random(4)

    async def knock(noise: bytes) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", roomy.port)
        with contextlib.suppress(OSError):
            writer.write(noise)
            await writer.drain()
        writer.transport.abort()

    async def vanish() -> None:
        async with connected(roomy) as connection:
            process = await connection.create_process(term_type="xterm", term_size=(120, 36), encoding=None)
            if chance.random() < 0.5:
                await process.stdout.read(1)
                process.stdin.write(b"/energ")
            connection.abort()

    await knock(b"SSH-2.0-warm\r\n")
    await vanish()
    await asyncio.to_thread(roomy.logged, "closed", what="hung up")
    for _ in range(60):
        greeting = chance.choice([b"", b"SSH-2.0-x\r\n", b"SSH-1.0-x\r\n", b"GET / HTTP/1.1\r\n\r\n"])
        await knock(greeting + chance.randbytes(chance.randrange(3000)))
    for _ in range(15):
        await vanish()
    async with person(roomy) as someone:
        await someone.sees("1 Summits", "q quit")
        someone.type("q")
        assert await someone.ends() == 0
    deadline = time.monotonic() + PATIENCE
    while (inside := people(roomy)) and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    assert inside == 0
    before = left(roomy)
    while (now := left(roomy)) != ["0", "0", "3"] and time.monotonic() < deadline:
        await asyncio.sleep(0.2)
    assert now == ["0", "0", "3"], f"sessions, explorers and tasks are left, at first {before}"
    files = Path(f"/proc/{roomy.process.pid}/fd")
    if files.exists():
        # The server's own: standard streams, loop, doors, index, and the threads' and children's few.
        assert len(list(files.iterdir())) < 30
    assert not [entry for entry in roomy.log if entry["event"] == "fault"]


def left(server: Server) -> list[str]:
    """Return how many sessions, explorers and tasks the server has, by its own word."""
    log = server.folder / "log"
    before = log.read_text(encoding="utf-8").count("\nleft ")
    server.tell(signal.SIGUSR1)
    deadline = time.monotonic() + PATIENCE
    while (text := log.read_text(encoding="utf-8")).count("\nleft ") == before:
        assert time.monotonic() < deadline, "the server did not tell"
        time.sleep(0.02)
    return text.rpartition("\nleft ")[2].split()[:3]


def people(server: Server) -> int:
    """Return how many sessions are open, by the log."""
    return sum({"opened": 1, "closed": -1}.get(entry["event"], 0) for entry in server.log)
