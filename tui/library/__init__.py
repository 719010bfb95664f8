"""The source of truth: TinyDB files that are safe to write, read record by record, and checked.

A library is one such file or a folder of them. Ids are unique over the whole library and links may cross files.
"""

from tui.library.check import Problem, check
from tui.library.errors import LibraryError
from tui.library.jsontext import serialise
from tui.library.locating import library_files, shipped_library
from tui.library.reading import read_file
from tui.library.storage import SafeStorage, changing, open_database

__all__ = [
    "LibraryError",
    "Problem",
    "SafeStorage",
    "changing",
    "check",
    "library_files",
    "open_database",
    "read_file",
    "serialise",
    "shipped_library",
]
