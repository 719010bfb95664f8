"""Pictures of the explorer over SSH: what a client's terminal shows in a real session of a real server."""

from __future__ import annotations

import asyncio
import io
import tempfile
from collections import Counter
from functools import partial
from itertools import groupby
from pathlib import Path

import pyte
from rich.console import Console
from rich.style import Style
from rich.text import Text

from tests.look.drawing import portable
from tests.ssh_server import Person, person, served

SESSIONS = (
    ("session-60x20", (60, 20), "leader:erdogan", "2"),
    ("session-80x24", (80, 24), "leader:erdogan status:signed", "4"),
    ("session-120x36", (120, 36), "italy türkiye year:2025", "j"),
    ("session-200x50", (200, 50), "topic:migration 2015..", "3"),
)
"""Each with the size of its window, the query that is asked for with `ssh -t`, and the keys that are pressed then."""

_SILENCE = 0.7


def draw_sessions(library: Path) -> dict[str, str]:
    """Return the pictures of all sessions on a library, by name."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_drawn(library, Path(folder)))


async def _drawn(library: Path, folder: Path) -> dict[str, str]:
    made = {}
    with served(library, folder) as server:
        for name, size, query, keys in SESSIONS:
            async with person(server, query, size) as someone:
                await someone.sees("❯", "1 Summits")
                someone.type(keys)
                await _settled(someone)
                made[name] = _picture(someone.terminal, f"ssh -p 2222 -t host '{query}'")
    return made


async def _settled(someone: Person) -> None:
    """Wait until nothing has come for a while."""
    before = -1
    while before != len(someone.written):
        before = len(someone.written)
        await asyncio.sleep(_SILENCE)


def _picture(screen: pyte.Screen, title: str) -> str:
    """Return the screen of a terminal as SVG."""
    console = Console(record=True, width=screen.columns, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    ground = _ground(screen)
    for number in range(screen.lines):
        line = Text(no_wrap=True, end="\n" if number < screen.lines - 1 else "")
        cells = [screen.buffer[number][place] for place in range(screen.columns)]
        for style, run in groupby(cells, partial(_style, ground=ground)):
            line.append("".join(cell.data for cell in run), style)
        console.print(line, overflow="crop")
    return portable(console.export_svg(title=title))


def _ground(screen: pyte.Screen) -> str:
    """Return the colour that most of the screen has. pyte does not give it to cells erased before they were written."""
    grounds = Counter(cell.bg for row in screen.buffer.values() for cell in row.values())
    del grounds["default"]
    return grounds.most_common(1)[0][0]


def _style(cell: pyte.screens.Char, ground: str) -> Style:
    return Style(
        color=None if cell.fg == "default" else _colour(cell.fg),
        bgcolor=_colour(ground if cell.bg == "default" else cell.bg),
        bold=cell.bold,
        italic=cell.italics,
        underline=cell.underscore,
        reverse=cell.reverse,
    )


def _colour(name: str) -> str:
    """Return a colour of pyte's as Rich writes it: six digits, or a name of the sixteen."""
    if len(name) == 6 and all(digit in "0123456789abcdef" for digit in name):
        return f"#{name}"
    return name.replace("bright", "bright_").replace("brown", "yellow")
