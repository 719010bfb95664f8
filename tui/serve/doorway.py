"""One connection at the door: who is it, may they come in, and how many sessions do they open."""

from __future__ import annotations

import asyncio
import itertools
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import asyncssh
from asyncssh.channel import SSHServerChannel

from tui.serve.access import expired, restricted
from tui.serve.front import network
from tui.serve.limits import later
from tui.serve.log import Refusals
from tui.serve.places import Trail
from tui.serve.service import Visit
from tui.serve.session import ServedSession
from tui.serve.wire import SMALLEST_PACKET, Wire, unlogged

if TYPE_CHECKING:
    from asyncssh.packet import SSHPacket

    from tui.serve.host import Host

_KEYS = 12
"""Keys that a client may offer; each is looked at twice, when it is offered and when it is proved."""

_TOO_MANY_TRIES = 14
"""SSH's code of a disconnection: no more authentication methods available."""

_CHANNELS = 16
"""Channels that a client may leave open behind it: what it never closes takes memory until the connection ends."""

_BY_APPLICATION = 11
_ENTRIES, _LONGEST_VALUE = 20, 256
_SAID = {b"LANG", b"LANGUAGE", b"TERM", b"COLORTERM", b"COLORFGBG", b"NO_COLOR"}
"""What a client may say of its terminal and its language, beside LC_*."""

_numbers = itertools.count(1)


class Doorway(asyncssh.SSHServer):
    """Lets a client in by key or certificate, or anyone; then one session at a time, and nothing else.

    All else that asyncssh's `SSHServer` would ask about is refused by its defaults.
    """

    def __init__(self, host: Host, address: str) -> None:
        self._host = host
        self._address = address
        self._name = f"{os.getpid()}-{next(_numbers)}"
        self._open = 0
        self._offered: set[bytes] = set()
        self._looks = 0
        self._key = self._user = ""
        self._refusals = Refusals(host.journal, self._name)
        self.came_in = self._gone = False
        self._waiting: asyncio.TimerHandle | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Note who knocks."""
        Wire.take(conn)
        self._connection = conn
        self._host.journal.note("connected", session=self._name, address=self._address)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget who has gone."""
        self._gone = True
        if self._waiting is not None:
            self._waiting.cancel()

    def begin_auth(self, username: str) -> bool:
        """Ask for a key, unless anyone may come in."""
        if not self._host.access.anyone:
            self._connection.set_authorized_keys(self)  # type: ignore[arg-type]
        return not self._host.access.anyone

    def validate(self, key: asyncssh.SSHKey, host: str, address: str, principals: Any = None, ca: bool = False) -> Any:
        """Return the options of a key that may come in, else None; asyncssh asks this for each that is offered."""
        self._offered.add(key.public_data)
        self._looks += 1
        if len(self._offered) > _KEYS or self._looks > 2 * _KEYS:
            self._connection.disconnect(_TOO_MANY_TRIES, "too many keys")
            return None
        if ca and not principals:
            # It would be for every name, as OpenSSH takes it from no authority.
            return None
        keys = self._host.access.keys
        options = keys.validate(key, host, address, principals, ca) if keys is not None else None
        if options is None or expired(options, datetime.now(UTC)):
            return None
        self._key = key.get_fingerprint()
        return restricted(options)

    def validate_x509(self, *_: Any) -> tuple[None, None]:
        """Refuse certificates of the web's kind."""
        return None, None

    def auth_completed(self) -> None:
        """Note who has come in, and wait for a session."""
        self.came_in = True
        self._user = self._connection.get_extra_info("username")
        self._host.journal.note("came in", session=self._name, address=self._address, user=self._user, key=self._key)
        self._await_session()

    def session_requested(self) -> Any:
        """Open a session; one at a time for each connection."""
        if self._open or self._host.stopping or len(self._connection._channels) >= _CHANNELS:
            return False
        self._open += 1
        who = f"{self._key} {self._user}" if self._key else ""
        trail = Trail(self._host.places, who, self._name)
        visit = Visit(network(self._address), self._began, lambda: self._ended(session), self._closed, self._refusals)
        session = ServedSession(self._host.service, self._name, trail, visit)
        self._host.has_come(session)
        return ServedChannel.on(self._connection), session

    def connection_requested(self, dest_host: str, dest_port: int, orig_host: str, orig_port: int) -> bool:
        """Refuse to lead on to another host."""
        return self._not_forwarded(f"to {dest_host}:{dest_port}")

    def server_requested(self, listen_host: str, listen_port: int) -> bool:
        """Refuse to listen for a client."""
        return self._not_forwarded(f"from {listen_host}:{listen_port}")

    def unix_connection_requested(self, dest_path: str) -> bool:
        """Refuse to lead on to a socket of the host."""
        return self._not_forwarded(f"to {dest_path}")

    def unix_server_requested(self, listen_path: str) -> bool:
        """Refuse to listen at a socket for a client."""
        return self._not_forwarded(f"from {listen_path}")

    def _not_forwarded(self, way: str) -> bool:
        self._refusals.note("forwarding", way)
        return False

    def _began(self) -> None:
        """A session has begun; one that is only open is still waited for."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _ended(self, session: ServedSession) -> None:
        self._host.has_left(session)
        self._open -= 1
        if not self._gone and self._waiting is None:
            # A client that has not closed its side may still be reading what it was sent: `ssh host export | less`.
            self._await_session(self._host.settings.idle if self._connection._channels else None)

    def _closed(self) -> None:
        """A client has closed what had ended here: it has read all."""
        if not self._gone and not self._open and self._waiting is not None:
            self._waiting.cancel()
            self._await_session()

    def _await_session(self, seconds: float | None = None) -> None:
        """Close a connection that is open for nothing, after the login grace or so many seconds."""
        self._waiting = later(seconds or self._host.settings.login_grace, self._close_unused)

    def _close_unused(self) -> None:
        self._connection.disconnect(_BY_APPLICATION, "no session is open")


class ServedChannel(SSHServerChannel[bytes]):
    """A channel that keeps only a few settings of a client's terminal, where asyncssh keeps whatever is sent."""

    log_sent_packet = log_received_packet = unlogged

    @classmethod
    def on(cls, connection: asyncssh.SSHServerConnection) -> ServedChannel:
        """Return a channel like those that the connection would make itself."""
        channel = connection.create_server_channel(None, "strict")
        channel.__class__ = cls
        assert isinstance(channel, ServedChannel)
        return channel

    def process_open(self, send_chan: int, send_window: int, send_pktsize: int, session: Any) -> None:
        """Open the channel. Raises ProtocolError, which ends the connection, for packets that are tiny."""
        if send_pktsize < SMALLEST_PACKET:
            raise asyncssh.ProtocolError("packets are too small")
        super().process_open(send_chan, send_window, send_pktsize, session)

    def _accept_data(self, data: bytes, datatype: int | None = None) -> None:
        session, connection = self._session, self._conn
        before = session.let_go if isinstance(session, ServedSession) else 0
        super()._accept_data(data, datatype)
        if isinstance(session, ServedSession) and isinstance(connection, Wire) and session.let_go > before:
            connection.let_go(session.let_go - before)

    def _process_exec_request(self, packet: SSHPacket) -> bool:
        command = packet.get_string()
        packet.check_end()
        # asyncssh would refuse one that is no UTF-8 without a word.
        return self._start_session(command.decode("utf-8", "surrogateescape"))

    def _process_env_request(self, packet: SSHPacket) -> bool:
        name, value = packet.get_string(), packet.get_string()
        packet.check_end()
        wanted = name in _SAID or name.startswith(b"LC_")
        if not wanted or len(name) > 32 or len(value) > _LONGEST_VALUE or len(self._env) >= _ENTRIES:
            return False
        self._env[name] = value
        return True
