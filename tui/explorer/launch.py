"""Starts the explorer in the terminal; Textual is imported only here, after its settings are made."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.index import Index


def run(index: Index, query: str = "", theme: str = "") -> None:
    """Show the explorer until the user leaves it; an error inside it is raised here, with the terminal restored.

    `theme` is one of `themes.THEMES`; empty for dark, or for the terminal's own colours where `NO_COLOR` is set.
    """
    # Textual reads these when it is imported: frames are sent when they are ready, and Esc is known as such at once.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    os.environ.setdefault("ESCDELAY", "25")
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    from tui.explorer.app import ExplorerApp

    app = ExplorerApp(index, query, theme or ("terminal" if os.environ.get("NO_COLOR") else "dark"))
    if sys.platform != "win32":
        from tui.explorer.drivers import QuietDriver

        app.driver_class = QuietDriver
    app.run()
    if app._exception is not None:
        raise app._exception
