"""Whoever wants an index built beside their own work: starts the process that does it, and hears what it reports."""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from msgspec import DecodeError, json

import tui
from tui import language
from tui.index import store
from tui.index.building.reports import Broken, Done, Ended, Moved, Order, Part, Refused, Report, Unwritable, Waiting
from tui.index.building.unfinished import STAGED
from tui.index.search import Index
from tui.library import LibraryError

FIRST = 250_000
"""Bytes of records in the first small index: some 500 records, built in a moment."""

_GRACE = 0.5
"""Seconds in which a small change should be taken in before an old index is shown instead."""
_ENDING = 5.0
_PROGRAM = "from tui.index.building.process import main; main()"


class Builder:
    """A process that renews the index of a library. What it wrote beside that is removed by `close`."""

    def __init__(self, library: Path, cache: Path | None, first: int) -> None:
        self.library = library.resolve()
        self._path = store.place(self.library, cache)
        self.updates = not first
        """Whether there is an index already, which only is out of date."""
        self._parts: list[Path] = []
        self._reports: queue.SimpleQueue[Report | None] = queue.SimpleQueue()
        self._again: list[Report] = []
        order = Order(str(self.library), str(cache.resolve()) if cache else None, first, language.current())
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, json.encode(order).decode()],
            cwd=Path(tui.__file__).parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # the keys and the end of this terminal are not for it
        )
        threading.Thread(target=self._hear, daemon=True).start()

    @property
    def process(self) -> int:
        """The number of the process."""
        return self._process.pid

    def next(self, seconds: float | None = None) -> Report | None:
        """Wait for the next report; return None when the time is over, or nothing comes after `stop`."""
        if self._again:
            return self._again.pop()
        try:
            return self._reports.get(timeout=seconds)
        except queue.Empty:
            return None

    def hear_again(self, report: Report) -> None:
        """Give back the last report, for whoever asks for the next one."""
        self._again.append(report)

    def stop(self) -> None:
        """Let the process end, and whoever waits for a report wait no more."""
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()
        self._reports.put(None)

    def close(self) -> None:
        """Return when the process has ended and nothing of it is left but the index."""
        self.stop()
        try:
            self._process.wait(_ENDING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.returncode:
            self._clear_up()

    def _clear_up(self) -> None:
        """Remove what the process would have removed, had it not been killed."""
        from tui.index.renewing import remove_unfinished

        remove_unfinished(self._path)
        for file in self._parts:
            with suppress(OSError):
                file.unlink(missing_ok=True)
                file.with_suffix(STAGED).unlink(missing_ok=True)

    def _hear(self) -> None:
        assert self._process.stdout is not None
        last = _read(self._process.stdout, self._take)
        if not isinstance(last, Done | Refused | Unwritable | Broken):
            self._reports.put(Ended(self._process.wait()))

    def _take(self, report: Report) -> None:
        if isinstance(report, Part):
            self._parts.append(Path(report.file))
        self._reports.put(report)


def _read(lines: IO[bytes], take: Callable[[Report], None]) -> Report | None:
    """Read reports to the end, and return the last."""
    report: Report | None = None
    for line in lines:
        with suppress(DecodeError):  # a line that was cut, since its writer was killed
            report = json.decode(line, type=Report)
            take(report)
    return report


def begin(
    library: Path, cache: Path | None, progress: Callable[[Moved], None], meanwhile: Callable[[], None] = lambda: None
) -> tuple[Index, Builder | None]:
    """Return an index to begin with, the old one or one of the first records, and who is renewing it.

    A small library, or a small change, is waited for; then nobody is. `meanwhile` is done while the process starts.
    Raises LibraryError for a library that cannot be read.
    """
    old = Index.old(library, cache)
    builder = Builder(library, cache, 0 if old else FIRST)
    try:
        meanwhile()
        return _first(builder, old, cache, progress)
    except BaseException:
        builder.close()
        raise


def _first(
    builder: Builder, old: Index | None, cache: Path | None, progress: Callable[[Moved], None]
) -> tuple[Index, Builder | None]:
    library = builder.library
    end = time.monotonic() + _GRACE
    while True:
        report = builder.next(max(end - time.monotonic(), 0) if old else None)
        match report:
            case None | Waiting() if old is not None:
                if report is not None:
                    builder.hear_again(report)
                return old, builder
            case Moved():
                progress(report)
                continue
            case Part():
                return Index.of_file(Path(report.file), library, cache), builder
            case Refused() | Broken():
                raise error_of(report)
            case Done() | Unwritable() | Ended():
                # Where it cannot be written it is kept in memory, and the notice says so.
                index = Index.open(library, cache)
                index.notice = index.notice or (report.notice if isinstance(report, Done) else "")
                builder.close()
                return index, None


def error_of(report: Refused | Broken) -> Exception:
    """Return the error that ended a build."""
    if isinstance(report, Refused):
        return LibraryError(Path(report.path), report.reason, where=report.where, remedy=report.remedy)
    return RuntimeError(f"the index could not be built\n{report.trace}")
