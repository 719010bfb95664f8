"""What tells one state of a library's files from another without reading them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

Stamp = tuple[tuple[str, int, int], ...]
"""The files, each with its size and the time of its last change in nanoseconds."""


def library_stamp(library: Path) -> Stamp:
    """Return what tells one state of the files from another."""
    found = []
    with suppress(OSError):
        if not library.is_dir():
            state = library.stat()
            return ((library.name, state.st_size, state.st_mtime_ns),)
        with os.scandir(library) as inside:
            for entry in inside:
                if entry.name.endswith(".json") and not entry.name.startswith("."):
                    state = entry.stat()
                    found.append((entry.name, state.st_size, state.st_mtime_ns))
    return tuple(sorted(found))
