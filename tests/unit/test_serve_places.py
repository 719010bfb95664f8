"""Where people were when they were cut off: kept by key, for a while, and given back once."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tui.personal.kept import Where
from tui.serve import places as module
from tui.serve.places import Places, Trail

ROME = Where("leader:meloni", "agreement", {"summit": "it-tr-2025-rome", "agreement": "space"}, "a-source")
ANNE, BEN = "SHA256:anne anne", "SHA256:ben ben"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "places")


def test_who_was_cut_off_is_given_their_place_once_and_no_one_else(places: Places) -> None:
    places.keep(ANNE, "1-1", ROME)
    assert places.take(ANNE) is None, "the session goes on"
    places.cut_off(ANNE, "1-1")
    assert places.take(BEN) is None
    assert places.take(ANNE) == ROME
    assert places.take(ANNE) is None


def test_a_short_place_leaves_nothing_of_a_long_one_before(places: Places) -> None:
    long = Where(query="migration energy " * 20, pane="topic", cursors={"topic": "migration"})
    for place in (long, Where(query="trade"), Where(query="trade energy")):
        places.keep("anne", "1-1", place)
    places.cut_off("anne", "1-1")
    assert places.take("anne") == Where(query="trade energy")


def test_who_has_left_is_forgotten(places: Places, tmp_path: Path) -> None:
    trail = Trail(places, ANNE, "1-1")
    trail.note(ROME)
    trail.end(left=True)
    assert places.take(ANNE) is None
    assert list((tmp_path / "places").iterdir()) == []


def test_two_sessions_that_were_cut_off_are_two_places_the_latest_first(places: Places, tmp_path: Path) -> None:
    for number, query in enumerate(("energy", "trade"), 1):
        places.keep(ANNE, f"1-{number}", Where(query))
        places.cut_off(ANNE, f"1-{number}")
        for file in (tmp_path / "places").glob(f"*.1-{number}.*"):
            os.utime(file, (time.time() - 10 + number,) * 2)
    assert [found.query for _ in range(2) if (found := places.take(ANNE))] == ["trade", "energy"]


def test_a_killed_process_cuts_its_sessions_off_and_no_others(places: Places) -> None:
    places.keep(ANNE, "11-1", ROME)
    places.keep(BEN, "111-1", ROME)
    places.release(11)
    assert places.take(ANNE) == ROME
    assert places.take(BEN) is None
    places.release()
    assert places.take(BEN) == ROME


def aged(folder: Path) -> None:
    """Let an hour pass."""
    for file in folder.iterdir():
        os.utime(file, (time.time() - module.KEPT_SECONDS - 1,) * 2)


def test_an_hour_after_they_were_cut_off_nothing_is_kept(places: Places, tmp_path: Path) -> None:
    for session in ("1-1", "1-2"):
        places.keep(ANNE, session, ROME)
    places.cut_off(ANNE, "1-1")
    aged(tmp_path / "places")
    assert places.take(ANNE) is None
    places.keep(BEN, "1-3", ROME)
    places.cut_off(BEN, "1-3")
    assert len(list((tmp_path / "places").iterdir())) == 2, "of the one that goes on, and of the one just cut off"


def test_who_has_read_for_hours_is_given_their_place_too(places: Places, tmp_path: Path) -> None:
    places.keep(ANNE, "1-1", ROME)
    places.keep(BEN, "2-1", ROME)
    aged(tmp_path / "places")
    places.cut_off(ANNE, "1-1")
    assert places.take(ANNE) == ROME
    places.release(3)
    places.release(2)
    assert places.take(BEN) == ROME


def test_a_place_is_for_the_eyes_of_the_host_alone_and_names_no_one(places: Places, tmp_path: Path) -> None:
    places.keep(ANNE, "1-1", ROME)
    (file,) = (tmp_path / "places").iterdir()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert "anne" not in file.name


def test_who_has_no_key_is_not_known_again(places: Places, tmp_path: Path) -> None:
    trail = Trail(places, "", "1-1")
    trail.note(ROME)
    trail.end(left=False)
    assert trail.found() is None
    assert not (tmp_path / "places").exists()


@pytest.mark.parametrize("content", [b"", b"{", b'{"query": 1}', b'["x"', b'{"pane": []}', b"\xff"])
def test_a_file_that_is_no_place_is_passed_over(places: Places, tmp_path: Path, content: bytes) -> None:
    places.keep(ANNE, "1-1", ROME)
    places.cut_off(ANNE, "1-1")
    (file,) = (tmp_path / "places").iterdir()
    file.write_bytes(content)
    assert places.take(ANNE) is None


def test_a_folder_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    places = Places(tmp_path / "file" / "places")
    places.keep(ANNE, "1-1", ROME)
    places.cut_off(ANNE, "1-1")
    places.release()
    assert places.take(ANNE) is None


def test_no_more_is_kept_than_has_room(places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 3)
    for number in range(10):
        places.keep(ANNE, f"1-{number}", ROME)
    assert len(list((tmp_path / "places").iterdir())) == 3
    places.cut_off(ANNE, "1-2")
    aged(tmp_path / "places")
    places.keep(BEN, "1-9", ROME)
    places.cut_off(BEN, "1-9")
    assert places.take(BEN) == ROME
    places.keep(ANNE, "1-0", Where("energy"))
    places.cut_off(ANNE, "1-0")
    assert places.take(ANNE) == Where("energy")
