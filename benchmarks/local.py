"""What one explorer costs its terminal and its machine, beside the tools a user would pick instead.

`python -m benchmarks.local` prints its tables and keeps them; `rows` returns their rows. Everything runs in
pseudo-terminals that answer as xterm does, all of it in one run, so that what is compared was measured under the same
load: rounds go through the programs in turn, and bounds are on the medians of ratios. `python -m
benchmarks.local_peers` makes the environment of the other tools; without it they are left out.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.local_peers import Peer, peers
from benchmarks.report import Row, at_most, document, missing, plain, table
from benchmarks.terminal import Answer, Program
from tui.index import Index
from tui.index.store import place
from tui.library import shipped_library

RESULTS = Path(__file__).with_name("results-local.md")
SUMMIT = str(Path(sys.executable).with_name("summit"))
SMALL = (sys.executable, "-m", "benchmarks.small_apps")
PRINT = (sys.executable, "-c", "print('here')")
TAKEN_OVER = b"\x1b[?2004h"
LETTERS = "energy"
PARTS = 5
"""Of the moves, each with a tail of its own."""
MOVES = "j" * 100 + "k" * 100 + "j" * 100
"""Enough for what one key in twenty takes to say something."""
BYTES = {"first paint": 12_000, "cursor move": 400, "page": 900, "search letter": 900, "pane change": 900}
"""At 80x24, on a slow line."""
TIMES_K1 = {"cursor move": (5, 7), "search letter": (7, 10), "pane change": (6, 6)}
"""How many times a one-line widget's key to paint, at 80x24 and at 200x50."""


class Keys(NamedTuple):
    """What was pressed and what came of it, by name; times without what SQL took."""

    answers: dict[str, list[Answer]]
    megabytes: float

    def middle(self, name: str) -> Answer:
        """The medians of a key."""
        found = self.answers[name]
        return Answer(*(median(values) for values in zip(*found, strict=True)))


class Home:
    """A user's own folders, with the index of a library in them, and nothing of whoever measures."""

    def __init__(self, folder: Path, library: Path, made: Path | None = None) -> None:
        """Make the folders; `made` is one of index files, whose copy saves the time to build another."""
        self.folder, self.library = folder, library
        self.environment = {
            "HOME": str(folder),
            "SUMMIT_CACHE": str(folder / "cache"),
            "SUMMIT_STATE": str(folder / "state"),
            "SUMMIT_CONFIG": "",
        }
        if made is not None and place(library, made).exists():
            (folder / "cache").mkdir(parents=True)
            shutil.copy2(place(library, made), place(library, folder / "cache"))
        with Index.open(library, folder / "cache") as index:
            self.first = index.view("").lists["summit"].rows(0, 1)[0].title.split()[0].encode()

    def explorer(self, *options: str, columns: int = 80, rows: int = 24) -> Program:
        """Open the explorer on the library."""
        command = [SUMMIT, "--fresh", *options, str(self.library)]
        return Program(command, columns, rows, self.environment | {"COLORTERM": "truecolor"})

    def forget_frame(self) -> None:
        """Have no first frame kept."""
        shutil.rmtree(self.folder / "cache" / "frames", ignore_errors=True)

    def keep_frame(self) -> None:
        """Visit once, so that the first frame of the next launch is kept."""
        self.forget_frame()
        program = self.explorer()
        program.settles()
        program.quits()
        program.close()
        for _ in range(600):
            if list((self.folder / "cache" / "frames").glob("*.frame")):
                return
            time.sleep(0.1)
        raise TimeoutError("no first frame was kept")


def rows(
    library: Path, *, rounds: int = 5, large: Path | None = None, made: Path | None = None
) -> Iterator[tuple[str, list[Row]]]:
    """Measure, and yield the rows of each section; `large` is a second, large library, to see what grows with size."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home", library)
        big = Home(Path(folder) / "big", large, made) if large else None
        yield "Launch", list(launch(home, big, rounds))
        yield "Bytes at 80x24", list(wire(home))
        for columns, lines in ((80, 24), (200, 50)):
            yield f"Key to paint at {columns}x{lines}", list(keys(home, columns, lines))
        yield "Rest and memory", list(rest(home, big))
        yield "Other tools", list(others(rounds))


def launch(home: Home, big: Home | None, rounds: int) -> Iterator[Row]:
    """Times from exec, as ratios of the same round."""
    found: dict[str, list[float]] = {}
    home.keep_frame()
    if big:
        big.keep_frame()

    def note(name: str, seconds: float) -> None:
        found.setdefault(name, []).append(seconds * 1e3)

    for _ in range(rounds):
        note("print", _shown(Program(PRINT), b"here"))
        note("minimal", _shown(Program([*SMALL, "static"]), b"minimal"))
        for name, where in (("", home), ("large ", big)):
            if where is not None:
                for what, seconds in _launched(where):
                    note(name + what, seconds)
    middle = {name: median(times) for name, times in found.items()}
    yield plain("`python -c print` to the screen", f"{middle['print']:.0f} ms")
    yield plain("a minimal Textual app to its first frame", f"{middle['minimal']:.0f} ms")
    for what, beside, limit in (("content", "print", 2.5), ("live", "minimal", 1.25), ("typed ahead", "minimal", 1.4)):
        ratio = _ratio(found[what], found[beside])
        yield at_most(f"{_LAUNCHES[what]} / {beside}", f"{middle[what]:.0f} ms, {ratio:.2f} ×", ratio, limit)
        if big:
            ratio = _ratio(found[f"large {what}"], found[what])
            yield at_most(f"{_LAUNCHES[what]}, large library / this", f"{ratio:.2f} ×", ratio, 1.1)


_LAUNCHES = {
    "content": "exec to first content, where a first frame is kept",
    "live": "exec to the live explorer, where none is kept",
    "typed ahead": "exec to a key shown that was typed ahead",
}


def _launched(home: Home) -> Iterator[tuple[str, float]]:
    program = home.explorer()
    yield "content", program.shows(home.first).seconds
    program.type("j")
    yield "typed ahead", program.shows_after(TAKEN_OVER, b"m").seconds
    program.close()
    frames = home.folder / "cache" / "frames"
    aside = frames.with_name("aside")
    frames.rename(aside)
    try:
        yield "live", _shown(home.explorer(), home.first)
    finally:
        shutil.rmtree(frames, ignore_errors=True)
        aside.rename(frames)


def _shown(program: Program, wanted: bytes) -> float:
    try:
        return program.shows(wanted).seconds
    finally:
        program.close()


def _ratio(times: Sequence[float], others: Sequence[float]) -> float:
    return median(mine / other for mine, other in zip(times, others, strict=True))


def wire(home: Home) -> Iterator[Row]:
    """Bytes of a start and of keys: on a slow line, where bounds hold, and on a fast one."""
    home.forget_frame()
    slow, fast = _pressed(home, "--light"), _pressed(home, "--no-light")
    for name, limit in BYTES.items():
        count, full = slow.middle(name).count, fast.middle(name).count
        most = max(answer.count for answer in slow.answers[name])
        said = f"{count:,.0f} (most {most:,}); in full columns and colours {full:,.0f}"
        yield at_most(f"{name}, bytes", said, count, limit, "bytes")


def _pressed(home: Home, *options: str, columns: int = 80, rows: int = 24, moves: str = "j" * 30) -> Keys:
    """Press each kind of key some times; letters are typed from the list of summits and from that of topics."""
    program = home.explorer(*options, columns=columns, rows=rows)
    answers = {"first paint": [program.settles()]}
    for name, pressed in (("cursor move", moves), ("page", "\x04" * 8), ("pane change", "\t" * 12)):
        answers[name] = [program.press(key) for key in pressed]
    answers["search letter"] = []
    for pane in "13":
        program.press(pane)
        program.press("/")
        answers["search letter"] += [program.press(letter) for letter in LETTERS]
        program.press("\x1b", patience=0.3)
        program.press("\x1b", patience=0.3)
    for turn in range(40):
        for key in ("jjjkj", "kkkjk")[turn % 2]:
            program.type(key)
        program.settles(0.05)
    program.idle(0.3)
    megabytes = program.megabytes
    program.quits()
    program.close()
    return Keys(answers, megabytes)


def keys(home: Home, columns: int, lines: int) -> Iterator[Row]:
    """Milliseconds from a key to the last byte of its frame, beside a one-line widget's."""
    widget = Program([*SMALL, "line"], columns, lines)
    widget.settles()
    ones = [widget.press("j") for _ in range(len(MOVES) // 2)]
    found = _pressed(home, columns=columns, rows=lines, moves=MOVES)
    ones += [widget.press("j") for _ in range(len(MOVES) // 2)]
    widget.close()
    one, sql = median(answer.seconds for answer in ones), _sql(home)
    work = median(answer.cpu for answer in ones)
    yield plain("K1: a one-line Textual widget", f"{one * 1e3:.1f} ms; CPU {work * 1e3:.1f} ms")
    for name, limits in TIMES_K1.items():
        answer = found.middle(name)
        beyond = answer.seconds - (sql if name == "search letter" else 0)
        said = f"{answer.seconds * 1e3:.1f} ms, {beyond / one:.1f} × K1"
        said += f"; CPU {answer.cpu * 1e3:.1f} ms, {answer.cpu / work:.1f} × K1's"
        if name == "search letter":
            said += f"; of it SQL {sql * 1e3:.1f} ms"
        yield at_most(f"{name} / K1", said, beyond / one, limits[columns > 80])
    moves = [answer.seconds for answer in found.answers["cursor move"]]
    tail = _tail(moves)
    said = f"{tail:.2f} ×, the one-line widget's {_tail([answer.seconds for answer in ones]):.2f} ×; "
    said += f"the longest of {len(moves)} {max(moves) * 1e3:.0f} ms"
    yield at_most("cursor move, p95 / p50", said, tail, 2)


def _tail(times: list[float]) -> float:
    """Return p95 / p50, in the middle of some parts: what stops the whole machine for a moment is then in one."""
    size = len(times) // PARTS
    parts = [sorted(times[start : start + size]) for start in range(0, size * PARTS, size)]
    return median(part[int(size * 0.95)] / median(part) for part in parts)


def _sql(home: Home) -> float:
    """Seconds that the index takes for a letter of the query, in the middle."""
    times = []
    with Index.open(home.library, home.folder / "cache") as index:
        for end in [*range(1, len(LETTERS) + 1)] * 2:
            began = time.perf_counter()
            view = index.view(LETTERS[:end])
            for listing in view.lists.values():
                listing.rows(0, 24)
            times.append(time.perf_counter() - began)
    return median(times[len(LETTERS) :])


def rest(home: Home, big: Home | None) -> Iterator[Row]:
    """What an idle explorer does, and memory."""
    program = home.explorer()
    program.settles(1.5)
    count, wakeups = program.idle(20)
    ended = program.quits()
    program.close()
    yield at_most("idle, bytes a minute", f"{count * 3}", count * 3, 0, "")
    yield at_most("idle, wake-ups a minute", f"{wakeups * 3}", wakeups * 3, 10, "")
    yield plain("q to the end of the process", f"{ended * 1e3:.0f} ms")
    minimal = Program([*SMALL, "static"])
    minimal.settles()
    small = minimal.megabytes
    minimal.close()
    for name, where in (("", home), (", large library", big)):
        if where is not None:
            used = _pressed(where).megabytes
            yield at_most(
                f"memory after 300 keys / minimal Textual app{name}",
                f"{used:.0f} MB / {small:.0f} MB, {used / small:.2f} ×",
                used / small,
                1.25,
            )


_LULL = 1.5
"""Seconds without a byte after which another tool has started: some do so in pieces."""


def others(rounds: int) -> Iterator[Row]:
    """The same of other tools: start, a key, rest, memory."""
    for peer in peers():
        if not peer.command:
            yield missing(peer.name, "not installed")
            continue
        try:
            yield _other(peer, rounds)
        except RuntimeError as error:
            yield missing(peer.name, str(error))


def _other(peer: Peer, rounds: int) -> Row:
    starts = []
    for _ in range(max(rounds // 2, 1)):
        program = Program(peer.command, more=peer.environment)
        starts.append(program.settles(_LULL).seconds)
        program.close()
    program = Program(peer.command, more=peer.environment)
    first = program.settles(_LULL)
    moves = [program.press(peer.down) for _ in range(12)]
    count, wakeups = program.idle(10)
    megabytes = program.megabytes
    program.close()
    key = median(move.seconds for move in moves) * 1e3
    said = (
        f"start {median(starts) * 1e3:.0f} ms, {first.count:,} bytes; key {key:.1f} ms,"
        f" {median(move.count for move in moves):,.0f} bytes; idle a minute {count * 6:,} bytes,"
        f" {wakeups * 6:,} wake-ups; {megabytes:.0f} MB"
    )
    return plain(peer.name, said)


def main() -> int:
    """Measure, print, and return 1 when a bound is not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, default=shipped_library())
    parser.add_argument("--large", type=Path, help="a large library, as benchmarks.generate writes it")
    parser.add_argument("--large-index", type=Path, help="a folder with its index, to be copied and not built")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--results", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sections = {}
    large = arguments.large.resolve() if arguments.large else None
    measured = rows(arguments.library.resolve(), rounds=arguments.rounds, large=large, made=arguments.large_index)
    for title, found in measured:
        sections[title] = found
        print(f"{title}\n\n{table(found)}\n", file=sys.stderr, flush=True)
    command = re.sub(r"\S*/", "", " ".join(sys.argv[1:]))
    versions = {"textual": version("textual"), "rich": version("rich")}
    text = document("One explorer in a terminal", f"python -m benchmarks.local {command}".strip(), versions, sections)
    arguments.results.write_text(text, encoding="utf-8")
    print(text)
    return any(row.verdict.startswith("missed") for found in sections.values() for row in found)


if __name__ == "__main__":
    sys.exit(main())
