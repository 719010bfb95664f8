"""A process that writes to a library, for the tests that run several of them or kill one."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec

from tui.exchange.into.keeping import keep, read_library
from tui.exchange.into.mapping_file import read_mapping
from tui.exchange.into.merging import plan_import
from tui.exchange.into.table import from_table
from tui.library import changing, check, library_files, open_database, read_file, replacing
from tui.library.changes import Change, OvertakenError
from tui.library.writer import LibraryWriter
from tui.records import Leader, Summit, Topic


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


def edit_in_turns(library: Path, name: str, count: int) -> None:
    """Add `count` aliases to the topic of energy through the library's writer, each to the record as it then is."""
    writer = LibraryWriter(library)
    for number in range(count):
        while True:
            topic = writer.find("energy")
            assert isinstance(topic, Topic)
            after = msgspec.structs.replace(topic, aliases=(*topic.aliases, f"{name} {number}"))
            try:
                writer.write([Change(topic, after)], f"{name} {number}")
            except OvertakenError:
                continue
            break
        print(f"{name} {number}", flush=True)


def die_at_any_moment(library: Path, seed: str, count: int) -> None:
    """Kill `count` children at random moments while they change two records in two files to the same number.

    Prints for each: the last number it told of, and what the two records say once the next writer has come.
    """
    chance = random.Random(seed)
    for _ in range(count):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            _count_up(library, write)
        os.close(write)
        told = _told_until_killed(read, child, chance)
        files = [len(list(read_file(file))) for file in library_files(library)]
        writer = LibraryWriter(library)
        writer.write([], "")
        says = [_number(writer, record_id) for record_id in ("rome-2025", "recep-tayyip-erdogan")]
        print(told, *says, sum(files), len(check(library)), flush=True)


def _told_until_killed(read: int, child: int, chance: random.Random) -> int:
    """Kill a child a moment after it told of a random number of changes; return the last number it told of."""
    told, heard = 0, b""
    for _ in range(chance.randint(0, 2)):
        heard += os.read(read, 4)
    time.sleep(chance.uniform(0, 0.02))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(read, 65_536):
        heard += more
    os.close(read)
    for position in range(0, len(heard) - 3, 4):
        told = int.from_bytes(heard[position : position + 4], "big")
    return told


def _count_up(library: Path, write: int) -> None:
    writer = LibraryWriter(library)
    while True:
        rome, erdogan = writer.find("rome-2025"), writer.find("recep-tayyip-erdogan")
        assert isinstance(rome, Summit)
        assert isinstance(erdogan, Leader)
        number = int(rome.note or 0) + 1
        changes = [
            Change(rome, msgspec.structs.replace(rome, note=str(number))),
            Change(erdogan, msgspec.structs.replace(erdogan, note=str(number))),
        ]
        writer.write(changes, str(number))
        os.write(write, number.to_bytes(4, "big"))


def _number(writer: LibraryWriter, record_id: str) -> int:
    record = writer.find(record_id)
    assert isinstance(record, Summit | Leader)
    return int(record.note or 0)


def die_while_importing(library: Path, table: str, count: int) -> None:
    """Kill `count` children at random moments of an import; print how many records are there when the next has come.

    The moments draw near to that at which all becomes visible: one that came too early is followed by a later one.
    """
    arrival = from_table(Path(table), read_mapping(Path(table).with_suffix(".toml")))
    chance, longest = random.Random(table), 0.1
    for _ in range(count):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            records, files = read_library(library)
            plan = plan_import(arrival, records)
            os.write(write, b".")
            keep(plan, library, files, arrival.name, "")
            os._exit(0)
        os.read(read, 1)
        time.sleep(chance.uniform(longest / 2, longest))
        os.close(read)
        os.close(write)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        writer = LibraryWriter(library)
        writer.write([], "")
        records, _ = read_library(library)
        print(len(records), len(check(library)), "killed" if os.WIFSIGNALED(status) else "done", flush=True)
        longest *= 0.8 if records else 1.3
        if records:
            writer.undo()


TASKS = {
    "insert": insert,
    "add-up": add_up,
    "die-at-every-line": die_at_every_line,
    "edit-in-turns": edit_in_turns,
    "die-at-any-moment": die_at_any_moment,
    "die-while-importing": die_while_importing,
}

if __name__ == "__main__":
    TASKS[sys.argv[1]](Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
