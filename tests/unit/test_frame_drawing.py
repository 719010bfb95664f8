"""Who draws the first frame of the next launch: never one who could be in anybody's way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.explorer import first_frame, frame_drawing


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Return which first frames are begun from now on, by their size."""
    sizes: list[str] = []

    def begin(command: list[str], env: dict[str, str], **_: object) -> None:
        sizes.append(env[first_frame.DRAW])

    monkeypatch.setenv("SUMMIT_CACHE", str(tmp_path))
    monkeypatch.setattr(subprocess, "Popen", begin)
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((80, 24)))
    return sizes


def test_a_frame_is_drawn_for_who_comes_back(begun: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    frame_drawing.draw_next()
    assert begun == ["80x24"]


@pytest.mark.parametrize(("whole_session", "drawn"), [(True, []), (False, ["80x24"])])
def test_nothing_is_left_behind_where_the_explorer_is_the_whole_session(
    begun: list[str], monkeypatch: pytest.MonkeyPatch, whole_session: bool, drawn: list[str]
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
    monkeypatch.setattr(os, "getsid", lambda _: os.getpid() if whole_session else 1)
    frame_drawing.draw_next()
    assert begun == drawn


def test_a_frame_is_worth_no_build(tiny_library: Path, tmp_path: Path) -> None:
    folders = {"SUMMIT_CACHE": str(tmp_path / "cache"), "SUMMIT_STATE": str(tmp_path / "state"), "SUMMIT_CONFIG": ""}
    command = [sys.executable, "-m", "tui", str(tiny_library)]
    environment = {**os.environ, **folders, first_frame.DRAW: "80x24"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert not list(tmp_path.glob("cache/*.sqlite3"))
