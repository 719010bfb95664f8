"""A small change is answered from at once, kept a moment later, and never half of it."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from tests.index_dump import index_dump
from tui.index import Index, store
from tui.index.renewing import lock_of
from tui.index.updating import keeping_up
from tui.library import LibraryError

NAME = "meetings.json"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def index(tiny_library: Path, cache: Path) -> Iterator[Index]:
    with Index.open(tiny_library, cache) as opened:
        opened.follow()
        yield opened


def change(library: Path, before: str = '"city": "Rome"', after: str = '"city": "Quixotown"') -> None:
    file = library / NAME
    text = file.read_text(encoding="utf-8")
    assert before in text
    new = file.with_suffix(".new")
    new.write_text(text.replace(before, after), encoding="utf-8")
    new.replace(file)


def summits(index: Index, query: str = "quixotown") -> set[str]:
    return {row.id for row in index.view(query).lists["summit"].rows(0, 9)}


def others_may_write(library: Path, cache: Path) -> bool:
    try:
        with FileLock(lock_of(store.place(library.resolve(), cache)), timeout=0):
            return True
    except Timeout:
        return False


def test_a_small_change_is_answered_from_at_once_and_kept_when_it_is_settled(
    tiny_library: Path, cache: Path, index: Index
) -> None:
    revision = index.revision
    change(tiny_library)
    assert index.take_in([NAME])
    assert index.revision > revision
    assert summits(index) == {"rome-2025"}
    assert not others_may_write(tiny_library, cache)
    assert index.settle()
    assert others_may_write(tiny_library, cache)
    with Index.old(tiny_library, cache) or pytest.fail("no index") as other:
        assert summits(other) == {"rome-2025"}
    anew = cache.with_name("anew")
    Index.open(tiny_library, anew).close()
    kept, built = (index_dump(next(folder.glob("*.sqlite3"))) for folder in (cache, anew))
    assert {name: held for name, held in kept.items() if name != "beginnings"} == {
        name: held for name, held in built.items() if name != "beginnings"
    }


def test_what_is_as_it_was_changes_no_answer(tiny_library: Path, index: Index) -> None:
    revision = index.revision
    assert index.take_in([NAME])
    (tiny_library / NAME).touch()
    assert index.take_in([NAME])
    assert index.settle()
    assert index.revision == revision


def test_settling_finds_what_nobody_named(tiny_library: Path, index: Index) -> None:
    change(tiny_library)
    assert index.settle()
    assert summits(index) == {"rome-2025"}


def test_what_another_process_notes_of_the_files_changes_no_answer(
    tiny_library: Path, cache: Path, index: Index
) -> None:
    change(tiny_library)
    assert index.take_in([NAME])
    index.keep()
    revision = index.revision
    with Index.open(tiny_library, cache) as other:
        assert summits(other) == {"rome-2025"}
    assert summits(index) == {"rome-2025"}
    assert index.settle()
    assert index.revision == revision
    change(tiny_library, "Quixotown", "Rome")
    with Index.open(tiny_library, cache) as other:
        assert summits(other) == set()
    assert summits(index) == set()
    assert index.revision > revision


def test_a_file_that_turns_bad_leaves_the_answers_and_the_lock(tiny_library: Path, cache: Path, index: Index) -> None:
    change(tiny_library, "{", "")
    with pytest.raises(LibraryError):
        index.take_in([NAME])
    assert others_may_write(tiny_library, cache)
    with pytest.raises(LibraryError):
        index.settle()
    assert others_may_write(tiny_library, cache)
    assert summits(index, "rome") == {"rome-2025"}


def test_what_was_taken_in_before_a_file_turned_bad_is_kept(tiny_library: Path, cache: Path, index: Index) -> None:
    change(tiny_library)
    assert index.take_in([NAME])
    change(tiny_library, "{", "")
    with pytest.raises(LibraryError):
        index.take_in([NAME])
    with pytest.raises(LibraryError):
        index.settle()
    with Index.old(tiny_library, cache) or pytest.fail("no index") as other:
        assert summits(other) == {"rome-2025"}


def test_a_large_change_is_left_to_who_may_take_longer(
    tiny_library: Path, cache: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_up, "FEW", 0)
    change(tiny_library)
    assert not index.take_in([NAME])
    assert others_may_write(tiny_library, cache)
    assert not index.settle()
    with Index.open(tiny_library, cache) as other:
        assert summits(other) == {"rome-2025"}
    assert summits(index) == {"rome-2025"}, "the connection sees what another one wrote"


def test_a_large_file_is_not_read_while_somebody_waits(
    tiny_library: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_up, "SMALL", 10)
    change(tiny_library)
    assert not index.take_in([NAME])


def test_a_file_that_has_grown_much_is_left_to_who_may_take_longer(tiny_library: Path, index: Index) -> None:
    change(tiny_library, '"city": "Rome"', f'"city": "Quixotown", "note": "{"x" * keeping_up.GROWN}"')
    assert not index.take_in([NAME])


def test_a_disk_that_is_full_leaves_the_answers_as_they_were(tiny_library: Path, cache: Path, index: Index) -> None:
    (pages,) = index._connection.execute("PRAGMA page_count").fetchone()
    index._connection.execute(f"PRAGMA max_page_count = {pages}")
    change(tiny_library, '"city": "Rome"', f'"city": "Quixotown", "note": "{"x" * 40_000}"')
    assert not index.take_in([NAME])
    assert summits(index) == set()
    assert summits(index, "rome") == {"rome-2025"}
    assert others_may_write(tiny_library, cache)
    with Index.open(tiny_library, cache) as other:
        assert summits(other) == {"rome-2025"}


def test_a_disk_that_fails_when_a_change_is_kept_takes_it_back(
    tiny_library: Path, cache: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(tiny_library)
    assert index.take_in([NAME])

    def refuse(action: int, first: str | None, *_: str | None) -> int:
        commit = action == sqlite3.SQLITE_TRANSACTION and first == "COMMIT"
        return sqlite3.SQLITE_DENY if commit else sqlite3.SQLITE_OK

    index._connection.set_authorizer(refuse)
    index.keep()
    assert summits(index) == set()
    assert not index.take_in([NAME])
    assert not index.settle()
    assert others_may_write(tiny_library, cache)
    with Index.open(tiny_library, cache) as other:
        assert summits(other) == {"rome-2025"}


def test_nothing_is_taken_in_while_another_process_writes(tiny_library: Path, cache: Path, index: Index) -> None:
    change(tiny_library)
    with FileLock(lock_of(store.place(tiny_library.resolve(), cache))):
        assert not index.take_in([NAME])
        assert not index.settle()
    assert index.take_in([NAME])


def test_an_index_that_was_built_anew_meanwhile_is_opened_anew(tiny_library: Path, cache: Path, index: Index) -> None:
    file = store.place(tiny_library.resolve(), cache)
    copy = file.with_suffix(".copy")
    copy.write_bytes(file.read_bytes())
    copy.replace(file)
    change(tiny_library)
    assert not index.take_in([NAME])
    assert not index.settle()
    assert others_may_write(tiny_library, cache)


def test_a_second_reader_sees_what_was_taken_in(tiny_library: Path, index: Index) -> None:
    change(tiny_library)
    assert index.take_in([NAME])
    with index.beside() as other:
        assert summits(other) == {"rome-2025"}


def test_an_index_in_memory_takes_changes_in_too(tiny_library: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with Index.open(tiny_library, tmp_path / "file" / "cache") as index:
        index.follow()
        change(tiny_library)
        assert index.take_in([NAME])
        assert summits(index) == {"rome-2025"}
        assert index.settle()


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.unit.test_index_keeping_up import NAME, change
from tui.index import Index
index = Index.open(Path(sys.argv[1]), Path(sys.argv[2]))
index.follow()
change(Path(sys.argv[1]))
assert index.take_in([NAME]) and index.view("quixotown").lists["summit"].total
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_killed_before_it_settled_loses_nothing(tiny_library: Path, cache: Path) -> None:
    Index.open(tiny_library, cache).close()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tiny_library), str(cache)], check=False)
    assert killed.returncode == -signal.SIGKILL
    with Index.old(tiny_library, cache) or pytest.fail("no index") as old:
        assert summits(old) == set()
    with Index.open(tiny_library, cache) as index:
        assert index.notice == ""
        assert summits(index) == {"rome-2025"}


def test_who_writes_an_index_in_place_waits_for_the_disk(
    tiny_library: Path, cache: Path, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut between the parts of a change must leave an index that answers as before or as after it."""
    assert index._connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert index._connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    said: list[str] = []
    connect = sqlite3.connect

    def watched(*given: object, **more: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*given, **more)  # type: ignore[call-overload]
        connection.set_trace_callback(said.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", watched)
    change(tiny_library)
    Index.open(tiny_library, cache).close()
    assert any("UPDATE file" in one for one in said), "it was brought up to date in place"
    assert not any("synchronous = OFF" in one for one in said)


def test_an_index_that_is_closed_keeps_up_no_more(tiny_library: Path, cache: Path) -> None:
    index = Index.open(tiny_library, cache)
    index.follow()
    change(tiny_library)
    assert index.take_in([NAME])
    index.close()
    index.follow()
    index.keep()
    assert not index.take_in([NAME])
    assert not index.settle()
    assert others_may_write(tiny_library, cache)
    with Index.open(tiny_library, cache) as opened:
        assert summits(opened)
