"""Sessions of a served library beside each other, as clients with a terminal see them."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import asyncssh
import pytest

from tests.libraries import write_tiny_library
from tests.ssh_server import Server, connected, person, served

_BREAKS_ON_SORT = """
from tui.explorer.screen import ExplorerScreen

def breaks(self):
    raise RuntimeError("injected")

ExplorerScreen.action_sort = breaks
from tui.cli.summit import main
main()
"""
"""`summit` whose explorer has a fault: the key `s`."""


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


async def test_the_key_after_a_paste_of_a_megabyte_is_answered_soon(server: Server) -> None:
    """At the pace of what is read, it would wait for a minute."""
    async with person(server, size=(80, 24)) as pasting:
        await pasting.sees("Summits")
        pasting.type("/")
        pasting.type(b"\x1b[200~" + b"x" * 1_000_000 + b"\x1b[201~")
        pasting.type("\x15izmi")
        await pasting.sees("❯ izmi")


async def test_of_a_paste_that_is_too_long_its_beginning_is_taken_and_the_bar_says_so(server: Server) -> None:
    async with person(server) as someone:
        await someone.sees("1 Summits", "q quit")
        someone.type(b"/\x1b[200~" + b"energy " * 15_000)
        # Its end has not come yet.
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


async def test_who_presses_no_key_is_told_and_leaves(tiny_library: Path, tmp_path: Path) -> None:
    with served(tiny_library, tmp_path, "--idle", "0.02") as server:
        async with person(server) as someone:
            await someone.sees("1 Summits", "q quit")
            assert await someone.ends() == 0
            assert "no key was pressed for long" in someone.screen
