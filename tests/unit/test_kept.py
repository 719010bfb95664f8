"""What is kept between runs: written whole, by several at once, and never a reason not to open."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import msgspec
import pytest

from tui.personal.kept import MOST_RECENT, Keeper, Kept, Where, bookmark, leave, mark, remember


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def only_file(folder: Path) -> Path:
    (file,) = folder.glob("*.json")
    return file


def test_what_was_saved_is_there_the_next_time(folder: Path, library: Path) -> None:
    keeper = Keeper(folder, library)
    place = Where("energy", "topic", {"topic": "energy"})
    for change in (
        mark("a", place),
        bookmark("is:disputed", on=True),
        remember("energy"),
        leave(place, {"topic": "name"}),
    ):
        keeper.change(change)
    assert not folder.exists()
    keeper.save()
    assert keeper.notice == ""
    kept = Keeper(folder, library).kept
    assert kept == Kept(str(library), place, {"topic": "name"}, {"a": place}, ["is:disputed"], ["energy"])
    assert Keeper(folder, library.parent / "another").kept == Kept()


def test_only_the_user_may_read_it(folder: Path, library: Path) -> None:
    keeper = Keeper(folder, library)
    keeper.change(remember("secret"))
    keeper.save()
    assert stat.S_IMODE(only_file(folder).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_nothing_is_written_where_nothing_changed(folder: Path, library: Path) -> None:
    keeper = Keeper(folder, library)
    keeper.change(remember("energy"))
    keeper.save()
    before = only_file(folder).stat().st_mtime_ns
    again = Keeper(folder, library)
    again.change(remember("energy"))
    again.save()
    assert only_file(folder).stat().st_mtime_ns == before


def test_without_a_folder_nothing_reaches_the_disk(tmp_path: Path, library: Path) -> None:
    keeper = Keeper(None, library)
    keeper.change(remember("energy"))
    keeper.save()
    assert keeper.kept.recent == ["energy"]
    assert list(tmp_path.iterdir()) == []


def test_two_explorers_at_once_keep_what_both_did(folder: Path, library: Path) -> None:
    keepers = [Keeper(folder, library) for _ in range(8)]
    for number, keeper in enumerate(keepers):
        assert keeper.kept == Kept()
        keeper.change(bookmark(f"query {number}", on=True))
        keeper.change(mark(chr(ord("a") + number), Where(f"query {number}")))
    threads = [threading.Thread(target=keeper.save) for keeper in keepers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = Keeper(folder, library).kept
    assert set(kept.bookmarks) == {f"query {number}" for number in range(8)}
    assert len(kept.marks) == 8


@pytest.mark.parametrize(
    "raw",
    [b"{", b"\xff", b"[]", b'{"marks": 3}', b'{"recent": [1]}', b'{"last": {"cursors": []}}', b"x" * 1_000_001],
    ids=lambda raw: raw[:20].decode("latin-1"),
)
def test_a_file_that_cannot_be_read_is_set_aside_and_told(folder: Path, library: Path, raw: bytes) -> None:
    keeper = Keeper(folder, library)
    keeper.change(remember("energy"))
    keeper.save()
    file = only_file(folder)
    file.write_bytes(raw)
    keeper = Keeper(folder, library)
    assert keeper.kept == Kept()
    assert "cannot be read" in keeper.notice
    assert file.read_bytes() == raw, "who only looks takes nothing away"
    keeper.change(remember("migration"))
    keeper.save()
    assert "is set aside as" in keeper.notice
    assert file.with_suffix(".bad").read_bytes() == raw
    assert Keeper(folder, library).kept.recent == ["migration"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, library: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    keeper = Keeper(tmp_path / "state" / "deeper", library)
    keeper.change(remember("energy"))
    keeper.save()
    assert "not kept" in keeper.notice


def test_a_later_version_may_keep_more(folder: Path, library: Path) -> None:
    keeper = Keeper(folder, library)
    keeper.change(remember("energy"))
    keeper.save()
    file = only_file(folder)
    content = msgspec.json.decode(file.read_bytes())
    file.write_bytes(msgspec.json.encode({**content, "colours": ["red"]}))
    assert Keeper(folder, library).kept.recent == ["energy"]


def test_recent_queries_are_each_there_once_and_not_without_end() -> None:
    keeper = Keeper(None, Path())
    for number in range(MOST_RECENT + 5):
        keeper.change(remember(f"query {number}"))
    keeper.change(remember("query 30"))
    assert keeper.kept.recent[:2] == ["query 30", f"query {MOST_RECENT + 4}"]
    assert len(keeper.kept.recent) == MOST_RECENT == len(set(keeper.kept.recent))


def test_a_bookmark_can_be_taken_off() -> None:
    keeper = Keeper(None, Path())
    keeper.change(bookmark("energy", on=True))
    keeper.change(bookmark("energy", on=False))
    assert keeper.kept.bookmarks == []
