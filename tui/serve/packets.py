"""How packets are packed and sealed: at little cost, since it is done twice for each key.

SSH packs what is sent (zlib) where the client asks for it (`ssh -C`). A packet that a client has packed may be a bomb:
a few bytes that become megabytes. So what unpacks to more than a packet may hold ends its connection.
"""

from __future__ import annotations

import hmac
import zlib
from collections.abc import Callable
from typing import Any

from asyncssh.compression import Compressor, Decompressor, register_compression_alg
from asyncssh.kex import get_kex_algs
from asyncssh.mac import MAC, get_mac_params, register_mac_alg
from asyncssh.packet import UInt64

UMACS: dict[bytes, Callable[..., Any]] = {}
"""What makes a seal by its name, as far as this machine can: by Nettle."""
try:
    from asyncssh.crypto.umac import umac64, umac128
except ImportError:
    # Clients choose another seal then.
    pass
else:
    UMACS = {b"umac-64": umac64, b"umac-128": umac128}

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


class Seal(MAC):
    """Seals packets by UMAC, whose key is made ready once; asyncssh does that for each packet, in twice the time."""

    def __init__(self, key: bytes, hash_size: int, new: Callable[..., Any]) -> None:
        super().__init__(key, hash_size)
        self._keyed = new(key)

    def sign(self, seq: int, packet: bytes) -> bytes:
        """Return the seal of a packet with its number."""
        self._keyed.set_nonce(UInt64(seq))
        self._keyed.update(packet)
        seal: bytes = self._keyed.digest()
        return seal

    def verify(self, seq: int, packet: bytes, sig: bytes) -> bool:
        """Tell whether a packet has the seal that its number gives it."""
        return hmac.compare_digest(self.sign(seq, packet), sig)


def offer() -> None:
    """Have asyncssh pack, unpack and seal with the above, in the whole process."""
    register_compression_alg(PACKINGS[1].encode(), Packer, Unpacker, after_auth=True, default=True)
    for name, new in UMACS.items():
        for kind in (b"-etm@openssh.com", b"@openssh.com"):
            register_mac_alg(name + kind, *get_mac_params(name + kind), Seal, (new,), default=False)
