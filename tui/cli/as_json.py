"""What the commands write for programs: one JSON object each, in UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import msgspec

from tui.exchange.printable import escaped
from tui.records import Record, Source, kind_of

if TYPE_CHECKING:
    from tui.index import Index, Row, View

LISTS = {"summit": "summits", "leader": "leaders", "topic": "topics", "agreement": "agreements"}
"""The names of the lists, as in a library file."""


def print_view_json(view: View, limit: int | None) -> None:
    """Print a view as one JSON object: `query`, `counts`, `hints` and the four lists, `limit` rows of each."""
    answer: dict[str, Any] = {
        "query": view.query.text,
        "counts": {LISTS[kind]: listing.total for kind, listing in view.lists.items()},
        "hints": [{"message": hint.message, "replacement": hint.replacement} for hint in view.hints],
    }
    for kind in LISTS:
        listing = view.lists[kind]
        answer[LISTS[kind]] = [_plain_row(row) for row in listing.rows(0, limit or listing.total)]
    print_json(answer)


def _plain_row(row: Row) -> dict[str, Any]:
    """Return a row under the names that its fields have for a reader, without those that its kind lacks."""
    if row.kind == "leader":
        return {"id": row.id, "name": row.title, "country": row.country, "summits": row.count, "years": _years(row)}
    if row.kind == "topic":
        return {"id": row.id, "name": row.title, "sector": row.mark, "summits": row.count, "years": _years(row)}
    start: dict[str, Any] = {"id": row.id, "title": row.title, "date": row.date, "status": row.status}
    if row.kind == "summit":
        start |= {"edition": row.mark, "country": row.country, "agreements": row.count}
    else:
        start |= {"instrument": row.mark}
    return start | {"disputed": bool(row.disputed)}


def print_record_json(record: Record, index: Index) -> None:
    """Print a record with the sources that it cites and the rows that it is linked with, as one JSON object."""
    from tui.exchange.out.selection import cited

    known = index.records(sorted(set(cited(record))))
    links = {LISTS[kind]: [_plain_row(row) for row in index.linked(record.id, kind)] for kind in LISTS}
    sources = {name: source for name, source in known.items() if isinstance(source, Source)}
    print_json({"kind": kind_of(record), "record": record, "sources": sources, "links": links})


def print_json(answer: Any) -> None:
    """Print a value as indented JSON in UTF-8, with no control character as it is."""
    text = msgspec.json.format(msgspec.json.encode(answer), indent=2).decode()
    click.echo(escaped(text).encode())


def _years(row: Row) -> list[int]:
    """The year of each meeting, ascending."""
    return [year for year, times in row.years for _ in range(times)]
