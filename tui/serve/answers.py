"""Plain answers without a terminal: `ssh host search energy --json`, as the command on the host would print them.

Each is a process of its own, so that a long answer holds up no one, and ends with its client. Its library and its
cache are the server's: no word of a client names a file.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path
from weakref import WeakValueDictionary

import tui
from tui.language import gettext
from tui.serve.client import Client
from tui.serve.guests import GUEST, PROGRAM
from tui.serve.last_words import lines
from tui.serve.limits import Outlet
from tui.serve.settings import Settings

SECONDS = 60.0
"""How long an answer may take."""

_AT_ONCE, _AT_ONCE_FOR_ONE = 4, 2
"""Answers that are made at a time, in all and for one address: who takes theirs slowly keeps only their own waiting."""

_TOO_LONG, _FAULT = 124, 70
_CHUNK = 16_384
_MOST_WAITING = 128_000

_MOST_SAID = 64_000
"""Bytes of the error stream of an answer that are kept until it ends."""

_TRACEBACK = b"\nTraceback (most recent call last):"


class FaultError(Exception):
    """An answer that met a fault of ours; the text is its traceback, or how it ended."""


class Answers:
    """Carries out what clients ask for, a few at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._turns_of: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def give(self, words: list[str], outlet: Outlet, columns: int, client: Client, source: str) -> int:
        """Print an answer to a client and return its exit code; `columns` is 0 where there is no terminal.

        `source` is where the client comes from.

        Raises FaultError for one that met a fault: what Python says of it names files of the host.
        """
        own = self._turns_of.setdefault(source, asyncio.Semaphore(_AT_ONCE_FOR_ONE))
        async with own, self._turns:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tui",
                *words,
                cwd=Path(tui.__file__).parent.parent,
                env=self._environment(columns, client),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                start_new_session=True,
            )
            try:
                return await asyncio.wait_for(_passed_on(process, outlet, terminal=columns > 0), SECONDS)
            except TimeoutError:
                text = f"{PROGRAM}: {gettext('this takes too long here; ask for less')}"
                outlet.write(lines(text, client, terminal=columns > 0), error=columns == 0)
                return _TOO_LONG
            finally:
                if process.returncode is None:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(process.pid, signal.SIGKILL)
                    await process.wait()

    def _environment(self, columns: int, client: Client) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("HOME", "PATH", "XDG_CACHE_HOME", "TZ") if name in os.environ}
        own = {"SUMMIT_LIBRARY": self._settings.library, "TERM": client.terminal.name or "dumb"}
        own |= {"LC_CTYPE": "C.UTF-8", "LC_MESSAGES": client.language}
        own |= {"SUMMIT_CONFIG": "", GUEST: "1", "PYTHONWARNINGS": "ignore"}
        if self._settings.cache:
            own["SUMMIT_CACHE"] = self._settings.cache
        if columns:
            own["COLUMNS"] = str(columns)
        return kept | own


async def _passed_on(process: asyncio.subprocess.Process, outlet: Outlet, *, terminal: bool) -> int:
    assert process.stdout is not None
    assert process.stderr is not None
    _, said = await asyncio.gather(_copied(process.stdout, outlet, terminal=terminal), _gathered(process.stderr))
    code = await process.wait()
    # What a visitor has asked for may be in the lines before it, and is not for the log.
    _, fault, traceback = (b"\n" + said).partition(_TRACEBACK)
    if fault or code == _FAULT or code < 0:
        raise FaultError((fault + traceback).decode("utf-8", "replace") or f"ended with {code}")
    outlet.write(_with_line_ends(said, terminal=terminal), error=not terminal)
    return code


async def _copied(stream: asyncio.StreamReader, outlet: Outlet, *, terminal: bool) -> None:
    """Pass a stream on as fast as the client takes it."""
    while data := await stream.read(_CHUNK):
        outlet.write(_with_line_ends(data, terminal=terminal))
        while outlet.waiting() > _MOST_WAITING:
            await asyncio.sleep(0.02)


async def _gathered(stream: asyncio.StreamReader) -> bytes:
    """Return what a stream has said until it ends, of much only the beginning."""
    said = b""
    while data := await stream.read(_CHUNK):
        said += data[: _MOST_SAID - len(said)]
    return said


def _with_line_ends(data: bytes, *, terminal: bool) -> bytes:
    """Return text as a client takes it: its terminal is raw, so nothing on the way adds a carriage return."""
    return data.replace(b"\n", b"\r\n") if terminal else data
