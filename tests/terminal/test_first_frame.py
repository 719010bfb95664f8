"""The frame that is painted before anything is imported is the one that the app shows, cell by cell."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.property.test_screen_diff import Terminal
from tests.terminal.terminals import PATIENCE, PtyTerminal, Visit
from tui.explorer import first_frame

TAKEN_OVER = b"\x1b[?2004h"
"""What the app says when it takes the terminal; nothing else before it does."""
COLOURED = re.compile(rb"\x1b\[[0-9;]*m")
SIZES = [(60, 20), (80, 24), (120, 36), (200, 50)]


class Recorded(PtyTerminal):
    """A terminal of which it is known what was written to it."""

    @property
    def written(self) -> bytes:
        self._read()
        return self._written


def wait_for(what: str, is_so: object) -> None:
    assert callable(is_so)
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def leave_once(home: Path, size: tuple[int, int], arguments: Sequence[str], keys: str = "") -> None:
    """Open the explorer, press keys, leave, and wait until the next first frame is kept."""
    frames = home / "cache" / "frames"
    before = {file: file.stat().st_mtime_ns for file in frames.glob("*.frame")} if frames.exists() else {}
    with Visit(Recorded, *size, home, arguments) as visit:
        visit.sees("❯")
        wait_for("the app never took over", lambda: TAKEN_OVER in written(visit))
        visit.type(keys)
        if keys:
            time.sleep(0.5)
        visit.type("q")
        visit.ends()
    wait_for(
        "no frame was kept",
        lambda: {file: file.stat().st_mtime_ns for file in frames.glob("*.frame")} not in ({}, before),
    )


def written(visit: Visit) -> bytes:
    assert isinstance(visit.terminal, Recorded)
    return visit.terminal.written


def repainted(visit: Visit) -> bool:
    """Ask the app to paint its whole screen, as after a resize, and say whether it has."""
    assert isinstance(visit.terminal, Recorded)
    os.kill(visit.terminal._process.pid, signal.SIGWINCH)
    time.sleep(0.5)
    return b"\x1b[2J" in written(visit).partition(TAKEN_OVER)[2]


def settled(visit: Visit) -> bytes:
    """All that was written, once nothing has come for a while."""
    before = b""
    while before != (before := written(visit)):
        time.sleep(0.7)
    return before


def shown(data: bytes, size: tuple[int, int]) -> list[list[tuple[object, ...]]]:
    """Each cell with its colours, of which nothing is left out but what cannot be seen."""
    terminal = Terminal()
    terminal.screen.resize(size[1], size[0])
    terminal.feed(re.sub(r"\x1b\[[<>]\d*u|\x1b\][^\x07]*\x07|\x1b\[\?2026\$p", "", data.decode()))
    return terminal.shows()


@pytest.mark.parametrize(
    ("size", "query", "keys"),
    [*((size, (), "") for size in SIZES), ((80, 24), ("rome",), ""), ((80, 24), (), "2j"), ((120, 36), ("rome",), "3")],
)
def test_what_is_painted_early_is_what_the_app_shows(
    tiny_library: Path, tmp_path: Path, size: tuple[int, int], query: tuple[str, ...], keys: str
) -> None:
    arguments = [str(tiny_library), *query]
    leave_once(tmp_path, size, arguments, keys)
    with Visit(Recorded, *size, tmp_path, arguments) as visit:
        wait_for("the app never took over", lambda: TAKEN_OVER in written(visit))
        early = written(visit).partition(TAKEN_OVER)[0]
        assert b"Summits" in early
        wait_for("the app did not paint its screen", lambda: repainted(visit))
        later = written(visit).partition(TAKEN_OVER)[2].partition(b"\x1b[2J")[0]
        assert COLOURED.findall(later)[:-1] == [], "the app painted something else first"
        assert shown(settled(visit), size) == shown(early, size)
        visit.type("q")
        assert visit.ends() == 0
        assert visit.terminal.restored()


def test_keys_typed_before_the_app_is_there_are_its_keys(tiny_library: Path, tmp_path: Path) -> None:
    arguments = ["--fresh", str(tiny_library)]
    leave_once(tmp_path, (80, 24), arguments)
    with Visit(Recorded, 80, 24, tmp_path, arguments) as visit:
        wait_for("no frame was painted", lambda: b"1 Summits" in written(visit))
        visit.type("/rome\r2")
        assert TAKEN_OVER not in written(visit)
        visit.sees("❯ rome", "2 Leaders")
        assert "/rome" not in visit.terminal.screen()


def test_a_frame_of_files_that_were_replaced_is_not_painted(tiny_library: Path, tmp_path: Path) -> None:
    leave_once(tmp_path, (80, 24), [str(tiny_library)])
    file = next(tiny_library.glob("*.json"))
    new = file.with_suffix(".new")
    new.write_bytes(file.read_bytes())
    new.replace(file)
    with Visit(Recorded, 80, 24, tmp_path, [str(tiny_library)]) as visit:
        visit.sees("1 Summits")
        assert b"1 Summits" not in written(visit).partition(TAKEN_OVER)[0]


def test_a_file_edited_in_its_place_is_shown_as_it_is_when_the_app_is_there(tiny_library: Path, tmp_path: Path) -> None:
    arguments = ["--fresh", str(tiny_library)]
    leave_once(tmp_path, (120, 36), arguments)
    for file in tiny_library.glob("*.json"):
        file.write_bytes(file.read_bytes().replace("Türkiye".encode(), b"Atlantis"))
    with Visit(Recorded, 120, 36, tmp_path, arguments) as visit:
        visit.sees("Atlantis")
        assert "Türkiye".encode() in written(visit).partition(TAKEN_OVER)[0]
        assert "Türkiye" not in visit.terminal.screen()
        visit.type("q")
        assert visit.ends() == 0


def test_a_frame_is_drawn_anew_when_a_file_was_edited_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMIT_CACHE", str(tmp_path / "cache"))
    library = tmp_path / "library"
    library.mkdir()
    file = library / "a.json"
    file.write_text("{}", encoding="utf-8")
    first_frame.keep([], (80, 24), [first_frame.stamp(library)], "a frame", (), [first_frame.stamp(file)])
    assert first_frame.is_kept([], (80, 24))
    os.utime(file, ns=(1, 1))
    assert not first_frame.is_kept([], (80, 24))


def test_the_terminal_is_given_back_when_no_app_takes_it(tmp_path: Path) -> None:
    script = (
        "from tui.explorer import first_frame as f; f.keep([], (40, 10), [], 'a frame', ());"
        "f.paint([]); from tui.cli.run import _say; _say('cannot be opened', 2)"
    )
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 10, 40, 0, 0))
    before = termios.tcgetattr(slave)
    environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
    environment["SUMMIT_CACHE"] = str(tmp_path)
    subprocess.run([sys.executable, "-c", script], stdin=slave, stdout=slave, stderr=slave, env=environment, check=True)
    said = b""
    while select.select([master], [], [], 0)[0]:
        said += os.read(master, 65_536)
    assert said.index(b"a frame") < said.index(b"\x1b[?1049l") < said.index(b"cannot be opened")
    assert termios.tcgetattr(slave) == before
    os.close(master)
    os.close(slave)
