"""A relay on loopback between a client and a host: it knows when the line was opened and what went over it."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
import time


class Relay:
    """Passes connections on, one after the other, and counts the bytes to the client: all of TCP's payload."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self.opened = 0.0
        self.count = 0
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more connections."""
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        self._thread.join(5)

    def _work(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            self.opened, self.count = time.perf_counter(), 0
            with client, socket.create_connection(("127.0.0.1", self._target)) as host, contextlib.suppress(OSError):
                for end in (client, host):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._pass_on(client, host)

    def _pass_on(self, client: socket.socket, host: socket.socket) -> None:
        while True:
            for end in select.select([client, host], [], [])[0]:
                data = end.recv(65_536)
                if not data:
                    return
                (host if end is client else client).sendall(data)
                if end is host:
                    self.count += len(data)
