"""What a client sends, as the explorer's events: parsed, at a person's pace and never more than a little kept."""

from __future__ import annotations

import asyncio
import codecs
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

from textual import events
from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.serve.limits import BYTES_A_SECOND, BYTES_AT_ONCE, KEYS_A_SECOND, KEYS_AT_ONCE, LET_GO, Bucket, later
from tui.serve.pasting import Pastes

_CHUNK = 1024
_SHORT = 8
"""Characters of a text that is looked up: few keys have more."""
_PASTE = "\x1b[20"
"""How pastes begin and end."""
_WANTED = (events.Key, events.Paste, events.MouseEvent, TerminalSupportsSynchronizedOutput)
"""What a client may tell the explorer. Of its size and its focus SSH alone speaks, not the stream."""


class Source(Protocol):
    """What can be asked to hold its bytes back."""

    def pause_reading(self) -> None:
        """Let the client wait."""

    def resume_reading(self) -> None:
        """Let the client go on."""


class Keyboard:
    """Takes bytes from a client and posts events. Bytes that come before `open` are kept for it.

    `ended` is called when all has been posted of a client that has said that nothing more will come.
    """

    def __init__(self, source: Source, ended: Callable[[], object]) -> None:
        self._source = source
        self._ended = ended
        self._ends = False
        self._post: Callable[[Message], None] | None = None
        self._keys = Bucket(KEYS_A_SECOND, KEYS_AT_ONCE)
        self._bytes = Bucket(BYTES_A_SECOND, BYTES_AT_ONCE)
        self._held = bytearray()
        self._timer: asyncio.Handle | None = None
        self._tick: asyncio.TimerHandle | None = None
        self._events: deque[Message] = deque()
        self._pastes = Pastes()
        self._start_over()

    def open(self, post: Callable[[Message], None]) -> None:
        """Post events from now on."""
        self._post = post
        self._pump()

    @property
    def more(self) -> bool:
        """Whether keys wait that have come and are not posted yet."""
        return bool(self._held or self._events)

    def close(self) -> None:
        """Drop what is held, and all that comes."""
        self._post = None
        self._held.clear()
        self._events = deque()
        # Textual caches what a key means by parser too, and its parsers hold the last key, which holds its explorer.
        XTermParser._parse_extended_key.cache_clear()
        for timer in (self._timer, self._tick):
            if timer is not None:
                timer.cancel()

    def receive(self, data: bytes) -> int:
        """Take what a client sent; return how many bytes of it were let go, as the rest of a long paste."""
        if len(data) <= _SHORT and self._rests and self._takes_key(data):
            return 0
        passed = self._pastes.passed(data)
        # The bracket that ends a paste may pass some bytes before the client's own, so that more passes than came.
        let_go = max(len(data) - len(passed), 0)
        self._held += passed
        self._bytes.take(len(data) - let_go * (1 - LET_GO))
        self._pump()
        return let_go

    def end(self) -> None:
        """Take it that nothing more will come."""
        self._ends = True
        self._pump()

    def _start_over(self) -> None:
        self._parser = XTermParser()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._events = deque()

    @property
    def _rests(self) -> bool:
        """Whether all that came has been posted, more may be, and what comes next goes on with nothing."""
        return self._timer is None and not self._decoder.getstate()[0] and self._begins

    def _takes_key(self, data: bytes) -> bool:
        """Post at once what is one key and no more, as nearly all is; False, and nothing done, for all else."""
        try:
            known = _keys_of(data.decode())
        except UnicodeDecodeError:
            return False
        if known is None or len(known) != 1 or self._post is None:
            return False
        self._keys.take()
        self._bytes.take(len(data))
        self._post(events.Key(*known[0]))
        self._timer = asyncio.get_running_loop().call_soon(self._go_on)
        return True

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
                if self._ends and self._tick is None:
                    self._ends = False
                    self._ended()
                return
            if isinstance(message, _WANTED):
                self._keys.take()
                self._post(message)
                break
        if pause:
            self._source.pause_reading()
            self._timer = later(pause, self._go_on)
        else:
            self._timer = asyncio.get_running_loop().call_soon(self._go_on)

    def _go_on(self) -> None:
        self._timer = None
        self._pump()

    def _next(self) -> Message | None:
        """Return the next event, None when more bytes are needed for one."""
        while True:
            if self._events:
                return self._events.popleft()
            if not self._held:
                return None
            try:
                self._feed()
            except Exception:
                # Whatever a client sends that the parser stumbles over is its own loss.
                self._start_over()

    def _feed(self) -> None:
        chunk = bytes(self._held[:_CHUNK])
        del self._held[:_CHUNK]
        text = self._decoder.decode(chunk)
        known = _keys_of(text) if len(text) <= _SHORT and self._begins else None
        if known is not None:
            self._events.extend(events.Key(key, character) for key, character in known)
            return
        self._events.extend(self._parser.feed(text) if text else ())
        if "\x1b" in text[-32:]:
            self._await_escape()

    @property
    def _begins(self) -> bool:
        """Whether what is parsed next begins a key: it goes on with none, and is not in a paste."""
        return self._parser._awaiting.timeout is None and not (self._held or self._pastes.open)

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
        self._events.extend(self._parser.tick())
        self._pump()


@lru_cache(maxsize=256)
def _keys_of(text: str) -> tuple[tuple[str, str | None], ...] | None:
    """Return the keys that a short text is by itself; None for a part of one, and for what is more than keys.

    Nearly all that a person types is one of a few dozen texts, which Textual's parser takes a tenth of a move to read.
    """
    parser = XTermParser()
    found = list(parser.feed(text)) if text and _PASTE not in text else []
    XTermParser._parse_extended_key.cache_clear()
    if not found or parser._awaiting.timeout is not None:
        return None
    keys = tuple((event.key, event.character) for event in found if isinstance(event, events.Key))
    return keys if len(keys) == len(found) else None
