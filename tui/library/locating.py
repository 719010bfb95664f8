"""Finds the files of a library: those that a path names, and those that come with the program."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import tui
from tui.language import gettext
from tui.library.errors import LibraryError
from tui.library.files import refuse_unless_regular, unreadable


def shipped_library() -> Path:
    """Return the library that comes with the program: `tui/data` when installed, `data` in a source tree."""
    package = Path(tui.__file__).resolve().parent
    installed = package / "data"
    return installed if installed.is_dir() else package.parent / "data"


def library_files(path: Path) -> list[Path]:
    """Return the files of a library: the file itself, or every `*.json` of a folder, sorted by name.

    Raises LibraryError when the path is missing or unreadable, or when the folder holds no library.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISDIR(mode):
            refuse_unless_regular(path, mode)
            return [path]
        with os.scandir(path) as inside:
            entries = [entry for entry in inside if entry.name.endswith(".json") and not entry.name.startswith(".")]
        found = [path / name for name in sorted(entry.name for entry in entries)]
        for entry in entries:
            # The kind of a file is mostly known from its folder; who is none is looked at for the reason.
            if not entry.is_file():
                refuse_unless_regular(path / entry.name, entry.stat().st_mode)
    except OSError as error:
        from tui.library.reading import offering_backup

        with offering_backup(path):
            raise unreadable(Path(error.filename or path), error) from error
    if not found:
        raise LibraryError(
            path,
            gettext("the folder holds no library (no file in it ends in .json)"),
            remedy=gettext("Name a library file, or a folder of them."),
        )
    return found
