"""What docs/serving.md says of bounds and ends that no other test of sessions looks at."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest

from tests.libraries import write_tiny_library
from tests.ssh_server import PATIENCE, Server, connected, make_key, person, served

OFFERED = 12
"""Keys that a client may offer."""

_IMPATIENT = """
import tui.serve.answers, tui.serve.driver
tui.serve.answers.SECONDS = 0.01
tui.serve.driver.STUCK_SECONDS, tui.serve.driver.WAITING_FRAMES = 1.0, 4_000
from tui.cli.summit import main
main()
"""
"""`summit` that waits only a moment for an answer, and for a reader who is a few kB behind."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_library(tmp_path_factory.mktemp("promises") / "tiny")


@pytest.fixture(scope="module")
def server(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(library, tmp_path_factory.mktemp("serve"), "--failed-logins", "0") as running:
        yield running


@pytest.fixture
def impatient(library: Path, tmp_path: Path) -> Iterator[Server]:
    with served(library, tmp_path, program=("-c", _IMPATIENT)) as running:
        yield running


@pytest.mark.parametrize("before", [OFFERED - 1, OFFERED])
async def test_a_client_may_offer_twelve_keys(server: Server, before: int) -> None:
    keys = [asyncssh.generate_private_key("ssh-ed25519") for _ in range(before)]
    keys.append(asyncssh.read_private_key(server.folder / "key"))
    refused = pytest.raises(asyncssh.DisconnectError) if before >= OFFERED else contextlib.nullcontext()
    with refused:
        async with asyncssh.connect(
            "127.0.0.1", server.port, known_hosts=None, client_keys=keys, config=None, agent_path=None
        ) as connection:
            assert (await connection.run("search energy")).exit_status == 0


@pytest.mark.parametrize(("beside", "may"), [("no-pty", False), ("restrict", False), ("restrict,pty", True)])
async def test_a_key_without_a_terminal_gets_answers_and_no_explorer(
    library: Path, tmp_path: Path, beside: str, *, may: bool
) -> None:
    with served(library, tmp_path) as server:
        key = make_key(tmp_path / "plain").with_suffix(".pub").read_text(encoding="utf-8")
        (tmp_path / "allowed").write_text(f"{beside} {key}", encoding="utf-8")
        server.tell(signal.SIGHUP)
        await asyncio.to_thread(server.logged, "reloaded")
        async with connected(server, "plain") as connection:
            assert (await connection.run("search energy")).exit_status == 0
            with contextlib.nullcontext() if may else pytest.raises(asyncssh.ChannelOpenError):
                await connection.create_process(term_type="xterm", term_size=(80, 24), encoding=None)


async def test_ctrl_c_on_the_host_ends_it_as_sigterm_does(library: Path, tmp_path: Path) -> None:
    with served(library, tmp_path) as server:
        async with person(server) as someone:
            await someone.sees("1 Summits", "q quit")
            server.tell(signal.SIGINT)
            await someone.ends()
            assert "Summit Explorer is closing on this host" in someone.screen
        assert await asyncio.to_thread(server.ends) == 0


@pytest.mark.parametrize("workers", ["1", "2"])
async def test_files_are_named_from_where_the_command_is_given(library: Path, tmp_path: Path, workers: str) -> None:
    make_key(tmp_path / "key")
    (tmp_path / "allowed").write_bytes((tmp_path / "key.pub").read_bytes())
    (tmp_path / "allowed").chmod(0o600)
    options = ("--workers", workers, "--authorized-keys", "allowed", "--ca", "key.pub", "--host-key", "host-key")
    with served(Path(os.path.relpath(library, tmp_path)), tmp_path, *options, within=tmp_path) as server:
        async with connected(server) as connection:
            assert (await connection.run("search energy")).exit_status == 0


def test_a_server_whose_workers_do_not_start_says_so_and_ends(library: Path, tmp_path: Path) -> None:
    program = "import tui.serve.crew as c; c._PROGRAM = 'raise SystemExit(3)'; from tui.cli.summit import main; main()"
    options = ["--anyone", "--host-key", str(tmp_path / "key"), "--cache", str(tmp_path), "--port", "0"]
    command = [sys.executable, "-c", program, "serve", str(library), "--listen", "127.0.0.1", "--workers", "2"]
    ended = subprocess.run([*command, *options], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ended.returncode == 2
    assert "the worker processes did not start; the log above says why" in ended.stderr


async def test_an_answer_that_takes_too_long_ends_with_a_word(impatient: Server) -> None:
    async with connected(impatient) as connection:
        answer = await connection.run("search energy")
    assert answer.exit_status == 124
    assert answer.stderr == "summit: this takes too long here; ask for less\n"


async def test_who_takes_nothing_for_long_is_cut_off_and_no_one_else(impatient: Server) -> None:
    async with connected(impatient) as connection, person(impatient) as other:
        await other.sees("1 Summits", "q quit")
        stopped = await connection.create_process(
            term_type="xterm-kitty", term_size=(200, 50), encoding=None, window=1024
        )
        stopped.channel.pause_reading()
        for _ in range(20):
            with contextlib.suppress(BrokenPipeError):
                stopped.stdin.write(b"?\x1b")
            await asyncio.sleep(0.1)
        await asyncio.to_thread(impatient.logged, "closed", what="read nothing")
        other.type("/energy")
        await other.sees("❯ energy")


async def test_an_export_goes_to_the_clipboard_of_the_client(server: Server) -> None:
    async with person(server, "energy") as someone:
        await someone.sees("❯ energy", "q quit")
        someone.type("e")
        await someone.sees("Export the view: energy")
        someone.type("a")
        await someone.gets(b"\x1b]52;c;")
        await someone.gets(b"\x07")
        code = someone.written.rpartition(b"\x1b]52;c;")[2].partition(b"\x07")[0]
        assert "nergy" in base64.b64decode(code).decode()


async def test_who_asks_without_end_for_what_is_refused_does_not_fill_the_log(server: Server) -> None:
    async with connected(server, username="knocking") as connection:
        for _ in range(25):
            with pytest.raises(asyncssh.ChannelOpenError):
                await connection.open_connection("127.0.0.1", 9)
        assert (await connection.run("search energy")).exit_status == 0
    session = (await asyncio.to_thread(server.logged, "came in", user="knocking"))["session"]
    known = [entry for entry in server.log if entry["event"] == "refused" and entry["session"] == session]
    assert [entry["name"] for entry in known] == ["to 127.0.0.1:9"] * 20


async def test_the_log_has_nothing_of_what_was_typed(library: Path, tmp_path: Path) -> None:
    with served(library, tmp_path) as server:
        async with person(server, "leader:erdogan") as someone, connected(server) as connection:
            await someone.sees("❯ leader:erdogan")
            someone.type("/migration")
            await someone.sees("migration")
            assert (await connection.run("search 'sport energy'")).exit_status in {0, 1}
            someone.type("\x03")
            assert await someone.ends() == 0
        await asyncio.to_thread(server.logged, "closed", what="left")
        log = (server.folder / "log").read_text(encoding="utf-8")
    assert '"search"' in log
    assert not [word for word in ("erdogan", "migration", "sport", "energy") if word in log]


async def test_who_opens_nothing_after_logging_in_is_let_go_and_the_next_is_not(library: Path, tmp_path: Path) -> None:
    with served(library, tmp_path, "--login-grace", "1") as server:
        async with connected(server) as idle, person(server) as other:
            await other.sees("1 Summits", "q quit")
            await asyncio.wait_for(idle.wait_closed(), PATIENCE)
            # A session that is open is not one that waits for nothing.
            await asyncio.sleep(1.5)
            other.type("/energy")
            await other.sees("❯ energy")
