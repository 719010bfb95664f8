"""The client of OpenSSH, with the key and the host of a test's server, in real terminals."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from types import MappingProxyType

from tests.ssh_server import Server
from tests.terminal.terminals import TERMINALS, Start, Visit

CLIENT = shutil.which("ssh")
"""The client, where it is installed."""

assert CLIENT or not os.environ.get("CI"), "these tests need the OpenSSH client"
STARTS = TERMINALS if CLIENT else {}
"""The terminals to run it in."""


def ssh(
    server: Server, *words: str, key: str = "key", program: str = "ssh", agent: str = "none", level: str = "ERROR"
) -> list[str]:
    """Return the command that a person types, with this server's key and host."""
    return [
        program,
        *("-F", "/dev/null", "-i", str(server.folder / key), "-o", "IdentitiesOnly=yes"),
        *("-o", f"IdentityAgent={agent}", "-o", f"LogLevel={level}"),
        *("-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=accept-new"),
        *("-o", f"UserKnownHostsFile={server.folder / 'known'}"),
        *(("-p", str(server.port)) if program == "ssh" else ("-P", str(server.port))),
        *words,
    ]


class Guest(Visit):
    """A visit over SSH."""

    def __init__(
        self,
        start: Start,
        server: Server,
        columns: int,
        rows: int,
        *words: str,
        settings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        environment = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **settings}
        self.terminal = start(ssh(server, *words), columns, rows, environment)
