from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_library import write_library


@pytest.fixture
def small_library(tmp_path: Path) -> Path:
    """Return a new library file of two meetings."""
    return write_library(tmp_path / "small.json")
