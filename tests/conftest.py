"""The libraries that every test may ask for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.libraries import write_hostile_library, write_tiny_library
from tui import language
from tui.index import Index
from tui.library import shipped_library


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return how many processes run the tests: two a processor, since tests of screens wait half of the time."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(autouse=True)
def nothing_of_the_user(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep tests away from the config file, the state and the language of whoever runs them, and how they came here."""
    monkeypatch.setenv("SUMMIT_CONFIG", "")
    monkeypatch.setenv("SUMMIT_STATE", "")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_ORIGINAL_COMMAND"):
        monkeypatch.delenv(name, raising=False)
    yield
    language.use(language.ENGLISH)


@pytest.fixture(scope="session")
def shipped() -> Path:
    """Return the folder of the library that comes with the program."""
    return shipped_library()


@pytest.fixture(scope="session")
def shipped_cache(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache folder with the index of the shipped library, built once for all tests that only read it."""
    run = tmp_path_factory.getbasetemp()
    # Where tests run in several processes, each has a folder of its own in that of the run.
    cache = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "shipped-cache"
    Index.open(shipped, cache).close()
    return cache


@pytest.fixture
def memory_path() -> Iterator[Path]:
    """Return a new folder in memory, where there is one, for what writes often.

    A process that is killed leaves there what it would leave on a disk, since the system keeps what was written; only
    waiting for the disk, which shows nothing but costs most of the time, is left out.
    """
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture
def tiny_library(tmp_path: Path) -> Path:
    """Return the folder of a new copy of the tiny library."""
    return write_tiny_library(tmp_path / "tiny")


@pytest.fixture
def hostile_library(tmp_path: Path) -> Path:
    """Return the folder of a new library of hostile texts."""
    return write_hostile_library(tmp_path / "hostile")


@pytest.fixture
def count(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Return what takes a line of counts, which is printed at the end of the run, also of one in several processes."""
    return lambda line: record_property("counted", line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have counted."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    lines = [
        f"{report.nodeid.rpartition('::')[2]}: {value}"
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "counted" and report.when == "call"
    ]
    if lines:
        terminalreporter.section("counted")
        for line in lines:
            terminalreporter.write_line(line)
