"""One whole visit in a real terminal: launch, search, pin, read, widen, quit. Nothing here knows how it is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.terminals import TERMINALS, Start, Visit

ENTER, ESCAPE = "\r", "\x1b"


@pytest.mark.parametrize("start", TERMINALS.values(), ids=TERMINALS)
def test_reads_what_came_of_izmir_beside_the_lists(start: Start, tmp_path: Path) -> None:
    with Visit(start, 120, 36, tmp_path) as visit:
        visit.sees("1 Summits", "2 Leaders", "3 Agenda topics", "4 Agreements", "q quit")
        visit.type("/")
        visit.sees("⏎ to the lists")
        visit.type("izmir berlusconi")
        visit.sees("2008-11-12", "İzmir", "Silvio Berlusconi", without="2025-04-29")
        visit.type(ENTER)
        visit.sees("narrow")
        visit.type(ENTER)
        visit.sees("❯ summit:", "1 Summits 1", "Agreements   expected", "Turkish-Italian", "[1]")
        visit.type(ESCAPE)
        visit.sees("❯ izmir berlusconi", without="❯ summit:")
        visit.type(ESCAPE)
        visit.sees("❯ izmir", "2016-03-08", "2008-11-12", without="❯ izmir berlusconi")
        visit.type(ESCAPE)
        visit.sees("2011-06-28 China–Germany", "2008-11-12", without="❯ izmir")
        visit.type("q")
        assert visit.ends() == 0
        assert visit.terminal.restored()


@pytest.mark.parametrize("start", TERMINALS.values(), ids=TERMINALS)
def test_reads_what_came_of_izmir_one_list_at_a_time(start: Start, tmp_path: Path) -> None:
    with Visit(start, 80, 24, tmp_path, ["izmir berlusconi"]) as visit:
        visit.sees("❯ izmir berlusconi", "2008-11-12", without="2025-04-29")
        visit.type(" ")
        visit.sees("❯ summit:", "2008-11-12", "─ Summit ─", "Silvio Berlusconi")
        visit.type(ENTER)
        visit.sees("12 November 2008", "Silvio Berlusconi", "Turkish-Italian university", without="─ Summit ─")
        visit.type(ESCAPE)
        visit.sees("2008-11-12", "─ Summit ─")
        visit.type(ESCAPE)
        visit.sees("❯ izmir berlusconi", without="❯ summit:")
        visit.type(ESCAPE)
        visit.sees("❯ izmir", "2016-03-08", "2008-11-12", without="❯ izmir berlusconi")
        visit.type(ESCAPE)
        visit.sees("2011-06-28 China–Germany", "2008-11-12", without="❯ izmir")
        visit.type("q")
        assert visit.ends() == 0
        assert visit.terminal.restored()


@pytest.mark.parametrize("start", TERMINALS.values(), ids=TERMINALS)
def test_a_library_that_cannot_be_read_is_told_in_words(start: Start, tmp_path: Path) -> None:
    cut = tmp_path / "cut.json"
    cut.write_text('{"summits": {"1": {"id": "rome-', encoding="utf-8")
    with Visit(start, 120, 36, tmp_path, [str(cut)]) as visit:
        assert visit.ends() == 2
        screen = visit.sees("summit: ", "cut.json")
        assert "Traceback" not in screen


@pytest.mark.parametrize("start", TERMINALS.values(), ids=TERMINALS)
def test_keys_that_come_at_once_go_where_they_would_one_by_one(start: Start, tmp_path: Path) -> None:
    with Visit(start, 120, 36, tmp_path) as visit:
        visit.sees("1 Summits", "q quit")
        visit.type(f"/izmir berlusconi{ENTER}{ENTER}2")
        visit.sees("❯ summit:", "1 Summits 1 ", "─ Leader ─", "Silvio Berlusconi")
        visit.type("q")
        assert visit.ends() == 0
