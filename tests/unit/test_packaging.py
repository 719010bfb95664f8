"""What a wheel carries: the package, the shipped library and the styles, and nothing of the workshop."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the names of the files in a wheel built from this tree."""
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("dist"))))
    return set(zipfile.ZipFile(wheel).namelist())


def test_a_wheel_carries_every_file_of_the_shipped_library(carried: set[str]) -> None:
    library = {f"tui/data/{file.name}" for file in (ROOT / "data").glob("*.json")}
    assert library
    assert library <= carried


def test_a_wheel_carries_all_that_the_package_reads(carried: set[str]) -> None:
    package = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "tui").rglob("*")
        if file.suffix in {".py", ".json", ".tcss", ".typed"}
    }
    assert package <= carried
    assert "tui/py.typed" in carried


def test_a_wheel_carries_nothing_else(carried: set[str]) -> None:
    assert {PurePosixPath(name).parts[0] for name in carried if not name.startswith("summit_explorer-")} == {"tui"}
    assert not {name for name in carried if name.endswith((".pyc", ".lock", ".bak", ".tmp"))}
