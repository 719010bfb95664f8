"""A terminal that takes its time holds nobody up, and misses nothing."""

from __future__ import annotations

import asyncio
import os
import pty
import threading
import tty
from collections.abc import Iterator
from typing import TextIO

import pytest

from tui.explorer.output import Output

LONG = "".join(f"{number:06}·" for number in range(40_000))


@pytest.fixture
def terminal() -> Iterator[tuple[int, TextIO]]:
    """Return the end of who looks at a terminal, and its file."""
    looking, own = pty.openpty()
    tty.setraw(own)
    with open(own, "w", encoding="utf-8") as file:
        yield looking, file
    os.close(looking)


def read(looking: int, count: int) -> bytes:
    seen = b""
    while len(seen) < count:
        seen += os.read(looking, 65_536)
    return seen


async def test_what_is_written_is_there_at_once(terminal: tuple[int, TextIO]) -> None:
    looking, file = terminal
    output = Output(file)
    output.write("a frame")
    assert os.read(looking, 100) == b"a frame"
    output.close()
    output.write("too late")
    file.write(".")
    file.flush()
    assert os.read(looking, 100) == b"."


async def test_a_slow_terminal_gets_all_in_its_order_while_others_go_on(terminal: tuple[int, TextIO]) -> None:
    looking, file = terminal
    output = Output(file)
    for text in (LONG, "then", "last"):
        output.write(text)
    wanted = f"{LONG}thenlast".encode()
    seen = await asyncio.to_thread(read, looking, len(wanted))
    assert seen == wanted
    output.write("again at once")
    assert os.read(looking, 100) == b"again at once"
    output.close()


async def test_closing_waits_for_what_is_left(terminal: tuple[int, TextIO]) -> None:
    looking, file = terminal
    output = Output(file)
    output.write(LONG)
    seen: list[bytes] = []
    reader = threading.Thread(target=lambda: seen.append(read(looking, len(LONG.encode()))))
    reader.start()
    output.close()
    reader.join(10)
    assert b"".join(seen) == LONG.encode()


async def test_who_writes_without_end_waits_for_the_terminal(terminal: tuple[int, TextIO]) -> None:
    looking, file = terminal
    output = Output(file)
    wanted = LONG.encode() * 8
    seen: list[bytes] = []
    reader = threading.Thread(target=lambda: seen.append(read(looking, len(wanted))))
    reader.start()
    for _ in range(8):
        output.write(LONG)
        assert len(output._left) <= 1 << 20
    output.close()
    reader.join(10)
    assert b"".join(seen) == wanted


async def test_a_terminal_that_has_gone_takes_everything(terminal: tuple[int, TextIO]) -> None:
    looking, file = terminal
    output = Output(file)
    other, _ = pty.openpty()
    os.dup2(other, looking)
    output.write(LONG)
    output.write("more")
    output.close()
    os.close(other)


async def test_what_is_no_terminal_is_not_written_to(tmp_path: os.PathLike[str]) -> None:
    with (
        open(os.path.join(tmp_path, "file"), "w", encoding="utf-8") as file,
        pytest.raises(OSError, match=r"ioctl|tty"),
    ):
        Output(file)
