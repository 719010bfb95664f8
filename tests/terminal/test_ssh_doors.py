"""Who may come in, how many at a time, and what becomes of those who do not log in."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from pathlib import Path

import asyncssh
import pytest

from tests.ssh_server import PATIENCE, connected, make_key, person, served


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
