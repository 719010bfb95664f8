"""What a record names: the links that lead from it to others."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tui.records import Agreement, Amount, Evidence, Leader, Record, Summit


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
    for source in dict.fromkeys(_evidence(record)):
        yield "cites", source


def _evidence(part: msgspec.Struct) -> Iterator[str]:
    for name in part.__struct_fields__:
        items = getattr(part, name)
        # Amounts are the one part that stands alone; all others are in tuples.
        for item in items if type(items) is tuple else (items,) if type(items) is Amount else ():
            if type(item) is Evidence:
                yield item.source
            elif isinstance(item, msgspec.Struct):
                yield from _evidence(item)
