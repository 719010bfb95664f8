"""How a session goes over the wire: one packet a frame, and no more taken and kept than one person needs.

The protocol has questions that are no keys: is the other side there, new keys for the cipher, a forwarding. They are
taken at a pace that leaves time for others, and who reads no answer to them is cut off.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import asyncssh
from asyncssh.constants import MSG_IGNORE

from tui.serve.limits import LET_GO, Bucket, later

if TYPE_CHECKING:
    from asyncssh.packet import SSHPacket, SSHPacketLogger

SMALLEST_PACKET = 1_000
"""Bytes that a client must take in one packet; every frame would be thousands of packets for who claims one byte."""

INCOMING_A_SECOND, INCOMING_AT_ONCE = 64_000, 256_000
"""Bytes of a connection that are taken, whatever they are: keys have a pace of their own, and a slower one."""

_READ_AT_ONCE = 65_536
"""Bytes that are read of a socket at once. asyncio makes room for four times as many before it looks what has come, for
which the C library has to ask the kernel: that takes longer than to read a key."""

MOST_UNSENT = 2_000_000
"""Bytes that wait for a client to read above which its connection ends; no session keeps so many."""


def unlogged(self: object, pkttype: int, pktid: int | None, packet: bytes | SSHPacket, note: str = "") -> None:
    """Say nothing of a packet. asyncssh finds words for its log also where nobody reads it."""


class Wire(asyncssh.SSHServerConnection):
    """A connection that takes and keeps a bounded amount, and sends no empty packet before each that says something.

    asyncssh answers whatever is asked, as fast as it comes, and keeps the answers for whom reads none. Its empty
    packets are against an attack on ciphers in CBC mode, none of which is among `CIPHERS`.
    """

    _incoming: Bucket
    log_sent_packet = log_received_packet = unlogged

    @classmethod
    def take(cls, connection: asyncssh.SSHServerConnection) -> None:
        """Make this of a connection that has just been made."""
        connection.__class__ = cls
        assert isinstance(connection, Wire)
        connection._incoming = Bucket(INCOMING_A_SECOND, INCOMING_AT_ONCE)
        transport: Any = connection._transport
        if hasattr(transport, "max_size"):
            transport.max_size = _READ_AT_ONCE

    def data_received(self, data: bytes, datatype: int | None = None) -> None:
        """Take what a client sends, and let it wait when that is much."""
        self._incoming.take(len(data))
        super().data_received(data, datatype)
        if self._incoming.is_empty and isinstance(self._transport, asyncio.Transport):
            self._transport.pause_reading()
            later(self._incoming.wait(), self._go_on)

    def let_go(self, amount: int) -> None:
        """Count bytes of the packet that has just come, which nobody will read, for the little that they are.

        Of a packed packet they may be more than came over the wire, and only what came was counted.
        """
        self._incoming.give(min(amount, self._pktlen) * (1 - LET_GO))

    def _go_on(self) -> None:
        if isinstance(self._transport, asyncio.Transport):
            self._transport.resume_reading()

    def send_packet(self, pkttype: int, *args: bytes, handler: SSHPacketLogger | None = None) -> None:
        """Send a packet, but not an empty one; end the connection of whom takes none."""
        if pkttype == MSG_IGNORE:
            return
        super().send_packet(pkttype, *args, handler=handler)
        if self._transport is not None and self._transport.get_write_buffer_size() > MOST_UNSENT:
            self.abort()
