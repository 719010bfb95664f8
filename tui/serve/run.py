"""Runs a server until it is told to stop: in this process, or over several that share its sessions."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from tui.index import Index
from tui.serve.access import Access, host_key
from tui.serve.following import follow
from tui.serve.front import Front, listeners
from tui.serve.log import Journal
from tui.serve.loop import run
from tui.serve.own_terminal import OwnTerminal
from tui.serve.places import Places
from tui.serve.settings import Ready, Settings


def serve(settings: Settings, log: TextIO, ready: Callable[[Ready], None]) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is called when connections are taken. Raises ServeError.

    Everything that can be wrong is found out before: the keys, the library, the address.
    """
    key, access = host_key(Path(settings.host_key)), Access(settings)
    with Index.open(Path(settings.library), cache=Path(settings.cache) if settings.cache else None) as index:
        records = sum(index.counts.values())
    doors = listeners(settings)
    # No session of a server before this one goes on.
    Places(Path(settings.places)).release()
    addresses = tuple(str(door.getsockname()[0]) for door in doors)
    said = Ready(addresses, doors[0].getsockname()[1], records, access.described(), key.get_fingerprint())
    work = _alone if settings.workers == 1 else _with_workers
    run(work(settings, Journal(log), doors, lambda: ready(said)))


async def _alone(settings: Settings, journal: Journal, doors: list[socket.socket], ready: Callable[[], None]) -> None:
    # The explorer is imported only where sessions are.
    from tui.serve.host import Host

    host = Host(settings, journal)
    # What is here now stays; the collector need not look at it again for every session.
    gc.collect()
    gc.freeze()
    front = Front(settings, journal, lambda accepted, address: host.admit(accepted, address, front.left))
    following = asyncio.create_task(follow(Path(settings.library), host.renew))
    await _until_told(front, doors, ready, lambda: host.spawn(host.reload()))
    following.cancel()
    await host.stop()


async def _with_workers(
    settings: Settings, journal: Journal, doors: list[socket.socket], ready: Callable[[], None]
) -> None:
    from tui.serve.crew import Crew

    crew = Crew(settings, journal)
    front = Front(settings, journal, lambda accepted, address: crew.admit(accepted, address, front.left))
    await crew.start()
    following = asyncio.create_task(follow(Path(settings.library), crew.renew))
    await _until_told(front, doors, ready, crew.reload)
    following.cancel()
    await crew.stop()


async def _until_told(
    front: Front, doors: list[socket.socket], ready: Callable[[], None], reload: Callable[[], object]
) -> None:
    """Take connections until a signal ends it, or the terminal that it was started in is closed."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    terminal = OwnTerminal()
    loop.add_signal_handler(signal.SIGHUP, lambda: told.set() if terminal.is_closed else reload())
    listening = [loop.create_task(front.listen(door)) for door in doors]
    ready()
    await told.wait()
    for task in listening:
        task.cancel()
    for door in doors:
        door.close()
