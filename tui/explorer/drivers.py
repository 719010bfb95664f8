"""The local terminal, quietly: nothing wakes up while no key is pressed, and leaving waits for nothing.

Textual's own driver looks for keys ten times a second and reports every move of the mouse.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import termios
import tty
from codecs import getincrementaldecoder
from typing import Any

from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.explorer.first_frame import Painted

_CHUNK = 4_096
_ENTER = "\x1b[?1049h"


class QuietDriver(LinuxDriver):
    """Textual's driver for Linux and macOS, made quiet; of its private parts, the pin `textual<9` holds them still."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._woken, self._wake = os.pipe()
        self._painted: Painted | None = getattr(app, "painted", None)
        self.raw = False
        """Whether what is written gets to the terminal as it is, without a carriage return before each line feed."""

    def start_application_mode(self) -> None:
        """Take the screen and the keyboard; from the first frame, where that has been painted already."""
        painted = self._painted
        super().start_application_mode()  # type: ignore[no-untyped-call]
        with contextlib.suppress(termios.error):
            attributes = termios.tcgetattr(self.fileno)
            attributes[tty.OFLAG] &= ~termios.OPOST
            termios.tcsetattr(self.fileno, termios.TCSANOW, attributes)
            self.raw = True
        if painted is not None:
            self.attrs_before, self._painted = painted.attributes, None

    def write(self, data: str) -> None:
        """Write; the screen is not entered again, which clears it in some terminals."""
        if self._painted is None or data != _ENTER:
            super().write(data)

    def stop_application_mode(self) -> None:
        """Give them back, without the colours of the last frame."""
        self.write("\x1b[m")
        super().stop_application_mode()

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
        signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        self._disable_mouse_support()
        self.exit_event.set()
        os.write(self._wake, b".")
        self._key_thread.join()
        self._key_thread = None
        self.exit_event.clear()
        os.read(self._woken, _CHUNK)
        with contextlib.suppress(termios.error):
            termios.tcflush(self.fileno, termios.TCIFLUSH)

    def run_input_thread(self) -> None:
        """Wait for keys without end; only while an escape is open, no longer than it may last."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                # A lone Esc is told from the beginning of another key only by the time that passes.
                until = parser._timeout_time
                ready = selector.select(None if until is None else max(until - get_time(), 0.0))
                if any(key.fd == self.fileno for key, _ in ready):
                    data = self._read()
                    if not data:
                        self._app.call_later(self._app.exit)
                        return
                    for message in parser.feed(text) if (text := decode(data)) else ():
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

    def _read(self) -> bytes:
        """Return what was typed; nothing when the terminal is gone."""
        try:
            return os.read(self.fileno, _CHUNK)
        except OSError:
            return b""
