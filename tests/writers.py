"""A process that writes to a library, for the tests that run several of them or kill one."""

from __future__ import annotations

import sys
from pathlib import Path

from tui.library import changing, open_database


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


if __name__ == "__main__":
    {"insert": insert, "add-up": add_up}[sys.argv[1]](Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
