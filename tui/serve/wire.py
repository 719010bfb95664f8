"""How a session goes over the wire: one packet a frame, ciphers that cost little, and packed for whom the line is slow.

SSH packs what is sent (zlib) where the client asks for it (`ssh -C`). A packet that a client has packed may be a bomb:
a few bytes that become megabytes. So what unpacks to more than a packet may hold ends its connection.

The protocol has questions that are no keys: is the other side there, new keys for the cipher, a forwarding. They are
taken at a pace that leaves time for others, and who reads no answer to them is cut off.
"""

from __future__ import annotations

import asyncio
import zlib
from typing import TYPE_CHECKING

import asyncssh
from asyncssh.compression import Compressor, Decompressor, register_compression_alg
from asyncssh.constants import MSG_IGNORE
from asyncssh.kex import get_kex_algs

from tui.serve.limits import LET_GO, Bucket, later

if TYPE_CHECKING:
    from asyncssh.packet import SSHPacketLogger

CIPHERS = ("aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr", "aes192-ctr", "aes128-ctr")
"""What a client may choose from: ciphers that take 5 microseconds a packet, where ChaCha20 of asyncssh takes 30."""

_KEY_EXCHANGES = (
    b"mlkem768x25519-sha256",
    b"curve25519-sha256",
    b"curve25519-sha256@libssh.org",
    b"ecdh-sha2-nistp256",
    b"ecdh-sha2-nistp384",
    b"ecdh-sha2-nistp521",
    b"diffie-hellman-group14-sha256",
)
"""Ways to agree on a key that cost the host no more than a client. Of asyncssh's others one makes an RSA key of its own
for each connection, which holds up everyone for 80 ms, and who has not even logged in may choose it."""

PACKINGS = ("none", "zlib@openssh.com")
"""What a client may choose from; nothing is packed for whom has not logged in."""

LONGEST_PACKET = 35_000
"""Bytes of a packet, unpacked: those that every client must be able to send, and no more."""

SMALLEST_PACKET = 1_000
"""Bytes that a client must take in one packet; every frame would be thousands of packets for who claims one byte."""

INCOMING_A_SECOND, INCOMING_AT_ONCE = 64_000, 256_000
"""Bytes of a connection that are taken, whatever they are: keys have a pace of their own, and a slower one."""

MOST_UNSENT = 2_000_000
"""Bytes that wait for a client to read above which its connection ends; no session keeps so many."""

_LEVEL, _WINDOW_BITS, _MEMORY_LEVEL = 6, 13, 6
"""Of zlib: some 64 kB a session. A screen is a few kB, so that it would find little more with its usual 256 kB."""


def key_exchanges() -> list[str]:
    """Return the ways to agree on a key that a client may choose from, as far as this machine's OpenSSL has them."""
    known = set(get_kex_algs())
    return [name.decode() for name in _KEY_EXCHANGES if name in known]


class Packer(Compressor):
    """Packs what a session sends, each packet so that it can be unpacked when it arrives."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, _WINDOW_BITS, _MEMORY_LEVEL)

    def compress(self, data: bytes) -> bytes:
        """Return a packet packed."""
        return self._stream.compress(data) + self._stream.flush(zlib.Z_SYNC_FLUSH)


class Unpacker(Decompressor):
    """Unpacks what a client sends, never more than a packet at a time."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj()

    def decompress(self, data: bytes) -> bytes | None:
        """Return a packet unpacked; None, which ends the connection, for one that is too long or that is none."""
        try:
            packet = self._stream.decompress(data, LONGEST_PACKET)
        except zlib.error:
            return None
        # One that is as long as it may be has more to come.
        return None if len(packet) == LONGEST_PACKET or self._stream.eof else packet


class Wire(asyncssh.SSHServerConnection):
    """A connection that takes and keeps a bounded amount, and sends no empty packet before each that says something.

    asyncssh answers whatever is asked, as fast as it comes, and keeps the answers for whom reads none. Its empty
    packets are against an attack on ciphers in CBC mode, none of which is among `CIPHERS`.
    """

    _incoming: Bucket

    @classmethod
    def take(cls, connection: asyncssh.SSHServerConnection) -> None:
        """Make this of a connection that has just been made."""
        connection.__class__ = cls
        assert isinstance(connection, Wire)
        connection._incoming = Bucket(INCOMING_A_SECOND, INCOMING_AT_ONCE)

    def data_received(self, data: bytes, datatype: int | None = None) -> None:
        """Take what a client sends, and let it wait when that is much."""
        self._incoming.take(len(data))
        super().data_received(data, datatype)
        pause = self._incoming.wait()
        if pause and isinstance(self._transport, asyncio.Transport):
            self._transport.pause_reading()
            later(pause, self._go_on)

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


def offer_packing() -> None:
    """Have asyncssh pack and unpack with the above, in the whole process."""
    register_compression_alg(PACKINGS[1].encode(), Packer, Unpacker, after_auth=True, default=True)
