"""The worker processes of a server: each connection goes to the one with the fewest, whole, as an open socket."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import json

import tui
from tui.language import gettext
from tui.serve.places import Places
from tui.serve.settings import ServeError, Settings

if TYPE_CHECKING:
    from tui.serve.front import Left
    from tui.serve.log import Journal

_STARTING, _STOPPING = 60.0, 12.0
"""Seconds that a worker gets to start and to stop."""

_BETWEEN_STARTS = 1.0
_PROGRAM = "from tui.serve.worker import main; main()"


class Worker:
    """One worker process, and the line to it: a word and a newline each, a socket beside the word `guest`."""

    def __init__(self, process: asyncio.subprocess.Process, line: socket.socket) -> None:
        self.process = process
        self.line = line
        self.guests: list[tuple[str, Left]] = []
        self.ready = asyncio.Event()
        self.began = time.monotonic()
        self._heard = b""
        self._known = asyncio.Event()
        """Set when it is ready, or never will be."""

    async def came_up(self) -> bool:
        """Wait until the worker is ready, or has gone before it was; tell which."""
        await self._known.wait()
        return self.ready.is_set()

    def tell(self, word: str) -> None:
        """Send a word; a worker that has gone hears nothing."""
        with contextlib.suppress(OSError):
            self.line.sendall(word.encode() + b"\n")

    def hear(self) -> bool:
        """Take what the worker says; return False when it has gone."""
        try:
            data = self.line.recv(65_536)
        except OSError:
            data = b""
        *words, self._heard = (self._heard + data).split(b"\n")
        for word in words:
            if word == b"ready":
                self.ready.set()
                self._known.set()
            else:
                event, _, address = word.decode().partition(" ")
                self._let_go(address, came_in=event == "left")
        if not data:
            self._known.set()
        return bool(data)

    def let_all_go(self) -> None:
        """Count no one as this worker's any more."""
        while self.guests:
            self._let_go(self.guests[0][0], came_in=True)

    def _let_go(self, address: str, *, came_in: bool) -> None:
        for position, (known, left) in enumerate(self.guests):
            if known == address:
                del self.guests[position]
                left(address, came_in)
                return


class Crew:
    """Starts the workers, shares the connections between them, and replaces one that dies."""

    def __init__(self, settings: Settings, journal: Journal) -> None:
        self._settings = settings
        self._journal = journal
        self._places = Places(Path(settings.places))
        self._workers: list[Worker] = []
        self._watching: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def start(self) -> None:
        """Start all workers. Raises ServeError when one does not come up."""
        for _ in range(self._settings.workers):
            await self._hire()
        came_up = False
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_STARTING):
                came_up = all(await asyncio.gather(*(worker.came_up() for worker in self._workers)))
        if not came_up:
            await self.stop()
            raise ServeError(gettext("the worker processes did not start; the log above says why"))

    def admit(self, accepted: socket.socket, address: str, left: Left) -> None:
        """Hand a connection to the worker with the fewest; tell `left` its address and its luck when it has ended."""
        ready = [worker for worker in self._workers if worker.ready.is_set()]
        if ready:
            worker = min(ready, key=lambda worker: len(worker.guests))
            worker.guests.append((address, left))
            with contextlib.suppress(OSError):
                socket.send_fds(worker.line, [f"guest {address}\n".encode()], [accepted.fileno()])
        else:
            left(address, True)
        accepted.close()

    def reload(self) -> None:
        """Let every worker read keys and library again."""
        for worker in self._workers:
            worker.tell("reload")

    async def renew(self) -> None:
        """Let every worker read the library again, which has changed."""
        for worker in self._workers:
            worker.tell("renew")

    async def stop(self) -> None:
        """Let every worker end its sessions and itself."""
        self._stopping = True
        for worker in self._workers:
            worker.tell("stop")
        processes = [worker.process for worker in self._workers]
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_STOPPING):
                for process in processes:
                    await process.wait()
        for process in processes:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def _hire(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", _PROGRAM, str(theirs.fileno()), json.encode(self._settings).decode()),
                pass_fds=(theirs.fileno(),),
                cwd=Path(tui.__file__).parent.parent,
                stdin=asyncio.subprocess.DEVNULL,
                start_new_session=True,
            )
        worker = Worker(process, ours)
        self._workers.append(worker)
        loop = asyncio.get_running_loop()
        loop.add_reader(ours, lambda: worker.hear() or loop.remove_reader(ours))
        task = loop.create_task(self._watch(worker))
        self._watching.add(task)
        task.add_done_callback(self._watching.discard)

    async def _watch(self, worker: Worker) -> None:
        """When a worker ends that should not have, its guests are gone: count them out, and hire another."""
        code = await worker.process.wait()
        asyncio.get_running_loop().remove_reader(worker.line)
        worker.line.close()
        worker.let_all_go()
        self._places.release(worker.process.pid)
        self._workers.remove(worker)
        if self._stopping:
            return
        self._journal.note("worker ended", code=code, seconds=round(time.monotonic() - worker.began, 1))
        await asyncio.sleep(_BETWEEN_STARTS)
        if not self._stopping:
            await self._hire()
