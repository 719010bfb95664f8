"""What the protocol has beside keys, from a client that sends it without end, leaves it open or reads no answer."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest
from asyncssh.channel import SSHClientChannel
from asyncssh.packet import Boolean, String, UInt32

from tests.libraries import write_tiny_library
from tests.ssh_server import PATIENCE, Server, connected, served
from tui.library import shipped_library

IGNORE, GLOBAL_REQUEST, CHANNEL_REQUEST = 2, 80, 98
CONFIRMED, REFUSED = 91, 92
CHANNELS = 16
"""Channels that a client may leave open behind it."""

_SMALL = """
import socket
import tui.serve.front as front, tui.serve.wire as wire

prepare = front._prepare

def prepared(accepted):
    prepare(accepted)
    accepted.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)

front._prepare = prepared
wire.MOST_UNSENT, wire.INCOMING_A_SECOND, wire.INCOMING_AT_ONCE = {unsent}, {rate}, {rate}
from tui.cli.summit import main
main()
"""
"""`summit` that keeps and takes little of a connection."""


class LeftOpen(SSHClientChannel[bytes]):
    """A channel that answers nothing and closes nothing."""

    def process_packet(self, pkttype: int, pktid: int, packet: asyncssh.packet.SSHPacket) -> bool:
        """Take only whether it was opened."""
        return super().process_packet(pkttype, pktid, packet) if pkttype in {CONFIRMED, REFUSED} else True

    def ask(self, name: bytes, *fields: bytes) -> None:
        """Ask for something, without an answer."""
        assert self._conn is not None
        self._conn.send_packet(CHANNEL_REQUEST, UInt32(self._send_chan or 0), String(name), Boolean(False), *fields)


async def opened(connection: asyncssh.SSHClientConnection, packet: int = 32_768, window: int = 65_536) -> LeftOpen:
    """Open a channel that takes so many bytes in a packet, and in all."""
    channel = LeftOpen(connection, asyncio.get_running_loop(), "strict", None, "strict", window, packet)
    await asyncio.wait_for(channel._open(b"session"), PATIENCE)
    return channel


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_library(tmp_path_factory.mktemp("floods") / "tiny")


@pytest.fixture
def server(library: Path, tmp_path: Path) -> Iterator[Server]:
    with served(library, tmp_path) as running:
        yield running


async def test_who_reads_no_answer_is_cut_off(library: Path, tmp_path: Path) -> None:
    program = ("-c", _SMALL.format(unsent=2_000, rate=10**9))
    with served(library, tmp_path, "--login-grace", "300", program=program) as server:
        with socket.socket() as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            line.connect(("127.0.0.1", server.port))
            async with connected(server, sock=line) as connection:
                connection._transport.pause_reading()  # type: ignore[union-attr]
                deadline = time.monotonic() + PATIENCE
                while not [entry for entry in server.log if entry["event"] == "disconnected"]:
                    assert time.monotonic() < deadline
                    # Enough at once for answers to be too many: a kernel whose buffer is full may not see for half a
                    # minute that what it sends next has arrived.
                    for _ in range(2_000):
                        connection.send_packet(GLOBAL_REQUEST, String(b"keepalive@openssh.com"), Boolean(True))
                    await asyncio.sleep(0.01)
        async with connected(server) as other:
            assert (await other.run("search energy")).exit_status == 0
        assert not [entry for entry in server.log if entry["event"] == "fault"]


async def test_what_is_no_key_is_taken_at_a_pace(library: Path, tmp_path: Path) -> None:
    with served(library, tmp_path, program=("-c", _SMALL.format(unsent=10**6, rate=20_000))) as server:
        async with connected(server) as connection:
            began = time.monotonic()
            for _ in range(400):
                connection.send_packet(IGNORE, String(b"x" * 100))
            assert (await connection.run("search energy")).exit_status == 0
            # Of 40 kB, 20 are taken at once.
            assert time.monotonic() - began > 0.9


async def test_channels_that_are_never_closed_are_soon_too_many_and_what_is_refused_fills_no_log(
    server: Server,
) -> None:
    async with connected(server) as connection:
        for number in range(CHANNELS):
            channel = await opened(connection)
            channel.ask(b"exec", String(f"sh -c {number}"))
            await asyncio.to_thread(server.logged, "refused", name=f"sh -c {number}")
        with pytest.raises(asyncssh.ChannelOpenError):
            await opened(connection)
    async with connected(server) as connection:
        for _ in range(25):
            assert (await connection.run("sh -c more")).exit_status == 2
        assert (await connection.run("search energy")).exit_status == 0
    assert len([entry for entry in server.log if entry.get("name") == "sh -c more"]) == 20


async def test_a_channel_on_which_nothing_begins_is_not_waited_for_without_end(library: Path, tmp_path: Path) -> None:
    with served(library, tmp_path, "--login-grace", "1") as server:
        async with connected(server) as connection:
            channel = await opened(connection)
            channel.ask(b"pty-req", String("xterm"), UInt32(80), UInt32(24), UInt32(0), UInt32(0), String(b""))
            await asyncio.wait_for(connection.wait_closed(), PATIENCE)
        async with connected(server) as connection:
            channel = await opened(connection)
            channel.close()
            await asyncio.sleep(0.3)
            process = await connection.create_process(term_type="xterm", term_size=(80, 24), encoding=None)
            await asyncio.sleep(1.5)
            process.stdin.write(b"q")
            await asyncio.wait_for(process.wait_closed(), PATIENCE)
            assert process.exit_status == 0


async def test_who_leaves_answers_unread_keeps_only_their_own_waiting(tmp_path: Path) -> None:
    with served(shipped_library(), tmp_path) as server:
        async with contextlib.AsyncExitStack() as stack:
            for number in range(1, 6):
                connection = await stack.enter_async_context(connected(server))
                channel = await opened(connection, window=1_000)
                channel.ask(b"exec", String("export --to json"))
                while len([entry for entry in server.log if entry.get("what") == "export"]) < number:
                    await asyncio.sleep(0.05)
            other = await stack.enter_async_context(connected(server, local_addr=("127.0.0.2", 0)))
            answer = await asyncio.wait_for(other.run("search energy --limit 1"), PATIENCE)
            assert answer.exit_status == 0


@pytest.mark.parametrize("name", ["curve25519-sha256", "ecdh-sha2-nistp256", "diffie-hellman-group14-sha256"])
async def test_a_key_is_agreed_on_in_a_way_that_costs_little(server: Server, name: str) -> None:
    async with connected(server, kex_algs=[name]) as connection:
        assert (await connection.run("search energy")).exit_status == 0
    for dear in ("rsa2048-sha256", "diffie-hellman-group18-sha512", "diffie-hellman-group14-sha1"):
        with pytest.raises(asyncssh.DisconnectError):
            async with connected(server, kex_algs=[dear]):
                pass


async def test_who_takes_a_byte_a_packet_is_not_written_to(server: Server) -> None:
    async with connected(server) as connection:
        with pytest.raises((asyncssh.Error, OSError)):
            await opened(connection, packet=1)
        await asyncio.wait_for(connection.wait_closed(), PATIENCE)
