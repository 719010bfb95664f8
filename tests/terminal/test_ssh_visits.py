"""What happens to a visitor over SSH: the window changes, things are copied, nothing is pressed, the host dies."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.libraries import write_tiny_library
from tests.ssh_server import Server, served
from tests.terminal.openssh import STARTS, Guest
from tests.terminal.terminals import Start

ENTER, ESCAPE = "\r", "\x1b"
in_each_terminal = pytest.mark.parametrize("start", STARTS.values(), ids=list(STARTS))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serve")
    with served(write_tiny_library(folder / "tiny"), folder) as running:
        yield running


def stands_on(guest: Guest, name: str) -> None:
    """Wait until the mark of a cursor is beside a name."""

    def marked() -> bool:
        return any(re.search(rf"▌[^│]*{name}", line) for line in guest.terminal.screen().splitlines())

    guest.waits_for(marked, f"the cursor was never on {name}")


@in_each_terminal
def test_the_explorer_follows_the_window_and_keeps_the_place(start: Start, server: Server) -> None:
    with Guest(start, server, 80, 24, "visitor@127.0.0.1") as guest:
        guest.sees("1 Summits", "q quit", without="2 Leaders 4 ─")
        guest.type("3j")
        stands_on(guest, "Migration")
        guest.terminal.resize(160, 40)
        screen = guest.sees("2 Leaders 4 ─", "q quit")
        stands_on(guest, "Migration")
        assert 140 < max(map(len, screen.splitlines())) <= 160
        guest.terminal.resize(60, 20)
        screen = guest.sees("? help", without="2 Leaders 4 ─")
        stands_on(guest, "Migration")
        assert max(map(len, screen.splitlines())) <= 60
        guest.type("q")
        assert guest.ends() == 0
        assert guest.terminal.restored()


@in_each_terminal
def test_records_are_pinned_and_peeled(start: Start, server: Server) -> None:
    with Guest(start, server, 120, 36, "visitor@127.0.0.1") as guest:
        guest.sees("1 Summits", "q quit")
        guest.type("2" + ENTER)
        guest.sees("❯ leader:recep-tayyip-erdogan", "2 Leaders")
        guest.type("4" + ENTER)
        guest.sees("agreement:", "4 Agreements 1")
        guest.type("[")
        guest.sees("❯ leader:recep-tayyip-erdogan", without="agreement:")
        guest.type(ESCAPE)
        guest.sees("❯ / to search", "1 Summits 3")
        guest.type("q")
        assert guest.ends() == 0


@in_each_terminal
def test_a_copy_reaches_the_clipboard_of_the_visitors_terminal(start: Start, server: Server) -> None:
    with Guest(start, server, 120, 36, "visitor@127.0.0.1") as guest:
        guest.sees("1 Summits", "q quit")
        guest.type("jky")
        guest.sees("sent to the clipboard")
        copied = guest.terminal.clipboard()
        assert copied.startswith("4th Italy–Türkiye Intergovernmental Summit")
        assert "https://" in copied
        guest.type("q")
        assert guest.ends() == 0


@in_each_terminal
def test_who_presses_nothing_is_told_and_gets_the_terminal_back(
    start: Start, tiny_library: Path, tmp_path: Path
) -> None:
    with (
        served(tiny_library, tmp_path, "--idle", "0.05") as server,
        Guest(start, server, 80, 24, "visitor@127.0.0.1") as guest,
    ):
        guest.sees("1 Summits", "q quit")
        assert guest.ends() == 0
        assert "no key was pressed for long" in guest.terminal.screen()
        assert guest.terminal.restored()


@in_each_terminal
def test_a_restart_ends_with_a_clear_line_and_connecting_again_restores_the_query(
    start: Start, tiny_library: Path, tmp_path: Path
) -> None:
    with served(tiny_library, tmp_path) as server, Guest(start, server, 100, 30, "visitor@127.0.0.1") as guest:
        guest.sees("1 Summits", "q quit")
        guest.type("/energy" + ENTER)
        guest.sees("❯ energy", "narrow")
        server.tell(signal.SIGTERM)
        guest.ends()
        assert "Connect again to go on, or with: ssh -t HOST energy" in guest.terminal.screen().replace("\n", "")
        assert guest.terminal.restored()
        assert server.ends() == 0
    with (
        served(tiny_library, tmp_path, "--port", str(server.port)) as again,
        Guest(start, again, 100, 30, "visitor@127.0.0.1") as guest,
    ):
        guest.sees("❯ energy", "back where your last session ended")
        guest.type("q")
        assert guest.ends() == 0


@in_each_terminal
def test_a_server_that_is_killed_ends_the_visit_and_can_be_visited_again(
    start: Start, tiny_library: Path, tmp_path: Path
) -> None:
    with (
        served(tiny_library, tmp_path, "--workers", "2") as server,
        Guest(start, server, 100, 30, "visitor@127.0.0.1") as guest,
    ):
        guest.sees("1 Summits", "q quit")
        worker = server.logged("opened")["process"]
        server.tell(signal.SIGKILL)
        server.ends()
        # Workers whose server is gone end too, and so does every visit.
        assert guest.ends() in {0, 255}
        assert "Summit Explorer is closing on this host" in guest.terminal.screen()
        guest.waits_for(lambda: not Path(f"/proc/{worker}").exists(), "the worker goes on without its server")
    with (
        served(tiny_library, tmp_path, "--port", str(server.port)) as again,
        Guest(start, again, 100, 30, "visitor@127.0.0.1") as guest,
    ):
        guest.sees("1 Summits", "q quit")
        guest.type("q")
        assert guest.ends() == 0
