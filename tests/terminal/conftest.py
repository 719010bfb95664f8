"""What a terminal finds when `summit` is opened in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

_OF_THEIR_OWN = {"tiny_library", "library", "server"}
"""Fixtures of tests that open other libraries than the shipped one."""


@pytest.fixture(autouse=True)
def index_of_an_earlier_visit(request: pytest.FixtureRequest) -> None:
    """Let the index of the shipped library be there, as it is at every visit but a user's first."""
    asked = set(request.fixturenames)
    if "tmp_path" in asked and not asked & _OF_THEIR_OWN:
        home: Path = request.getfixturevalue("tmp_path")
        shutil.copytree(request.getfixturevalue("shipped_cache"), home / "cache", dirs_exist_ok=True)
