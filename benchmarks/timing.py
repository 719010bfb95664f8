"""Times things, and sums up what was timed. All times are in milliseconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

SLOW = 200.0
"""What takes longer than this is not done again."""


class Spread(NamedTuple):
    """How long a number of things took."""

    times: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.times)

    @property
    def p95(self) -> float:
        """What 95 of 100 do not pass."""
        return sorted(self.times)[min(int(len(self.times) * 0.95), len(self.times) - 1)]

    @property
    def most(self) -> float:
        """The longest."""
        return max(self.times)

    def over(self, limit: float) -> int:
        """Return how many took longer than `limit`."""
        return sum(time > limit for time in self.times)


def timed(work: Callable[[], object], repeats: int = 3) -> float:
    """Return the median time of `work`, done once if it is slow."""
    times = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
        if times[-1] > SLOW:
            break
    return median(times)


def over_all(work: Callable[[str], object], queries: Iterable[str], repeats: int = 3) -> Spread:
    """Return how long `work` takes on each of the queries."""
    return Spread(tuple(timed(partial(work, query), repeats) for query in queries))


def process(command: Sequence[str], *, stdin: Path | None = None, repeats: int = 5, **environment: str) -> float:
    """Return the median time of a whole process, its output thrown away."""

    def run() -> None:
        with open(stdin or os.devnull, "rb") as given:
            subprocess.run(
                command, stdin=given, stdout=subprocess.DEVNULL, env={**os.environ, **environment}, check=False
            )

    run()
    return timed(run, repeats)


def child(task: str, *arguments: str | Path, patience: float = 1800) -> dict[str, Any]:
    """Return what a task of `benchmarks.child` measured in a process of its own.

    Raises RuntimeError when it fails, and subprocess.TimeoutExpired when it takes longer than `patience` seconds.
    """
    command = [sys.executable, "-m", "benchmarks.child", task, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=patience)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise RuntimeError(f"{task}: {lines[-1] if lines else f'ended with {done.returncode}'}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def forget_pages(files: Iterable[Path]) -> str:
    """Take files out of the page cache, all files where that is allowed; return how it was done."""
    os.sync()
    for file in files:
        handle = os.open(file, os.O_RDONLY)
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(handle)
    try:
        Path("/proc/sys/vm/drop_caches").write_text("3")
    except OSError:
        return "posix_fadvise"
    return "drop_caches"
