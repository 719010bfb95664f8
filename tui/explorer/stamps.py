"""What tells one state of a library's files from another without reading them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

Stamp = tuple[tuple[str, int, int], ...]
"""The files, each with its size and the time of its last change in nanoseconds."""


def library_stamp(library: Path) -> Stamp:
    """Return what tells one state of the files from another."""
    found = []
    with suppress(OSError):
        for file in sorted(library.glob("*.json")) if library.is_dir() else [library]:
            state = file.stat()
            found.append((file.name, state.st_size, state.st_mtime_ns))
    return tuple(found)
