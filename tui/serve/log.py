"""The server's log: one JSON object a line, of who came, from where, for how long and how it ended.

What is typed is never written: no keys, no queries, no commands beyond their name. But a command that is refused may be
an attack, and is written as it was sent.
"""

from __future__ import annotations

import os
import time
import traceback
from typing import TextIO

from msgspec import json

from tui.exchange.printable import printable

_LONGEST = 200
"""Characters of a text that a client chose, such as the name it logs in by, or a command that is refused."""

_REFUSALS = 20
"""Refusals of a connection that are written."""


class Journal:
    """Writes events to a stream, each with its time in UTC and the process it happened in."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def note(self, event: str, **fields: str | float | None) -> None:
        """Write one event. A log that can't be written must not end anyone's session."""
        entry: dict[str, str | float | None] = {"time": _now(), "event": event, "process": os.getpid()}
        for name, value in fields.items():
            entry[name] = printable(value[:_LONGEST]) if isinstance(value, str) else value
        self._write(entry)

    def fault(self, number: str, error: BaseException) -> None:
        """Write a fault of ours with its traceback; values of variables, which are the library's, are left out."""
        lines = "".join(traceback.format_exception(error)).splitlines()
        text = "\n".join(map(printable, lines))
        self._write({"time": _now(), "event": "fault", "process": os.getpid(), "fault": number, "traceback": text})

    def _write(self, entry: dict[str, str | float | None]) -> None:
        try:
            self._stream.write(json.encode(entry).decode() + "\n")
            self._stream.flush()
        except (OSError, ValueError):
            return


class Refusals:
    """What is refused on one connection. The first of it is written: who asks without end must not fill the log."""

    def __init__(self, journal: Journal, name: str) -> None:
        self._journal = journal
        self._name = name
        self._count = 0

    def note(self, what: str, name: str) -> None:
        """Note what kind of thing was asked for, and how it was named."""
        self._count += 1
        if self._count <= _REFUSALS:
            self._journal.note("refused", session=self._name, what=what, name=name)


class SessionLog:
    """The events of one session: that it was opened, and how it was closed."""

    def __init__(self, journal: Journal, name: str) -> None:
        self._journal = journal
        self._name = name
        self._began = time.monotonic()
        self._open = False

    def opened(self, what: str, size: tuple[int, int] | None) -> None:
        """Note which command is carried out, or that it is the explorer; `size` is columns and rows of a terminal."""
        self._open = True
        cells = {"columns": size[0], "rows": size[1]} if size else {}
        self._journal.note("opened", session=self._name, what=what, **cells)

    def closed(self, reason: str, code: int, sent: int) -> None:
        """Note how a session that was opened has ended."""
        if self._open:
            seconds = round(time.monotonic() - self._began, 1)
            self._journal.note("closed", session=self._name, what=reason, code=code, seconds=seconds, bytes=sent)


def _now() -> str:
    seconds = time.time()
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{int(seconds * 1000) % 1000:03}Z"
