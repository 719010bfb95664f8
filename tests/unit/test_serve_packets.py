"""Packets of a session are packed and sealed each for itself, and none that a client has packed becomes a large one."""

from __future__ import annotations

import os
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.serve.packets import CIPHERS, LONGEST_PACKET, UMACS, Packer, Seal, Unpacker

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


@pytest.mark.parametrize("name", UMACS)
@given(numbers=st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=6), packet=st.binary(max_size=3000))
def test_a_seal_is_the_one_that_every_client_makes(name: bytes, numbers: list[int], packet: bytes) -> None:
    """Also out of order, and when the same number comes again: a seal depends on nothing that was sealed before."""
    key, new = b"k" * 16, UMACS[name]
    seal = Seal(key, 16, new)
    for number in numbers:
        made = seal.sign(number, packet)
        assert made == new(key, packet, number.to_bytes(8, "big")).digest()
        assert seal.verify(number, packet, made)
        assert not seal.verify(number + 1, packet, made)
        assert not seal.verify(number, packet + b"x", made)
