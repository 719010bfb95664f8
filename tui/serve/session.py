"""One session: one client's explorer, or one plain answer, from its first request to its last word."""

from __future__ import annotations

import asyncio
import contextvars
import functools
import secrets
import sys
import time
from typing import TYPE_CHECKING, Any

import asyncssh

from tui import language
from tui.explorer.app import ExplorerApp
from tui.explorer.history import kept
from tui.serve import guests, last_words
from tui.serve.client import Client
from tui.serve.driver import ChannelDriver, Line
from tui.serve.keyboard import Keyboard
from tui.serve.limits import Outlet, clamped, later
from tui.serve.log import SessionLog
from tui.serve.passing import StoppedError
from tui.serve.places import Trail
from tui.serve.service import Service, Visit

if TYPE_CHECKING:
    from tui.index import Index

_MISTAKE, _FAULT = 2, 70
_PATIENCE = 5.0
"""Seconds that an explorer gets to end by itself."""

_PAUSE = 2.0
"""Seconds after a key until the place it led to is kept."""


class ServedSession(asyncssh.SSHServerSession[bytes]):
    """A session on an SSH channel."""

    def __init__(self, service: Service, name: str, trail: Trail, visit: Visit) -> None:
        self._service = service
        self._visit = visit
        self._trail = trail
        self.name = name
        self.let_go = 0
        """Bytes that its client has sent and nobody will read: what is too long of a paste."""
        self._command: str | None = None
        self._size: tuple[int, int] | None = None
        self._app: ExplorerApp | None = None
        self._client = Client.of("", {})
        self._context = contextvars.copy_context()
        """Where the language of this session is spoken."""
        self._task: asyncio.Task[None] | None = None
        self._log = SessionLog(service.journal, name)
        self._reason = "left"
        self._last_word = ""
        self._heard = time.monotonic()
        self._watch: asyncio.TimerHandle | None = None
        self._noting: asyncio.TimerHandle | None = None
        self._giving_up: asyncio.TimerHandle | None = None

    # What asyncssh tells

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """Take the channel."""
        self._channel = chan
        self._outlet = Outlet(chan)
        self._keyboard = Keyboard(chan, self._input_ended)

    def pty_requested(self, term_type: str, term_size: Any, term_modes: Any) -> bool:
        """Take the client's terminal."""
        self._size = clamped(term_size[0], term_size[1])
        return True

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        """Follow the client's window."""
        if self._size is None:
            return
        self._size = clamped(width, height)
        driver = self._app._driver if self._app is not None else None
        if isinstance(driver, ChannelDriver):
            driver.resize(*self._size)

    def shell_requested(self) -> bool:
        """Open the explorer."""
        return True

    def exec_requested(self, command: str) -> bool:
        """Open the explorer on a query, or print an answer."""
        self._command = command
        return True

    def subsystem_requested(self, subsystem: str) -> bool:
        """Refuse sftp and all others."""
        self._visit.refusals.note("subsystem", subsystem)
        return False

    def session_started(self) -> None:
        """Begin."""
        self._visit.began()
        self._task = self._service.spawn(self._run())

    def data_received(self, data: bytes, datatype: Any) -> None:
        """Take keys."""
        self._heard = time.monotonic()
        if self._noting is None and self._app is not None:
            self._noting = later(_PAUSE, self._note_place)
        self.let_go += self._keyboard.receive(data)

    def eof_received(self) -> bool:
        """Keep writing to a client that has nothing more to say; an explorer that gets no key any more ends."""
        self._keyboard.end()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """End the explorer of a client that has gone."""
        self.end("hung up")
        if self._task is None:
            self._finish(0)
        self._visit.closed()

    # What the server tells

    def end(self, reason: str, last_word: str = "") -> None:
        """End the session and give its client a last word; the first reason counts."""
        if self._reason == "left":
            self._reason, self._last_word = reason, last_word
        if self._app is not None:
            self._app.call_later(_leave, self._app)
        if self._task is not None and not self._task.done():
            # The task holds the explorer, and this holds the task: until it is over, and no longer.
            self._giving_up = self._giving_up or later(_PATIENCE if self._app is not None else 0, self._task.cancel)

    def _input_ended(self) -> None:
        """End the session after what has been typed, since no key can come any more."""
        if self._app is not None:
            self._app.call_later(self._end_unless_left, self._app)

    def _end_unless_left(self, app: ExplorerApp) -> None:
        if app.return_code is None:
            self.end("input ended", last_words.INPUT_ENDED)

    def take_index(self, index: Index) -> None:
        """Show a library that has changed, at the place where the client is."""
        if self._app is not None:
            self._context.run(self._app.take_index, index)

    # The session

    async def _run(self) -> None:
        code = 0
        try:
            code = await self._serve(self._command or "")
        except asyncio.CancelledError:
            pass
        except StoppedError:
            self.end("read nothing")
        except guests.RefusalError as refused:
            code = self._refuse(str(refused), refused.what, refused.name)
        except Exception as error:
            code = self._excuse(error)
        finally:
            self._finish(code)

    async def _serve(self, asked: str) -> int:
        said = self._channel.get_environment_bytes()
        client = self._client = Client.of(self._channel.get_terminal_type() or "", said)
        language.use(client.language)
        self._context = contextvars.copy_context()
        command = guests.cleaned(asked)
        words = guests.words_of(command)
        if words:
            self._log.opened(words[0], self._size)
            columns = self._size[0] if self._size else 0
            return await self._service.answers.give(words, self._outlet, columns, client, self._visit.source)
        if self._size is None:
            what, name = ("command", command) if command else ("explorer", "no terminal")
            return self._refuse(last_words.offer(command, None), what, name)
        if not client.draws:
            term = client.terminal.name
            return self._refuse(last_words.offer(command, term), "explorer", f"TERM={term}")
        self._log.opened("explorer", self._size)
        return await self._explore(command, client)

    async def _explore(self, query: str, client: Client) -> int:
        app = self._app = ExplorerApp(
            self._service.index(),
            query,
            terminal=client.terminal,
            resumed=None if query else self._trail.found(),
            start=True,
        )
        line = Line(
            self._outlet,
            self._keyboard,
            client.terminal.name,
            client.colours,
            functools.partial(self.end, "read nothing"),
        )
        app.driver_class = functools.partial(ChannelDriver, line=line)  # type: ignore[assignment]
        # Textual points the standard streams of the process at each app that runs; these are the server's.
        app._capture_stdout = sys.__stdout__  # type: ignore[assignment]
        app._capture_stderr = sys.__stderr__  # type: ignore[assignment]
        self._watch_idle()
        try:
            await app.run_async(size=self._size)
            if app._exception is not None:
                raise app._exception
        finally:
            self._note_place()
            # One that was cut off while it painted has timers that Textual no longer knows of.
            for timer in list(app.main._timers):
                timer.stop()
        if self._last_word:
            word = last_words.farewell(self._last_word, app.main.session.query)
            self._outlet.write(last_words.lines(word, client, terminal=True))
        return 0

    def _watch_idle(self) -> None:
        """End the session when no key has come for long; look again when that may be so."""
        left = self._heard + self._service.idle - time.monotonic()
        if left <= 0:
            self.end("idle", last_words.IDLE)
        else:
            self._watch = later(left, self._watch_idle)

    def _note_place(self) -> None:
        """Keep where the client is, in case the connection or the host fails."""
        if self._noting is not None:
            # One that still waits would keep the explorer of a client that has gone.
            self._noting.cancel()
            self._noting = None
        if self._app is not None and self._app.main.is_mounted:
            self._trail.note(kept(self._app.main.place))

    # Last words

    def _refuse(self, reason: str, what: str, name: str) -> int:
        self._visit.refusals.note(what, name)
        self._tell(reason)
        return _MISTAKE

    def _tell(self, reason: str) -> None:
        text = f"{guests.PROGRAM}: {reason}"
        self._outlet.write(last_words.lines(text, self._client, terminal=self._terminal), error=not self._terminal)

    def _excuse(self, error: Exception) -> int:
        """Tell the client of a fault of ours; the traceback is for the log."""
        number = secrets.token_hex(3)
        self._reason = "fault"
        self._service.journal.fault(number, error)
        self._tell(last_words.apology(number, connect_again=self._app is not None))
        return _FAULT

    @property
    def _terminal(self) -> bool:
        return self._size is not None

    def _finish(self, code: int) -> None:
        for timer in (self._watch, self._noting, self._giving_up):
            if timer is not None:
                timer.cancel()
        self._keyboard.close()
        # A place that met a fault is not gone back to: it might meet it again.
        self._trail.end(left=self._reason in {"left", "fault"})
        self._app = None
        if self._reason == "read nothing":
            self._channel.abort()
        elif not self._channel.is_closing():
            self._channel.exit(code)
        self._log.closed(self._reason, code, self._outlet.sent)
        self._visit.ended()


async def _leave(app: ExplorerApp) -> None:
    """Leave an explorer once it is there: what Textual does not finish beginning, it cannot end."""
    await app.main.ready.wait()
    app.exit()
