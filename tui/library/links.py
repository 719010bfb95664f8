"""Lists the links of a record: every field that holds the id of another record."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from tui.library.facts import evidence_of
from tui.records import Agreement, Record, Summit

_SINGLE = ("leader", "topic", "summit", "source")
"""The fields that hold one id."""


class Link(NamedTuple):
    """One id in a record."""

    field: str
    kind: str
    """The kind of record that the id must be of."""
    target: str


def links(record: Record) -> Iterator[Link]:
    """Yield every link of a record, in the order of its fields; evidence, which links to sources, comes last."""
    if isinstance(record, Summit):
        for number, participant in enumerate(record.participants):
            if participant.leader:
                yield Link(f"participants[{number}].leader", "leader", participant.leader)
        for number, item in enumerate(record.agenda):
            yield Link(f"agenda[{number}].topic", "topic", item.topic)
    if isinstance(record, Agreement):
        if record.summit:
            yield Link("summit", "summit", record.summit)
        for number, signatory in enumerate(record.signatories):
            if signatory.leader:
                yield Link(f"signatories[{number}].leader", "leader", signatory.leader)
        for number, topic in enumerate(record.topics):
            yield Link(f"topics[{number}]", "topic", topic)
    for field, evidence in evidence_of(record):
        yield Link(f"{field}.source", "source", evidence.source)


def relinked(record: Record, other_ids: Mapping[str, str], unlinked: Container[str] = ()) -> Record:
    """Return a record of which every link to a key of `other_ids` leads to its value.

    A link to one of `unlinked`, who are people, is taken off; the printed name stays.
    """
    if not any(link.target in other_ids or link.target in unlinked for link in links(record)):
        return record
    linked: Record = _with_links(record, other_ids, unlinked)
    return linked


def _with_links(value: Any, other_ids: Mapping[str, str], unlinked: Container[str]) -> Any:
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(_with_links(one, other_ids, unlinked) for one in value))
    if not isinstance(value, msgspec.Struct):
        return value
    changed: dict[str, Any] = {}
    for name in value.__struct_fields__:
        held = getattr(value, name)
        if name in _SINGLE:
            changed[name] = "" if name == "leader" and held in unlinked else other_ids.get(held, held)
        elif name == "topics":
            changed[name] = tuple(dict.fromkeys(other_ids.get(topic, topic) for topic in held))
        elif isinstance(held, tuple | msgspec.Struct):
            changed[name] = _with_links(held, other_ids, unlinked)
    return msgspec.structs.replace(value, **changed)
