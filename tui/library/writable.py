"""Whether a library may be written: the shipped one never, any other where the user has the right to."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from tui.language import gettext
from tui.library.errors import ReadOnlyError
from tui.library.locating import shipped_library


def refuse_read_only(library: Path) -> None:
    """Raise ReadOnlyError for the shipped library and for one that the user has no right to write."""
    target = Path(os.path.realpath(library))
    if is_shipped(library):
        remedy = gettext("A copy of your own can be changed: summit init ~/summits --shipped makes one.")
        raise ReadOnlyError(library, gettext("the shipped library is read-only"), remedy=remedy)
    folder = target if target.is_dir() else target.parent
    effective = os.access in os.supports_effective_ids
    if folder.exists() and not os.access(folder, os.W_OK | os.X_OK, effective_ids=effective):
        remedy = gettext("Ask its owner for the right to write, or change a copy.")
        raise ReadOnlyError(library, gettext("you may not write in its folder"), remedy=remedy)
    if target.is_file() and not os.access(target, os.W_OK, effective_ids=effective):
        remedy = gettext("chmod u+w makes it writable, if it is yours; or change a copy.")
        raise ReadOnlyError(library, gettext("the file is marked read-only"), remedy=remedy)


def is_shipped(library: Path) -> bool:
    """Return whether a path is that of the library that comes with the program."""
    with suppress(OSError):
        return os.path.realpath(library) == os.path.realpath(shipped_library())
    return False
