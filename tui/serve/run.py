"""Runs a server until it is told to stop: in this process, or over several that share its sessions."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import socket
from collections.abc import Callable, Coroutine
from typing import Any, TextIO

from tui.serve.front import Front, listeners
from tui.serve.host import Host
from tui.serve.log import Journal
from tui.serve.settings import Settings


def serve(settings: Settings, log: TextIO, ready: Callable[[Host, list[socket.socket]], None]) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is called when connections are taken. Raises ServeError."""
    journal = Journal(log)
    host = Host(settings, journal)
    doors = listeners(settings)
    # What is here now stays; the collector need not look at it again for every session.
    gc.collect()
    gc.freeze()
    ready(host, doors)
    asyncio.run(_serve(host, doors))


async def _serve(host: Host, doors: list[socket.socket]) -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    loop.add_signal_handler(signal.SIGHUP, lambda: host.spawn(host.reload()))

    async def receive(accepted: socket.socket, address: str) -> None:
        try:
            await host.welcome(accepted, address)
        finally:
            front.left(address)

    front = Front(host.settings, host.journal, lambda accepted, address: _kept(guests, receive(accepted, address)))
    guests: set[asyncio.Task[None]] = set()
    listening = [loop.create_task(front.listen(door)) for door in doors]
    host.journal.note("serving", library=host.settings.library)
    await told.wait()
    for task in listening:
        task.cancel()
    for door in doors:
        door.close()
    host.journal.note("stopping", sessions=len(host.sessions))
    await host.stop()
    for task in guests:
        task.cancel()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.gather(*guests, return_exceptions=True), 2)
    host.journal.note("stopped")


def _kept(tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.get_running_loop().create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
