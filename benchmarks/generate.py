"""Writes a generated library of any size: `python -m benchmarks.generate --records 10000 --seed 1 FOLDER`.

The same arguments give the same bytes. A record follows from the seed and its number alone, so a library is written
as a stream and memory does not grow with it. Records come in blocks of a meeting, its agreements, the sources of
both, and some people; every link leads to a record of the library. Nothing in it is true.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import BinaryIO, NamedTuple

import msgspec

from benchmarks.invented import Block, agreement, leader, source, summit, topic
from tui.records import Record

RECORDS_A_FILE = 2000
TABLES = ("topics", "leaders", "summits", "agreements", "sources")


class Plan(NamedTuple):
    """How many records of each sort a library has."""

    seed: int
    topics: int
    blocks: int
    extra_sources: int
    """Sources of the last block beyond its own, so that the number of records is exactly what was asked for."""
    block: Block


def plan(records: int, seed: int, leaders: int = 2) -> Plan:
    """Return the plan of a library with so many leaders a meeting. Raises ValueError for too few records."""
    block = Block(agreements=4, sources=3, leaders=leaders)
    topics = min(max(records // 50, 8), 400)
    blocks, extra = divmod(records - topics, block.records)
    if blocks < 1:
        raise ValueError(f"{records} records are too few; {topics + block.records} are the least")
    return Plan(seed, topics, blocks, extra, block)


def write_library(folder: Path, planned: Plan, *, one_file: bool = False) -> None:
    """Write a library into a folder, which is made; files already there are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    step = planned.blocks if one_file else max(RECORDS_A_FILE // planned.block.records, 1)
    for number, first in enumerate(range(0, planned.blocks, step)):
        name = "library.json" if one_file else f"part-{number:05}.json"
        with (folder / name).open("wb") as file:
            _write_file(file, planned, first, min(first + step, planned.blocks))


def _write_file(file: BinaryIO, planned: Plan, first: int, last: int) -> None:
    """Write the blocks from `first` to before `last` as a TinyDB file; the first file has the topics too."""
    encode = msgspec.json.Encoder().encode
    file.write(b"{")
    parting = b""
    for table in TABLES:
        number = 0
        for number, record in enumerate(records_of(table, planned, first, last), 1):
            opening = b"" if number > 1 else b'%s\n"%s": {' % (parting, table.encode())
            file.write(b'%s%s\n"%d": %s' % (opening, b"," if number > 1 else b"", number, encode(record)))
        if number:
            file.write(b"\n}")
            parting = b","
    file.write(b"\n}\n")


def records_of(table: str, planned: Plan, first: int, last: int) -> Iterator[Record]:
    """Yield the records of a table that belong to the blocks from `first` to before `last`."""
    if table == "topics":
        yield from (topic(number) for number in range(planned.topics if first == 0 else 0))
        return
    block = planned.block
    for place in range(first, last):
        # Every table sees a block with fresh chance of its own, so that tables can be written one after the other.
        random = Random((planned.seed * 1_000_003 + place) * 8 + TABLES.index(table))
        if table == "leaders":
            yield from (leader(place * block.leaders + turn, place, random) for turn in range(block.leaders))
        elif table == "summits":
            yield summit(place, planned.blocks * block.leaders, planned.topics, block, random)
        elif table == "agreements":
            for turn in range(block.agreements):
                yield agreement(place, turn, planned.blocks * block.leaders, planned.topics, block, random)
        else:
            extra = planned.extra_sources if place == planned.blocks - 1 else 0
            yield from (source(place, turn, random) for turn in range(block.sources + extra))


def main() -> None:
    """Read the command line and write the library."""
    parser = argparse.ArgumentParser(description="Write a generated library.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--leaders", type=int, default=2, help="leaders a meeting; more of them, more names")
    parser.add_argument("--one-file", action="store_true")
    given = parser.parse_args()
    try:
        write_library(given.folder, plan(given.records, given.seed, given.leaders), one_file=given.one_file)
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
