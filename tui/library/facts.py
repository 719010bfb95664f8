"""Lists the facts of a record that carry evidence of their own, and the evidence itself."""

from __future__ import annotations

from collections.abc import Iterator

from tui.records import (
    AgendaItem,
    Agreement,
    Amount,
    Claim,
    Detail,
    Evidence,
    Figure,
    Leader,
    Participant,
    Record,
    Statement,
    Step,
    Summit,
)

Fact = Participant | AgendaItem | Figure | Statement | Detail | Claim | Step | Amount


def facts_of(record: Record) -> Iterator[tuple[str, Fact]]:
    """Yield the path and the value of each part of a record that has evidence of its own: `figures[2]`."""
    if isinstance(record, Summit):
        for name, parts in (
            ("participants", record.participants),
            ("agenda", record.agenda),
            ("figures", record.figures),
        ):
            yield from _numbered(name, parts)
    if isinstance(record, Agreement):
        if record.amount:
            yield "amount", record.amount
        yield from _numbered("history", record.history)
    if isinstance(record, Summit | Agreement):
        for name, shared in (("statements", record.statements), ("details", record.details), ("claims", record.claims)):
            yield from _numbered(name, shared)


def evidence_of(record: Record) -> Iterator[tuple[str, Evidence]]:
    """Yield the path and the value of every piece of evidence in a record: `figures[2].evidence[0]`."""
    if isinstance(record, Summit | Leader | Agreement):
        yield from _numbered_evidence("evidence", record.evidence)
    for field, fact in facts_of(record):
        yield from _numbered_evidence(f"{field}.evidence", fact.evidence)


def _numbered(name: str, parts: tuple[Fact, ...]) -> Iterator[tuple[str, Fact]]:
    for number, part in enumerate(parts):
        yield f"{name}[{number}]", part


def _numbered_evidence(name: str, parts: tuple[Evidence, ...]) -> Iterator[tuple[str, Evidence]]:
    for number, part in enumerate(parts):
        yield f"{name}[{number}]", part
