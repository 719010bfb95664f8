"""What a person keeps in a library survives: a second writer, a kill, a full disk, an editor, a slip."""

from __future__ import annotations

import errno
import json
import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import tinydb

from tests.libraries import SUMMITS, TOPICS, write_file
from tests.rights import as_ordinary_user
from tests.small_disks import files_no_larger_than
from tui.library import LibraryError, SafeStorage, changing, open_database, read_file
from tui.library.files import backup_of

ROOT = Path(__file__).parents[2]
ROME = {"id": "rome-2025", "name": "Rome · İzmir"}
ATHENS = {"id": "athens-2023", "name": "Athens"}


def ids(file: Path) -> list[str]:
    return [record.id for _, record in read_file(file)]


@pytest.fixture
def tmp_path(memory_path: Path) -> Path:
    """Return a folder in memory."""
    return memory_path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a library file of three summits."""
    return write_file(tmp_path / "library.json", {"summits": SUMMITS})


def writer(task: str, file: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.writers", task, str(file), name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_what_a_killed_writer_left_is_cleared_away(file: Path) -> None:
    litter = [file.with_name(".library.json.new"), file.with_name(".library.json.bak.new")]
    for path in litter:
        path.write_text('{"summits": {"1":')
    open_database(file).table("summits").remove(doc_ids=[1])
    assert not any(path.exists() for path in litter)
    assert ids(backup_of(file)) == ["izmir-2008", "athens-2023", "rome-2025"]


def test_a_backup_that_is_still_the_file_itself_is_no_obstacle(file: Path) -> None:
    os.link(file, backup_of(file))
    database = open_database(file)
    database.table("summits").remove(doc_ids=[1])
    assert len(ids(backup_of(file))) == 3
    assert len(ids(file)) == 2


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "library.json"
    writers = [writer("insert", file, name, 25) for name in ("anna", "bora")]
    for process in writers:
        process.communicate(timeout=30)
        assert process.returncode == 0
    assert sorted(ids(file)) == sorted(f"{name}-{number}" for name in ("anna", "bora") for number in range(25))


def test_two_writers_that_build_on_what_they_read_lose_nothing(tmp_path: Path) -> None:
    file = write_file(tmp_path / "library.json", {"topics": TOPICS[3:4]})
    writers = [writer("add-up", file, name, 25) for name in ("anna", "bora")]
    for process in writers:
        process.communicate(timeout=30)
        assert process.returncode == 0
    aliases = json.loads(file.read_bytes())["topics"]["1"]["aliases"]
    assert sorted(aliases) == sorted(f"{name} {number}" for name in ("anna", "bora") for number in range(25))


def test_a_writer_killed_at_any_line_leaves_the_old_or_the_new_file(tmp_path: Path) -> None:
    file = write_file(tmp_path / "library.json", {"topics": TOPICS})
    process = writer("die-at-every-line", file, "line", 60)
    reports = [line.split() for line in process.communicate(timeout=60)[0].splitlines()]
    assert process.returncode == 0
    assert len(reports) == 60
    assert {ended for ended, _, _ in reports} == {"killed", "done"}, "the kills cover the replacing to its end"
    held = len(TOPICS)
    for ended, records, kept in reports:
        assert int(records) - held in ((1,) if ended == "done" else (0, 1))
        held = int(records)
        assert int(kept) in (0, held, held - 1)
        assert ended == "killed" or int(kept) == held - 1
    assert held == len(list(read_file(file)))


@pytest.mark.parametrize("seed", range(4))
def test_a_writer_killed_at_any_moment_leaves_a_whole_file_with_all_it_told_of(tmp_path: Path, seed: int) -> None:
    file = tmp_path / "library.json"
    chance = random.Random(seed)
    process = writer("insert", file, "anna", 100_000)
    assert process.stdout is not None
    told = [process.stdout.readline().strip() for _ in range(chance.randint(1, 40))]
    threading.Event().wait(chance.uniform(0, 0.005))
    process.kill()
    told += process.communicate(timeout=10)[0].split("\n")
    kept = ids(file)
    assert kept == [f"anna-{number}" for number in range(len(kept))]
    assert set(filter(None, told)) <= set(kept)
    open_database(file, timeout=1).table("topics").insert({"id": "after", "name": "after"})
    assert ids(file) == [*kept, "after"]
    assert set(ids(backup_of(file))) == set(kept)


def test_a_reader_beside_a_writer_always_reads_a_whole_file(tmp_path: Path) -> None:
    file = tmp_path / "library.json"
    process = writer("insert", file, "anna", 60)
    assert process.stdout is not None
    process.stdout.readline()
    seen = [0]
    while process.poll() is None:
        seen.append(len(ids(file)))
    process.communicate()
    assert seen == sorted(seen)
    assert len(ids(file)) == 60


def test_a_second_writer_waits_no_longer_than_it_was_told(file: Path) -> None:
    first, second = open_database(file), open_database(file, timeout=0.05)
    with changing(first):
        assert len(second.table("summits")) == 3, "readers do not wait"
        with pytest.raises(LibraryError) as caught:
            second.table("summits").insert(ROME)
    assert caught.value.reason == "another program has been changing the library for 0.05 seconds"
    second.table("summits").remove(doc_ids=[1])


def test_a_full_disk_leaves_the_file_as_it_was(file: Path) -> None:
    before = file.read_bytes()
    database = open_database(file)
    with files_no_larger_than(len(before) + 100), pytest.raises(LibraryError) as caught:
        database.table("topics").insert({"id": "big", "name": "big", "summary": "x" * 5_000})
    assert caught.value.path == file
    assert os.strerror(errno.EFBIG) in caught.value.reason
    assert file.read_bytes() == before
    assert len(database.table("topics")) == 0
    assert not file.with_name(".library.json.new").exists()
    database.table("topics").insert({"id": "small", "name": "small"})
    assert ids(file)[-1] == "small"


def test_a_folder_that_may_not_be_written(tmp_path: Path, file: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(0o755)
    with as_ordinary_user():
        database = open_database(file)
        assert len(database.table("summits")) == 3
        with pytest.raises(LibraryError, match="cannot be locked for writing") as caught:
            database.table("summits").remove(doc_ids=[1])
    assert "elsewhere" in caught.value.remedy


def test_a_file_marked_read_only_stays_as_it_is(tmp_path: Path, file: Path) -> None:
    for folder in tmp_path.parents[:3]:
        folder.chmod(0o755)
    tmp_path.chmod(0o777)
    file.chmod(0o444)
    with as_ordinary_user(), pytest.raises(LibraryError, match="cannot be written"):
        open_database(file).table("summits").remove(doc_ids=[1])
    assert len(ids(file)) == 3


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    database = open_database(tmp_path / "nowhere" / "library.json")
    with pytest.raises(LibraryError) as caught:
        database.table("summits").insert(ROME)
    assert caught.value.path == tmp_path / "nowhere"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("content", [b"", b"null", b"\n", b'{"summits": {"1":', b"[]", b'{"_default": {}}'])
def test_a_damaged_file_is_never_taken_for_an_empty_library(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "library.json"
    file.write_bytes(content)
    with pytest.raises(LibraryError):
        open_database(file)
    with pytest.raises(LibraryError):
        tinydb.TinyDB(file, storage=SafeStorage).table("summits").insert(ROME)
    assert file.read_bytes() == content


def test_a_file_damaged_after_it_was_opened_is_not_written_over(file: Path) -> None:
    database = open_database(file)
    database.table("summits").remove(doc_ids=[1])
    file.write_bytes(b"")
    with pytest.raises(LibraryError) as caught:
        database.table("summits").remove(doc_ids=[2])
    assert f"cp {file}.bak {file}" in caught.value.remedy
    assert file.read_bytes() == b""
    assert len(ids(backup_of(file))) == 3


def test_a_file_removed_after_it_was_opened_is_not_begun_anew(file: Path) -> None:
    database = open_database(file)
    file.unlink()
    with pytest.raises(LibraryError, match="removed since it was read"):
        database.table("summits").insert(ATHENS)
    assert not file.exists()


def test_an_editor_that_saves_during_a_change_wins(file: Path) -> None:
    database = open_database(file)
    edited = file.read_text().replace("Rome", "Roma")

    def change_beside_an_editor() -> None:
        with changing(database):
            database.table("summits").remove(doc_ids=[1])
            file.write_text(edited)

    with pytest.raises(LibraryError, match="another program has changed the file"):
        change_beside_an_editor()
    assert file.read_text() == edited
    database.table("summits").remove(doc_ids=[1])
    assert "Roma" in file.read_text()


def test_plain_tinydb_on_the_storage_refuses_a_stale_write(file: Path) -> None:
    storage = SafeStorage(file)
    tables = storage.read()
    assert tables is not None
    open_database(file).table("summits").remove(doc_ids=[1])
    del tables["summits"]["3"]
    with pytest.raises(LibraryError, match="another program has changed the file"):
        storage.write(tables)
    assert len(ids(file)) == 2


def test_a_key_that_stands_twice_is_not_silently_lost(tmp_path: Path) -> None:
    file = tmp_path / "library.json"
    content = '{"topics": {"1": {"id": "a", "name": "a"}, "1": {"id": "b", "name": "b"}}}'
    file.write_text(content)
    with pytest.raises(LibraryError, match="a key stands twice in one object \\('1'\\)"):
        open_database(file).table("topics").insert({"id": "c", "name": "c"})
    assert file.read_text() == content
