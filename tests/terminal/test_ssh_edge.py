"""The edge of the protocol: whatever a client that has logged in asks for or sends, the host goes on for the others.

Bounded in number and time, and on loopback only; `SUMMIT_FUZZ=20` makes it twenty times as long.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest
from asyncssh.packet import Boolean, String, UInt32

from tests.libraries import write_tiny_library
from tests.ssh_server import PATIENCE, Server, connected, person, served
from tui.explorer.commands import COMMANDS

ROUNDS = 40 * int(os.environ.get("SUMMIT_FUZZ", "1"))
PACKETS = 8
"""Packets of a round."""

NAMES = [
    b"pty-req",
    b"shell",
    b"exec",
    b"subsystem",
    b"env",
    b"window-change",
    b"signal",
    b"break",
    b"xon-xoff",
    b"eow",
]
NAMES += [b"x11-req", b"auth-agent-req@openssh.com", b"exit-status", b"\xff\xfe", b"", b"keepalive@openssh.com"]
NAMES += [
    b"tcpip-forward",
    b"cancel-tcpip-forward",
    b"streamlocal-forward@openssh.com",
    b"hostkeys-prove-00@openssh.com",
]
CHANNELS = [b"session", b"direct-tcpip", b"direct-streamlocal@openssh.com", b"tun@openssh.com", b"x11", b"", b"\0"]
DISCONNECT, IGNORE, DEBUG, GLOBAL_REQUEST, OPEN = 1, 2, 4, 80, 90
OPEN_ANSWERS, CHANNEL_MESSAGES = (91, 92), (93, 94, 95, 96, 97, 98, 99, 100)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serve")
    options = ("--per-address", "200", "--failed-logins", "0")
    with served(write_tiny_library(folder / "tiny"), folder, *options) as running:
        yield running


def a_field(chance: random.Random) -> bytes:
    """Return something that may stand in a packet: a number, a text, a list of modes, noise."""
    return chance.choice(
        [
            lambda: UInt32(chance.choice([0, 1, 80, 0x7FFFFFFF, 0xFFFFFFFF])),
            lambda: Boolean(chance.random() < 0.5),
            lambda: String(chance.randbytes(chance.randrange(60))),
            lambda: String(chance.choice([b"xterm", b"LC_ALL", b"sftp", b"leader:erdogan", b"search -- \x1b["])),
            lambda: String(bytes([chance.randrange(256)]) + UInt32(9600) + b"\0"),
            lambda: String(b"x" * 20_000),
            lambda: UInt32(0xFFFFFFF0) + b"too short for what it says",
            lambda: chance.randbytes(chance.randrange(30)),
        ]
    )()


def a_packet(chance: random.Random) -> tuple[int, bytes]:
    """Return the kind and the content of a packet that a client may send after it has logged in."""
    fields = b"".join(a_field(chance) for _ in range(chance.randrange(6)))
    channel = UInt32(chance.choice([0, 0, 0, 1, 0xFFFFFFFF]))
    kind = chance.randrange(10)
    if kind < 5:
        return 98, channel + String(chance.choice(NAMES)) + Boolean(chance.random() < 0.5) + fields
    if kind < 7:
        return chance.choice(CHANNEL_MESSAGES), channel + fields
    if kind == 7:
        return OPEN, String(chance.choice(CHANNELS)) + UInt32(7) + UInt32(0xFFFFFFFF) + UInt32(1) + fields
    if kind == 8:
        return GLOBAL_REQUEST, String(chance.choice(NAMES)) + Boolean(True) + fields
    return chance.choice([DEBUG, *OPEN_ANSWERS, chance.randrange(20, 120)]), fields


async def test_whatever_is_sent_the_others_go_on(server: Server) -> None:
    chance = random.Random(7)
    async with person(server) as other:
        await other.sees("1 Summits", "q quit")
        for number in range(ROUNDS):
            with contextlib.suppress(asyncssh.Error, OSError, TimeoutError):
                async with asyncio.timeout(PATIENCE), connected(server, username=f"noisy-{number}") as connection:
                    if chance.random() < 0.7:
                        await connection.create_process(term_type="xterm", term_size=(80, 24), encoding=None)
                    for _ in range(PACKETS):
                        kind, content = a_packet(chance)
                        connection.send_packet(kind, content)
                    await asyncio.sleep(0.05)
                    connection.abort()
        other.type("/energy")
        await other.sees("❯ energy")
        other.type("\r")
        await other.sees("narrow")
        other.type("q")
        assert await other.ends() == 0
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        count = [entry["event"] for entry in server.log].count
        if count("connected") == count("disconnected") and count("opened") == count("closed"):
            break
        await asyncio.sleep(0.05)
    assert count("connected") == count("disconnected") > ROUNDS
    assert count("opened") == count("closed")
    assert not [entry for entry in server.log if entry["event"] == "fault"]


@pytest.mark.parametrize(
    "asked",
    [
        (b"auth-agent-req@openssh.com",),
        (b"x11-req", Boolean(False), String(b"MIT-MAGIC-COOKIE-1"), String(b"00"), UInt32(0)),
        (b"subsystem", String(b"sftp")),
        (b"subsystem", String(b"netconf")),
        (b"env", String(b"LD_PRELOAD"), String(b"/tmp/x.so")),
        (b"env", String(b"PYTHONPATH"), String(b"/tmp")),
        (b"env", String(b"SUMMIT_LIBRARY"), String(b"/etc")),
        (b"env", String(b"LC_ALL"), String(b"C" * 300)),
        (b"break", UInt32(500)),
    ],
    ids=lambda asked: repr(asked[0]),
)
async def test_what_a_session_must_not_have_is_refused(server: Server, asked: tuple[bytes, ...]) -> None:
    async with connected(server, username="asking") as connection:
        process = await connection.create_process(term_type="xterm", term_size=(80, 24), encoding=None)
        assert await process.channel._make_request(*asked) is False


async def test_a_bomb_that_a_client_has_packed_ends_its_connection_and_no_other(server: Server) -> None:
    async with person(server) as other, connected(server, compression_algs=["zlib@openssh.com"]) as connection:
        await other.sees("1 Summits", "q quit")
        answer = await connection.run("search energy")
        assert answer.exit_status == 0
        connection.send_packet(IGNORE, String(b"\0" * 20_000_000))
        await asyncio.wait_for(connection.wait_closed(), PATIENCE)
        other.type("/energy")
        await other.sees("❯ energy")


async def test_every_key_of_the_explorer_leaves_the_hosts_disk_as_it_was(tmp_path: Path) -> None:
    library = write_tiny_library(tmp_path / "tiny")
    home = tmp_path / "home"
    home.mkdir()
    places = {"HOME": home, "XDG_CONFIG_HOME": home / "config", "XDG_STATE_HOME": home / "state"}
    places |= {"XDG_CACHE_HOME": home / "cache", "XDG_DATA_HOME": home / "data"}
    environment = {name: str(place) for name, place in places.items()} | {"EDITOR": f"touch {home}/edited"}
    with served(library, tmp_path, environment=environment) as server:
        async with person(server, name="everything") as someone:
            await someone.sees("1 Summits", "q quit")
            before = everything_in(library) | everything_in(home)
            for key in dict.fromkeys(key for command in COMMANDS if command.action != "quit" for key in command.keys):
                someone.type(SENT.get(key) or (chr(ord(key[-1]) - 96) if key.startswith("ctrl+") else key))
                await asyncio.sleep(0.05)
                # Whatever it opens, a letter answers it, and escapes leave it.
                someone.type("a")
                for _ in range(4):
                    await asyncio.sleep(0.07)
                    someone.type("\x1b")
            await asyncio.sleep(1)
            assert everything_in(library) | everything_in(home) == before
            someone.type("\x03")
            assert await someone.ends() == 0
        assert not [entry for entry in server.log if entry["event"] == "fault"]


SENT = {"enter": "\r", "escape": "\x1b", "space": " ", "tab": "\t", "slash": "/", "colon": ":", "question_mark": "?"}
SENT |= {"left_square_bracket": "[", "right_square_bracket": "]", "equals_sign": "=", "dollar_sign": "$"}
SENT |= {"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F"}
SENT |= {"pageup": "\x1b[5~", "pagedown": "\x1b[6~", "shift+tab": "\x1b[Z", "apostrophe": "'", "quotation_mark": '"'}
"""What a terminal sends for a key that Textual calls by a name."""


def everything_in(folder: Path) -> dict[str, tuple[int, int]]:
    """Return every file under a folder with its size and the time of its last change."""
    return {str(file): (file.stat().st_size, file.stat().st_mtime_ns) for file in folder.rglob("*") if file.is_file()}
