"""The process that builds an index beside the explorer: small indexes first, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tui import language
from tui.index import Index, store
from tui.index.building import builder
from tui.index.building.builder import Builder
from tui.index.building.process import _is_running, part_sizes, remove_lost_parts
from tui.index.building.reports import Done, Ended, Moved, Part, Refused, Report, Unwritable


def reports(library: Path, cache: Path, first: int) -> list[Report]:
    """Return all that a builder reports but its progress, and that it left no process."""
    working = Builder(library, cache, first)
    found: list[Report] = []
    while not found or isinstance(found[-1], Part | Moved):
        report = working.next(60)
        assert report is not None
        found.append(report)
    working.close()
    with pytest.raises(ProcessLookupError):
        os.kill(working.process, 0)
    return [report for report in found if not isinstance(report, Moved)]


def left(cache: Path) -> list[str]:
    return sorted(file.suffix for file in cache.iterdir() if file.suffix != ".lock")


@pytest.mark.parametrize(("total", "sizes"), [(800, [100]), (799, []), (3200, [100, 400]), (10**6, [100, 400, 1600])])
def test_small_indexes_grow_and_are_a_small_part_of_the_work(total: int, sizes: list[int]) -> None:
    found = list(part_sizes(100, total))
    assert found[:3] == sizes
    assert sum(found) < total / 5
    assert list(part_sizes(0, total)) == []


def test_an_index_of_the_first_records_is_finished_before_the_whole(tiny_library: Path, tmp_path: Path) -> None:
    first, last = reports(tiny_library, tmp_path / "cache", 500)
    assert isinstance(first, Part)
    assert isinstance(last, Done)
    assert left(tmp_path / "cache") == [".sqlite3"]
    index = Index.fresh(tiny_library, tmp_path / "cache") or Index.old(tiny_library, tmp_path / "cache")
    assert index is not None
    with index:
        assert 0 < first.records < sum(index.counts.values())


def test_what_is_wrong_is_reported_in_full(tiny_library: Path, tmp_path: Path) -> None:
    (tiny_library / "shared.json").write_text("{", encoding="utf-8")
    (report,) = reports(tiny_library, tmp_path / "cache", 0)
    assert isinstance(report, Refused)
    assert report.path == str(tiny_library / "shared.json")
    assert report.reason == "the JSON is cut off"
    assert left(tmp_path / "cache") == []
    language.use("it")
    (report,) = reports(tiny_library, tmp_path / "cache", 0)
    assert isinstance(report, Refused)
    assert report.reason == "il JSON è troncato"


def test_a_cache_that_cannot_be_written_is_reported_and_the_index_is_in_memory(
    tiny_library: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "file"
    cache.write_text("not a folder", encoding="utf-8")
    (report,) = reports(tiny_library, cache, 0)
    assert isinstance(report, Unwritable)
    index, working = builder.begin(tiny_library, cache, lambda moved: None)
    with index:
        assert working is None
        assert "in memory only" in index.notice
        assert index.view("rome").lists["summit"].total == 1


def test_a_process_that_ends_by_itself_is_found_out(
    tiny_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "_PROGRAM", "import sys; sys.exit(3)")
    assert reports(tiny_library, tmp_path / "cache", 0) == [Ended(3)]


def test_what_a_killed_process_was_writing_is_removed(tiny_library: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    working = Builder(tiny_library, cache, 500)
    while not isinstance(report := working.next(60), Part):
        assert report is not None
    os.kill(working.process, signal.SIGKILL)
    store.place(tiny_library, cache).with_suffix(".new").touch()
    working.close()
    assert set(left(cache)) <= {".sqlite3"}


def test_a_build_ends_when_who_started_it_is_killed(tiny_library: Path, tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from filelock import FileLock;"
        "from tui.index import store; from tui.index.renewing import lock_of;"
        "from tui.index.building.builder import Builder;"
        "library, cache = map(Path, sys.argv[1:]); cache.mkdir();"
        "lock = FileLock(lock_of(store.place(library, cache))); lock.acquire();"
        "working = Builder(library, cache, 500); working.next(); print(working.process, flush=True); time.sleep(600)"
    )
    cache = tmp_path / "cache"
    master = subprocess.Popen(
        [sys.executable, "-c", program, str(tiny_library), str(cache)], stdout=subprocess.PIPE, text=True
    )
    assert master.stdout is not None
    process = int(master.stdout.readline())
    master.kill()
    master.wait()
    master.stdout.close()
    deadline = time.monotonic() + 30
    while left(cache) or _is_running(process):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_small_indexes_of_killed_processes_are_removed_and_those_of_others_stay(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    path = tmp_path / "library-0123.sqlite3"
    lost, used = (path.with_suffix(f".{process}-0.part") for process in (ended.pid, os.getpid()))
    lost.touch()
    used.touch()
    remove_lost_parts(path)
    assert left(tmp_path) == [".part"]
    assert used.exists()
