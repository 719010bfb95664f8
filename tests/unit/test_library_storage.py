"""TinyDB on a library file: what a change writes, what it leaves alone, and what is never written."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import tinydb

from tests.libraries import SUMMITS, TOPICS, write_file
from tui.library import LibraryError, changing, library_files, open_database, read_file, serialise
from tui.library.files import backup_of

ROME = {"id": "rome-2025", "name": "Rome · İzmir"}


def ids(file: Path) -> list[str]:
    return [record.id for _, record in read_file(file)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a library file of three summits."""
    return write_file(tmp_path / "library.json", {"summits": SUMMITS})


def test_a_new_library_begins_with_its_first_record(tmp_path: Path) -> None:
    file = tmp_path / "new.json"
    database = open_database(file)
    assert not file.exists()
    assert database.table("summits").insert(ROME) == 1
    assert file.read_text() == (
        '{\n  "summits": {\n    "1": {\n      "id": "rome-2025",\n      "name": "Rome · İzmir"\n    }\n  }\n}\n'
    )


def test_an_edit_changes_only_its_own_lines(file: Path) -> None:
    before = file.read_text().splitlines()
    open_database(file).table("summits").update({"city": "Roma"}, tinydb.where("id") == "rome-2025")
    after = file.read_text().splitlines()
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [
        ('      "city": "Rome",', '      "city": "Roma",')
    ]


def test_every_shipped_file_is_written_back_byte_for_byte(shipped: Path) -> None:
    for file in library_files(shipped):
        assert serialise(json.loads(file.read_bytes())) == file.read_bytes(), file.name


def test_a_block_without_a_change_touches_nothing(file: Path) -> None:
    file.write_text(json.dumps(json.loads(file.read_text())))
    before = file.stat()
    with changing(open_database(file)) as database:
        assert len(database.table("summits")) == 3
    assert file.stat() == before


def test_a_change_that_changes_nothing_leaves_the_file_and_its_backup(file: Path) -> None:
    before = file.stat()
    open_database(file).table("summits").update({"id": "rome-2025"}, tinydb.where("id") == "rome-2025")
    assert file.stat() == before
    assert not backup_of(file).exists()


def test_the_content_before_the_last_change_is_the_backup(file: Path) -> None:
    database = open_database(file)
    database.table("summits").remove(doc_ids=[1])
    assert ids(backup_of(file)) == ["izmir-2008", "athens-2023", "rome-2025"]
    database.table("summits").remove(doc_ids=[2])
    assert ids(backup_of(file)) == ["athens-2023", "rome-2025"]
    assert ids(file) == ["rome-2025"]


def test_nothing_else_is_left_beside_the_file(file: Path) -> None:
    open_database(file).table("summits").remove(doc_ids=[1])
    left = sorted(path.name for path in file.parent.iterdir())
    assert left == ["library.json", "library.json.bak", "library.json.lock"]


def test_several_changes_become_one_write(file: Path) -> None:
    with changing(open_database(file)) as database:
        topics = database.table("topics")
        for topic in TOPICS:
            topics.insert({"id": topic.id, "name": topic.name})
        assert len(topics) == len(TOPICS)
        assert ids(file) == ["izmir-2008", "athens-2023", "rome-2025"], "a reader sees nothing before the end"
    assert len(ids(file)) == 3 + len(TOPICS)
    assert len(ids(backup_of(file))) == 3


def test_a_block_that_fails_changes_nothing(file: Path) -> None:
    database = open_database(file)
    before = file.read_bytes()

    def change_and_fail() -> None:
        with changing(database):
            database.table("summits").update({"name": "gone"})
            with changing(database):
                database.table("topics").insert({"id": "gone", "name": "gone"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()
    assert file.read_bytes() == before
    assert "gone" not in str(database.table("summits").all())
    assert database.table("topics").insert({"id": "kept", "name": "kept"}) == 1
    assert ids(file)[-1] == "kept"


def test_what_was_read_is_a_copy_that_no_later_change_writes(file: Path) -> None:
    database = open_database(file)
    database.table("summits").all()[0]["parties"].append("XX")
    database.table("summits").update({"note": "edited"}, doc_ids=[2])
    assert "XX" not in file.read_text()


def test_two_databases_on_one_file_see_each_others_changes(file: Path) -> None:
    first, second = open_database(file), open_database(file)
    query = tinydb.where("note") == "new"
    assert first.table("summits").search(query) == []
    second.table("summits").update({"note": "new"}, doc_ids=[3])
    assert [found["id"] for found in first.table("summits").search(query)] == ["rome-2025"]
    assert first.table("summits").insert({"id": "a", "name": "a"}) == 4
    assert second.table("summits").insert({"id": "b", "name": "b"}) == 5
    assert ids(file)[-2:] == ["a", "b"]


def test_a_file_is_read_once(file: Path) -> None:
    database = open_database(file)
    content, status = file.read_bytes(), file.stat()
    file.write_bytes(b"x" * len(content))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert len(database.table("summits")) == 3


def test_tables_can_be_dropped(file: Path) -> None:
    database = open_database(file)
    database.table("topics").insert({"id": "a", "name": "a"})
    database.drop_table("summits")
    assert ids(file) == ["a"]
    database.drop_tables()
    assert file.read_text() == "{}\n"
    assert ids(backup_of(file)) == ["a"]


def test_upsert_is_one_change(file: Path) -> None:
    topics = open_database(file).table("topics")
    assert topics.upsert({"id": "a", "name": "a"}, tinydb.where("id") == "a") == [1]
    assert topics.upsert({"id": "a", "name": "b"}, tinydb.where("id") == "a") == [1]
    assert topics.all() == [{"id": "a", "name": "b"}]


@pytest.mark.parametrize(
    ("record", "where"),
    [
        ({"id": "b", "name": "b", "sectors": "x"}, "topics: record 1 (b): sectors"),
        ({"id": "No Slug", "name": "b"}, "topics: record 1 (No Slug): id"),
        ({"name": "b"}, "topics: record 1: id"),
    ],
)
def test_a_record_that_could_not_be_read_back_is_not_written(file: Path, record: dict[str, str], where: str) -> None:
    before = file.read_bytes()
    database = open_database(file)
    with pytest.raises(LibraryError) as caught:
        database.table("topics").insert(record)
    assert caught.value.where == where
    assert "Nothing was written" in caught.value.remedy
    assert file.read_bytes() == before
    assert len(database.table("topics")) == 0


def test_the_default_table_of_tinydb_is_refused(file: Path) -> None:
    with pytest.raises(LibraryError, match="unknown table '_default'"):
        open_database(file).insert(ROME)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", {1, 2}])
def test_what_json_cannot_hold_is_not_written(file: Path, value: object) -> None:
    before = file.read_bytes()
    with pytest.raises(LibraryError, match="what JSON cannot"):
        open_database(file).table("topics").insert({"id": "b", "name": value})
    assert file.read_bytes() == before


def test_a_bad_record_can_be_mended_through_the_database(tmp_path: Path) -> None:
    file = tmp_path / "library.json"
    file.write_text('{"topics": {"1": {"id": "a", "name": 7}}}')
    write_file(backup_of(file), {"topics": TOPICS})
    open_database(file).table("topics").update({"name": "seven"}, doc_ids=[1])
    assert ids(file) == ["a"]
    assert len(ids(backup_of(file))) == len(TOPICS), "a bad file does not replace a good backup"


def test_a_byte_order_mark_is_read_and_not_written_back(tmp_path: Path) -> None:
    file = tmp_path / "library.json"
    file.write_text('{"topics": {"1": {"id": "a", "name": "ğ"}}}', encoding="utf-8-sig")
    open_database(file).table("topics").insert({"id": "b", "name": "b"})
    assert file.read_bytes().startswith(b"{")
    assert ids(file) == ["a", "b"]


def test_the_mode_of_the_file_is_kept(file: Path) -> None:
    file.chmod(0o640)
    open_database(file).table("summits").remove(doc_ids=[1])
    assert file.stat().st_mode & 0o777 == 0o640
    assert backup_of(file).stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_mode_that_the_user_asks_for(tmp_path: Path) -> None:
    umask = os.umask(0o027)
    try:
        open_database(tmp_path / "new.json").table("summits").insert(ROME)
    finally:
        os.umask(umask)
    assert (tmp_path / "new.json").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path, file: Path) -> None:
    link = tmp_path / "elsewhere" / "link.json"
    link.parent.mkdir()
    link.symlink_to(os.path.relpath(file, link.parent))
    database = open_database(link)
    with changing(open_database(file)), pytest.raises(LibraryError, match="changing the library"):
        open_database(link, timeout=0.01).table("summits").remove(doc_ids=[1])
    database.table("summits").remove(doc_ids=[1])
    assert link.is_symlink()
    assert len(ids(file)) == 2
    assert [path.name for path in link.parent.iterdir()] == ["link.json"]


def test_changing_is_only_for_a_safe_database(tmp_path: Path) -> None:
    database = tinydb.TinyDB(tmp_path / "other.json")
    with pytest.raises(TypeError), changing(database):
        pass
