"""A search that takes too long, or that nobody waits for any more, ends without harm."""

from __future__ import annotations

import gc
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from tui.index import Index, Patience, Stopped
from tui.index.patience import patient

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_what_sqlite_does_is_ended_from_another_thread() -> None:
    patience = Patience()
    threading.Timer(0.05, patience.end).start()
    with sqlite3.connect(":memory:", check_same_thread=False) as connection:
        with pytest.raises(Stopped), patient(connection, patience):
            connection.execute(ENDLESS).fetchone()
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_what_takes_longer_than_it_may_is_ended() -> None:
    with sqlite3.connect(":memory:") as connection, pytest.raises(Stopped), patient(connection, Patience(0.02)):
        connection.execute(ENDLESS).fetchone()


def test_an_index_that_was_stopped_answers_the_next_query(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path / "cache") as index:
        with pytest.raises(Stopped):
            index.view("leader:erdogan rome", patience=Patience(-1))
        assert index.view("leader:erdogan rome").lists["summit"].total == 1
        assert index.notice == ""


def test_a_reader_beside_another_does_not_wait_for_it(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path / "cache") as index:
        beside = index.beside()
        with index._lock:
            found: list[int] = []
            asking = threading.Thread(target=lambda: found.append(beside.view("rome").lists["summit"].total))
            asking.start()
            asking.join(10)
            assert found == [1]
            began = time.monotonic()
            waiting = threading.Thread(target=lambda: found.append(_patiently(index)))
            waiting.start()
            waiting.join(10)
            assert found == [1, -1]
            assert time.monotonic() - began < 5
        beside.close()


def test_a_reader_is_made_beside_another_only_while_nobody_asks_that_one(tiny_library: Path, tmp_path: Path) -> None:
    with Index.open(tiny_library, tmp_path / "cache") as index:
        made: list[Index] = []
        making = threading.Thread(target=lambda: made.append(index.beside()))
        with index._lock:
            making.start()
            making.join(0.2)
            assert made == []
        making.join(10)
        assert made[0].view("rome").lists["summit"].total == 1
        made[0].close()


def test_a_reader_is_closed_when_nobody_reads_by_it_any_more(tiny_library: Path, tmp_path: Path) -> None:
    def readers() -> int:
        return sum(isinstance(known, sqlite3.Connection) for known in gc.get_objects())

    with Index.open(tiny_library, tmp_path / "cache") as index:
        gc.collect()
        before = readers()
        gc.disable()
        try:
            summits = index.beside().view("rome country:it").lists["summit"]
            assert readers() == before + 1
            assert len(summits.rows(0, 9)) == 1, "a list reads on without its index"
            del summits
            assert readers() == before, "and not only when the garbage collector comes"
        finally:
            gc.enable()


def _patiently(index: Index) -> int:
    try:
        return index.view("rome", patience=Patience(0.05)).lists["summit"].total
    except Stopped:
        return -1
