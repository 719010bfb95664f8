"""What tests of exports begin with: the whole of a small library, and of one with hostile text, selected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.exchange.out import Selection, of_view
from tui.index import Index


@pytest.fixture
def tiny(tiny_library: Path, tmp_path: Path) -> Iterator[Selection]:
    with Index.open(tiny_library, tmp_path / "cache") as index:
        yield of_view(index.view(""), index)


@pytest.fixture
def hostile(hostile_library: Path, tmp_path: Path) -> Iterator[Selection]:
    with Index.open(hostile_library, tmp_path / "cache") as index:
        yield of_view(index.view(""), index)
