"""Notices that the library of a server has changed: at once where the system tells of it, else within a minute."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from tui.explorer.stamps import library_stamp
from tui.explorer.watching import Watch

_BETWEEN_LOOKS = 60.0
"""Seconds between two looks at the library itself, which another folder or another link may have taken the place of."""

_SETTLING = 0.5
"""Seconds for which a change must have stayed as it is: files are often written one after the other."""

_AWAY = ""
"""The stamp of a library that can't be looked at, which has not changed."""


async def follow(library: Path, changed: Callable[[], Awaitable[None]]) -> None:
    """Call `changed` each time the library has changed and has then stayed as it is for a moment; never ends."""
    known = library_stamp(library)
    while True:
        await _told(library, known)
        now = await _settled(library)
        if now not in (known, _AWAY):
            known = now
            await changed()


async def _told(library: Path, known: str) -> None:
    """Wait until the system tells of a change, or until it is time to look; not where it has changed already."""
    told = asyncio.Event()
    watch = Watch(library, lambda _: told.set())
    try:
        if library_stamp(library) in (known, _AWAY):
            with suppress(TimeoutError):
                async with asyncio.timeout(_BETWEEN_LOOKS):
                    await told.wait()
    finally:
        watch.close()


async def _settled(library: Path) -> str:
    """Return the stamp of the library once nobody writes to it."""
    before = library_stamp(library)
    while True:
        await asyncio.sleep(_SETTLING)
        now = library_stamp(library)
        if now == before:
            return now
        before = now
