"""The other tools, in environments of the bench's own: `python -m benchmarks.local_peers` makes them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).with_name(".peers")
PACKAGES = {
    "venv": ("visidata", "posting", "tree-sitter==0.25.2", "harlequin"),
    "toolong": ("toolong", "textual<0.61"),
}
"""By environment. posting falls over with a newer tree-sitter, toolong with a newer Textual."""
_DOWN, _UP = "\x1b[B", "\x1b[A"
_ROWS = 1_000


class Peer(NamedTuple):
    """A tool, and how it is used: its command, empty where it is not installed, and a key that moves in it."""

    name: str
    command: tuple[str, ...]
    down: str
    environment: dict[str, str]


def peers() -> list[Peer]:
    """Return the tools, each on a file of its kind with a thousand rows."""
    FOLDER.mkdir(exist_ok=True)
    records, log = FOLDER / "rows.json", FOLDER / "rows.log"
    if not log.exists():
        made = [{"id": number, "title": f"row {number}", "year": 2008 + number % 18} for number in range(_ROWS)]
        records.write_text(json.dumps(made), encoding="utf-8")
        log.write_text("".join(f"{row['year']} {row['title']}\n" for row in made), encoding="utf-8")
    home = {"HOME": str(FOLDER), "XDG_CONFIG_HOME": str(FOLDER)}
    fzf = shutil.which("fzf")
    return [
        Peer("visidata", _installed("vd", str(records)), "j", home),
        Peer("toolong", _installed("tl", str(log), where="toolong"), _UP, home),
        Peer("posting", _installed("posting"), _DOWN, home),
        Peer("harlequin", _installed("harlequin"), _DOWN, home),
        Peer("fzf", ("sh", "-c", f"{fzf} < '{log}'") if fzf else (), _DOWN, home),
    ]


def _installed(program: str, *arguments: str, where: str = "venv") -> tuple[str, ...]:
    found = FOLDER / where / "bin" / program
    return (str(found), *arguments) if found.exists() else ()


def main() -> None:
    """Make the environments that are not there; a tool that cannot be installed is left out."""
    FOLDER.mkdir(exist_ok=True)
    for where, packages in PACKAGES.items():
        folder = FOLDER / where
        if folder.exists():
            continue
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        for package in packages:
            subprocess.run([*pip, package], check=False)


if __name__ == "__main__":
    main()
