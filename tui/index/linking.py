"""What a record names: the links that lead from it to others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TypeGuard, get_args, get_origin

import msgspec

from tui.records import Agreement, Evidence, Leader, Record, Summit


def links(record: Record) -> tuple[tuple[str, str], ...]:
    """Return the links of a record: (relation, id of the other record)."""
    if isinstance(record, Summit):
        return (
            *(("absent" if p.role == "absent" else "attended", p.leader) for p in record.participants if p.leader),
            *(("kept_off" if item.role == "excluded" else "agenda", item.topic) for item in record.agenda),
            *_cited(record),
        )
    if isinstance(record, Agreement):
        return (
            *((("belongs", record.summit),) if record.summit else ()),
            *(("about", topic) for topic in record.topics),
            *(("signed", by.leader) for by in record.signatories if by.leader),
            *_cited(record),
        )
    return tuple(_cited(record)) if isinstance(record, Leader) else ()


def _cited(record: Record) -> Iterator[tuple[str, str]]:
    """Yield a link to each source that the record or any part of it names."""
    found: dict[str, None] = {}
    _gather(record, found)
    return (("cites", source) for source in found)


def _gather(part: msgspec.Struct, found: dict[str, None]) -> None:
    for name, alone in _bearing(type(part)):
        held = getattr(part, name)
        for item in (held,) if alone and held is not None else held or ():
            if type(item) is Evidence:
                found[item.source] = None
            else:
                _gather(item, found)


@cache
def _bearing(shape: type[msgspec.Struct]) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a shape that may hold evidence or parts with it, and whether a part stands there alone."""
    found = []
    for field in msgspec.structs.fields(shape):
        alone = get_origin(field.type) is not tuple
        parts = [part for part in get_args(field.type) or (field.type,) if _is_struct(part)]
        if any(part is Evidence or _bearing(part) for part in parts):
            found.append((field.name, alone))
    return tuple(found)


def _is_struct(shape: object) -> TypeGuard[type[msgspec.Struct]]:
    return isinstance(shape, type) and issubclass(shape, msgspec.Struct)
