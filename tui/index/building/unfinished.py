"""Files that are not finished: nothing of them stays, however the process ends that writes them."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

STAGED = ".staged"
"""How the name of the file ends that the first pass of a build writes."""

_guard = threading.Lock()
_files: set[Path] = set()


def begin(file: Path) -> Path:
    """Note a new file that is removed when this process leaves; one of that name is removed now."""
    with _guard:
        _remove(file)
        _files.add(file)
    return file


@contextmanager
def unfinished(file: Path) -> Iterator[Path]:
    """Write a new file inside; it is removed at the end, unless it has got another name."""
    try:
        yield begin(file)
    finally:
        with _guard:
            _remove(file)
            _files.discard(file)


def leave() -> NoReturn:
    """End the process here and now, from any thread, without the files that are not finished."""
    # The guard is never given back: no other thread begins or finishes a file any more.
    _guard.acquire()
    for file in _files:
        _remove(file)
    os._exit(0)


def _remove(file: Path) -> None:
    # Windows removes no file that is open; the next build does.
    with suppress(PermissionError):
        file.unlink(missing_ok=True)
