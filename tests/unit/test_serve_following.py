"""A server notices that its library has changed, whoever changes it and however."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tui.serve import following

PATIENCE = 20.0


@contextlib.asynccontextmanager
async def followed(library: Path) -> AsyncIterator[asyncio.Queue[None]]:
    """Follow a library; each change that is told is in the queue."""
    told: asyncio.Queue[None] = asyncio.Queue()
    task = asyncio.create_task(following.follow(library, lambda: told.put(None)))
    await asyncio.sleep(0.05)
    try:
        yield told
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def is_told(told: asyncio.Queue[None]) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await told.get()
            return True
    return False


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return written(tmp_path / "first", "one")


def written(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "a.json").write_text(f'"{text}"', encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def settles_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "_SETTLING", 0.1)


async def test_a_change_is_told_as_often_as_there_is_one(library: Path) -> None:
    async with followed(library) as told:
        for text in ("two", "three"):
            (library / "a.json").write_text(text, encoding="utf-8")
            assert await is_told(told)
        (library / "b.json").write_text("{}", encoding="utf-8")
        assert await is_told(told)
        (library / "b.json").unlink()
        assert await is_told(told)
        await asyncio.sleep(0.5)
        assert told.empty()


async def test_files_that_are_written_one_after_the_other_are_one_change(library: Path) -> None:
    async with followed(library) as told:
        for number in range(12):
            (library / f"{number}.json").write_text("{}", encoding="utf-8")
            await asyncio.sleep(0.03)
        assert await is_told(told)
        await asyncio.sleep(0.5)
        assert told.empty()


async def test_a_change_while_the_one_before_is_read_is_told_too(library: Path) -> None:
    told: list[int] = []

    async def read() -> None:
        told.append(len(told))
        if len(told) == 1:
            (library / "b.json").write_text("{}", encoding="utf-8")

    task = asyncio.create_task(following.follow(library, read))
    await asyncio.sleep(0.05)
    (library / "a.json").write_text("more", encoding="utf-8")
    for _ in range(200):
        await asyncio.sleep(0.1)
        if len(told) == 2:
            break
    assert told == [0, 1]
    task.cancel()


async def test_what_is_no_part_of_the_library_is_no_change(library: Path) -> None:
    async with followed(library) as told:
        (library / "notes.txt").write_text("x", encoding="utf-8")
        (library / ".a.json.tmp").write_text("x", encoding="utf-8")
        await asyncio.sleep(0.5)
        assert told.empty()


async def test_a_library_in_one_file_is_followed_too(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text("{}", encoding="utf-8")
    async with followed(file) as told:
        (tmp_path / "new").write_text('{"a": 1}', encoding="utf-8")
        os.replace(tmp_path / "new", file)
        assert await is_told(told)


async def test_a_link_that_leads_elsewhere_is_found_at_the_next_look(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a new release of a library is put beside the old one, and the link is turned."""
    monkeypatch.setattr(following, "_BETWEEN_LOOKS", 0.3)
    link, new = tmp_path / "current", written(tmp_path / "second", "another")
    link.symlink_to(library)
    async with followed(link) as told:
        (tmp_path / "turned").symlink_to(new)
        os.replace(tmp_path / "turned", link)
        assert await is_told(told)
        # From then on the new one is watched.
        monkeypatch.setattr(following, "_BETWEEN_LOOKS", 60.0)
        await asyncio.sleep(0.5)
        (new / "a.json").write_text("more", encoding="utf-8")
        assert await is_told(told)


async def test_a_library_that_is_away_for_a_while_has_not_changed(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "_BETWEEN_LOOKS", 0.2)
    away = library.with_name("away")
    async with followed(library) as told:
        library.rename(away)
        await asyncio.sleep(1)
        away.rename(library)
        await asyncio.sleep(1)
        assert told.empty()
        (library / "a.json").write_text("more", encoding="utf-8")
        assert await is_told(told)
