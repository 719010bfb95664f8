"""What tells one state of a library's files from another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import tui
from tui.explorer.stamps import library_stamp


def test_a_stamp_changes_with_each_file_of_the_library(tmp_path: Path) -> None:
    stamps = [library_stamp(tmp_path)]
    file = tmp_path / "b.json"
    for text in ("{}", "{ }"):
        file.write_text(text, encoding="utf-8")
        stamps.append(library_stamp(tmp_path))
    os.utime(file, ns=(1, 1))
    stamps.append(library_stamp(tmp_path))
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    stamps.append(library_stamp(tmp_path))
    assert len(set(stamps)) == len(stamps)
    assert stamps[-1].split("/")[::3] == ["a.json", "b.json"]


def test_other_files_have_no_part_in_it(tmp_path: Path) -> None:
    before = library_stamp(tmp_path)
    for name in (".hidden.json", "notes.txt", "a.json.bak"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    assert library_stamp(tmp_path) == before == ""


def test_a_library_of_one_file_has_that_files_stamp(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    assert library_stamp(file) == ""
    file.write_text("{}", encoding="utf-8")
    os.utime(file, ns=(5, 5))
    assert library_stamp(file) == "mine.json/2/5"


def test_what_paints_the_first_frame_imports_next_to_nothing() -> None:
    program = (
        "import sys; before = set(sys.modules); import tui.explorer.first_frame; print(*set(sys.modules) - before)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(tui.__file__).parents[1])}
    found = subprocess.run(
        [sys.executable, "-S", "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert not set(found.stdout.split()) & {"typing", "collections", "re", "enum", "functools", "pathlib", "textual"}
