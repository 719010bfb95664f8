"""A real `summit` on a library without an index: it opens while that is built, and ends as it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.libraries import write_file
from tests.terminal.terminals import PtyTerminal, Visit
from tui.records import Topic

SUMMARY = "energy " * 100


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Return a library large enough for small indexes before the whole."""
    folder = tmp_path / "large"
    folder.mkdir()
    for number in range(6):
        topics = [
            Topic(id=f"topic-{number}-{place}", name=f"Topic {number} {place}", summary=SUMMARY) for place in range(500)
        ]
        write_file(folder / f"{number}.json", {"topics": topics})
    return folder


def left(home: Path) -> list[str]:
    return [file.name for file in (home / "cache").iterdir() if file.suffix not in {".sqlite3", ".lock"}]


def test_the_explorer_opens_fills_and_leaves_nothing_behind(library: Path, tmp_path: Path) -> None:
    with Visit(PtyTerminal, 120, 36, tmp_path, [str(library)]) as visit:
        visit.sees("3 Agenda topics 500 ", "Indexing large", "of 6 files read")
        visit.type("/topic 0 77\r")
        visit.sees("3 Agenda topics 1 ", "Topic 0 77")
        visit.type("\x1b\x1b\x1b")
        visit.sees("3 Agenda topics 3,000 ", without="Indexing")
        visit.type("q")
        assert visit.ends() == 0
    assert left(tmp_path) == []


def test_a_bad_file_at_the_end_is_told_in_the_terminal_that_was_restored(library: Path, tmp_path: Path) -> None:
    (library / "9.json").write_text('{"topics": {"1": {"id": 5}}}', encoding="utf-8")
    with Visit(PtyTerminal, 120, 36, tmp_path, [str(library)]) as visit:
        assert visit.ends() == 2
        assert visit.terminal.restored()
        screen = visit.terminal.screen()
        assert "summit: " in screen
        assert "9.json" in screen
        assert "Traceback" not in screen
    assert left(tmp_path) == []
