"""The SSH server: takes connections, lets in who may come in, and gives each its session."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

# Textual reads these when it is imported: frames are sent when they are ready, nothing moves by itself, and Esc is
# known as such soon, though not so soon that a key cut in two on a slow line is taken for it.
os.environ["TEXTUAL_FPS"] = "240"
os.environ["ESCDELAY"] = "50"
os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ["TEXTUAL_COLOR_SYSTEM"] = "truecolor"
os.environ.pop("NO_COLOR", None)

import asyncssh

from tui.index import Index
from tui.serve.access import Access, host_key
from tui.serve.answers import Answers
from tui.serve.doorway import Doorway
from tui.serve.front import Left
from tui.serve.last_words import STOPPING
from tui.serve.log import Journal
from tui.serve.packets import CIPHERS, PACKINGS, key_exchanges, offer
from tui.serve.places import Places
from tui.serve.service import Service
from tui.serve.session import ServedSession
from tui.serve.settings import ServeError, Settings
from tui.serve.tidying import Tidier

_WINDOW, _PACKET = 65_536, 32_768
"""Bytes of input that a client may send ahead, and at most in one packet."""


class Host:
    """One process's share of a server: its sessions, on one index."""

    def __init__(self, settings: Settings, journal: Journal) -> None:
        asyncssh.set_log_level("CRITICAL")
        offer()
        self.settings = settings
        self.journal = journal
        self.access = Access(settings)
        self.key = host_key(Path(settings.host_key))
        self.index = self._unspoken(opened(settings))
        self.places = Places(Path(settings.places))
        self.sessions: set[ServedSession] = set()
        self._tidier = Tidier()
        self.stopping = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._guests: set[asyncio.Task[None]] = set()
        self._options = asyncssh.SSHServerConnectionOptions(config=None, **_refusing_everything_else(self))
        self.service = Service(lambda: self.index, Answers(settings), journal, settings.idle, self.spawn)

    def admit(self, accepted: socket.socket, address: str, left: Left) -> None:
        """Serve a connection until it ends, and then tell `left` its address and whether it had logged in."""
        doorway = Doorway(self, address)
        task = asyncio.get_running_loop().create_task(self._welcome(accepted, address, doorway))
        self._guests.add(task)
        task.add_done_callback(self._guests.discard)
        task.add_done_callback(lambda _: left(address, doorway.came_in))

    async def _welcome(self, accepted: socket.socket, address: str, doorway: Doorway) -> None:
        began = time.monotonic()
        try:
            connection = await asyncssh.run_server(
                accepted, config=None, options=self._options, server_factory=lambda: doorway
            )
            await connection.wait_closed()
        except (OSError, asyncssh.Error) as error:
            self.journal.note("turned away", address=address, what=type(error).__name__)
        except Exception as error:
            self.journal.fault("connection", error)
        finally:
            accepted.close()
            self.journal.note("disconnected", address=address, seconds=round(time.monotonic() - began, 1))

    def has_come(self, session: ServedSession) -> None:
        """Count a session that begins."""
        self.sessions.add(session)
        self._tidier.came()

    def has_left(self, session: ServedSession) -> None:
        """Count a session out that has ended."""
        self.sessions.discard(session)
        self._tidier.left()

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run a coroutine that ends by itself."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def reload(self) -> None:
        """Read keys and library again. What can't be read stays as it was."""
        try:
            self.access.reload()
        except ServeError as error:
            self.journal.note("not reloaded", what=str(error))
            return
        await self.renew()

    def _unspoken(self, index: Index) -> Index:
        """Return an index after its notice is in the log: it is for who serves, in their language, not for visitors."""
        if index.notice:
            self.journal.note("index", what=index.notice)
            index.notice = ""
        return index

    async def renew(self) -> None:
        """Read the library again; open sessions keep their place."""
        try:
            index = await asyncio.to_thread(opened, self.settings)
        except Exception as error:
            self.journal.note("not reloaded", what=str(error))
            return
        # The old index stays open while a view of it is on any screen.
        self.index = self._unspoken(index)
        for session in list(self.sessions):
            try:
                session.take_index(index)
            except Exception as error:
                session.end("fault")
                self.journal.fault(session.name, error)
        self.journal.note("reloaded", sessions=len(self.sessions))

    async def stop(self) -> None:
        """Tell every session, and wait a while until they have ended."""
        self.stopping = True
        self.journal.note("stopping", sessions=len(self.sessions))
        for session in list(self.sessions):
            session.end("stopping", STOPPING)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(6):
                while self.sessions or self._tasks:
                    await asyncio.sleep(0.02)
        for task in self._guests:
            task.cancel()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*self._guests, return_exceptions=True), 2)


def opened(settings: Settings) -> Index:
    """Return the index of the library that is served, brought up to date."""
    return Index.open(Path(settings.library), cache=Path(settings.cache) if settings.cache else None)


def _refusing_everything_else(host: Host) -> dict[str, Any]:
    """Return asyncssh's options for a server of sessions and nothing else, whatever its defaults are."""
    refused: tuple[str, ...] = ("password_auth", "kbdint_auth", "host_based_auth", "gss_auth", "gss_kex")
    refused += ("x11_forwarding", "agent_forwarding", "allow_scp", "line_editor", "rdns_lookup")
    never: dict[str, Callable[..., Any] | bool | None] = dict.fromkeys(refused, False)
    return never | {
        "server_host_keys": [host.key],
        "server_version": "SummitExplorer",
        "gss_host": None,
        "public_key_auth": True,
        "x509_trusted_certs": None,
        "sftp_factory": None,
        "kex_algs": key_exchanges(),
        "encryption_algs": CIPHERS,
        "compression_algs": PACKINGS,
        "encoding": None,
        "window": _WINDOW,
        "max_pktsize": _PACKET,
        "login_timeout": host.settings.login_grace,
        "keepalive_interval": 0,
        "tcp_keepalive": True,
    }
