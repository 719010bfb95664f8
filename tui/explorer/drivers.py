"""The local terminal, quietly: nothing wakes up while no key is pressed, and leaving waits for nothing.

Textual's own driver looks for keys ten times a second and reports every move of the mouse.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import termios
import tty
from codecs import getincrementaldecoder
from typing import Any

from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.explorer.first_frame import Painted
from tui.explorer.output import Output

_CHUNK = 4_096
_ENTER = "\x1b[?1049h"


class QuietDriver(LinuxDriver):
    """Textual's driver for Linux and macOS, made quiet; of its private parts, the pin `textual<9` holds them still."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._output: Output | None = None
        self._tick: asyncio.TimerHandle | None = None
        self._painted: Painted | None = getattr(app, "painted", None)
        self.raw = False
        """Whether what is written gets to the terminal as it is, without a carriage return before each line feed."""

    def start_application_mode(self) -> None:
        """Take the screen and the keyboard; from the first frame, where that has been painted already."""
        painted = self._painted
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._output = Output(self._file)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        with contextlib.suppress(termios.error):
            attributes = termios.tcgetattr(self.fileno)
            attributes[tty.OFLAG] &= ~termios.OPOST
            termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)
            self.raw = True
        if painted is not None:
            self.attrs_before, self._painted = painted.attributes, None
        if self._key_thread is not None:
            self._listen()

    def write(self, data: str) -> None:
        """Write; the screen is not entered again, which clears it in some terminals."""
        if self._painted is not None and data == _ENTER:
            return
        if self._output is not None:
            self._output.write(data)
        else:
            super().write(data)

    def stop_application_mode(self) -> None:
        """Give them back, without the colours of the last frame."""
        self.write("\x1b[m")
        super().stop_application_mode()

    def close(self) -> None:
        """Have all written that is to be."""
        if self._output is not None:
            self._output.close()
            self._output = None
        super().close()

    def _enable_mouse_support(self) -> None:
        # Clicks and the wheel only: reports of each move are bytes on a slow line that nothing here uses.
        if self._mouse:
            self.write("\x1b[?1000h\x1b[?1006h")

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write("\x1b[?1000l\x1b[?1006l")

    def _query_in_band_window_resize(self) -> None:
        """Leave resizes to the signal; the reports would bring the mouse in pixels with them."""

    def disable_input(self) -> None:
        """Stop reading keys at once; keys that came since are dropped."""
        if self._key_thread is None:
            return
        self._key_thread = None
        self._loop.remove_reader(self.fileno)
        if self._tick is not None:
            self._tick.cancel()
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        self._disable_mouse_support()
        with contextlib.suppress(termios.error):
            termios.tcflush(self.fileno, termios.TCIFLUSH)

    def _run_input_thread(self) -> None:
        """Read no keys in the thread that Textual begins for it, which could only wake the loop up to take them."""

    def send_message(self, message: Message) -> None:
        """Post a message; the base class would do so from a thread."""
        self._app.post_message(message)

    def _listen(self) -> None:
        self._parser = XTermParser(self._debug)
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._loop.add_reader(self.fileno, self._hear)

    def _hear(self) -> None:
        """Take what was typed."""
        data = self._read()
        if not data:
            self._loop.remove_reader(self.fileno)
            self._app.call_later(self._app.exit)
            return
        self._look_at_time()
        if text := self._decode(data):
            for message in self._parser.feed(text):
                self.process_message(message)
        self._look_at_time()

    def _look_at_time(self) -> None:
        """Let an escape that has been open for too long be the key Esc; come back while one is open."""
        # A lone Esc is told from the beginning of another key only by the time that passes.
        for message in self._parser.tick():
            self.process_message(message)
        if self._tick is not None:
            self._tick.cancel()
            self._tick = None
        until = self._parser._timeout_time
        if until is not None:
            self._tick = self._loop.call_later(max(until - get_time(), 0.0), self._look_at_time)

    def _read(self) -> bytes:
        """Return what was typed; nothing when the terminal is gone."""
        try:
            return os.read(self.fileno, _CHUNK)
        except OSError:
            return b""
