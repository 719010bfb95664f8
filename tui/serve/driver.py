"""The Textual driver of a session: frames go to an SSH channel, keys come from it."""

from __future__ import annotations

import asyncio
import contextvars
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple, TextIO

from rich.color import ColorSystem
from textual import events
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from tui.explorer.display import LightDisplay
from tui.serve.limits import (
    CELLS_A_SECOND,
    CELLS_AT_ONCE,
    STUCK_SECONDS,
    WAITING_FRAMES,
    Bucket,
    Outlet,
    clamped,
    later,
)

if TYPE_CHECKING:
    from tui.serve.keyboard import Keyboard

_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[?1000h\x1b[?1006h\x1b[?2026$p"
_LEAVE = "\x1b[?2026l\x1b[?2004l\x1b[?1006l\x1b[?1000l\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h"
_LOOK_AGAIN = 0.02
"""Seconds between two looks at a reader that had no room for a frame."""

_SURE = ("\x1b]52;", "\x07")
"""How what can't be drawn again begins: a copy, a bell. It is sent even where frames are dropped."""


class Line(NamedTuple):
    """What a driver needs of its session."""

    outlet: Outlet
    keyboard: Keyboard
    term: str
    """What the client calls its terminal."""
    colours: ColorSystem
    stuck: Callable[[], None]
    """Called when the reader has taken nothing for too long."""


class ChannelDriver(Driver):
    """Draws one explorer for one client, never further ahead of it than `WAITING_FRAMES`."""

    def __init__(
        self,
        app: LightDisplay,
        *,
        line: Line,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._display = app
        self.raw = True
        self._line = line
        self.term = line.term
        self.colour_system = line.colours
        self._frame: list[str] = []
        self._context = contextvars.copy_context()
        self._dropped_since = 0.0
        self._look: asyncio.TimerHandle | None = None
        self._drawing = False
        self._cells = Bucket(CELLS_A_SECOND, CELLS_AT_ONCE)
        self._newest = Size(0, 0)
        self._resizing: asyncio.TimerHandle | None = None

    def start_application_mode(self) -> None:
        """Take the client's screen and keyboard."""
        self._context = contextvars.copy_context()
        self._drawing = True
        self._line.outlet.write(_ENTER.encode())
        self._line.keyboard.open(self._posted)

    def disable_input(self) -> None:
        """Stop taking keys."""
        self._line.keyboard.close()

    def stop_application_mode(self) -> None:
        """Give the client's screen back."""
        self.disable_input()
        if self._drawing:
            self._drawing = False
            self._line.outlet.write(_LEAVE.encode())
        for timer in (self._look, self._resizing):
            if timer is not None:
                timer.cancel()

    def resize(self, columns: int, rows: int) -> None:
        """Follow the client's window; SSH, not the stream, has the say about its size."""
        self._newest = Size(*clamped(columns, rows))
        if self._resizing is None:
            self._take_size()

    def _take_size(self) -> None:
        """Take the newest size; a window that changes without end is followed now and then."""
        self._resizing = None
        if pause := self._cells.wait():
            self._resizing = later(pause, self._take_size)
            return
        self._cells.take(self._newest.area)
        self._posted(events.Resize(self._newest, self._newest))

    def send_message(self, message: Message) -> None:
        """Post a message; the base class would go through a thread."""
        self._app.post_message(message)

    def write(self, data: str) -> None:
        """Keep a part of a frame; what can't be drawn again goes out at once."""
        if data.startswith(_SURE):
            self._line.outlet.write(data.encode("utf-8", "replace"))
        else:
            self._frame.append(data)

    def flush(self) -> None:
        """Send what was written. A frame is what differs from the one before, so none that was made may be lost."""
        frame = "".join(self._frame)
        self._frame.clear()
        if self._drawing:
            self._line.outlet.write(frame.encode("utf-8", "replace"))

    @property
    def busy(self) -> bool:
        """Whether the client has not yet taken what was sent; the display then makes no frame.

        It is looked at again, and when there is room the newest screen is drawn.
        """
        full = self._drawing and (self._dropped_since > 0 or self._line.outlet.is_fuller_than(WAITING_FRAMES))
        if full:
            self._drop()
        return full

    @property
    def more_keys(self) -> bool:
        """Whether keys have come that the explorer has not been given yet: one frame shows them all."""
        return self._line.keyboard.more

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Open nothing: the browser of the host is not the reader's."""

    def deliver_binary(
        self,
        binary: BinaryIO | TextIO,
        *,
        delivery_key: str,
        save_path: Path,
        open_method: Literal["browser", "download"] = "download",
        encoding: str | None = None,
        mime_type: str | None = None,
        name: str | None = None,
    ) -> None:
        """Save nothing: the disk of the host is not the reader's."""
        binary.close()

    def _posted(self, message: Message) -> None:
        if self._drawing:
            # Textual looks through each message for what a mouse has to do with it.
            take = self._app.post_message if isinstance(message, events.Key) else self.process_message
            self._context.run(take, message)

    def _drop(self) -> None:
        """Remember that the client's screen is behind, and look again whether there is room."""
        if not self._dropped_since:
            self._dropped_since = time.monotonic()
        if self._look is None:
            self._look = later(_LOOK_AGAIN, self._catch_up)

    def _catch_up(self) -> None:
        """Draw the newest screen once there is room; those before it would only have come late."""
        self._look = None
        if not self._drawing:
            return
        if not self._line.outlet.is_fuller_than(WAITING_FRAMES):
            self._dropped_since = 0.0
            self._context.run(self._display.paint_missed)
        elif time.monotonic() - self._dropped_since > STUCK_SECONDS:
            self._line.stuck()
        else:
            self._drop()
