"""Whatever is put into a library comes out again; whatever is done to its file, it answers with words.

`SUMMIT_FUZZ=10000` runs at least that many cases of each.
"""

from __future__ import annotations

import json
import math
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.libraries import SUMMITS, TOPICS, write_file
from tui.library import (
    LibraryError,
    changing,
    check,
    library_files,
    open_database,
    read_file,
    serialise,
)
from tui.library.errors import UNPRINTABLE
from tui.library.files import backup_of
from tui.records import TABLES, AgendaItem, Claim, Evidence, Figure, Participant, Record, Summit, Topic

text = st.text(st.characters(codec="utf-8"), max_size=40)
slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
numbers = st.floats(allow_nan=False, allow_infinity=False)
dates = st.dates().map(str) | st.sampled_from(["", "2025", "2025-04"])
evidence = st.lists(st.builds(Evidence, source=slugs, by=text, quote=text), max_size=2).map(tuple)
summits = st.builds(
    Summit,
    id=slugs,
    name=text,
    edition=st.none() | st.integers(-(2**63), 2**64 - 1),
    start=dates,
    participants=st.lists(st.builds(Participant, leader=slugs, name=text, evidence=evidence), max_size=2).map(tuple),
    agenda=st.lists(st.builds(AgendaItem, topic=slugs, note=text), max_size=2).map(tuple),
    figures=st.lists(st.builds(Figure, label=text, value=numbers, high=st.none() | numbers), max_size=2).map(tuple),
    claims=st.lists(st.builds(Claim, field=text, value=text, evidence=evidence), max_size=2).map(tuple),
)
topics = st.builds(Topic, id=slugs, name=text, aliases=st.lists(text, max_size=3).map(tuple), summary=text)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)


def cases(fewest: int) -> settings:
    """Return settings for so many cases, or for as many as a longer run asks for."""
    wanted = int(os.environ.get("SUMMIT_FUZZ", "0"))
    return settings(max_examples=max(fewest, wanted), deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def new_file() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "library.json"


def read_or_reason(file: Path) -> list[Record] | str:
    """Return the records of a file, or what a person is told; any other error is a failure of the test."""
    try:
        return [record for path in library_files(file) for _, record in read_file(path)]
    except LibraryError as refused:
        error = refused
    assert error.path == file
    assert error.reason
    assert error.remedy
    assert not re.search(UNPRINTABLE, str(error).replace("\n", ""))
    return str(error)


@cases(60)
@given(st.lists(summits, max_size=4), st.lists(topics, max_size=4))
def test_records_come_out_as_they_went_in(held: list[Summit], subjects: list[Topic]) -> None:
    with new_file() as file:
        database = open_database(file)
        with changing(database):
            database.table("summits").insert_multiple(msgspec.to_builtins(record) for record in held)
            database.table("topics").insert_multiple(msgspec.to_builtins(record) for record in subjects)
        assert read_or_reason(file) == [*held, *subjects]
        assert serialise(json.loads(file.read_bytes())) == file.read_bytes()
        assert isinstance(check(file), list)


@cases(150)
@given(st.dictionaries(text, st.dictionaries(text, json_values, max_size=3), max_size=3))
def test_a_file_is_written_as_pythons_json_writes_it(tables: dict[str, dict[str, Any]]) -> None:
    try:
        expected = json.dumps(tables, indent=2, ensure_ascii=False, allow_nan=False)
    except ValueError:
        expected = ""
    try:
        written = serialise(tables).decode()
    except ValueError:
        written = "\n"
    assert written == expected + "\n"


@cases(150)
@given(st.binary(max_size=200))
@example(b"\xff\xfe{\x00}\x00")
@example(b"\xed\xa0\x80")
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    with new_file() as file:
        file.write_bytes(content)
        read_or_reason(file)
        assert isinstance(check(file), list)


@cases(200)
@given(st.sampled_from([*TABLES, "other"]), json_values, st.sampled_from(["1", "x", "-1", "٣"]), st.booleans())
def test_any_json_is_read_or_refused_in_words(table: str, value: Any, number: str, within: bool) -> None:
    with new_file() as file:
        body: Any = {table: {number: value}} if within else {table: value}
        file.write_text(json.dumps(body))
        outcome = read_or_reason(file)
        assert bool(check(file)) or not isinstance(outcome, str)


@cases(200)
@given(st.data())
def test_a_record_with_any_field_spoilt_is_refused_at_that_field(data: st.DataObject) -> None:
    record = msgspec.to_builtins(SUMMITS[2])
    field = data.draw(st.sampled_from(sorted(record)))
    value = data.draw(json_values.filter(lambda drawn: not _holds_odd_number(drawn)))
    with new_file() as file:
        file.write_text(json.dumps({"summits": {"1": record | {field: value}}}))
        outcome = read_or_reason(file)
        if isinstance(outcome, str):
            assert f": {field}" in outcome
            assert f": {field}" in "".join(map(str, check(file)))
        else:
            assert msgspec.json.encode(getattr(outcome[0], field)) == msgspec.json.encode(value)


@cases(100)
@given(st.data())
def test_a_real_file_with_any_cut_or_flipped_byte_is_read_or_refused_in_words(data: st.DataObject) -> None:
    whole = serialise({"topics": {str(n): msgspec.to_builtins(topic) for n, topic in enumerate(TOPICS, 1)}})
    position = data.draw(st.integers(0, len(whole) - 3))
    spoilt = data.draw(st.sampled_from(["cut", "flip"]))
    with new_file() as file:
        write_file(backup_of(file), {"topics": TOPICS})
        if spoilt == "cut":
            file.write_bytes(whole[:position])
        else:
            file.write_bytes(whole[:position] + data.draw(st.binary(min_size=1, max_size=2)) + whole[position + 1 :])
        outcome = read_or_reason(file)
        assert isinstance(outcome, list) or "library.json.bak" in outcome
        assert spoilt == "flip" or isinstance(outcome, str)


def _holds_odd_number(value: Any) -> bool:
    if isinstance(value, list | dict):
        return any(map(_holds_odd_number, value.values() if isinstance(value, dict) else value))
    return isinstance(value, float) and not math.isfinite(value)


class TwoWriters(RuleBasedStateMachine):
    """Two databases on one file, changed in any order, some changes abandoned; a plain dictionary tells the truth."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name) / "library.json"
        self.databases = [open_database(self.file) for _ in range(2)]
        self.truth: dict[int, str] = {}

    @rule(who=st.integers(0, 1), name=text)
    def insert(self, who: int, name: str) -> None:
        number = self.databases[who].table("topics").insert({"id": "topic", "name": name})
        assert number == max(self.truth, default=0) + 1
        self.truth[number] = name

    @rule(who=st.integers(0, 1), name=text, data=st.data())
    def update(self, who: int, name: str, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.truth) or [0]))
        if number:
            self.databases[who].table("topics").update({"name": name}, doc_ids=[number])
            self.truth[number] = name

    @rule(who=st.integers(0, 1), data=st.data())
    def remove(self, who: int, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.truth) or [0]))
        if number:
            self.databases[who].table("topics").remove(doc_ids=[number])
            del self.truth[number]

    @rule(who=st.integers(0, 1), name=text)
    def abandon(self, who: int, name: str) -> None:
        try:
            with changing(self.databases[who]) as database:
                database.table("topics").insert({"id": "lost", "name": name})
                database.table("topics").update({"name": "lost"})
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            pass

    @invariant()
    def both_see_the_truth(self) -> None:
        for database in self.databases:
            assert {found.doc_id: found["name"] for found in database.table("topics")} == self.truth
        if self.file.exists():
            assert [record.name for _, record in read_file(self.file) if isinstance(record, Topic)] == [
                self.truth[number] for number in self.truth
            ]

    def teardown(self) -> None:
        self.folder.cleanup()


TestTwoWriters = TwoWriters.TestCase
TestTwoWriters.settings = settings(max_examples=15, stateful_step_count=12, deadline=None)
