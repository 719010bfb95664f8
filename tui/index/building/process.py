"""The process that builds an index beside the explorer, so that the lists can be used while they fill.

Of a large library it first writes small indexes of its first records, each a file of its own; then the whole. It
ends when whoever started it has gone, and leaves no file that is not finished.
"""

from __future__ import annotations

import _thread
import os
import signal
import sqlite3
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from filelock import FileLock, Timeout
from msgspec import json

from tui import language
from tui.index import renewing, store
from tui.index.building import unfinished
from tui.index.building.build import build
from tui.index.building.reports import Broken, Done, Moved, Order, Part, Refused, Report, Unwritable, Waiting
from tui.index.building.staging import Progress
from tui.library import LibraryError, library_files

GROWTH = 4
"""How many times larger each small index is than the one before."""
DEAREST = 8
"""The largest small index has at most the so manyth part of the library, since it is work on top of the whole."""

_NICE = 5
"""How far the whole build stands back behind the explorer, where they share a core."""
_EVERY = 0.2
"""Seconds between two reports of progress."""
_MERCY = 0.5
"""Seconds to end of its own accord, with files closed and what was begun taken back."""


_gone = threading.Event()
"""Set when whoever started this process has gone, or needs it no more."""
_over = threading.Event()
"""Set when all is reported."""


def main() -> None:
    """Carry out the order of the command line, report on the standard output, and wait until all has been taken."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_follow_master, daemon=True).start()
    order = json.decode(sys.argv[1], type=Order)
    language.use(order.language)
    with suppress(KeyboardInterrupt, BrokenPipeError):
        tell(_outcome(order))
    _over.set()
    _gone.wait()
    unfinished.leave()


def tell(report: Report) -> None:
    """Send a report."""
    sys.stdout.buffer.write(json.encode(report) + b"\n")
    sys.stdout.buffer.flush()


def _follow_master() -> None:
    """End when whoever started this process has gone: the standard input is a pipe from there."""
    sys.stdin.buffer.read()
    _gone.set()
    if not _over.is_set():
        _thread.interrupt_main()
    time.sleep(_MERCY)
    unfinished.leave()


def _outcome(order: Order) -> Report:
    try:
        return Done(_build(order))
    except LibraryError as error:
        return Refused(str(error.path), error.reason, error.where, error.remedy)
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, BrokenPipeError):
            raise
        return Unwritable(error.strerror if isinstance(error, OSError) and error.strerror else str(error))
    except Exception:
        return Broken(traceback.format_exc())


def _build(order: Order) -> str:
    """Renew an index, and return the word about it."""
    library, cache = Path(order.library), Path(order.cache) if order.cache else None
    path, files = store.place(library, cache), library_files(library)
    path.parent.mkdir(parents=True, exist_ok=True)
    total = sum(file.stat().st_size for file in files)
    sizes = list(part_sizes(order.first, total))
    meter = _Meter(total + sum(sizes), len(files))
    for number, size in enumerate(sizes):
        file = unfinished.begin(path.with_suffix(f".{os.getpid()}-{number}.part"))
        tell(Part(str(file), _build_part(file, files, library, size, meter)))
    if hasattr(os, "nice"):
        os.nice(_NICE)
    lock = FileLock(renewing.lock_of(path))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        tell(Waiting())
        lock.acquire()
    with lock:
        remove_lost_parts(path)
        opened = renewing.renew(path, library_files(library), library, meter.piece(total, whole=True))
    opened.connection.close()
    return opened.notice


def part_sizes(first: int, total: int) -> Iterator[int]:
    """Yield the sizes in bytes of the small indexes of a library of `total` bytes, the smallest first."""
    size = first
    while 0 < size <= total // DEAREST:
        yield size
        size *= GROWTH


def _build_part(file: Path, files: Sequence[Path], library: Path, size: int, meter: _Meter) -> int:
    with closing(sqlite3.connect(file)) as connection:
        build(connection, files, library, meter.piece(size, whole=False), size)
        return int(connection.execute("SELECT count(*) FROM record").fetchone()[0])


def remove_lost_parts(path: Path) -> None:
    """Remove the small indexes of processes that were killed. Only their files have a number that no process has."""
    for file in (*path.parent.glob(f"{path.stem}.*.part"), *path.parent.glob(f"{path.stem}.*{unfinished.STAGED}")):
        process = file.name.removeprefix(f"{path.stem}.").partition("-")[0]
        if process.isdecimal() and not _is_running(int(process)):
            file.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if os.name == "nt":  # there, a signal of zero ends the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


class _Meter:
    """Reports how much of several pieces of work is done, each of them a build, a few times a second."""

    def __init__(self, work: int, files: int) -> None:
        self._work = max(work, 1)
        self._files = files
        self._begun = 0
        self._told = 0.0

    def piece(self, size: int, *, whole: bool) -> Callable[[Progress], None]:
        """Return what hears of the progress of the next piece; `whole` says that it is that of all files."""
        before = self._begun
        self._begun += size

        def hear(progress: Progress) -> None:
            now = time.monotonic()
            if now - self._told >= _EVERY:
                self._told = now
                share = (before + size * progress.share) / self._work
                tell(Moved(progress.done if whole else 0, self._files, share))

        return hear
