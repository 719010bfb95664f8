"""The processes of a large build: what they make is what is made without them, and none of them outlives it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.index_dump import index_dump
from tui.index import Index, Progress
from tui.index.building import build, helpers, staging

FAILS_AT_ONCE = "raise SystemExit(1)"
FAILS_AT_THE_SECOND = """
import os
from tui.index.building import helpers
made = helpers.Maker.portion
def once(maker, first, last):
    helpers.Maker.portion = lambda *_: os._exit(1)
    return made(maker, first, last)
helpers.Maker.portion = once
helpers.main()
"""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Have even the smallest build helped, in portions of two records, and return the processes that were."""
    found: list[subprocess.Popen[bytes]] = []

    class Started(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            found.append(self)

    monkeypatch.setattr(helpers, "WORTH", 0)
    monkeypatch.setattr(helpers, "processors", lambda: 2)
    monkeypatch.setattr(build, "SIZE", 2)
    monkeypatch.setattr(subprocess, "Popen", Started)
    return found


def made(library: Path, cache: Path) -> dict[str, Any]:
    Index.open(library, cache).close()
    (file,) = cache.glob("*.sqlite3")
    assert [left.suffix for left in cache.iterdir() if left != file] == [".lock"]
    return index_dump(file)


@pytest.mark.parametrize("program", [helpers._PROGRAM, FAILS_AT_ONCE, FAILS_AT_THE_SECOND])
def test_an_index_is_the_same_however_many_make_it(
    tiny_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, request: pytest.FixtureRequest
) -> None:
    alone = made(tiny_library, tmp_path / "alone")
    started = request.getfixturevalue("started")
    monkeypatch.setattr(helpers, "_PROGRAM", program)
    assert made(tiny_library, tmp_path / "helped") == alone
    assert len(started) == 2
    assert all(process.returncode is not None for process in started)


def test_a_build_that_is_broken_off_leaves_no_process_and_no_file(
    tiny_library: Path, tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    def stop(progress: Progress) -> None:
        if progress.share > staging.NUMBERED:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Index.open(tiny_library, tmp_path / "cache", progress=stop)
    assert len(started) == 2
    assert all(process.returncode is not None for process in started)
    assert [left.suffix for left in (tmp_path / "cache").iterdir()] == [".lock"]
