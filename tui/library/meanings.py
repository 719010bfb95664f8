"""Names that mean the same in one library, beside those that every library knows.

    # one meaning a line
    Ministry of Trade and Industry = MTI = trade ministry

They stand in `names.txt` in the folder of a library; beside a library that is one file `trips.json`, in
`trips.names.txt`.
"""

from __future__ import annotations

from pathlib import Path

from tui.language import gettext, later
from tui.library.errors import LibraryError
from tui.library.files import unreadable

_REMEDY = later("Write one meaning a line, its names parted by =, as in: European Union = EU")


def names_file(library: Path) -> Path:
    """Return where the names of a library stand, whether there are any or not."""
    return library / "names.txt" if library.is_dir() else library.with_name(f"{library.stem}.names.txt")


def names_stamp(library: Path) -> str:
    """Return what tells whether the names of a library are as they were; empty when it has none."""
    try:
        found = names_file(library).stat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def own_names(library: Path) -> list[list[str]]:
    """Return for each meaning all its names. Raises LibraryError for a file that cannot be read or understood."""
    file = names_file(library)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise unreadable(file, error) from error
    except UnicodeDecodeError as error:
        raise LibraryError(
            file,
            gettext("is not UTF-8"),
            where=gettext("byte {number}", number=error.start),
            remedy=gettext("Save it as UTF-8."),
        ) from error
    meanings = []
    for number, line in enumerate(text.splitlines(), 1):
        names = [name.strip() for name in line.partition("#")[0].split("=")]
        if len(names) == 1 and not names[0]:
            continue
        if len(names) < 2 or not all(names):
            raise LibraryError(
                file,
                gettext("a meaning needs two names or more"),
                where=gettext("line {number}", number=number),
                remedy=gettext(_REMEDY),
            )
        meanings.append(names)
    return meanings
