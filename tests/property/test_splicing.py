"""A record changed in the bytes of a file gives the file that writing everything anew would give."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.libraries import AGREEMENTS, LEADERS, SUMMITS, TOPICS
from tui.library import LibraryError, serialise
from tui.library.splicing import Outline, Splice
from tui.records import TABLES, Record

FILE = Path("library.json")
RECORDS: dict[str, list[Record]] = {
    "summits": list(SUMMITS),
    "leaders": list(LEADERS),
    "topics": list(TOPICS),
    "agreements": list(AGREEMENTS),
}
held = st.dictionaries(
    st.sampled_from(list(RECORDS)),
    st.dictionaries(st.integers(1, 30).map(str), st.integers(0, 2), max_size=5),
    max_size=4,
)
Tables = dict[str, dict[str, Any]]


def plain(record: Record) -> Any:
    """Return a record as a file has it: a whole number without a point."""
    return json.loads(json.dumps(msgspec.to_builtins(record)))


@settings(max_examples=200, deadline=None)
@given(held, st.booleans(), st.data())
def test_splicing_is_writing_anew(numbers: dict[str, dict[str, int]], pretty: bool, data: st.DataObject) -> None:
    tables: Tables = {
        table: {number: plain(RECORDS[table][which]) for number, which in rows.items()}
        for table, rows in numbers.items()
    }
    whole = serialise(tables)
    raw = whole if pretty else msgspec.json.format(whole, indent=-1)
    splices: list[Splice] = []
    for table in RECORDS:
        rows = tables.get(table, {})
        following = max(map(int, rows), default=0) + 1
        for number in list(rows):
            fate = data.draw(st.sampled_from(["keep", "change", "remove"]))
            if fate == "change":
                record = msgspec.structs.replace(RECORDS[table][2], id="changed")
                splices.append(Splice(table, number, record))
                rows[number] = plain(record)
            elif fate == "remove":
                splices.append(Splice(table, number, None))
                del rows[number]
        for added in range(data.draw(st.integers(0, 2))):
            splices.append(Splice(table, "", RECORDS[table][added]))
            tables.setdefault(table, rows)[str(following + added)] = plain(RECORDS[table][added])
    result = Outline(raw, FILE).spliced(splices)
    assert json.loads(result) == tables
    assert list(json.loads(result)) == list(tables)
    if pretty:
        assert as_written(result) == as_written(serialise(tables))


def as_written(raw: bytes) -> bytes:
    """Return a file without the points of whole numbers, which an edit does not write."""
    return raw.replace(b".0,", b",").replace(b".0\n", b"\n")


def test_every_other_byte_stays_as_it_is() -> None:
    raw = b'{"topics" : {\n"7":  {"id":"a",  "name":"a"} ,"9" :{"id":"b","name":"b" }}, "leaders":{}}'
    result = Outline(raw, FILE).spliced([Splice("topics", "9", TOPICS[0])])
    assert result.startswith(b'{"topics" : {\n"7":  {"id":"a",  "name":"a"} ,"9" :{"id":"migration"')
    assert result.endswith(b'}}, "leaders":{}}')


def test_a_key_that_stands_twice_is_refused() -> None:
    raw = b'{"topics": {"1": {"id": "a", "name": "a"}, "1": {"id": "b", "name": "b"}}}'
    with pytest.raises(LibraryError, match="a key stands twice in one object \\('1'\\)"):
        Outline(raw, FILE).spliced([Splice("topics", "", TOPICS[0])])


def test_where_the_records_stand(shipped: Path) -> None:
    file = shipped / "italy-turkiye.json"
    raw = file.read_bytes()
    for table in TABLES:
        rows = json.loads(raw).get(table, {})
        found = Outline(raw, file).places(table).values()
        assert {place.number: json.loads(raw[place.start : place.end]) for place in found} == rows
