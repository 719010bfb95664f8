"""The door to the street: listens, counts who is inside, and hands each connection on."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.language import gettext, system_said
from tui.serve.limits import Bucket
from tui.serve.settings import ServeError, Settings

if TYPE_CHECKING:
    from tui.serve.log import Journal

_BACKLOG = 128
_FULL = b"Summit Explorer: too many people are here now; try again in a while.\r\n"
_FAILED = b"Summit Explorer: too many failed logins from your address; try again in a minute.\r\n"
_OUT_OF_FILES = 0.2
"""Seconds to wait when the process may open no more files."""

_VANISHED = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 20, "TCP_KEEPCNT": 5, "TCP_USER_TIMEOUT": 120_000}
"""How the kernel asks for a silent client, and for how long it waits for one; seconds, the last milliseconds."""

_FORGOTTEN = 120.0
"""Seconds in which as many failed logins are forgotten as may be made at once."""

_MOST_SOURCES = 100_000
"""Places of which failures are counted; what is known of them takes a bounded memory."""

Left = Callable[[str, bool], None]
"""Is told the address of a connection that has ended, and whether it had logged in."""


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
        where = gettext(
            "{address} port {port}", address=settings.listen or gettext("all addresses"), port=settings.port
        )
        raise ServeError(
            gettext("cannot listen on {where}: {reason}", where=where, reason=system_said(error))
        ) from error
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


def _prepare(accepted: socket.socket) -> None:
    """Send at once, and let the kernel notice a client that has vanished: no session wakes up to ask for it."""
    with contextlib.suppress(OSError):
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in _VANISHED.items():
            if hasattr(socket, name):
                accepted.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


class Front:
    """Accepts connections, no more than the settings allow. `admit` gets each with its address."""

    def __init__(self, settings: Settings, journal: Journal, admit: Callable[[socket.socket, str], None]) -> None:
        self._settings = settings
        self._journal = journal
        self._admit = admit
        self._inside: Counter[str] = Counter()
        self._failures = Failures(settings.failed_logins)

    async def listen(self, listener: socket.socket) -> None:
        """Accept connections until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, place = await loop.sock_accept(listener)
            except OSError:
                await asyncio.sleep(_OUT_OF_FILES)
                continue
            _prepare(accepted)
            self._receive(accepted, str(place[0]))

    def left(self, address: str, came_in: bool) -> None:
        """Count one less from an address, and one failure more when it had not logged in."""
        source = network(address)
        self._inside[source] -= 1
        if self._inside[source] <= 0:
            del self._inside[source]
        if not came_in:
            self._failures.note(source)

    def _receive(self, accepted: socket.socket, address: str) -> None:
        source = network(address)
        reason = self._reason(source)
        if reason:
            self._journal.note("turned away", address=address, what=reason)
            with contextlib.suppress(OSError):
                accepted.send(_FAILED if reason == "failed logins" else _FULL)
            accepted.close()
            return
        self._inside[source] += 1
        self._admit(accepted, address)

    def _reason(self, source: str) -> str:
        """Return why nobody is let in from there now; empty for welcome."""
        if self._failures.too_many(source):
            return "failed logins"
        if self._inside[source] >= self._settings.per_address:
            return "address is full"
        return "host is full" if self._inside.total() >= self._settings.max_sessions else ""


class Failures:
    """Counts logins that failed, by where they came from; each is forgotten after a while."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._buckets: dict[str, Bucket] = {}

    def note(self, source: str) -> None:
        """Count one."""
        if not self._most:
            return
        if len(self._buckets) >= _MOST_SOURCES:
            self._buckets = {known: bucket for known, bucket in self._buckets.items() if not bucket.full}
        if len(self._buckets) < _MOST_SOURCES:
            self._bucket(source).take()

    def too_many(self, source: str) -> bool:
        """Tell whether somewhere has to wait."""
        return source in self._buckets and self._buckets[source].wait() > 0

    def _bucket(self, source: str) -> Bucket:
        return self._buckets.setdefault(source, Bucket(self._most / _FORGOTTEN, self._most, self._clock))


def network(address: str) -> str:
    """Return what one household has: an address of IPv4, also as IPv6 writes it; of IPv6 the first 64 bits."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))
