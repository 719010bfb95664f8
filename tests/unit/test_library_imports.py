"""What a launch on a fresh index pays for: the library's files are looked at, not read."""

from __future__ import annotations

import subprocess
import sys

import pytest

import tui.library

HEAVY = ("tinydb", "filelock", "tui.library.checking", "textual", "rich")


def test_every_public_name_is_there() -> None:
    for name in tui.library.__all__:
        assert getattr(tui.library, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        tui.library.__getattr__("nothing")


def test_finding_the_files_loads_neither_tinydb_nor_check() -> None:
    code = "import sys; from tui.library import library_files, shipped_library; library_files(shipped_library())"
    report = f"{code}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
