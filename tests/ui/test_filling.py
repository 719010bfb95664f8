"""The explorer opens while the index of its library is built: the lists can be used, and fill."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
from filelock import FileLock

from tests.libraries import LEADERS, MEETINGS, SHARED, write_file
from tests.ui.user import User
from tui.explorer import searching
from tui.explorer.app import ExplorerApp
from tui.explorer.filling import FillingLine
from tui.index import Index, store
from tui.index.building import builder
from tui.index.building.reports import Moved
from tui.index.renewing import lock_of
from tui.library import LibraryError
from tui.records import Leader, Summit, Topic

FIRST = 3_000
"""Bytes in the first small index of the tests."""
MANY = 400


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a library of several files, of which the first small index has the first one at most."""
    monkeypatch.setattr(builder, "FIRST", FIRST)
    folder = tmp_path / "many"
    folder.mkdir()
    write_file(folder / "1.json", MEETINGS)
    write_file(folder / "2.json", SHARED)
    topics = [Topic(id=f"topic-{number}", name=f"Topic {number}") for number in range(MANY)]
    later = Summit(id="later-2030", name="A later summit in Rome", start="2030-01-01")
    return write_file(folder / "3.json", {"topics": topics, "summits": [later]}).parent


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@asynccontextmanager
async def explorer(library: Path, cache: Path, size: tuple[int, int] = (120, 36)) -> AsyncIterator[User]:
    """Open the explorer as the command does, on what there is of the index."""
    index, building = builder.begin(library, cache, lambda moved: None)
    app = ExplorerApp(index)
    app.main.keep_up(partial(Index.open, cache=cache))
    app.main.builder = building
    try:
        with patch.object(searching, "FRAME", 30):
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                yield User(app, pilot)
    finally:
        if building:
            building.close()


def held_up(library: Path, cache: Path) -> FileLock:
    """Hold up whoever builds the whole index: the small ones need no lock."""
    cache.mkdir(exist_ok=True)
    return FileLock(lock_of(store.place(library, cache)))


async def until(user: User, holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(1500):
        await user.pilot.pause()
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"it never came; the screen shows\n{user.screen}")


def line(user: User) -> str:
    """Return the line above the keys."""
    return user.screen.splitlines()[-2]


@pytest.mark.parametrize("size", [(120, 36), (60, 20)])
async def test_the_first_lists_answer_queries_while_the_index_is_built(
    library: Path, cache: Path, size: tuple[int, int]
) -> None:
    with held_up(library, cache) as lock:
        async with explorer(library, cache, size) as user:
            await until(user, lambda: "Waiting for another process that is indexing many" in line(user))
            assert user.count("summit") == len(MEETINGS["summits"])
            assert user.count("topic") < MANY
            await user.type("rome")
            assert user.count("summit") == 1
            await user.press("enter")
            lock.release()
            await until(user, lambda: "the whole library is here now" in user.bar)
            assert "many" not in line(user)
            assert user.query == "rome"
            assert user.count("summit") == 2
            await user.press("escape")
            await until(user, lambda: user.count("topic") == MANY + len(SHARED["topics"]))
    assert left(cache) == []


async def test_the_line_says_how_far_it_is_in_words_and_with_a_bar_where_there_is_room(
    library: Path, cache: Path
) -> None:
    with held_up(library, cache):
        async with explorer(library, cache) as user:
            await until(user, lambda: "Waiting" in line(user))
            shown = user.app.main.query_one(FillingLine)
            shown.show(Moved(132, 500, 0.256))
            await user.pilot.pause()
            assert line(user).rstrip() == (
                " Indexing many: 25%, 132 of 500 files read █████░░░░░░░░░░░░░░░ the lists have the first 8 records"
            )
            await user.resize(60, 20)
            assert line(user).rstrip() == " Indexing many: 25%, 132 of 500 files read ████░░░░░░░░░░░░"
            await user.resize(45, 20)
            assert line(user).rstrip() == " Indexing many: 25%, 132 of 500 files read"


async def test_a_reader_who_has_not_moved_stays_at_the_top_and_one_who_has_stays_on_the_record(
    library: Path, cache: Path
) -> None:
    for keys, before, after in (((), "rome-2025", "later-2030"), (("j",), "athens-2023", "athens-2023")):
        with held_up(library, cache) as lock:
            async with explorer(library, cache) as user:
                await until(user, lambda: "Waiting" in line(user))
                await user.press(*keys)
                assert user.cursor("summit") == before
                lock.release()
                await until(user, lambda: user.count("summit") > len(MEETINGS["summits"]))
                assert user.cursor("summit") == after
        store.place(library, cache).unlink()


async def test_an_old_index_is_shown_at_once_and_followed(library: Path, cache: Path) -> None:
    Index.open(library, cache).close()
    write_file(library / "2.json", {**SHARED, "leaders": [*LEADERS, Leader(id="someone-new", name="Someone New")]})
    with held_up(library, cache) as lock:
        async with explorer(library, cache, (60, 20)) as user:
            await until(user, lambda: "Waiting" in line(user))
            assert user.count("topic") == MANY + len(SHARED["topics"])
            assert user.count("leader") == len(LEADERS)
            user.app.main.query_one(FillingLine).show(Moved(1, 3, 0.2))
            await user.pilot.pause()
            assert line(user).strip() == "Out of date; indexing many: 20%, 1 of 3 files read"
            lock.release()
            await until(user, lambda: user.count("leader") == len(LEADERS) + 1)
            assert "many" not in line(user)


async def test_a_wait_that_is_known_before_the_explorer_opens_is_shown(library: Path, cache: Path) -> None:
    Index.open(library, cache).close()
    write_file(library / "2.json", {**SHARED, "leaders": [*LEADERS, Leader(id="someone-new", name="Someone New")]})
    with held_up(library, cache), patch.object(builder, "_GRACE", 60):
        async with explorer(library, cache) as user:
            await until(user, lambda: "Waiting" in line(user))


async def test_a_small_change_is_waited_for_and_no_line_is_shown(library: Path, cache: Path) -> None:
    Index.open(library, cache).close()
    write_file(library / "2.json", {**SHARED, "leaders": [*LEADERS, Leader(id="someone-new", name="Someone New")]})
    with patch.object(builder, "_GRACE", 60):
        index, building = builder.begin(library, cache, lambda moved: None)
    assert building is None
    assert index.counts["leader"] == len(LEADERS) + 1
    index.close()


async def test_a_bad_file_ends_the_explorer_with_the_error_of_the_library(library: Path, cache: Path) -> None:
    with held_up(library, cache) as lock:
        async with explorer(library, cache) as user:
            await until(user, lambda: "Waiting" in line(user))
            (library / "3.json").write_text('{"topics": {"1": {"id": 5}}}', encoding="utf-8")
            lock.release()
            await until(user, lambda: user.app.main.failure is not None)
    failure = user.app.main.failure
    assert isinstance(failure, LibraryError)
    assert failure.path == library / "3.json"
    assert left(cache) == []


async def test_leaving_in_the_middle_leaves_no_process_and_no_file(library: Path, cache: Path) -> None:
    with held_up(library, cache):
        async with explorer(library, cache) as user:
            await until(user, lambda: "Waiting" in line(user))
            building = user.app.main.builder
            assert building is not None
            assert len(left(cache)) > 0
            await user.press("q")
    with pytest.raises(ProcessLookupError):
        os.kill(building.process, 0)
    assert left(cache) == []


async def test_a_builder_that_is_killed_is_told_of_and_the_lists_stay(library: Path, cache: Path) -> None:
    with held_up(library, cache):
        async with explorer(library, cache) as user:
            await until(user, lambda: "Waiting" in line(user))
            building = user.app.main.builder
            assert building is not None
            os.kill(building.process, signal.SIGKILL)
            await until(user, lambda: "Not all of many is here: its process was ended by SIGKILL" in line(user))
            await user.type("rome")
            assert user.count("summit") == 1
    assert left(cache) == []


async def test_a_library_that_changes_meanwhile_is_followed_when_all_of_it_is_here(library: Path, cache: Path) -> None:
    with held_up(library, cache) as lock:
        async with explorer(library, cache) as user:
            await until(user, lambda: "Waiting" in line(user))
            user.app.main.reload(said="something was written")
            await user.pilot.pause()
            assert "Waiting" in line(user)
            lock.release()
            await until(user, lambda: "something was written" in user.bar)
            assert user.count("topic") > MANY


def left(cache: Path) -> list[Path]:
    """Return the files in a cache folder that are neither an index nor its lock."""
    return [file for file in cache.iterdir() if file.suffix not in {".sqlite3", ".lock"}]
