"""How the explorer ends, by its user or by the system, and that where the user left is kept either way."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING

from tui.exchange.printable import printable
from tui.explorer.history import kept
from tui.language import gettext
from tui.personal.kept import Keeper, leave

if TYPE_CHECKING:
    from tui.explorer.app import ExplorerApp


def keep(app: ExplorerApp, keeper: Keeper) -> None:
    """Keep where the user left, and say so where that cannot be done."""
    screen = app.main
    keeper.change(leave(kept(screen.place), screen.session.sorts))
    keeper.save()
    if keeper.notice:
        with suppress(OSError):
            print(gettext("note: {note}", note=printable(keeper.notice)), file=sys.stderr)


def heed_signals(app: ExplorerApp, keeper: Keeper) -> None:
    """Keep the place when the terminal is gone (SIGHUP), and leave in order when asked to end (SIGTERM)."""

    def hung_up(number: int, frame: FrameType | None) -> None:
        if app.is_running:
            with suppress(Exception):
                keep(app, keeper)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def asked_to_end(number: int, frame: FrameType | None) -> None:
        asyncio.get_running_loop().call_soon_threadsafe(app.exit)

    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:
        signal.signal(signal.SIGHUP, hung_up)
    signal.signal(signal.SIGTERM, asked_to_end)
