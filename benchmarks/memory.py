"""The memory of a process and of all that it has started, watched while it works (Linux)."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from types import TracebackType

_EVERY = 0.25
"""Seconds between two looks."""


class Watch:
    """Notes inside how much memory this process and its children have together at most: shared pages count once."""

    def __init__(self) -> None:
        self.most = 0
        """Bytes, by what the kernel calls the proportional set size."""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self.most = max(self.most, sum(map(_held, [os.getpid(), *_children()])))


def _children() -> list[int]:
    lists = (_read(file) for file in Path("/proc/self/task").glob("*/children"))
    return [int(process) for text in lists for process in text.split()]


def _held(process: int) -> int:
    lines = _read(Path(f"/proc/{process}/smaps_rollup")).splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""
