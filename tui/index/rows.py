"""Rows: what a list shows of a record."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from tui.index.scope import MEETING, Scope

_T = TypeVar("_T")
_Year = tuple[int, int]
"""A year, and at how many summits of it."""
_CHUNK = 500
_COLUMNS = "number, kind, id, title, date, until, status, country, count, mark, disputed"


class Row(Struct, frozen=True):
    """What a list shows of a record. Unknown texts are empty."""

    kind: str
    id: str
    title: str
    """A summit's series, or its name where it has none; the name or title of others."""
    date: str
    """A summit's first day, the last dated step of an agreement (else its summit's day), a source's publication."""
    status: str
    """A summit's status (`outcome_unknown` when it is scheduled for a day that is over), an agreement's last one."""
    country: str
    """The host's or the leader's country, as the record has it."""
    count: int
    """A summit's agreements; the summits of the view that a leader attended or that had a topic on the agenda."""
    mark: str
    """A summit's edition (`4th`), a topic's sector, an agreement's instrument, a source's publisher."""
    disputed: bool
    years: tuple[tuple[int, int], ...]
    """For a leader or a topic the years of the summits that `count` counts, each with how many; else empty."""


class Linked(Struct, frozen=True):
    """What a record is linked with."""

    rows: list[Row]
    """The newest, as many as were asked for."""
    total: int
    """How many there are."""
    oldest: str
    newest: str
    """The first and the last of their dates; empty where none has a date."""


def fetch(
    connection: sqlite3.Connection,
    numbers: Sequence[int],
    today: str,
    scope: Scope | None = None,
) -> list[Row]:
    """Return the rows of records in the order of their `numbers`, leaving out those that are not there.

    `today` is an ISO date. `scope` holds the summits that rows of leaders and topics count (`None`: all).
    """
    found: dict[int, sqlite3.Row | tuple[object, ...]] = {}
    for chunk in _chunks(numbers):
        query = f"SELECT {_COLUMNS} FROM record WHERE number IN ({_marks(chunk)})"
        found.update((row[0], row) for row in connection.execute(query, chunk))
    meeting = [number for number in numbers if number in found and found[number][1] in MEETING]
    years: Mapping[int, Iterable[_Year]]
    counts: Mapping[int, int] = {}
    if scope is None:
        years = _years(connection, meeting)
    else:
        years = {number: scope.years(str(found[number][1]), number) for number in meeting}
        counts = {number: scope.met(str(found[number][1]), number) for number in meeting}
    years = _shared(years)
    return [_row(found[n], today, years.get(n, ()), counts.get(n)) for n in numbers if n in found]


def numbers_of(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, int]:
    """Return the numbers of the records that have these ids, in the order of `ids`."""
    found: dict[str, int] = {}
    for chunk in _chunks([id for id in ids if id.isascii()]):  # noqa: A001 - the word the library uses
        found.update(connection.execute(f"SELECT id, number FROM record WHERE id IN ({_marks(chunk)})", chunk))
    return {id: found[id] for id in ids if id in found}  # noqa: A001


def over(until: str, today: str) -> bool:
    """Return whether a date, as exact as it is known, has passed on the day `today`; an unknown date has not."""
    return until < today[: len(until)]


def _row(values: Sequence[object], today: str, years: tuple[tuple[int, int], ...], count: int | None) -> Row:
    _, kind, id, title, date, until, status, country, total, mark, disputed = values  # noqa: A001
    if kind == "summit" and status == "scheduled" and over(str(until), today):
        status = "outcome_unknown"
    number = count if count is not None else total
    plain = (str(kind), str(id), str(title), str(date), str(status), str(country))
    return Row(*plain, number if isinstance(number, int) else 0, str(mark), bool(disputed), years)


def _years(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, list[_Year]]:
    years: dict[int, list[_Year]] = defaultdict(list)
    for chunk in _chunks(numbers):
        query = f"SELECT number, year, times FROM met WHERE number IN ({_marks(chunk)}) ORDER BY year"
        for number, year, times in connection.execute(query, chunk):
            years[number].append((year, times))
    return years


def _shared(years: Mapping[int, Iterable[_Year]]) -> dict[int, tuple[_Year, ...]]:
    """Return the same with equal pairs being one, since rows are kept and many were at two summits of a year."""
    pairs: dict[_Year, _Year] = {}
    return {number: tuple(pairs.setdefault(pair, pair) for pair in found) for number, found in years.items()}


def _chunks(items: Sequence[_T]) -> Iterator[list[_T]]:
    for start in range(0, len(items), _CHUNK):
        yield list(items[start : start + _CHUNK])


def _marks(items: Sequence[object]) -> str:
    return ", ".join("?" * len(items))
