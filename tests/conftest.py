"""The libraries that every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.libraries import write_hostile_library, write_tiny_library
from tui.library import shipped_library


@pytest.fixture(autouse=True)
def no_files_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the config file and the state of whoever runs them."""
    monkeypatch.setenv("SUMMIT_CONFIG", "")
    monkeypatch.setenv("SUMMIT_STATE", "")


@pytest.fixture(scope="session")
def shipped() -> Path:
    """Return the folder of the library that comes with the program."""
    return shipped_library()


@pytest.fixture
def tiny_library(tmp_path: Path) -> Path:
    """Return the folder of a new copy of the tiny library."""
    return write_tiny_library(tmp_path / "tiny")


@pytest.fixture
def hostile_library(tmp_path: Path) -> Path:
    """Return the folder of a new library of hostile texts."""
    return write_hostile_library(tmp_path / "hostile")
