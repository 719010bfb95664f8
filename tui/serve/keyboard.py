"""What a client sends, as the explorer's events: parsed, at a person's pace and never more than a little kept."""

from __future__ import annotations

import asyncio
import codecs
from collections.abc import Callable, Iterator
from typing import Protocol

from textual import events
from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.serve.limits import (
    BYTES_A_SECOND,
    BYTES_AT_ONCE,
    KEYS_A_SECOND,
    KEYS_AT_ONCE,
    LONGEST_PASTE,
    LONGEST_UNPARSED,
    Bucket,
    later,
)

_PASTE_END = b"\x1b[201~"
_CHUNK = 1024
_WANTED = (events.Key, events.Paste, events.MouseEvent, TerminalSupportsSynchronizedOutput)
"""What a client may tell the explorer. Of its size and its focus SSH alone speaks, not the stream."""


class Source(Protocol):
    """What can be asked to hold its bytes back."""

    def pause_reading(self) -> None:
        """Let the client wait."""

    def resume_reading(self) -> None:
        """Let the client go on."""


class Keyboard:
    """Takes bytes from a client and posts events. Bytes that come before `open` are kept for it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._post: Callable[[Message], None] | None = None
        self._keys = Bucket(KEYS_A_SECOND, KEYS_AT_ONCE)
        self._bytes = Bucket(BYTES_A_SECOND, BYTES_AT_ONCE)
        self._held = bytearray()
        self._timer: asyncio.TimerHandle | None = None
        self._tick: asyncio.TimerHandle | None = None
        self._events: Iterator[Message] = iter(())
        self._skipping = False
        self._cut = b""
        """The last bytes that were thrown away: the end of a paste may come in two parts."""
        self._start_over()

    def open(self, post: Callable[[Message], None]) -> None:
        """Post events from now on."""
        self._post = post
        self._pump()

    def close(self) -> None:
        """Drop what is held, and all that comes."""
        self._post = None
        self._held.clear()
        self._events = iter(())
        # Textual caches what a key means by parser too, and its parsers hold the last key, which holds its explorer.
        XTermParser._parse_extended_key.cache_clear()
        for timer in (self._timer, self._tick):
            if timer is not None:
                timer.cancel()

    def receive(self, data: bytes) -> None:
        """Take what a client sent."""
        if self._skipping:
            data = self._skip(data)
        self._held += data
        self._bytes.take(len(data))
        self._pump()

    def _start_over(self) -> None:
        self._parser = XTermParser()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._events = iter(())
        self._unparsed = 0

    def _pump(self) -> None:
        """Post what may be posted now; for the rest, let the client wait and come back.

        Only one event at a turn of the loop: an explorer goes through all that is in its queue without a pause, and the
        keys of others would wait as long.
        """
        if self._timer is not None or self._post is None:
            if len(self._held) > BYTES_AT_ONCE:
                self._source.pause_reading()
            return
        while not (pause := max(self._keys.wait(), self._bytes.wait())):
            message = self._next()
            if message is None:
                self._source.resume_reading()
                return
            if isinstance(message, _WANTED):
                self._keys.take()
                self._post(_shortened(message))
                break
        if pause:
            self._source.pause_reading()
        self._timer = later(pause, self._go_on)

    def _go_on(self) -> None:
        self._timer = None
        self._pump()

    def _next(self) -> Message | None:
        """Return the next event, None when more bytes are needed for one."""
        while True:
            try:
                message = next(self._events, None)
            except Exception:
                # Whatever a client sends that the parser stumbles over is its own loss.
                self._start_over()
                continue
            if message is not None:
                self._unparsed = 0
                return message
            if not self._held:
                return None
            self._feed()

    def _feed(self) -> None:
        chunk = bytes(self._held[:_CHUNK])
        del self._held[:_CHUNK]
        self._unparsed += len(chunk)
        if self._unparsed > LONGEST_UNPARSED:
            self._start_over()
            self._skipping = True
            rest = self._skip(chunk + bytes(self._held))
            self._held[:] = rest
            return
        text = self._decoder.decode(chunk)
        self._events = iter(self._parser.feed(text)) if text else iter(())
        if "\x1b" in text[-32:]:
            self._await_escape()

    def _skip(self, data: bytes) -> bytes:
        """Throw the rest of an endless paste away; return what follows its end."""
        _, ended, rest = (self._cut + data).partition(_PASTE_END)
        self._skipping = not ended
        self._cut = b"" if ended else (self._cut + data)[1 - len(_PASTE_END) :]
        return rest

    def _await_escape(self) -> None:
        """An escape alone is a key when nothing follows it for a while."""
        if self._tick is not None:
            self._tick.cancel()
        self._tick = later(ESCAPE_DELAY + 0.002, self._time_out)

    def _time_out(self) -> None:
        self._tick = None
        if self._timer is not None:
            self._await_escape()
            return
        self._events = iter(list(self._parser.tick()))
        self._pump()


def _shortened(message: Message) -> Message:
    return events.Paste(message.text[:LONGEST_PASTE]) if isinstance(message, events.Paste) else message
