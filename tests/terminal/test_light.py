"""How little the explorer asks of a terminal: few bytes a key, silence when idle, a whole screen when needed."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.terminal.terminals import PtyTerminal, Visit


class Watched(PtyTerminal):
    """A terminal of which it is known what was written to it."""

    @property
    def written(self) -> bytes:
        self._read()
        return self._written

    def settled(self) -> bytes:
        """Return all that was written, once nothing has come for half a second."""
        before = b""
        while before != (before := self.written):
            time.sleep(0.5)
        return before

    def scribble(self, text: str) -> None:
        """Write on the screen, as a program does that the explorer knows nothing of."""
        self._read()
        self._stream.feed(text.encode())

    @property
    def wakeups(self) -> int:
        tasks = Path(f"/proc/{self._process.pid}/task").iterdir()
        lines = [line for task in tasks for line in (task / "status").read_text().splitlines()]
        return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt"))

    @property
    def stopped(self) -> bool:
        """Whether the program has been stopped, as a shell is told before it goes on itself."""
        self._read()
        return Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "T"

    def send(self, signal_number: int) -> None:
        os.kill(self._process.pid, signal_number)


def watched(visit: Visit) -> Watched:
    assert isinstance(visit.terminal, Watched)
    return visit.terminal


def test_a_cursor_move_is_a_few_hundred_bytes_and_idling_none(tmp_path: Path) -> None:
    with Visit(Watched, 80, 24, tmp_path) as visit:
        visit.sees("1 Summits", "q quit")
        terminal = watched(visit)
        assert len(terminal.settled()) < 12_000
        visit.type("1")
        first = terminal.settled()
        visit.type("j")
        moved = terminal.settled()
        assert 0 < len(moved) - len(first) <= 440
        wakeups = terminal.wakeups
        time.sleep(2)
        assert terminal.written == moved
        assert terminal.wakeups - wakeups <= 2


def test_asks_for_clicks_but_not_for_moves_of_the_mouse(tmp_path: Path) -> None:
    with Visit(Watched, 80, 24, tmp_path) as visit:
        visit.sees("1 Summits", "q quit")
        written = watched(visit).settled()
        assert b"\x1b[?1000h" in written
        assert b"\x1b[?1003h" not in written
        assert b"\x1b[?1002h" not in written


def test_a_lone_escape_is_one(tmp_path: Path) -> None:
    with Visit(Watched, 120, 36, tmp_path, ["izmir"]) as visit:
        visit.sees("❯ izmir", "q quit")
        visit.type("\x1b")
        visit.sees("1 Summits", without="❯ izmir")


@pytest.mark.parametrize("size", [(100, 30), (200, 50), (60, 20)])
def test_a_resize_paints_the_whole_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    with Visit(Watched, 120, 36, tmp_path) as visit:
        visit.sees("1 Summits", "q quit")
        terminal = watched(visit)
        terminal.settled()
        terminal.scribble("\x1b[2J\x1b[5;5Hlines that the terminal moved")
        terminal.resize(*size)
        visit.sees("1 Summits", "NATO Summit", without="lines that the terminal moved")
        after = terminal.settled()
        visit.type("q")
        assert visit.ends() == 0
        assert terminal.written.startswith(after)


def test_a_resize_to_the_same_size_paints_the_whole_screen(tmp_path: Path) -> None:
    with Visit(Watched, 80, 24, tmp_path) as visit:
        visit.sees("1 Summits", "q quit")
        terminal = watched(visit)
        terminal.settled()
        terminal.scribble("\x1b[5;5Hanother program wrote this")
        terminal.send(signal.SIGWINCH)
        visit.sees("1 Summits", "q quit", without="another program wrote this")


def test_comes_back_whole_after_being_stopped(tmp_path: Path) -> None:
    with Visit(Watched, 80, 24, tmp_path) as visit:
        visit.sees("1 Summits", "q quit")
        terminal = watched(visit)
        terminal.settled()
        terminal.send(signal.SIGTSTP)
        deadline = time.monotonic() + 10
        while not terminal.stopped:
            assert time.monotonic() < deadline, "it was not stopped"
            time.sleep(0.02)
        assert b"\x1b[?1049l" in terminal.written
        terminal.scribble("\x1b[2J\x1b[5;5Ha shell wrote this")
        terminal.send(signal.SIGCONT)
        visit.sees("1 Summits", "q quit", without="a shell wrote this")
        visit.type("q")
        assert visit.ends() == 0
        assert terminal.restored()


def test_a_page_over_the_explorer_comes_and_goes(tmp_path: Path) -> None:
    with Visit(Watched, 120, 36, tmp_path) as visit:
        visit.sees("1 Summits", "q quit")
        watched(visit).settled()
        before = visit.terminal.screen()
        visit.type("?")
        visit.sees("Move down a line.")
        visit.type("\x1b")
        visit.sees("1 Summits", "q quit", without="Move down a line.")
        watched(visit).settled()
        assert visit.terminal.screen() == before


def test_ends_when_its_terminal_is_lost(tmp_path: Path) -> None:
    with Visit(Watched, 80, 24, tmp_path) as visit:
        visit.sees("1 Summits", "q quit")
        watched(visit).send(signal.SIGHUP)
        visit.ends()


class Sizeless(PtyTerminal):
    """A terminal that says of its size 0x0, as a serial line does."""

    knows_its_size = False


def test_a_terminal_that_does_not_know_its_size_is_taken_for_a_usual_one(tiny_library: Path, tmp_path: Path) -> None:
    with Visit(Sizeless, 80, 24, tmp_path, [str(tiny_library)]) as visit:
        visit.sees("1 Summits 3", "q quit")
        visit.type("q")
        assert visit.ends() == 0
