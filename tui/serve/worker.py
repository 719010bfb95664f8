"""A worker process of a server: serves the connections that it is handed, and ends when it is told or left alone."""

from __future__ import annotations

import asyncio
import collections
import gc
import signal
import socket
import sys

from msgspec import json

from tui.serve.host import Host
from tui.serve.log import Journal
from tui.serve.loop import run
from tui.serve.settings import ServeError, Settings


def main() -> None:
    """Work on the line whose number is the first argument, under the settings in the second."""
    line = socket.socket(fileno=int(sys.argv[1]))
    try:
        host = Host(json.decode(sys.argv[2], type=Settings), Journal(sys.stderr))
    except ServeError as error:
        sys.exit(f"summit: {error}")
    gc.collect()
    gc.freeze()
    run(_work(host, line))


async def _work(host: Host, line: socket.socket) -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, told.set)
    for number in (signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, lambda: None)
    orders = Orders(host, line, told)
    loop.add_reader(line, orders.hear)
    line.sendall(b"ready\n")
    await told.wait()
    loop.remove_reader(line)
    await host.stop()


class Orders:
    """What the server says on the line: `guest ADDRESS` with a socket, `reload`, `renew`, `stop`."""

    def __init__(self, host: Host, line: socket.socket, told: asyncio.Event) -> None:
        self._host, self._line, self._told = host, line, told
        self._heard = b""
        self._sockets: collections.deque[int] = collections.deque()

    def hear(self) -> None:
        """Take what is there; a line without an end means that the server is gone."""
        try:
            data, sockets, _, _ = socket.recv_fds(self._line, 65_536, 64)
        except OSError:
            data, sockets = b"", []
        self._sockets.extend(sockets)
        *words, self._heard = (self._heard + data).split(b"\n")
        for word in words:
            self._carry_out(*word.decode().split(" ", 1))
        if not data:
            self._told.set()

    def _carry_out(self, word: str, address: str = "") -> None:
        if word == "guest":
            accepted = socket.socket(fileno=self._sockets.popleft())
            accepted.setblocking(False)
            self._host.admit(accepted, address, self._left)
        elif word == "reload":
            self._host.spawn(self._host.reload())
        elif word == "renew":
            self._host.spawn(self._host.renew())
        else:
            self._told.set()

    def _left(self, address: str, came_in: bool) -> None:
        try:
            self._line.sendall(f"{'left' if came_in else 'failed'} {address}\n".encode())
        except OSError:
            self._told.set()
