"""The index file follows the library, and whatever happens to it, queries are answered."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.index_dump import index_dump
from tests.libraries import HOSTILE, LEADERS, MEETINGS, SHARED, write_file
from tui import language
from tui.index import Index, Progress, documents, schema
from tui.index.building import blank
from tui.library import LibraryError
from tui.records import Leader, Summit


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def leaders(library: Path, cache: Path) -> set[str]:
    with Index.open(library, cache) as index:
        assert index.notice == ""
        return {row.id for row in index.view("").lists["leader"].rows(0, 99)}


def index_file(cache: Path) -> Path:
    (found,) = cache.glob("*.sqlite3")
    return found


def settle(library: Path) -> None:
    """Give every file of a library, and its folder, a time well before now."""
    for path in (*library.glob("*.json"), library):
        os.utime(path, ns=(time.time_ns() - 10**10,) * 2)


def rewrite(library: Path, *people: Leader) -> None:
    write_file(library / "shared.json", {**SHARED, "leaders": people})


OPEN = """
import sys
from pathlib import Path
from tui.index import Index
with Index.open(Path(sys.argv[1]), Path(sys.argv[2])) as index:
    view = index.view("leader:erdogan rome")
    print(view.lists["summit"].total, view.lists["summit"].rows(0, 1)[0].id, index.notice)
    print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def run(program: str, *arguments: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_fresh_index_is_opened_without_the_library_or_anything_heavy(tiny_library: Path, cache: Path) -> None:
    settle(tiny_library)
    Index.open(tiny_library, cache).close()
    output, errors = run(OPEN, tiny_library, cache).communicate()
    answer, loaded = output.splitlines()
    assert answer.strip() == "1 rome-2025", errors
    assert not set(loaded.split()) & {"tinydb", "rapidfuzz", "babel", "filelock", "textual", "rich"}


def test_a_fresh_index_is_left_as_it_is(tiny_library: Path, cache: Path) -> None:
    settle(tiny_library)
    leaders(tiny_library, cache)
    before = index_file(cache).stat()
    leaders(tiny_library, cache)
    assert index_file(cache).stat() == before


def test_a_file_touched_but_not_changed_is_not_read_again(tiny_library: Path, cache: Path) -> None:
    settle(tiny_library)
    leaders(tiny_library, cache)
    before = index_file(cache).stat().st_ino
    (tiny_library / "shared.json").touch()
    told: list[Progress] = []
    Index.open(tiny_library, cache, told.append).close()
    assert told == []
    assert index_file(cache).stat().st_ino == before


def test_a_changed_file_is_seen(tiny_library: Path, cache: Path) -> None:
    assert "giorgia-meloni" in leaders(tiny_library, cache)
    rewrite(tiny_library, *LEADERS, Leader(id="someone-new", name="Someone New"))
    assert "someone-new" in leaders(tiny_library, cache)
    rewrite(tiny_library, *LEADERS[:1])
    assert leaders(tiny_library, cache) == {"recep-tayyip-erdogan"}


def test_a_change_that_shows_in_neither_time_nor_size_is_seen_while_the_file_is_young(
    tiny_library: Path, cache: Path
) -> None:
    file = tiny_library / "shared.json"
    os.utime(file, ns=(time.time_ns() + 1_000_000_000,) * 2)
    assert "giorgia-meloni" in leaders(tiny_library, cache)
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"giorgia-meloni", b"giorgia-melonj"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert "giorgia-melonj" in leaders(tiny_library, cache)


def test_a_file_added_or_removed_is_seen(tiny_library: Path, cache: Path) -> None:
    settle(tiny_library)
    leaders(tiny_library, cache)
    write_file(tiny_library / "more.json", {"leaders": [Leader(id="someone-new", name="Someone New")]})
    assert "someone-new" in leaders(tiny_library, cache)
    (tiny_library / "more.json").unlink()
    assert "someone-new" not in leaders(tiny_library, cache)


def test_a_summit_is_found_by_what_another_file_says_of_its_leaders(tiny_library: Path, cache: Path) -> None:
    with Index.open(tiny_library, cache) as index:
        assert index.view("reis").lists["summit"].total == 0
    rewrite(tiny_library, Leader(id="recep-tayyip-erdogan", name="Recep Tayyip Erdoğan", aliases=("Reis",)))
    with Index.open(tiny_library, cache) as index:
        assert index.view("reis").lists["summit"].total == 3


def test_an_open_index_follows_what_another_brought_up_to_date(tiny_library: Path, cache: Path) -> None:
    with Index.open(tiny_library, cache) as index:
        before = index.view("")
        rewrite(tiny_library, *LEADERS[:1])
        assert index.view("").lists["leader"].total == 4
        assert len(leaders(tiny_library, cache)) == 1
        assert index.view("").lists["leader"].total == 1
        assert [row.id for row in before.lists["leader"].rows(0, 9)] == ["recep-tayyip-erdogan"]
        assert index.notice == ""


def test_one_changed_record_is_changed_where_the_index_is(tiny_library: Path, cache: Path) -> None:
    with Index.open(tiny_library, cache) as index:
        before = index_file(cache).stat().st_ino
        rewrite(tiny_library, *LEADERS, Leader(id="someone-new", name="Someone New"))
        index.refresh()
        assert index.view("someone").lists["leader"].rows(0, 1)[0].id == "someone-new"
        assert index.counts["leader"] == 5
        assert index_file(cache).stat().st_ino == before


def test_an_index_in_memory_is_refreshed_too(tiny_library: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with Index.open(tiny_library, tmp_path / "cache") as index:
        rewrite(tiny_library, *LEADERS[:1])
        index.refresh()
        assert index.view("").lists["leader"].total == 1


def test_a_library_that_turns_bad_leaves_the_open_index_as_it_was(tiny_library: Path, cache: Path) -> None:
    with Index.open(tiny_library, cache) as index:
        (tiny_library / "shared.json").write_bytes(b"{")
        with pytest.raises(LibraryError, match=r"shared\.json"):
            index.refresh()
        assert index.view("").lists["leader"].total == 4


def test_so_much_changed_that_the_index_is_built_anew(tiny_library: Path, cache: Path) -> None:
    people = tuple(Leader(id=f"leader-{number}", name=f"Leader {number}") for number in range(2100))
    with Index.open(tiny_library, cache) as index:
        before = index_file(cache).stat().st_ino
        rewrite(tiny_library, *people)
        index.refresh()
        assert index.view("").lists["leader"].total == 2100
        assert index_file(cache).stat().st_ino != before


def test_a_library_is_one_whichever_way_it_is_named(
    tiny_library: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaders(tiny_library, cache)
    monkeypatch.chdir(tiny_library)
    leaders(Path("."), cache)
    (tiny_library.parent / "link").symlink_to(tiny_library)
    leaders(tiny_library.parent / "link", cache)
    assert index_file(cache)


def test_a_library_may_be_one_file(tiny_library: Path, cache: Path) -> None:
    assert len(leaders(tiny_library / "shared.json", cache)) == 4
    with Index.open(tiny_library / "meetings.json", cache) as index:
        assert index.counts == {"summit": 3, "leader": 0, "topic": 0, "agreement": 5, "source": 0}
        assert index.view("leader:erdogan").lists["summit"].total == 0
        assert index.view("erdogan").lists["summit"].total == 3
        assert index.rows(["recep-tayyip-erdogan"]) == {}


def test_each_file_is_told_of_as_it_is_read(tiny_library: Path, cache: Path) -> None:
    told: list[Progress] = []
    Index.open(tiny_library, cache, told.append).close()
    assert [each[:3] for each in told[:3]] == [(0, 2, "meetings.json"), (1, 2, "shared.json"), (2, 2, "")]
    assert {each[:3] for each in told[3:]} == {(2, 2, "")}
    shares = [each.share for each in told]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1] < 1) == (0, True)


def garbage(file: Path) -> None:
    file.write_bytes(b"not a database at all" * 500)


def nothing(file: Path) -> None:
    file.write_bytes(b"")


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def foreign(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE notes (text)")


@pytest.mark.parametrize("spoil", [garbage, nothing, cut, foreign])
def test_a_file_that_is_no_index_is_made_anew_with_a_word(
    spoil: Callable[[Path], None], tiny_library: Path, cache: Path
) -> None:
    settle(tiny_library)
    leaders(tiny_library, cache)
    spoil(index_file(cache))
    with Index.open(tiny_library, cache) as index:
        assert index.view("erdogan").lists["summit"].total == 3
        assert "made anew" in index.notice
    assert len(leaders(tiny_library, cache)) == 4


def test_damage_found_only_by_a_query_is_mended_with_a_word(tiny_library: Path, cache: Path) -> None:
    settle(tiny_library)
    leaders(tiny_library, cache)
    file = index_file(cache)
    with sqlite3.connect(file) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'word'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as opened:
        opened.seek((page - 1) * size)
        opened.write(b"\xff" * size)
    with Index.open(tiny_library, cache) as index:
        assert index.view("erdogan").lists["summit"].total == 3
        assert "made anew" in index.notice
    assert len(leaders(tiny_library, cache)) == 4


def test_an_index_of_another_version_is_made_anew_without_a_word(
    tiny_library: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(tiny_library)
    leaders(tiny_library, cache)
    before = index_file(cache).stat().st_ino
    monkeypatch.setattr(schema, "KEY", "another")
    leaders(tiny_library, cache)
    assert index_file(cache).stat().st_ino != before


def test_a_cache_that_cannot_be_written_means_an_index_in_memory(tiny_library: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with Index.open(tiny_library, tmp_path / "cache") as index:
        assert index.view("erdogan").lists["summit"].total == 3
        assert "in memory only" in index.notice
        assert str(tmp_path / "cache") in index.notice


LIMITED = (
    """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
"""
    + OPEN
)


def test_a_disk_that_is_full_means_an_index_in_memory(tiny_library: Path, cache: Path) -> None:
    output, errors = run(LIMITED, tiny_library, cache).communicate()
    assert output.startswith("1 rome-2025 the index is kept in memory only"), errors
    assert list(cache.glob("*.new")) == list(cache.glob("*.sqlite3")) == []


def test_a_cache_folder_that_is_missing_is_made(tiny_library: Path, tmp_path: Path) -> None:
    assert len(leaders(tiny_library, tmp_path / "a" / "b" / "c")) == 4


def test_processes_that_start_at_once_all_get_an_answer(tiny_library: Path, cache: Path) -> None:
    started = [run(OPEN, tiny_library, cache) for _ in range(4)]
    answers = [process.communicate() for process in started]
    assert [output.splitlines()[0].strip() for output, _ in answers] == ["1 rome-2025"] * 4, answers
    assert index_file(cache)
    assert list(cache.glob("*.new")) == []


def test_a_build_that_is_killed_leaves_nothing_in_the_way(tiny_library: Path, cache: Path) -> None:
    for delay in (0.05, 0.1, 0.15, 0.2, 0.25):
        process = run(OPEN, tiny_library, cache)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert len(leaders(tiny_library, cache)) == 4
    assert list(cache.glob("*.new")) == []


def test_an_id_in_two_files_is_an_error_that_names_both(tiny_library: Path, cache: Path) -> None:
    write_file(tiny_library / "more.json", {"leaders": LEADERS[:1]})
    with pytest.raises(LibraryError) as error:
        Index.open(tiny_library, cache)
    assert "more.json" in str(error.value)
    assert "shared.json" in str(error.value)
    assert "recep-tayyip-erdogan" in str(error.value)
    assert error.value.remedy


def test_a_bad_library_is_an_error_every_time_and_the_index_stays(tiny_library: Path, cache: Path) -> None:
    leaders(tiny_library, cache)
    good = (tiny_library / "shared.json").read_bytes()
    (tiny_library / "shared.json").write_bytes(good[:-9])
    for _ in range(2):
        with pytest.raises(LibraryError, match=r"shared\.json"):
            Index.open(tiny_library, cache)
    (tiny_library / "shared.json").write_bytes(good)
    assert len(leaders(tiny_library, cache)) == 4


def test_a_missing_library_is_an_error(cache: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        Index.open(tmp_path / "nowhere", cache)


def test_hostile_texts_are_indexed_and_found_as_they_are(hostile_library: Path, cache: Path) -> None:
    with Index.open(hostile_library, cache) as index:
        assert index.view("").lists["summit"].total == len(HOSTILE)
        assert index.view("annex").lists["agreement"].rows(0, 1)[0].title == HOSTILE["bracketed-word"]
        assert index.view("izmir").lists["leader"].rows(0, 1)[0].id == "leader-combining"
        record = index.record("summit-controls")
        assert isinstance(record, Summit)
        assert record.name == HOSTILE["controls"]


def test_a_link_to_a_record_that_is_not_there_is_left_out(tmp_path: Path, cache: Path) -> None:
    write_file(tmp_path / "library.json", {**MEETINGS})
    with Index.open(tmp_path / "library.json", cache) as index:
        assert index.linked("rome-2025", "leader") == []
        assert index.linked("rome-2025", "agreement")[0].id == "trade-statement-2025"
        summit = index.record("rome-2025")
        assert isinstance(summit, Summit)
        assert summit.participants[0].leader == "giorgia-meloni"


@pytest.mark.parametrize("spoken", ["en", "it", "tr"])
def test_an_index_is_the_same_whatever_language_is_spoken(
    tiny_library: Path, cache: Path, spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blank, "_made", [])
    documents._country_text.cache_clear()
    language.use(spoken)
    with Index.open(tiny_library, cache) as index:
        assert index.view("turkish").lists["leader"].total == 1
        assert index.view("lettera d’intenti").lists["agreement"].total > 0
        assert index.view("niyet mektubu").lists["agreement"].total > 0
    language.use(language.ENGLISH)
    documents._country_text.cache_clear()
    Index.open(tiny_library, cache / "english").close()
    assert index_dump(index_file(cache)) == index_dump(index_file(cache / "english"))
    with sqlite3.connect(index_file(cache)) as connection:
        assert connection.execute("SELECT 1 FROM meaning WHERE name = 'turkish' AND asked").fetchone()
        assert connection.execute("SELECT 1 FROM meaning WHERE name = 'turkiye' AND found").fetchone()


def test_a_record_that_moves_to_another_table_with_the_same_bytes_is_of_another_kind(
    tmp_path: Path, cache: Path
) -> None:
    file = tmp_path / "library.json"
    for table, kind in (("leaders", "leader"), ("topics", "topic"), ("leaders", "leader")):
        file.write_text(json.dumps({table: {"1": {"id": "nato", "name": "NATO"}}}), encoding="utf-8")
        with Index.open(file, cache) as index:
            found = {name: listing.total for name, listing in index.view("nato").lists.items()}
        assert found == {"summit": 0, "agreement": 0, "leader": 0, "topic": 0} | {kind: 1}


def test_a_large_file_is_brought_up_to_date_by_what_changed_in_it(
    tiny_library: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.index.updating import differing
    from tui.library import streaming

    monkeypatch.setattr(streaming, "LARGE", 0)
    Index.open(tiny_library, cache).close()
    monkeypatch.setattr(differing, "read_entries", lambda file: pytest.fail(f"{file} was read from end to end"))
    rewrite(tiny_library, *LEADERS[:1], Leader(id="new", name="New Leader"), *LEADERS[2:])
    file = tiny_library / "meetings.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"city": "Rome"', '"city": "Quixotown"'), encoding="utf-8")
    with Index.open(tiny_library, cache) as index:
        assert index.view("quixotown").lists["summit"].total == 1
        assert index.view("new").lists["leader"].total == 1
