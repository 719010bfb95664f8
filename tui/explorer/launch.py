"""Starts the explorer in the terminal; Textual is imported only here, after its settings are made."""

from __future__ import annotations

import gc
import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.explorer import first_frame
from tui.explorer.stamps import library_stamp
from tui.explorer.terminal import Terminal, give_size
from tui.personal.kept import Keeper
from tui.personal.places import config_file, state_folder
from tui.personal.settings import AUTO, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from tui.explorer.app import ExplorerApp
    from tui.explorer.screen import ExplorerScreen
    from tui.index import Index
    from tui.index.building.builder import Builder


def prepare() -> None:
    """Import what the explorer needs, which takes a while, and without the garbage collector, which finds none."""
    gc.disable()
    # Textual reads these when it is imported: frames are sent when they are ready, and Esc is known as such at once.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    os.environ.setdefault("ESCDELAY", "25")
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    import tui.explorer.app  # noqa: F401


def run(
    index: Index,
    library: Path,
    query: str,
    settings: Settings,
    *,
    fresh: bool = False,
    guest: bool = False,
    cache: Path | None = None,
    builder: Builder | None = None,
) -> None:
    """Show the explorer until the user leaves it; an error inside it is raised here, with the terminal restored.

    `cache` is the folder of index files, for when the library changes; the user's cache folder if not given.
    `builder` is who brings the index up to date, if it is not. For a `guest`, nothing is kept.
    """
    seen = library_stamp(library)
    prepare()
    from tui.explorer.app import ExplorerApp
    from tui.explorer.leaving import keep

    keeper = Keeper(state_folder() if settings.remember and not guest else None, library)
    resumed = keeper.kept.last if settings.restore and not (query or fresh or guest) else None
    terminal = replace(Terminal.found(), remote=guest, slow=is_slow(settings))
    app = ExplorerApp(index, query, terminal=terminal, settings=settings, keeper=keeper, resumed=resumed, start=True)
    app.main.keep_up(partial(type(index).open, cache=cache), seen)
    if first_frame.DRAW in os.environ:
        _keep_first_frame(app, library, [] if query else [keeper.file])
        return
    app.main.builder = builder
    _show(app, keeper)
    keep(app, keeper)
    if keeper.file is not None and sys.platform != "win32" and app.main.builder is None:
        from tui.explorer.frame_drawing import draw_next

        draw_next()


def _keep_first_frame(app: ExplorerApp, library: Path, own: list[Path | None]) -> None:
    """Draw the first screen for a later launch, which may show it while the library and the user's `own` files stay."""
    from tui.explorer.frame_drawing import draw, stamps_of

    draw(app, stamps_of(library, [file for file in (config_file(), *own) if file]))


def _show(app: ExplorerApp, keeper: Keeper) -> None:
    """Run the explorer until it is left. Raises what ended it, where that was not the user."""
    from tui.explorer.leaving import heed_signals

    app.painted = first_frame.taken()
    give_size()
    if sys.platform != "win32":
        from tui.explorer.drivers import QuietDriver

        app.driver_class = QuietDriver
    heed_signals(app, keeper)
    app.main.when_searched = partial(_rest, app.main)
    app.when_calm = _collect_again
    try:
        app.run()
    finally:
        gc.enable()
    failure = app._exception or app.main.failure
    if failure is not None:
        raise failure


def _collect_again() -> None:
    """Let the garbage collector work, which waited for the launch to be over; what was loaded till then stays."""
    gc.freeze()
    gc.enable()


def _rest(screen: ExplorerScreen) -> None:
    """Keep no memory for a search that is over; among a million records it is some megabytes."""
    from tui.explorer.heap import give_back

    screen.session.index.let_go()
    give_back()


def is_slow(settings: Settings) -> bool:
    """Return whether the line to the terminal is to be taken for a slow one."""
    return "SSH_CONNECTION" in os.environ if settings.light == AUTO else settings.light == "on"
