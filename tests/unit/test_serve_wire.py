"""Packets of a session are packed each for itself, and none that a client has packed becomes a large one."""

from __future__ import annotations

import os
import zlib

import pytest

from tui.serve.limits import LET_GO, Bucket
from tui.serve.wire import CIPHERS, LONGEST_PACKET, Packer, Unpacker, Wire

PACKETS = [b"", b"j", b"\x1b[2;5H" * 40, os.urandom(32_768), b" " * 32_768]


def test_each_packet_is_whole_when_it_arrives() -> None:
    packer, client = Packer(), zlib.decompressobj()
    assert [client.decompress(packer.compress(packet)) for packet in PACKETS] == PACKETS


def test_a_screen_like_the_one_before_takes_few_bytes() -> None:
    packer, screen = Packer(), os.urandom(1_500)
    packer.compress(screen)
    assert len(packer.compress(screen)) < 50


def test_what_a_client_packs_is_unpacked() -> None:
    client, unpacker = zlib.compressobj(), Unpacker()
    for packet in PACKETS:
        assert unpacker.decompress(client.compress(packet) + client.flush(zlib.Z_SYNC_FLUSH)) == packet


@pytest.mark.parametrize("size", [LONGEST_PACKET, LONGEST_PACKET + 1, 10_000_000])
def test_a_bomb_is_not_unpacked(size: int) -> None:
    client, unpacker = zlib.compressobj(), Unpacker()
    assert unpacker.decompress(client.compress(b"\0" * size) + client.flush(zlib.Z_SYNC_FLUSH)) is None


@pytest.mark.parametrize("data", [b"no such stream", zlib.compress(b"one that ends")])
def test_what_is_no_packet_is_refused(data: bytes) -> None:
    assert Unpacker().decompress(data) is None


def test_no_cipher_needs_an_empty_packet_before_each() -> None:
    assert not [cipher for cipher in CIPHERS if "cbc" in cipher]


class Still(Wire):
    """A connection that is not connected, with a packet that has come and a clock that stands still."""

    def __init__(self, packet: int) -> None:
        self._pktlen = packet
        self._incoming = Bucket(1, 100_000, clock=lambda: 0.0)
        self._incoming.take(packet)


def test_what_is_let_go_counts_little() -> None:
    connection = Still(packet=32_000)
    connection.let_go(32_000)
    assert connection._incoming._level == 100_000 - 32_000 * LET_GO


def test_of_a_packed_packet_no_more_is_given_back_than_came() -> None:
    """Else a paste of which a few bytes come would pay for questions of the protocol."""
    connection = Still(packet=100)
    connection.let_go(32_000)
    assert connection._incoming._level == 100_000 - 100 * LET_GO
