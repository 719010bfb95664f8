"""The door to the street: listens, counts who is inside, and hands each connection on."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.serve.settings import ServeError, Settings

if TYPE_CHECKING:
    from tui.serve.log import Journal

_BACKLOG = 128
_FULL = b"Summit Explorer: too many people are here now; try again in a while.\r\n"
_OUT_OF_FILES = 0.2
"""Seconds to wait when the process may open no more files."""


def listeners(settings: Settings) -> list[socket.socket]:
    """Return sockets that listen where the settings say. Raises ServeError when that can't be done."""
    kind = socket.SOCK_STREAM
    try:
        found = socket.getaddrinfo(settings.listen or None, settings.port, type=kind, flags=socket.AI_PASSIVE)
        made: list[socket.socket] = []
        for family, _, _, _, place in found:
            # All addresses at one port, also where the port is the system's choice.
            port = made[0].getsockname()[1] if made else settings.port
            with contextlib.suppress(OSError) if made else contextlib.nullcontext():
                made.append(_listener(family, (place[0], port, *place[2:])))
    except OSError as error:
        where = f"{settings.listen or 'all addresses'} port {settings.port}"
        raise ServeError(f"cannot listen on {where}: {error.strerror or error}") from error
    return made


def _listener(family: int, place: tuple[str | int, ...]) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(place)
        made.listen(_BACKLOG)
    except OSError:
        made.close()
        raise
    made.setblocking(False)
    return made


class Front:
    """Accepts connections, no more than the settings allow. `admit` gets each with its address."""

    def __init__(self, settings: Settings, journal: Journal, admit: Callable[[socket.socket, str], None]) -> None:
        self._settings = settings
        self._journal = journal
        self._admit = admit
        self._inside: Counter[str] = Counter()

    async def listen(self, listener: socket.socket) -> None:
        """Accept connections until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, place = await loop.sock_accept(listener)
            except OSError:
                await asyncio.sleep(_OUT_OF_FILES)
                continue
            accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._receive(accepted, str(place[0]))

    def left(self, address: str) -> None:
        """Count one less from an address."""
        self._inside[address] -= 1
        if self._inside[address] <= 0:
            del self._inside[address]

    def _receive(self, accepted: socket.socket, address: str) -> None:
        crowded = self._inside[address] >= self._settings.per_address
        if crowded or self._inside.total() >= self._settings.max_sessions:
            self._journal.note("turned away", address=address, what="address is full" if crowded else "host is full")
            with contextlib.suppress(OSError):
                accepted.send(_FULL)
            accepted.close()
            return
        self._inside[address] += 1
        self._admit(accepted, address)
