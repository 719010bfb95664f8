"""JSON and JSON Lines: every field of every record, so that a library made from them is the same library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from tui.exchange.out.safetext import json_array, json_text
from tui.exchange.out.selection import KINDS, Selection
from tui.language import gettext
from tui.records import KINDS as KIND_OF
from tui.records import Record, kind_of

_SHAPES: dict[str, type[Record]] = {kind: shape for shape, kind in KIND_OF.items()}


class _Head(msgspec.Struct):
    """What a line says first: the kind of its record. `kind` itself is a field of summits and sources."""

    type: str


def json_lines(chosen: Selection) -> Iterator[str]:
    """Yield a line for each record, `{"type": "summit", …}`, and for each source that the records cite."""
    for record in chosen.records("summit", "leader", "topic", "agreement"):
        yield _line(record)
    for source in chosen.sources():
        yield _line(source)


def json_tables(chosen: Selection) -> Iterator[str]:
    """Yield one JSON object in pieces: an array of records under each table's name, the cited sources last."""
    yield "{"
    for place, (kind, table) in enumerate(KINDS.items()):
        records: Iterator[Record] = chosen.sources() if kind == "source" else chosen.records(kind)
        yield f'{"," if place else ""}\n"{table}": '
        yield from json_array(records)
    yield "\n}\n"


def read_lines(lines: Iterable[str]) -> Iterator[Record]:
    """Yield the records of JSON Lines; empty lines are passed over.

    Raises ValueError, naming the line, for one that holds no record.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            kind = msgspec.json.decode(line, type=_Head).type
            if kind not in _SHAPES:
                known = ", ".join(_SHAPES)
                raise ValueError(gettext("`type` is {kind}, which is none of {kinds}", kind=repr(kind), kinds=known))
            fields = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
            del fields["type"]
            yield msgspec.json.decode(msgspec.json.encode(fields), type=_SHAPES[kind])
        except (msgspec.MsgspecError, ValueError) as error:
            raise ValueError(gettext("line {line}: {message}", line=number, message=error)) from error


def _line(record: Record) -> str:
    return f'{{"type":"{kind_of(record)}",{json_text(record)[1:]}\n'
