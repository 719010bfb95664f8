"""The house is built in one direction: a room imports only from rooms before it, and few know Textual."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tui

PACKAGE = Path(tui.__file__).parent
ROOMS = ["", "language", "records", "vocabulary", "library", "index", "exchange", "personal", "explorer", "serve"]
ROOMS += ["cli", "__main__"]
"""In the order in which they may use each other; the empty name is `tui/__init__.py`."""

DRAWING = {"textual", "rich"}


def room_of(module: str) -> str:
    """Return the room of a module: `tui.index.query` is in `index`."""
    return module.split(".")[1] if "." in module else ""


def module_name(file: Path) -> str:
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(file: Path) -> set[str]:
    """Return the modules that a file names in import statements, at its top or inside its functions."""
    names: set[str] = set()
    package = module_name(file) if file.name == "__init__.py" else module_name(file).rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            names |= {f"{module}.{alias.name}" for alias in node.names} if module == "tui" else {module}
    return names


FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = {file: imported(file) for file in FILES}


def test_every_room_is_known() -> None:
    assert {room_of(module_name(file)) for file in FILES} <= set(ROOMS)


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_a_room_imports_only_from_rooms_before_it(file: Path) -> None:
    own = ROOMS.index(room_of(module_name(file)))
    ours = {name for name in MODULES[file] if name == "tui" or name.startswith("tui.")}
    later = {name for name in ours if room_of(name) in ROOMS and ROOMS.index(room_of(name)) > own}
    assert not later, f"{module_name(file)} imports {sorted(later)}"


@pytest.mark.parametrize("file", FILES, ids=module_name)
def test_only_the_explorer_and_the_server_draw(file: Path) -> None:
    drawing = {name for name in MODULES[file] if name.split(".")[0] in DRAWING}
    assert not drawing or room_of(module_name(file)) in {"explorer", "serve"}, f"{module_name(file)} imports {drawing}"


LARGE = [folder for folder in [PACKAGE, *PACKAGE.rglob("*")] if len(list(folder.glob("*.py"))) > 8]


@pytest.mark.parametrize("folder", [*LARGE, PACKAGE.parent / "benchmarks"], ids=lambda folder: folder.name)
def test_a_large_room_says_where_everything_is(folder: Path) -> None:
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    inside = {file.stem for file in folder.glob("*.py")} | {room.parent.name for room in folder.glob("*/__init__.py")}
    assert inside - {"__init__", "__main__"} <= set(re.findall(r"`(\w+)`", said)), "it does not say what these are"
    assert set(re.findall(r"`(\w+)`", said.partition("Where to look:")[2])) <= inside, "it names what is not there"


def test_the_explorer_is_imported_by_the_command_only_when_it_opens() -> None:
    for file in (file for file in FILES if room_of(module_name(file)) in {"cli", "__main__"}):
        body = ast.parse(file.read_text(encoding="utf-8")).body
        top = {node.module or "" for node in body if isinstance(node, ast.ImportFrom)}
        first_frame = {"tui.explorer", "tui.explorer.first_frame"}
        assert not {name for name in top if name.startswith("tui.explorer")} - first_frame, file
    assert "tui.explorer.launch" in MODULES[PACKAGE / "cli" / "explore.py"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["--help"],
        ["search", "erdogan"],
        ["search", "erdogan", "--json"],
        ["show", "rome-2025"],
        ["show", "rome-2025", "--json"],
        ["brief", "rome-2025"],
        ["check"],
        ["export", "--to", "markdown"],
        ["completion", "fish"],
        ["config", "--path"],
        ["config"],
    ],
    ids=" ".join,
)
def test_a_command_that_prints_does_not_load_textual(arguments: list[str], tiny_library: Path, tmp_path: Path) -> None:
    program = (
        "import sys; from tui.cli.summit import run, summit; code = run(summit, sys.argv[1:]);"
        "loaded = {name.partition('.')[0] for name in sys.modules} & {'textual', 'rich', 'tui'};"
        "print(code, *sorted(loaded), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={
            **os.environ,
            "SUMMIT_LIBRARY": str(tiny_library),
            "SUMMIT_CACHE": str(tmp_path),
            "SUMMIT_CONFIG": str(tmp_path / "none"),
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr.splitlines()[-1] == "0 tui", done.stderr
    assert done.stdout
