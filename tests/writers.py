"""A process that writes to a library, for the tests that run several of them or kill one."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from tui.library import changing, open_database, read_file, replacing


def insert(file: Path, name: str, count: int) -> None:
    """Insert `count` topics, one change each, and print the id of each once it is written."""
    database = open_database(file)
    for number in range(count):
        record = f"{name}-{number}"
        database.table("topics").insert({"id": record, "name": record})
        print(record, flush=True)


def add_up(file: Path, name: str, count: int) -> None:
    """Add `count` aliases to the one topic, each time to the list as it was read."""
    database = open_database(file)
    for number in range(count):
        with changing(database):
            topics = database.table("topics")
            aliases = topics.all()[0].get("aliases", [])
            topics.update({"aliases": [*aliases, f"{name} {number}"]})


def die_at_every_line(file: Path, name: str, count: int) -> None:
    """Change the file in `count` children, of which each is killed one line of the replacing later than the last.

    Prints for each how it ended (`killed` or `done`) and how many records the file and its backup then hold.
    """
    for line in range(1, count + 1):
        child = os.fork()
        if child == 0:
            sys.settrace(_kill_at(line))
            open_database(file).table("topics").insert({"id": f"{name}-{line}", "name": "x" * 20_000})
            os._exit(0)
        _, status = os.waitpid(child, 0)
        backup = file.with_name(f"{file.name}.bak")
        kept = len(list(read_file(backup))) if backup.exists() else 0
        ended = "killed" if os.WIFSIGNALED(status) else "done"
        print(ended, len(list(read_file(file))), kept, flush=True)


def _kill_at(line: int) -> Any:
    """Return a trace function that kills this process at the `line`-th line run in the room that replaces files."""
    left = line

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal left
        if frame.f_code.co_filename != replacing.__file__:
            return None
        left -= event == "line"
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


TASKS = {"insert": insert, "add-up": add_up, "die-at-every-line": die_at_every_line}

if __name__ == "__main__":
    TASKS[sys.argv[1]](Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
