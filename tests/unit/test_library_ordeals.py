"""What a library goes through and survives: kills at any moment, eight writers, a full disk, a vanishing file.

Their counts are printed at the end of the run. `SUMMIT_KILLS` says how many kills.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.libraries import write_tiny_library
from tests.small_disks import disk, full, read_only
from tui.exchange.into.keeping import make_library
from tui.library import LibraryError, check
from tui.library.changes import Change
from tui.library.errors import ReadOnlyError
from tui.library.writer import LibraryWriter
from tui.records import Summit, Topic

Count = Callable[[str], None]
ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("SUMMIT_KILLS", "200"))
IMPORTS_KILLED = max(KILLS // 8, 10)

MAPPING = """
[source]
url = "https://example.org/meetings.csv"
[summit]
id = "meeting-{number}"
name = "{name}"
start = { from = "{day}", dates = ["iso"] }
[[summit.participants]]
leader = "{who}"
name = "{who}"
[[leader]]
id = "{who}"
name = "{who}"
"""


def work(task: str, library: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.writers", task, str(library), name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def told(process: subprocess.Popen[str], timeout: float = 240) -> list[str]:
    lines = process.communicate(timeout=timeout)[0].splitlines()
    assert process.returncode == 0
    return lines


@pytest.fixture
def library(memory_path: Path) -> Path:
    """Return the folder of the tiny library."""
    return write_tiny_library(memory_path / "own")


def test_a_writer_killed_at_any_moment_loses_nothing_it_told_of(library: Path, count: Count) -> None:
    reports = [list(map(int, line.split())) for line in told(work("die-at-any-moment", library, "7", KILLS))]
    lost = sum(said < acknowledged for acknowledged, said, *_ in reports)
    torn = sum(one != other for _, one, other, *_ in reports)
    wrong = sum(problems for *_, problems in reports)
    short = sum(records != reports[0][3] for *_, records, _ in reports)
    count(
        f"{len(reports)} kills, {reports[-1][1]} changes made: {lost} lost, {torn} torn, {short} short, {wrong} wrong"
    )
    assert len(reports) == KILLS
    assert reports[-1][1] > KILLS // 4, "the kills come during writes"
    assert (lost, torn, short, wrong) == (0, 0, 0, 0)


def test_an_import_killed_at_any_moment_is_in_whole_or_not_at_all(memory_path: Path, count: Count) -> None:
    library = memory_path / "own"
    make_library(library)
    table = memory_path / "meetings.csv"
    rows = (
        f"{number},Meeting {number},2020-01-{number % 28 + 1:02},Ann Person{number % 40}" for number in range(1, 121)
    )
    table.write_text("number,name,day,who\n" + "\n".join(rows), encoding="utf-8")
    table.with_suffix(".toml").write_text(MAPPING, encoding="utf-8")
    reports = [line.split() for line in told(work("die-while-importing", library, str(table), IMPORTS_KILLED))]
    counts = [int(records) for records, _, _ in reports]
    part = len(counts) - counts.count(161) - counts.count(0)
    count(f"{len(reports)} kills: {counts.count(161)} imports whole, {counts.count(0)} not begun, {part} in part")
    assert len(reports) == IMPORTS_KILLED
    assert set(counts) == {0, 161}, "the kills come before and after all becomes visible"
    assert all(problems == "0" for _, problems, _ in reports)


@pytest.mark.parametrize("writers", [2, 8])
def test_writers_at_once_lose_nothing(library: Path, writers: int, count: Count) -> None:
    names = [f"writer {number}" for number in range(writers)]
    each = 40 // writers
    processes = [work("edit-in-turns", library, name, each) for name in names]
    acknowledged = [line for process in processes for line in told(process)]
    topic = LibraryWriter(library).find("energy")
    assert isinstance(topic, Topic)
    lost = set(acknowledged) - set(topic.aliases)
    count(f"{writers} writers, {len(acknowledged)} changes acknowledged, {len(lost)} lost")
    assert len(acknowledged) == writers * each
    assert not lost
    assert check(library) == []


def test_a_full_disk(tmp_path: Path, count: Count) -> None:
    with disk(tmp_path / "disk") as mounted:
        library = write_tiny_library(tmp_path / "disk" / "own")
        writer = LibraryWriter(library)
        rome = writer.find("rome-2025")
        assert isinstance(rome, Summit)
        writer.write([Change(rome, replace(rome, city="Roma"))], "small")
        before = {file.name: file.read_bytes() for file in library.glob("*.json")}
        refused = 0
        for left in (0, 4_096, 8_192, 12_288, 16_384):
            with full(tmp_path / "disk", mounted, left):
                here = writer.find("rome-2025")
                assert isinstance(here, Summit)
                with pytest.raises(LibraryError, match="cannot be written"):
                    writer.write([Change(here, replace(here, note="x" * 20_000))], "large")
                refused += 1
            assert {file.name: file.read_bytes() for file in library.glob("*.json")} == before
        waiting = writer.next_undo()
        assert waiting is not None
        assert waiting.deed.said == "small"
        here = writer.find("rome-2025")
        assert isinstance(here, Summit)
        writer.write([Change(here, replace(here, note="x" * 20_000))], "large")
        writer.undo()
        assert {file.name: file.read_bytes() for file in library.glob("*.json")} == before
        count(f"{'a real disk' if mounted else 'a limit of size'}: {refused} writes refused, nothing lost")
        assert refused == 5


def test_a_read_only_disk(tmp_path: Path, count: Count) -> None:
    with disk(tmp_path / "disk") as mounted:
        library = write_tiny_library(tmp_path / "disk" / "own")
        writer = LibraryWriter(library)
        rome = writer.find("rome-2025")
        assert isinstance(rome, Summit)
        with read_only(library if not mounted else tmp_path / "disk", mounted):
            with pytest.raises(ReadOnlyError, match="you may not write in its folder"):
                LibraryWriter(library)
            with pytest.raises(LibraryError) as caught:
                writer.write([Change(rome, replace(rome, city="Roma"))], "edited")
        assert "Nothing was written" in str(caught.value)
        assert LibraryWriter(library).find("rome-2025") == rome
        count(f"{'a real disk' if mounted else 'a folder'} made read-only: 2 of 2 tries refused, nothing lost")


def test_a_file_that_vanishes(library: Path, count: Count) -> None:
    writer = LibraryWriter(library)
    rome = writer.find("rome-2025")
    assert isinstance(rome, Summit)
    meetings = library / "meetings.json"
    held = meetings.read_bytes()
    meetings.unlink()
    with pytest.raises(LibraryError, match="has been removed by someone else") as caught:
        writer.write([Change(rome, replace(rome, city="Roma"))], "edited")
    assert "Nothing was written" in str(caught.value)
    assert not meetings.exists()
    meetings.write_bytes(held)
    writer.write([Change(rome, replace(rome, city="Roma"))], "edited")
    assert writer.undo() is not None
    assert meetings.read_bytes() == held
    count("a file vanished: 1 of 1 writes refused, nothing lost once it was back")


def test_a_whole_folder_that_vanishes(library: Path) -> None:
    writer = LibraryWriter(library)
    rome = writer.find("rome-2025")
    assert isinstance(rome, Summit)
    library.rename(library.with_name("elsewhere"))
    with pytest.raises(LibraryError, match="no such"):
        writer.write([Change(rome, replace(rome, city="Roma"))], "edited")
    assert not library.exists()
