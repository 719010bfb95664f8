"""The server's log: one JSON object a line, of who came, from where, for how long and how it ended.

What is typed is never written: no keys, no queries, no commands beyond their name.
"""

from __future__ import annotations

import os
import time
import traceback
from typing import TextIO

from msgspec import json

from tui.exchange.printable import printable

_LONGEST = 200
"""Characters of a text that a client chose, such as the name it logs in by."""


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
        text = "".join(traceback.format_exception(error))
        self._write({"time": _now(), "event": "fault", "process": os.getpid(), "fault": number, "traceback": text})

    def _write(self, entry: dict[str, str | float | None]) -> None:
        try:
            self._stream.write(json.encode(entry).decode() + "\n")
            self._stream.flush()
        except (OSError, ValueError):
            return


def _now() -> str:
    seconds = time.time()
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{int(seconds * 1000) % 1000:03}Z"
