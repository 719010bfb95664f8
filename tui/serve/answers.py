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

import tui
from tui.language import gettext
from tui.serve.client import Client
from tui.serve.guests import GUEST, PROGRAM
from tui.serve.last_words import lines
from tui.serve.limits import Outlet
from tui.serve.passing import SECONDS, Passage, arrived, with_line_ends
from tui.serve.settings import Settings
from tui.serve.turns import Turn, Turns

_TOO_LONG, _FAULT = 124, 70
_CHUNK = 16_384

_MOST_SAID = 64_000
"""Bytes of the error stream of an answer that are kept until it ends."""

_TRACEBACK = b"\nTraceback (most recent call last):"


class FaultError(Exception):
    """An answer that met a fault of ours; the text is its traceback, or how it ended."""


class Answers:
    """Carries out what clients ask for, a few at a time."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turns = Turns()

    async def give(self, words: list[str], outlet: Outlet, columns: int, client: Client, source: str) -> int:
        """Print an answer to a client and return its exit code; `columns` is 0 where there is no terminal.

        `source` is where the client comes from.

        Raises FaultError for one that met a fault: what Python says of it names files of the host; StoppedError for
        a client that has stopped reading.
        """
        async with self._turns.taken(source) as turn:
            code = await self._carried_out(words, outlet, columns, client, turn)
        await arrived(outlet)
        return code

    async def _carried_out(self, words: list[str], outlet: Outlet, columns: int, client: Client, turn: Turn) -> int:
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
            async with asyncio.timeout(SECONDS) as limit:
                return await _passed_on(process, outlet, Passage(outlet, turn, limit), terminal=columns > 0)
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


async def _passed_on(process: asyncio.subprocess.Process, outlet: Outlet, passage: Passage, *, terminal: bool) -> int:
    assert process.stdout is not None
    assert process.stderr is not None
    _, said = await asyncio.gather(passage.pass_on(process.stdout, terminal=terminal), _gathered(process.stderr))
    code = await process.wait()
    # What a visitor has asked for may be in the lines before it, and is not for the log.
    _, fault, traceback = (b"\n" + said).partition(_TRACEBACK)
    if fault or code == _FAULT or code < 0:
        raise FaultError((fault + traceback).decode("utf-8", "replace") or f"ended with {code}")
    outlet.write(with_line_ends(said, terminal=terminal), error=not terminal)
    return code


async def _gathered(stream: asyncio.StreamReader) -> bytes:
    """Return what a stream has said until it ends, of much only the beginning."""
    said = b""
    while data := await stream.read(_CHUNK):
        said += data[: _MOST_SAID - len(said)]
    return said
