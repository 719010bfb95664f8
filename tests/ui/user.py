"""A person at the keyboard: presses keys, and sees what the panes draw."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from textual.message_pump import MessagePump
from textual.pilot import Pilot

from tui.exchange import empty_page
from tui.explorer import searching
from tui.explorer.app import ExplorerApp
from tui.explorer.terminal import Terminal
from tui.explorer.widgets.surface import Surface
from tui.index import Index

_MOST_TURNS = 5000
"""Turns of the event loop after which the next key comes, whatever still goes on."""

_QUIET_TURNS = 10
"""Turns without any message after which nothing is on its way: a key takes three to get to the app."""

KEYS = {" ": "space", "/": "slash", ":": "colon", "-": "minus", '"': "quotation_mark", ".": "full_stop"}


class User:
    """Drives an explorer and reads it as text."""

    def __init__(self, app: ExplorerApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type into the query line, which `/` opens."""
        await self.press("slash", *(KEYS.get(letter, letter) for letter in text))

    async def resize(self, width: int, height: int) -> None:
        """Change the size of the terminal."""
        await self.pilot.resize_terminal(width, height)
        await self.pilot.pause()

    @property
    def query(self) -> str:
        """The text of the query line."""
        return self.app.main.query_line.value

    @property
    def bar(self) -> str:
        """The line at the bottom."""
        return self.app.main.key_bar.render_line(0).text

    @property
    def tabs(self) -> str:
        """The line of tabs."""
        return self.app.main.tabs.render_line(0).text

    def list(self, kind: str) -> list[str]:
        """The lines that a list draws, without the empty ones."""
        return drawn(self.app.main.lists[kind])

    def count(self, kind: str) -> int:
        """How many records a list has."""
        return self.app.main.lists[kind].total

    def cursor(self, kind: str) -> str:
        """The id of the record under a list's cursor."""
        selected = self.app.main.lists[kind].selected
        return selected.id if selected else ""

    @property
    def page(self) -> str:
        """The whole page in the reader, in one piece of text with single blanks."""
        reader = self.app.main.reader
        lines = ("".join(segment.text for segment in reader.line(number)) for number in range(reader.total))
        return " ".join(" ".join(lines).split())

    @property
    def focus(self) -> str:
        """The name of the pane that has the keys."""
        focused = self.app.screen.focused
        return focused.id or "" if focused else ""

    @property
    def screen(self) -> str:
        """The whole screen as text."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips)


def drawn(surface: Surface) -> list[str]:
    """The lines that a surface draws now, without the empty ones."""
    lines = (surface.render_line(y).text.rstrip(" ▐") for y in range(surface.size.height))
    return [line for line in lines if line]


async def settled(app: ExplorerApp) -> None:
    """Wait until an explorer has done all that follows from what it was given, and waits for the next key."""
    quiet = 0
    for _ in range(_MOST_TURNS):
        await asyncio.sleep(0)
        quiet = quiet + 1 if not app.holding and all(map(_rests, [app, *app._registry])) else 0
        if quiet >= _QUIET_TURNS:
            return


def _rests(pump: MessagePump) -> bool:
    queue = pump._message_queue
    return not pump._running or (queue.empty() and bool(queue.ready_event._waiters))


@asynccontextmanager
async def explorer(
    library: Path,
    query: str = "",
    size: tuple[int, int] = (120, 36),
    theme: str = "dark",
    *,
    slow: bool = False,
    ground: str = "",
    remote: bool = False,
) -> AsyncIterator[User]:
    """Open the explorer on a library, with its index in the library's own folder."""
    index = Index.open(library, library.parent / "cache")
    terminal = Terminal(theme=theme, ground=ground, slow=slow, remote=remote)
    app = ExplorerApp(index, query, terminal=terminal)
    app.main.keep_up(partial(Index.open, cache=library.parent / "cache"))
    # On a busy machine a query of a small library may take longer than a frame, and then it is answered later.
    # Between two keys Textual waits twice until the processor rests, which takes 40 ms at least.
    with (
        patch.object(searching, "FRAME", 30),
        patch.object(empty_page, "_IN_TIME", 30),
        patch("textual.app.wait_for_idle", lambda _: settled(app)),
    ):
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield User(app, pilot)
    index.close()
