"""Makes a library of one's own from one that is there."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from tui.language import gettext
from tui.library.errors import LibraryError
from tui.library.files import read_content
from tui.library.locating import library_files
from tui.library.reading import confirm
from tui.library.replacing import Replacement, flush_folder, unwritable


def copy_library(source: Path, target: Path) -> Path:
    """Copy the files of a library into a new folder, which appears whole or not at all, and return the folder.

    Raises LibraryError when the target is there already, or the source cannot be read.
    """
    if os.path.lexists(target) and not (target.is_dir() and not any(target.iterdir())):
        raise LibraryError(
            target, gettext("is there already; nothing was changed"), remedy=gettext("Name a folder that is not there.")
        )
    files = library_files(source)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise unwritable(target, error) from error
    try:
        for file in files:
            raw = read_content(file).raw
            confirm(raw, file)
            with Replacement(fresh / file.name, raw) as copied:
                copied.put(keep_backup=False)
        mask = os.umask(0)
        os.umask(mask)
        fresh.chmod(0o777 & ~mask)
        os.replace(fresh, target)
        flush_folder(target.parent)
    except OSError as error:
        raise unwritable(target, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return target


def free_folder(wanted: Path) -> Path:
    """Return a folder that is not there yet: the wanted one, or with a number at its end."""
    number = 1
    while os.path.lexists(found := wanted.with_name(f"{wanted.name}-{number}") if number > 1 else wanted):
        number += 1
    return found
