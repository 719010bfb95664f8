"""Notices that the library of a server has changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from tui.library import LibraryError, library_files

_BETWEEN_LOOKS, _SETTLING = 8.0, 1.0
"""Seconds between two looks, and for which a change must have stayed as it is."""

Stamp = tuple[tuple[str, int, int], ...]
"""The files of a library, each with its size and the time of its last change in nanoseconds."""


def stamp(library: Path) -> Stamp:
    """Return what tells one state of a library from another; empty while it can't be looked at."""
    try:
        found = [(file, file.stat()) for file in library_files(library)]
    except (OSError, LibraryError):
        return ()
    return tuple((str(file), state.st_size, state.st_mtime_ns) for file, state in found)


async def follow(library: Path, changed: Callable[[], Awaitable[None]]) -> None:
    """Call `changed` each time the library has changed and has then stayed as it is for a moment; never ends."""
    known = before = stamp(library)
    while True:
        await asyncio.sleep(_BETWEEN_LOOKS if before in (known, ()) else _SETTLING)
        now = stamp(library)
        if now and now == before and now != known:
            known = now
            await changed()
        before = now
