"""Sessions of a served library beside each other, as clients with a terminal see them."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import random
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest

from tests.libraries import write_tiny_library
from tests.ssh_server import PATIENCE, Server, connected, make_key, person, served

_BREAKS_ON_SORT = """
from tui.explorer.screen import ExplorerScreen

def breaks(self):
    raise RuntimeError("injected")

ExplorerScreen.action_sort = breaks
from tui.cli.summit import main
main()
"""
"""`summit` whose explorer has a fault: the key `s`."""

_TELLS_WHAT_IS_LEFT = """
import asyncio, gc, signal, sys
from tui.explorer.app import ExplorerApp
from tui.serve import session
from tui.serve.session import ServedSession

session._PAUSE = session._PATIENCE = 3600

def tell(*_):
    gc.unfreeze()
    gc.collect()
    left = [sum(isinstance(thing, kind) for thing in gc.get_objects()) for kind in (ServedSession, ExplorerApp)]
    tasks = [task.get_name() for task in asyncio.all_tasks(asyncio._get_running_loop())]
    print("left", *left, len(tasks), file=sys.stderr, flush=True)

signal.signal(signal.SIGUSR1, tell)
from tui.cli.summit import main
main()
"""
"""`summit` that says on a signal how many sessions, explorers and tasks it has.

What waits for a key's place to be kept, or for an explorer to end, waits long, so that a session that it keeps is seen.
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serve")
    with served(write_tiny_library(folder / "tiny"), folder) as running:
        yield running


async def test_two_sessions_share_nothing_but_the_library(server: Server) -> None:
    async with person(server) as one, person(server, "leader:erdogan", (80, 24)) as other:
        await one.sees("1 Summits", "q quit")
        await other.sees("❯ leader:erdogan")
        one.type("/energy")
        await one.sees("❯ energy")
        other.type("2")
        assert "energy" not in (await other.sees("❯ leader:erdogan")).splitlines()[0]
        other.type("q")
        assert await other.ends() == 0
        one.type("\r")
        assert "leader:erdogan" not in await one.sees("❯ energy", "narrow")
        one.type("q")
        assert await one.ends() == 0


async def test_each_session_has_the_language_of_its_client(server: Server) -> None:
    said = [{"LANG": "it_IT.UTF-8"}, {"LANG": "it_IT.UTF-8", "LC_ALL": "tr_TR.UTF-8"}, {}]
    words = [("1 Vertici 3", "29 aprile 2025"), ("1 Zirveler 3", "29 Nisan 2025"), ("1 Summits 3", "29 April 2025")]
    async with contextlib.AsyncExitStack() as stack:
        people = [await stack.enter_async_context(person(server, said=one)) for one in said]
        # The same record, whose page all sessions share where they have one language.
        for _ in range(2):
            for someone, wanted in zip(people, words, strict=True):
                someone.type("jk")
                await someone.sees(*wanted)
        people[0].type("v")
        people[1].type("v")
        await people[0].sees("Chi lo dice")
        await people[1].sees("Bunu kim söylüyor")
        # A library that is read anew is shown by the server, not by a key of the client.
        server.tell(signal.SIGHUP)
        server.logged("reloaded")
        for someone, wanted in zip(people, words, strict=True):
            # Who reads no page presses no Esc: with the next key at its heels it would be the beginning of another one.
            someone.type("" if wanted is words[2] else "\x1b")
            screen = await someone.sees(*wanted)
            assert "Summits" not in screen or wanted is words[2]
        for someone in people:
            someone.type("q")
            assert await someone.ends() == 0


async def test_a_client_of_ascii_or_without_colours_is_drawn_for_as_it_can(server: Server) -> None:
    async with person(server, said={"LANG": "C"}) as someone:
        await someone.sees("1 Summits 3", "q quit")
        someone.type("q")
        assert await someone.ends() == 0
        assert someone.written.isascii()
    coloured = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7])[;m]")
    for said, wanted in ({"NO_COLOR": "1"}, False), ({}, True):
        async with person(server, said={"LANG": "en_GB.UTF-8", **said}) as someone:
            await someone.sees("1 Summits 3", "q quit")
            someone.type("q")
            assert await someone.ends() == 0
            assert bool(coloured.search(someone.written)) is wanted


async def test_an_answer_and_a_refusal_are_in_the_language_of_the_client(server: Server) -> None:
    async with connected(server) as connection:
        found = await connection.run("show rome-2025", env={"LANG": "it_IT.UTF-8"}, encoding="utf-8")
        assert found.exit_status == 0
        assert "29 aprile 2025" in str(found.stdout)
        refused = await connection.run("search x --library /etc", env={"LC_MESSAGES": "it_IT"}, encoding="utf-8")
        assert (refused.exit_status, "non è per gli ospiti" in str(refused.stderr)) == (2, True)


async def test_a_fault_ends_the_session_that_met_it_and_no_other(tiny_library: Path, tmp_path: Path) -> None:
    with served(tiny_library, tmp_path, program=("-c", _BREAKS_ON_SORT)) as server:
        async with person(server) as one, person(server) as other:
            await one.sees("1 Summits", "q quit")
            await other.sees("1 Summits", "q quit")
            one.type("s")
            assert await one.ends() == 70
            assert b"\x1b[?1049l" in one.written
            assert "sorry, this is a fault of ours" in one.screen
            assert "injected" not in one.screen
            assert "Traceback" not in one.screen
            fault = server.logged("fault")
            assert "RuntimeError: injected" in fault["traceback"]
            assert fault["fault"] in one.screen
            other.type("/energy")
            await other.sees("❯ energy")
        async with person(server) as third:
            await third.sees("1 Summits", "q quit")


async def test_the_explorer_follows_the_size_of_the_window(server: Server) -> None:
    async with person(server, size=(80, 24)) as someone:
        screen = await someone.sees("1 Summits", "q quit")
        assert max(map(len, screen.splitlines())) <= 80
        someone.resize(160, 40)
        screen = await someone.sees("2 Leaders", "3 Agenda topics", "q quit")
        await someone.sees("q quit", without="\n\n\n\n\n\n\n\n\n\n\n\n")
        assert 140 < max(map(len, someone.screen.splitlines())) <= 160
        assert someone.screen.splitlines()[-1].strip()


async def test_a_window_of_four_billion_columns_is_a_large_one(server: Server) -> None:
    async with connected(server) as connection:
        size = (4_294_967_295, 4_294_967_295)
        process = await connection.create_process(term_type="xterm", term_size=size, encoding=None)
        first = await asyncio.wait_for(process.stdout.read(100), 30)
        assert first
        process.change_terminal_size(4_000_000_000, 1)
        process.stdin.write(b"q")
        await asyncio.wait_for(process.wait(), 30)
        assert process.exit_status == 0
    opened = next(entry for entry in server.log if entry["event"] == "opened" and entry.get("columns") == 500)
    assert opened["rows"] == 200


async def test_who_asks_for_nothing_begins_on_the_start_page_and_who_asks_with_the_answer(server: Server) -> None:
    async with person(server) as someone:
        await someone.sees("3 meetings · 4 leaders", "Upcoming", "q quit")
        assert len(someone.written) < 12_000
    async with person(server, "leader:erdogan") as someone:
        await someone.sees("leader:erdogan", "29 April 2025")
        assert "Upcoming" not in someone.screen


async def test_a_copy_goes_to_the_clipboard_of_the_client(server: Server) -> None:
    async with person(server) as someone:
        await someone.sees("1 Summits", "q quit")
        someone.type("jky")
        await someone.sees("sent to the clipboard: ")
        code = someone.written.partition(b"\x1b]52;c;")[2].partition(b"\x07")[0]
        assert "Italy–Türkiye" in base64.b64decode(code).decode()


async def test_a_source_is_copied_and_shown_since_no_browser_is_near(server: Server) -> None:
    async with person(server) as someone:
        await someone.sees("1 Summits", "q quit")
        someone.type("jklG")
        await someone.sees("https://")
        someone.type("o")
        await someone.sees("type the letters")
        someone.type("a")
        await someone.sees("address sent to the clipboard: https://")


@pytest.mark.parametrize(
    ("term", "codes", "absent"),
    [
        ("xterm-kitty", b"8;5;", b"8;2;"),
        ("xterm-256color", b"8;5;", b"8;2;"),
        ("xterm", b"\x1b[", b"8;5;"),
    ],
)
async def test_colours_are_those_of_each_terminal(server: Server, term: str, codes: bytes, absent: bytes) -> None:
    async with person(server, term=term) as someone:
        await someone.sees("1 Summits", "q quit")
        someone.type("j")
        someone.type("/energy")
        await someone.sees("❯ energy")
        assert codes in someone.written
        assert absent not in someone.written


async def test_a_paste_without_end_and_noise_do_no_harm(server: Server) -> None:
    async with person(server) as noisy, person(server) as other:
        await noisy.sees("1 Summits", "q quit")
        await other.sees("1 Summits", "q quit")
        noisy.type(b"\x1b[<999999999;1;1M\x1b[48;1;1;1;1t\x1b[<0;5;5M\x1b[I\xff\xfe\x9b\x00\x1b[999999999999;5u")
        noisy.type(b"/\x1b[200~" + b"a" * 200_000)
        other.type("/energy")
        await other.sees("❯ energy")
        noisy.type(b"\x1b[201~")
        await noisy.sees("aaaa", "only the first 1000 characters of a query are read")
        noisy.type(b"\x03")
        assert await noisy.ends() == 0


async def test_of_a_paste_that_is_too_long_its_beginning_is_taken_and_the_bar_says_so(server: Server) -> None:
    async with person(server) as someone:
        await someone.sees("1 Summits", "q quit")
        someone.type(b"/\x1b[200~" + b"energy " * 15_000)
        # All of it is still under way, at the pace that the host takes it.
        await someone.sees("energy energy", "only the first 1000 characters of a query are read")
        someone.type(b"\x1b[201~")


async def test_who_closes_the_input_is_told_after_the_last_key_and_leaves(server: Server) -> None:
    async with person(server) as someone:
        someone.type("/energy\r")
        someone.process.stdin.write_eof()
        assert await someone.ends() == 0
        assert "its input was closed" in someone.screen
        assert "ssh -t HOST energy" in someone.screen
        assert b"\x1b[?1049l" in someone.written
        session = server.log[-1]["session"]
    closed = await asyncio.to_thread(server.logged, "closed", session=session)
    assert (closed["what"], closed["code"]) == ("input ended", 0)


@pytest.mark.parametrize(("keys", "reason"), [("", "input ended"), ("/energy\rq", "left")])
async def test_whose_input_ends_before_the_explorer_is_there_leaves_as_others_do(
    server: Server, keys: str, reason: str
) -> None:
    for _ in range(5):
        async with person(server) as someone:
            if keys:
                someone.type(keys)
            someone.process.stdin.write_eof()
            assert await someone.ends() == 0
            assert ("its input was closed" in someone.screen) is (reason == "input ended")
            session = server.log[-1]["session"]
        await asyncio.to_thread(server.logged, "closed", session=session, what=reason)


async def test_keys_without_end_hold_up_no_one_else(server: Server) -> None:
    async with person(server) as endless, person(server) as other:
        await endless.sees("1 Summits", "q quit")
        await other.sees("1 Summits", "q quit")
        endless.type(b"jk" * 50_000)
        other.type("/energy")
        await other.sees("❯ energy")
        assert "q quit" in endless.screen


async def test_a_reader_who_reads_nothing_is_not_drawn_for_without_end(server: Server) -> None:
    async with connected(server) as connection:
        size = (200, 50)
        stopped = await connection.create_process(term_type="xterm-kitty", term_size=size, encoding=None, window=4096)
        async with person(server) as other:
            await other.sees("1 Summits", "q quit")
            for _ in range(20):
                stopped.stdin.write(b"?\x1b")
                await asyncio.sleep(0.05)
            other.type("/energy")
            await other.sees("❯ energy")
        stopped.close()
    wide = next(entry for entry in reversed(server.log) if entry.get("columns") == 200)
    closed = await asyncio.to_thread(server.logged, "closed", session=wide["session"])
    assert closed["bytes"] < 400_000


async def test_a_client_that_hangs_up_leaves_nothing(server: Server) -> None:
    async with person(server) as someone:
        await someone.sees("1 Summits", "q quit")
        name = server.log[-1]["session"]
    closed = await asyncio.to_thread(server.logged, "closed", session=name)
    assert closed["what"] == "hung up"


async def test_one_connection_has_one_session_at_a_time(server: Server) -> None:
    async with connected(server) as connection:
        await connection.create_process(term_type="xterm", encoding=None)
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.create_process(term_type="xterm", encoding=None)


async def test_a_changed_library_is_read_on_sighup_and_open_sessions_follow(tmp_path: Path) -> None:
    library = write_tiny_library(tmp_path / "tiny")
    with served(library, tmp_path) as server:
        async with person(server, "energy") as someone:
            await someone.sees("❯ energy", "Energy")
            for file in library.glob("*.json"):
                text = file.read_text(encoding="utf-8").replace("Energy", "Energypower")
                file.write_text(text, encoding="utf-8")
            make_key(tmp_path / "second")
            (tmp_path / "allowed").write_bytes((tmp_path / "second.pub").read_bytes())
            server.tell(signal.SIGHUP)
            await someone.sees("❯ energy", "Energypower")
            with pytest.raises(asyncssh.PermissionDenied):
                async with connected(server):
                    pass
            async with connected(server, "second") as connection:
                answer = await connection.run("search energypower --json", check=True)
                assert "Energypower" in str(answer.stdout)


async def test_sigterm_tells_the_sessions_and_ends_with_0(tiny_library: Path, tmp_path: Path) -> None:
    with served(tiny_library, tmp_path) as server:
        async with person(server, "leader:erdogan") as one, person(server) as other:
            await one.sees("❯ leader:erdogan")
            await other.sees("1 Summits", "q quit")
            server.tell(signal.SIGTERM)
            await one.ends()
            await other.ends()
            assert "Summit Explorer is closing on this host" in one.screen
            assert "Connect again to go on, or with: ssh -t HOST leader:erdogan" in one.screen.replace("\n", "")
            assert "Summit Explorer is closing on this host" in other.screen
            assert one.written.rindex(b"\x1b[?1049l") < one.written.rindex(b"closing")
        assert await asyncio.to_thread(server.ends) == 0


async def test_after_a_restart_everyone_goes_on_where_they_were(tiny_library: Path, tmp_path: Path) -> None:
    with served(tiny_library, tmp_path, "--workers", "2") as server:
        async with person(server, name="anne") as anne, person(server, "leader:erdogan", name="ben") as ben:
            await anne.sees("1 Summits", "q quit")
            anne.type("/energy\r3")
            await anne.sees("❯ energy", "narrow")
            await ben.sees("❯ leader:erdogan")
            server.tell(signal.SIGTERM)
            await anne.ends()
            await ben.ends()
        assert await asyncio.to_thread(server.ends) == 0
    with served(tiny_library, tmp_path, "--workers", "2") as server:
        async with person(server, name="anne") as anne, person(server, name="ben") as ben, person(server) as new:
            await anne.sees("❯ energy", "back where your last session ended")
            await ben.sees("❯ leader:erdogan", "back where")
            await new.sees("1 Summits", "q quit", without="back where")
            anne.type("q")
            assert await anne.ends() == 0
        async with person(server, name="anne") as anne:
            await anne.sees("1 Summits", "q quit", without="❯ energy")


async def test_a_killed_server_and_a_lost_connection_lose_no_ones_place(tiny_library: Path, tmp_path: Path) -> None:
    with served(tiny_library, tmp_path) as server:
        async with person(server, name="anne") as anne:
            await anne.sees("1 Summits", "q quit")
            anne.type("/trade\r")
            await anne.sees("❯ trade", "narrow")
            anne.process.channel.get_connection().abort()
        await asyncio.to_thread(server.logged, "closed", what="hung up")
        async with person(server, name="anne") as anne:
            await anne.sees("❯ trade", "back where")
            anne.type("/energy")
            await anne.sees("❯ trade energy")
            places = tmp_path / "cache" / "places"
            deadline = time.monotonic() + PATIENCE
            while not any(b"trade energy" in file.read_bytes() for file in places.glob("*.open")):
                assert time.monotonic() < deadline, "the place was not kept"
                await asyncio.sleep(0.05)
            server.tell(signal.SIGKILL)
            await anne.ends()
        await asyncio.to_thread(server.ends)
    with served(tiny_library, tmp_path) as server:
        async with person(server, "sport", name="anne") as anne:
            await anne.sees("❯ sport", without="back where")
        async with person(server, name="anne") as anne:
            await anne.sees("back where")
        assert not [entry for entry in server.log if entry["event"] == "fault"]


async def test_who_fails_to_log_in_again_and_again_has_to_wait(tiny_library: Path, tmp_path: Path) -> None:
    with served(tiny_library, tmp_path, "--failed-logins", "3") as server:
        async with person(server) as someone:
            await someone.sees("1 Summits", "q quit")
            make_key(tmp_path / "stranger")
            for _ in range(3):
                with pytest.raises(asyncssh.PermissionDenied):
                    async with connected(server, "stranger"):
                        pass
            deadline = time.monotonic() + PATIENCE
            while not [entry for entry in server.log if entry.get("what") == "failed logins"]:
                assert time.monotonic() < deadline, "nobody was turned away"
                with contextlib.suppress(asyncssh.Error, OSError):
                    async with connected(server, "stranger"):
                        pass
            someone.type("/energy")
            await someone.sees("❯ energy")


async def test_who_presses_no_key_is_told_and_leaves(tiny_library: Path, tmp_path: Path) -> None:
    with served(tiny_library, tmp_path, "--idle", "0.02") as server:
        async with person(server) as someone:
            await someone.sees("1 Summits", "q quit")
            assert await someone.ends() == 0
            assert "no key was pressed for long" in someone.screen


async def test_anyone_may_come_in_where_the_host_says_so(tiny_library: Path, tmp_path: Path) -> None:
    with served(tiny_library, tmp_path, "--anyone") as server:
        async with connected(server, key="", username="nobody") as connection:
            answer = await connection.run("search energy --json", check=True)
            assert "energy" in str(answer.stdout)


async def test_who_has_a_certificate_of_the_authority_comes_in_by_its_name(tiny_library: Path, tmp_path: Path) -> None:
    make_key(tmp_path / "authority")
    with served(tiny_library, tmp_path, "--ca", str(tmp_path / "authority.pub")) as server:
        authority = asyncssh.read_private_key(tmp_path / "authority")
        key = asyncssh.read_private_key(make_key(tmp_path / "guest"))
        certificate = authority.generate_user_certificate(key, "guest", principals=["analyst"])
        certificate.write_certificate(tmp_path / "guest-cert.pub")
        async with connected(server, "guest", username="analyst") as connection:
            assert (await connection.run("search energy")).exit_status == 0
        nameless = authority.generate_user_certificate(asyncssh.read_private_key(make_key(tmp_path / "any")), "any")
        nameless.write_certificate(tmp_path / "any-cert.pub")
        for name, user in (("guest", "other"), ("key", "analyst"), ("any", "analyst")):
            with pytest.raises(asyncssh.PermissionDenied):
                async with connected(server, name, username=user):
                    pass


async def test_what_stands_beside_a_key_holds(tiny_library: Path, tmp_path: Path) -> None:
    with served(tiny_library, tmp_path) as server:
        beside = {"forced": 'command="search energy --json"', "elsewhere": 'from="192.0.2.1"'}
        beside |= {"ended": 'expiry-time="20200101"', "known": 'expiry-time="29990101"'}
        keys = {name: make_key(tmp_path / name).with_suffix(".pub").read_text(encoding="utf-8") for name in beside}
        lines = [f"{said} {keys[name]}" for name, said in beside.items()]
        (tmp_path / "allowed").write_text("".join(lines), encoding="utf-8")
        server.tell(signal.SIGHUP)
        await asyncio.to_thread(server.logged, "reloaded")
        async with connected(server, "forced") as connection:
            answer = await connection.run("check", check=True)
            assert str(answer.stdout).startswith('{\n  "query": "energy"')
        async with connected(server, "known") as connection:
            assert (await connection.run("search energy")).exit_status == 0
        for name in ("elsewhere", "ended"):
            with pytest.raises(asyncssh.PermissionDenied):
                async with connected(server, name):
                    pass


async def test_no_more_people_than_the_host_has_room_for(tiny_library: Path, tmp_path: Path) -> None:
    with served(tiny_library, tmp_path, "--per-address", "2") as server:
        async with connected(server), connected(server):
            with pytest.raises((asyncssh.Error, OSError)):
                async with connected(server):
                    pass
            server.logged("turned away", what="address is full")
        for _ in range(200):
            if sum(entry["event"] == "disconnected" for entry in server.log) == 2:
                break
            await asyncio.sleep(0.05)
        async with connected(server) as connection:
            assert (await connection.run("search energy")).exit_status == 0


async def test_who_does_not_log_in_is_let_go(tiny_library: Path, tmp_path: Path) -> None:
    with served(tiny_library, tmp_path, "--login-grace", "1") as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        assert (await reader.readline()).startswith(b"SSH-2.0-SummitExplorer")
        await asyncio.wait_for(reader.read(), 30)
        writer.close()
        async with connected(server) as connection:
            await asyncio.wait_for(connection.wait_closed(), 30)


async def test_workers_share_the_sessions_and_a_dead_one_is_replaced(tiny_library: Path, tmp_path: Path) -> None:
    with served(tiny_library, tmp_path, "--workers", "2") as server:
        async with person(server, "energy") as one, person(server, "leader:erdogan") as other:
            await one.sees("❯ energy", "q quit")
            await other.sees("❯ leader:erdogan", "q quit")
            opened = [entry for entry in server.log if entry["event"] == "opened"]
            processes = [entry["process"] for entry in opened]
            assert len(set(processes)) == 2
            assert server.process.pid not in processes
            os.kill(processes[0], signal.SIGKILL)
            assert await one.ends() is None
            other.type("q")
            assert await other.ends() == 0
        await asyncio.to_thread(server.logged, "worker ended", code=-9)
        async with person(server) as third:
            await third.sees("1 Summits", "q quit")
            server.tell(signal.SIGTERM)
            await third.ends()
            assert "Summit Explorer is closing on this host" in third.screen
        assert await asyncio.to_thread(server.ends) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(processes[1], 0)


async def test_open_sessions_follow_the_library_by_themselves(tmp_path: Path) -> None:
    library = write_tiny_library(tmp_path / "tiny")
    with served(library, tmp_path) as server:
        async with person(server, "energy") as someone:
            await someone.sees("❯ energy", "Energy")
            for file in library.glob("*.json"):
                text = file.read_text(encoding="utf-8")
                file.write_text(text.replace("Energy", "Energypower"), encoding="utf-8")
            await someone.sees("❯ energy", "Energypower")
            (library / "broken.json").write_text("{", encoding="utf-8")
            await asyncio.to_thread(server.logged, "not reloaded")
            someone.type("j")
            await someone.sees("❯ energy", "Energypower", "q quit")
            async with connected(server) as connection:
                answer = await connection.run("search energypower")
            assert (answer.exit_status, answer.stderr) == (0, ""), "as in the sessions that are open"
            assert "Energypower" in str(answer.stdout)


@pytest.fixture
def roomy(tiny_library: Path, tmp_path: Path) -> Iterator[Server]:
    options = ("--per-address", "200", "--failed-logins", "0")
    with served(tiny_library, tmp_path, *options, program=("-c", _TELLS_WHAT_IS_LEFT)) as running:
        yield running


async def test_noise_on_the_wire_and_rude_leaving_leave_nothing_behind(roomy: Server) -> None:
    chance = random.Random(4)

    async def knock(noise: bytes) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", roomy.port)
        with contextlib.suppress(OSError):
            writer.write(noise)
            await writer.drain()
        writer.transport.abort()

    async def vanish() -> None:
        async with connected(roomy) as connection:
            process = await connection.create_process(term_type="xterm", term_size=(120, 36), encoding=None)
            if chance.random() < 0.5:
                await process.stdout.read(1)
                process.stdin.write(b"/energ")
            connection.abort()

    await knock(b"SSH-2.0-warm\r\n")
    await vanish()
    await asyncio.to_thread(roomy.logged, "closed", what="hung up")
    for _ in range(60):
        greeting = chance.choice([b"", b"SSH-2.0-x\r\n", b"SSH-1.0-x\r\n", b"GET / HTTP/1.1\r\n\r\n"])
        await knock(greeting + chance.randbytes(chance.randrange(3000)))
    for _ in range(15):
        await vanish()
    async with person(roomy) as someone:
        await someone.sees("1 Summits", "q quit")
        someone.type("q")
        assert await someone.ends() == 0
    deadline = time.monotonic() + PATIENCE
    while (inside := people(roomy)) and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    assert inside == 0
    before = left(roomy)
    while (now := left(roomy)) != ["0", "0", "3"] and time.monotonic() < deadline:
        await asyncio.sleep(0.2)
    assert now == ["0", "0", "3"], f"sessions, explorers and tasks are left, at first {before}"
    files = Path(f"/proc/{roomy.process.pid}/fd")
    if files.exists():
        # The server's own: standard streams, loop, doors, index, and the threads' and children's few.
        assert len(list(files.iterdir())) < 30
    assert not [entry for entry in roomy.log if entry["event"] == "fault"]


def left(server: Server) -> list[str]:
    """Return how many sessions, explorers and tasks the server has, by its own word."""
    log = server.folder / "log"
    before = log.read_text(encoding="utf-8").count("\nleft ")
    server.tell(signal.SIGUSR1)
    deadline = time.monotonic() + PATIENCE
    while (text := log.read_text(encoding="utf-8")).count("\nleft ") == before:
        assert time.monotonic() < deadline, "the server did not tell"
        time.sleep(0.02)
    return text.rpartition("\nleft ")[2].split()[:3]


def people(server: Server) -> int:
    """Return how many sessions are open, by the log."""
    return sum({"opened": 1, "closed": -1}.get(entry["event"], 0) for entry in server.log)
