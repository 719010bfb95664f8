"""What tells one state of a library's files from another without reading them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

Stamp = str
"""The files, each with its size and the time of its last change in nanoseconds; a library may have many."""


def library_stamp(library: Path) -> Stamp:
    """Return what tells one state of the files from another."""
    found = []
    with suppress(OSError):
        if not library.is_dir():
            return _said(library.name, library.stat())
        with os.scandir(library) as inside:
            for entry in inside:
                if entry.name.endswith(".json") and not entry.name.startswith("."):
                    found.append(_said(entry.name, entry.stat()))
    return "/".join(sorted(found))


def _said(name: str, state: os.stat_result) -> str:
    return f"{name}/{state.st_size}/{state.st_mtime_ns}"
