"""A server that lives on: its library changes, it stops and starts, a worker dies, and all stay where they were."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path

import asyncssh
import pytest

from tests.libraries import write_tiny_library
from tests.ssh_server import PATIENCE, connected, make_key, person, served


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
