"""Draws the first frame of the next launch: after the user has left, in a process that nobody waits for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tui.explorer import first_frame
from tui.explorer.first_frame import Stamp, stamp
from tui.library import library_files

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tui.explorer.app import ExplorerApp


class Stamps(NamedTuple):
    """The stamps of all that a first frame rests on."""

    first: list[Stamp]
    """Of the library, this package, and what else is given."""
    files: list[Stamp]
    """Of the files of the library."""


def stamps_of(library: Path, more: list[Path]) -> Stamps:
    """Return the stamps of all that a first frame rests on, as they are now."""
    library = library.resolve()
    return Stamps(
        [stamp(path) for path in (library, Path(__file__).parent, *more)],
        [stamp(path) for path in library_files(library) if path != library],
    )


def draw_next() -> None:
    """Have the frame of another launch with the same words drawn, unless one is kept that holds.

    Not where the explorer is all there is of somebody's session over SSH, as by ForceCommand: on a host of many, a
    process would be left behind by each who goes.
    """
    if "SSH_CONNECTION" in os.environ and os.getsid(0) == os.getpid():
        return
    try:
        size = os.get_terminal_size(1)
        if first_frame.is_kept(sys.argv[1:], size):
            return
        subprocess.Popen(
            [sys.executable, "-m", "tui", *sys.argv[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, first_frame.DRAW: f"{size.columns}x{size.lines}"},
        )
    except OSError:
        return


def draw(app: ExplorerApp, stamps: Stamps) -> None:
    """Run an app without a terminal until its first frame is there, and keep that."""
    columns, rows = map(int, os.environ[first_frame.DRAW].split("x"))

    async def keep_first(pilot: Pilot[object]) -> None:
        await pilot.pause()
        screen = app.screen
        diff = app.new_diff(raw=True)
        frame = diff.frame(screen._compositor.render_full_update(), screen.outer_size.clamp_offset(app.cursor_position))
        first_frame.keep(sys.argv[1:], (columns, rows), stamps.first, frame, diff.state, stamps.files)
        app.exit()

    app.run(headless=True, size=(columns, rows), auto_pilot=keep_first)
