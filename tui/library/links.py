"""Lists the links of a record: every field that holds the id of another record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui.library.facts import evidence_of
from tui.records import Agreement, Record, Summit


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
