"""The source of truth: TinyDB files that are safe to write, read record by record, and checked.

A library is one such file or a folder of them. Ids are unique over the whole library and links may cross files.

Where to look:

- which files: `locating`, `own`, `writable`, `kept_names`, `files`
- from bytes to records: `reading`, `jsontext`, `streaming`, `on_disk`, `seeking`, `drawers`
- a change: `writer` makes it; `changes`, `sheets`, `splicing`, `shelving` and `slugs` say what becomes of which bytes,
  `curating` what a small change is, `catalogue` what the other records have
- safe on the disk: `database`, `storage`, `locking`, `replacing`, `history`
- what must hold, and what is wrong: `rules`, `dates`, `links`, `facts`, `checking`, `verdicts`, `faults`, `errors`
- the library's own names for one thing: `meanings`
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.library.checking import Problem, check
    from tui.library.database import changing, open_database
    from tui.library.errors import LibraryError
    from tui.library.jsontext import serialise
    from tui.library.locating import library_files, shipped_library
    from tui.library.meanings import names_stamp, own_names
    from tui.library.reading import decode_entry, read_entries, read_file
    from tui.library.storage import SafeStorage

__all__ = [
    "LibraryError",
    "Problem",
    "SafeStorage",
    "changing",
    "check",
    "decode_entry",
    "library_files",
    "names_stamp",
    "open_database",
    "own_names",
    "read_entries",
    "read_file",
    "serialise",
    "shipped_library",
]

_MODULES = {
    "LibraryError": "errors",
    "Problem": "checking",
    "SafeStorage": "storage",
    "changing": "database",
    "check": "checking",
    "decode_entry": "reading",
    "library_files": "locating",
    "names_stamp": "meanings",
    "own_names": "meanings",
    "open_database": "database",
    "read_entries": "reading",
    "read_file": "reading",
    "serialise": "jsontext",
    "shipped_library": "locating",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: a launch on a fresh index needs neither TinyDB nor check."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value
