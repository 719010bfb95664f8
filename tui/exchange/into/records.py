"""Takes in records as they are given out: JSON Lines, or a JSON object with a list for each kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from tui.exchange.into.arrival import Arrival, Refusal
from tui.exchange.into.rows import ENDINGS, read_text
from tui.language import gettext
from tui.library.faults import Fault
from tui.library.jsontext import Entry
from tui.library.reading import decode
from tui.library.slugs import slug
from tui.records import KINDS, TABLES

_TABLE_OF = {KINDS[shape]: table for table, shape in TABLES.items()}

_Found = tuple[str, str, Any]
"""Where it stands in the file, the table that it belongs in, and its fields."""


def is_lines(file: Path) -> bool:
    """Tell whether a file is JSON Lines of records: its first line says of what kind it is, and its id."""
    if not file.is_file() or ENDINGS.get(file.suffix.lower()) != "jsonl":
        return False
    first = next((line for line in read_text(file).split("\n") if line.strip()), "")
    try:
        value = msgspec.json.decode(first.encode())
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False
    return isinstance(value, dict) and _kind(value) in _TABLE_OF and "id" in value


def is_lists(value: Any) -> bool:
    """Tell whether a JSON value holds a list of records for each kind."""
    return isinstance(value, dict) and bool(value) and all(isinstance(value.get(table, []), list) for table in TABLES)


def from_lines(file: Path) -> Arrival:
    """Return what a file of JSON Lines brings."""
    refusals: list[Refusal] = []
    return _arrival(file, list(_lines(file, refusals)), refusals)


def from_lists(file: Path, value: dict[str, list[Any]]) -> Arrival:
    """Return what a JSON object of lists brings."""
    found = [
        (f"{table}[{place}]", table, fields) for table, several in value.items() for place, fields in enumerate(several)
    ]
    return _arrival(file, found, [])


def _lines(file: Path, refusals: list[Refusal]) -> Iterator[_Found]:
    for number, line in enumerate(read_text(file).split("\n"), 1):
        if not line.strip():
            continue
        where = gettext("line {number}", number=number)
        try:
            value = msgspec.json.decode(line.encode())
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            refusals.append(Refusal(where, gettext("is no JSON: {reason}", reason=error)))
            continue
        kind = _kind(value) if isinstance(value, dict) else ""
        if kind not in _TABLE_OF:
            refusals.append(
                Refusal(where, gettext("says no kind of record: type is one of {kinds}", kinds=", ".join(_TABLE_OF)))
            )
            continue
        yield where, _TABLE_OF[kind], {name: held for name, held in value.items() if name != "type"}


def _kind(value: dict[str, Any]) -> str:
    kind = value.get("type")
    return kind if isinstance(kind, str) else ""


def _arrival(file: Path, found: Iterable[_Found], refusals: list[Refusal]) -> Arrival:
    arrival = Arrival(slug(file.stem) or "imported", refusals=refusals, rows=len(refusals), completes=False)
    for where, table, fields in found:
        arrival.rows += 1
        record = decode(Entry(table, "0", msgspec.Raw(msgspec.json.encode(fields))))
        if isinstance(record, Fault):
            refusals.append(Refusal(where, ": ".join(filter(None, (record.field, record.reason)))))
        elif record.id in arrival.places:
            refusals.append(
                Refusal(where, gettext("{id} stands in {place} already", id=record.id, place=arrival.places[record.id]))
            )
        else:
            arrival.records.append(record)
            arrival.places[record.id] = where
    return arrival
