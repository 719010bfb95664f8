"""A library file too large for memory is read record by record, and refused with the same words as any other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.library import LibraryError, jsontext, read_file, shipped_library, streaming
from tui.library.jsontext import entries


@pytest.fixture(autouse=True)
def small_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "_AT_ONCE", 50)
    monkeypatch.setattr(streaming, "LARGE", 0)


def plain(found: list[jsontext.Entry]) -> list[tuple[str, str, bytes]]:
    return [(entry.table, entry.number, bytes(entry.raw)) for entry in found]


def streamed_as_whole(file: Path) -> None:
    assert plain(list(streaming.streamed(file))) == plain(entries(file.read_bytes(), file))


@pytest.mark.parametrize("name", ["italy-turkiye.json", "topics.json", "climate-conferences.json"])
def test_a_stream_is_the_whole(name: str) -> None:
    streamed_as_whole(shipped_library() / name)
    assert [record.id for _, record in read_file(shipped_library() / name)]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        ' { "topics" : { } , "leaders":{"1":{"id":"a"},"2":{}} } \n',
        '\ufeff{"topics":{"7":{"name":"a } \\" ] \\\\","more":[{},[],{"x":"{"}]}}}',
    ],
)
def test_any_layout_is_read(text: str, tmp_path: Path) -> None:
    (tmp_path / "library.json").write_text(text, encoding="utf-8")
    streamed_as_whole(tmp_path / "library.json")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"topics": [1]}',
        '{"towns": {"1": {}}}',
        '{"topics": {"one": {}}}',
        '{"topics": {"1": {}}',
        '{"topics": {"1": {"name": "a}}',
        '{"topics": {"1": {}},}',
        '{"topics": {"1": {}}} more',
        '{"topics" {"1": {}}}',
        "{}\0",
        "{} {}",
    ],
)
def test_what_is_no_library_is_refused_with_the_same_words(text: str, tmp_path: Path) -> None:
    file = tmp_path / "library.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError) as whole:
        entries(file.read_bytes(), file)
    with pytest.raises(LibraryError) as stream:
        list(streaming.streamed(file))
    assert str(stream.value) == str(whole.value)


def test_a_record_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "library.json").write_text('{"topics": {"1": {"id": "a", "name": "A"}, "2": 5}}')
    with pytest.raises(LibraryError, match="record 2"):
        list(read_file(tmp_path / "library.json"))


@given(st.binary(max_size=80) | st.text(alphabet='{}[]":,\\ a1topics', max_size=80).map(str.encode))
def test_no_bytes_do_more_than_being_refused(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.json"
    file.write_bytes(raw)
    try:
        found = plain(list(streaming.streamed(file)))
    except LibraryError:
        return
    assert found == plain(entries(raw, file))
