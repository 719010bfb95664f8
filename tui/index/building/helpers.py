"""Processes that make the portions of a large build, so that it has all the processors of the machine.

Each is asked for one portion after the other through its standard input, and answers on its standard output. It ends
when whoever started it has gone. A process that fails only makes the build slower.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from struct import Struct
from typing import IO

import msgspec

import tui
from tui.index.building.garbage import without_collection
from tui.index.building.portions import Maker, Portion

WORTH = 10
"""From how many portions on it is worth to start processes, where there is more than one processor."""
MOST = 3
"""How many processes there are at most: more make portions faster than one can write them."""

_ASKED_AHEAD = 2
_MEMORY_KIB = 8 * 1024
_LENGTH = Struct("<I")
_PROGRAM = "from tui.index.building.helpers import main; main()"

Span = tuple[int, int]
"""The first and the last number of a portion."""


class _Order(msgspec.Struct, array_like=True):
    staged: str
    phrases: list[str]


def is_worth(portions: int) -> bool:
    """Tell whether a build of so many portions is done sooner with processes to help."""
    return portions >= WORTH and processors() > 1


def portions(
    staged: Path, phrases: Sequence[str], spans: Sequence[Span], maker: Maker
) -> Generator[Portion, None, None]:
    """Yield the portions of `spans` in their order, made by as many processes as there are processors.

    `staged` is the finished file of the first pass. What no process answers, `maker` makes here.
    """
    with ExitStack() as ending:
        order = _Order(str(staged), list(phrases))
        helpers = [ending.enter_context(closing(_Helper(order))) for _ in range(processors())]
        for at, helper in enumerate(helpers):
            helper.expect(spans[at :: len(helpers)])
        for at, span in enumerate(spans):
            portion = helpers[at % len(helpers)].next()
            yield maker.portion(*span) if portion is None else portion


def processors() -> int:
    """Return how many processes a large build starts."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(available or 1, MOST)


class _Helper:
    """A process that makes portions."""

    def __init__(self, order: _Order) -> None:
        self._spans: Iterator[Span] = iter(())
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM],
            cwd=Path(tui.__file__).parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._send(order)

    def expect(self, spans: Sequence[Span]) -> None:
        """Ask for the first of these portions, which `next` will return in their order."""
        self._spans = iter(spans)
        for _ in range(_ASKED_AHEAD):
            self._ask()

    def next(self) -> Portion | None:
        """Return the next portion and ask for one more; None when the process has failed."""
        assert self._process.stdout is not None
        raw = _read(self._process.stdout)
        self._ask()
        return None if raw is None else msgspec.msgpack.decode(raw, type=Portion)

    def close(self) -> None:
        """Let the process end, and wait until it has."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(OSError):
            self._process.stdin.close()
        self._process.stdout.close()
        self._process.kill()
        self._process.wait()

    def _ask(self) -> None:
        if (span := next(self._spans, None)) is not None:
            self._send(span)

    def _send(self, sent: object) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            _write(self._process.stdin, sent)


def main() -> None:
    """Make portions until nobody asks for more."""
    raw = _read(sys.stdin.buffer)
    if raw is None:
        return
    order = msgspec.msgpack.decode(raw, type=_Order)
    # Nobody writes to the file of the first pass any more, so it needs no locks.
    database = f"{Path(order.staged).as_uri()}?mode=ro&immutable=1"
    with without_collection(), closing(sqlite3.connect(database, uri=True)) as staged:
        staged.execute(f"PRAGMA cache_size = -{_MEMORY_KIB}")
        maker = Maker(staged, order.phrases)
        with suppress(BrokenPipeError, KeyboardInterrupt):
            while (asked := _read(sys.stdin.buffer)) is not None:
                _write(sys.stdout.buffer, maker.portion(*msgspec.msgpack.decode(asked, type=Span)))


def _write(file: IO[bytes], sent: object) -> None:
    raw = msgspec.msgpack.encode(sent)
    file.write(_LENGTH.pack(len(raw)))
    file.write(raw)
    file.flush()


def _read(file: IO[bytes]) -> bytes | None:
    """Return the next message; None at the end, and when the last is cut."""
    length = file.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return None
    raw = file.read(_LENGTH.unpack(length)[0])
    return raw if len(raw) == _LENGTH.unpack(length)[0] else None
