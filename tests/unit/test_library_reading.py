"""What a person reads when a library cannot be read: which file, where in it, why, and the way out."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.libraries import AGREEMENTS, HOSTILE, LEADERS, SOURCES, SUMMITS, TOPICS, hostile_records, write_file
from tests.rights import as_ordinary_user
from tui.library import LibraryError, library_files, read_file, shipped_library
from tui.library.errors import UNPRINTABLE
from tui.library.files import backup_of
from tui.records import Record, Summit

GOOD = '{"id": "rome-2025", "name": "Rome"}'


def read_all(path: Path) -> list[tuple[str, Record]]:
    return [found for file in library_files(path) for found in read_file(file)]


def failure(path: Path) -> LibraryError:
    with pytest.raises(LibraryError) as caught:
        read_all(path)
    return caught.value


def failure_of(tmp_path: Path, content: bytes | str) -> LibraryError:
    file = tmp_path / "library.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    error = failure(file)
    assert error.path == file
    assert error.reason
    assert error.remedy
    assert not re.search(UNPRINTABLE, str(error).replace("\n", ""))
    return error


def record_failure(tmp_path: Path, record: str) -> LibraryError:
    return failure_of(tmp_path, f'{{"summits": {{"1": {GOOD}, "2": {record}}}}}')


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that any user may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_the_tiny_library_reads_back_as_it_was_written(tiny_library: Path) -> None:
    read: dict[str, list[Record]] = {}
    for file in library_files(tiny_library):
        for kind, record in read_file(file):
            read.setdefault(kind, []).append(record)
    assert read == {
        "summit": list(SUMMITS),
        "agreement": list(AGREEMENTS),
        "leader": list(LEADERS),
        "topic": list(TOPICS),
        "source": list(SOURCES),
    }


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_reads_back_as_it_was_written(tmp_path: Path, name: str) -> None:
    records = hostile_records(name)
    file = write_file(tmp_path / "hostile.json", records)
    assert [record for _, record in read_file(file)] == [record for table in records.values() for record in table]


def test_a_folder_gives_its_json_files_by_name_and_nothing_else(tiny_library: Path) -> None:
    for other in ("README.md", ".hidden.json", "meetings.json.bak", "meetings.json.lock", ".meetings.json.new"):
        (tiny_library / other).write_text("not a library")
    (tiny_library / "mappings").mkdir()
    assert [file.name for file in library_files(tiny_library)] == ["meetings.json", "shared.json"]
    assert library_files(tiny_library / "shared.json") == [tiny_library / "shared.json"]


def test_the_shipped_library_is_found_and_every_record_reads(shipped: Path) -> None:
    assert shipped == shipped_library()
    kinds = {kind for file in library_files(shipped) for kind, _ in read_file(file)}
    assert kinds == {"summit", "leader", "topic", "agreement", "source"}


def test_a_missing_path(tmp_path: Path) -> None:
    error = failure(tmp_path / "nowhere.json")
    assert str(error) == f"{tmp_path}/nowhere.json: there is no such file or folder\n  Check the path."


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    link = tmp_path / "library.json"
    link.symlink_to(tmp_path / "gone.json")
    assert "the link leads nowhere" in failure(link).reason


def test_a_folder_without_a_library(tmp_path: Path) -> None:
    assert "holds no library" in failure(tmp_path).reason


def test_a_folder_named_like_a_library_file(tmp_path: Path) -> None:
    (tmp_path / "library.json").mkdir()
    assert "holds no library" in failure(tmp_path / "library.json").reason
    error = failure(tmp_path)
    assert error.path == tmp_path / "library.json"
    assert error.reason == "is a folder where a library file is expected"


def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    pipe = tmp_path / "library.json"
    os.mkfifo(pipe)
    assert failure(pipe).reason == "is not a regular file"


def test_a_file_that_may_not_be_read(open_folder: Path) -> None:
    file = write_file(open_folder / "library.json", {"summits": SUMMITS})
    file.chmod(0)
    with as_ordinary_user():
        error = failure(file)
    assert error.path == file
    assert error.reason == "not allowed to read it"


def test_a_folder_that_may_not_be_read(open_folder: Path) -> None:
    write_file(open_folder / "library.json", {"summits": SUMMITS})
    open_folder.chmod(0)
    with as_ordinary_user():
        error = failure(open_folder)
    open_folder.chmod(0o755)
    assert error.reason == "not allowed to read it"


@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    assert failure_of(tmp_path, content).reason == "the file is empty"


def test_a_file_of_null(tmp_path: Path) -> None:
    assert failure_of(tmp_path, "null").reason == "holds null where an object of tables is expected"


def test_a_list_at_the_top(tmp_path: Path) -> None:
    assert failure_of(tmp_path, f"[{GOOD}]").reason == "holds a list where an object of tables is expected"


def test_a_cut_file_names_the_line_and_column_of_its_end(tmp_path: Path) -> None:
    error = failure_of(tmp_path, '{"summits": {\n  "1": {"id": "rome-2025",\n  "name": "Ro')
    assert (error.where, error.reason) == ("line 3, column 14", "the JSON is cut off")


@pytest.mark.parametrize("kept", [1, 40, 999, 4_000])
def test_a_real_file_cut_anywhere_is_told_to_be_cut(tmp_path: Path, kept: int) -> None:
    whole = write_file(tmp_path / "whole.json", {"summits": SUMMITS}).read_bytes()
    assert "cut off" in failure_of(tmp_path, whole.decode()[:kept]).reason


def test_a_slip_in_the_json_names_line_and_column(tmp_path: Path) -> None:
    error = failure_of(tmp_path, '{"summits": {\n  "1": {"id": "rome-2025" "name": "İ"}}}')
    assert error.where == "line 2, column 27"
    assert error.reason == "not JSON: expecting ',' delimiter"


def test_columns_are_counted_in_characters(tmp_path: Path) -> None:
    assert failure_of(tmp_path, '{"ğğğğ": oops}').where == "line 1, column 10"


def test_a_file_that_is_no_json_at_all(tmp_path: Path) -> None:
    error = failure_of(tmp_path, "# Summits\n")
    assert (error.where, error.reason) == ("line 1, column 1", "not JSON: expecting value")


def test_the_marks_of_a_git_conflict(tmp_path: Path) -> None:
    error = failure_of(tmp_path, "{\n<<<<<<< HEAD\n}\n=======\n}\n>>>>>>> theirs\n")
    assert (error.where, error.reason) == ("line 2, column 1", "holds the marks of a git conflict")


def test_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    error = failure_of(tmp_path, '{"summits": {"1": {"id": "izmir", "name": "İzmir"}}}'.encode("iso-8859-9"))
    assert (error.where, error.reason) == ("byte 43", "is not UTF-8 (found 0xdd)")
    assert failure_of(tmp_path, "{}".encode("utf-16")).reason == "is UTF-16, not UTF-8"


def test_a_byte_order_mark_is_accepted(tmp_path: Path) -> None:
    file = tmp_path / "library.json"
    file.write_text(f'{{"summits": {{"1": {GOOD}}}}}', encoding="utf-8-sig")
    assert list(read_file(file)) == [("summit", Summit(id="rome-2025", name="Rome"))]


def test_an_unknown_table(tmp_path: Path) -> None:
    error = failure_of(tmp_path, '{"summits": {},\n "meetings": {}}')
    assert (error.where, error.reason) == ("line 2, column 2", "unknown table 'meetings'")
    assert "summits, leaders, topics, agreements, sources" in error.remedy


def test_a_table_that_is_a_list(tmp_path: Path) -> None:
    error = failure_of(tmp_path, f'{{"summits": [{GOOD}]}}')
    assert error.where == "summits"
    assert "is no table" in error.reason


def test_a_record_number_that_is_none(tmp_path: Path) -> None:
    assert failure_of(tmp_path, f'{{"summits": {{"01": {GOOD}}}}}').reason == "the key '01' is not a whole number"


@pytest.mark.parametrize(
    ("record", "where", "reason"),
    [
        ("[]", "summits: record 2", "expected an object, found a list"),
        ('{"name": "x"}', "summits: record 2: id", "the field is missing"),
        ('{"id": "athens"}', "summits: record 2 (athens): name", "the field is missing"),
        ('{"id": "a", "name": 7}', "summits: record 2 (a): name", "expected text, found a whole number: 7"),
        ('{"id": "a", "name": null}', "summits: record 2 (a): name", "expected text, found null"),
        (
            '{"id": "a", "name": "x", "edition": "4th"}',
            "summits: record 2 (a): edition",
            'expected a whole number, found text: "4th"',
        ),
        (
            '{"id": "a", "name": "x", "agenda": [{"topic": "t"}, {"topic": "Not a slug"}]}',
            "summits: record 2 (a): agenda[1].topic",
            '"Not a slug" is no id',
        ),
        (
            '{"id": "a", "name": "x", "participants": [{"evidence": [{"by": "x"}]}]}',
            "summits: record 2 (a): participants[0].evidence[0].source",
            "the field is missing",
        ),
        ('{"id": "Rome 2025", "name": "x"}', "summits: record 2 (Rome 2025): id", '"Rome 2025" is no id'),
        ('{"id": "a", "name": "x", "start": "29.4.2025"}', "summits: record 2 (a): start", '"29.4.2025" is no date'),
        (
            '{"id": "a", "name": "x", "figures": [{"label": "x", "value": 1e999}]}',
            "summits: record 2 (a): figures[0].value",
            "cannot be read (number out of range): Infinity",
        ),
    ],
)
def test_a_bad_record_is_named_with_its_field(tmp_path: Path, record: str, where: str, reason: str) -> None:
    error = record_failure(tmp_path, record)
    assert (error.where, error.reason) == (where, reason)


def test_a_misspelt_field_gets_the_right_one(tmp_path: Path) -> None:
    error = record_failure(tmp_path, '{"id": "a", "name": "x", "participants": [{"rol": "chair"}]}')
    assert (error.where, error.reason) == ("summits: record 2 (a): participants[0].rol", "there is no such field")
    assert error.remedy == "Did you mean 'role'?"


def test_a_field_that_resembles_none_gets_the_list(tmp_path: Path) -> None:
    error = record_failure(tmp_path, '{"id": "a", "name": "x", "evidence": [{"source": "s", "xyzzy": 1}]}')
    assert error.remedy == "The fields here are source, by, quote, start, end, note."


@pytest.mark.parametrize("number", ["NaN", "-Infinity"])
def test_what_is_no_number(tmp_path: Path, number: str) -> None:
    error = record_failure(tmp_path, f'{{"id": "a", "name": "x", "edition": {number}}}')
    assert "is no number" in error.reason
    assert error.where.startswith("line 1, column ")


def test_half_a_character(tmp_path: Path) -> None:
    content = r'{"summits": {"1": {"id": "smile", "name": "\ud83d\ude00 \ud83d"}}}'
    error = failure_of(tmp_path, content)
    assert error.reason == r"not JSON: \ud83d is half a character"
    assert error.where == f"line 1, column {content.rindex(chr(92)) + 1}"


@pytest.mark.parametrize("depth", [3_000, 100_000])
def test_json_without_a_bottom(tmp_path: Path, depth: int) -> None:
    reason = record_failure(tmp_path, "[" * depth + "]" * depth).reason
    # How deep is too deep depends on the version of Python; what is not too deep is still no record.
    assert "nested too deeply" in reason or reason == "expected an object, found a list"
    beside = f'{{"id": 5, "name": {"[" * depth + "]" * depth}}}'
    reason = record_failure(tmp_path, beside).reason
    assert "nested too deeply" in reason or reason.startswith("expected text, found a whole number")


def test_a_message_is_safe_on_a_terminal(tmp_path: Path) -> None:
    error = record_failure(tmp_path, json.dumps({"id": "\x1b[31m\u202e\x07", "name": "x"}))
    assert r"\x1b[31m\u202e\x07" in str(error)


def test_a_long_value_is_shortened(tmp_path: Path) -> None:
    assert len(str(record_failure(tmp_path, json.dumps({"id": "x" * 10_000, "name": "x"})))) < 600


def test_records_before_a_bad_one_are_still_given(tmp_path: Path) -> None:
    file = tmp_path / "library.json"
    file.write_text(f'{{"summits": {{"1": {GOOD}, "2": 3}}}}')
    records = read_file(file)
    assert next(records)[1].id == "rome-2025"
    with pytest.raises(LibraryError, match="record 2"):
        next(records)


@pytest.mark.parametrize("content", ["", "null", '{"summits": {"1":', '{"summits": {"1": {"id": "a"}}}'])
def test_the_way_out_names_a_good_backup(tmp_path: Path, content: str) -> None:
    file = tmp_path / "my library.json"
    write_file(backup_of(file), {"summits": SUMMITS})
    file.write_text(content)
    assert f"cp '{file}.bak' '{file}'" in failure(file).remedy


def test_the_way_out_names_no_bad_backup(tmp_path: Path) -> None:
    backup_of(tmp_path / "library.json").write_text('{"summits": {"1":')
    assert ".bak" not in str(failure_of(tmp_path, '{"summits": {"1":'))


def test_a_vanished_file_with_a_backup(tmp_path: Path) -> None:
    write_file(tmp_path / "library.json.bak", {"summits": SUMMITS})
    assert "library.json.bak" in failure(tmp_path / "library.json").remedy
