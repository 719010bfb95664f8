"""A summit as a page to send: what the reader shows, with the life of each agreement step by step."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.exchange.dates import spoken
from tui.exchange.page import Block, Page, Row, Span, column, joined
from tui.exchange.parts import remark, status_span, statuses_span
from tui.exchange.record_page import record_page
from tui.exchange.references import References
from tui.exchange.timeline_page import moves
from tui.language import gettext
from tui.records import Agreement, Record, Summit, disputed_fields
from tui.vocabulary import INSTRUMENTS, STATUSES, label

if TYPE_CHECKING:
    from tui.index import Index


def dossier(record: Record, index: Index) -> Page:
    """Return the page of a record; a summit's agreements are told with their history and who says so.

    Marks of sources carry the source's id as their target; their numbers are the writer's to give.
    """
    page = record_page(record, index)
    if not isinstance(record, Summit):
        return page
    heading = gettext("Agreements")
    shown = [row.spans for block in page.blocks if block.label == heading for row in block.rows]
    ids = [span.target for spans in shown for span in spans if span.target]
    found = [text for text in index.records(ids).values() if isinstance(text, Agreement)]
    blocks = [
        Block(gettext("Agreements"), _told(found)) if block.label == gettext("Agreements") else block
        for block in page.blocks
    ]
    return replace(page, blocks=tuple(blocks))


def _told(agreements: list[Agreement]) -> tuple[Row, ...]:
    """How many there are of each status, then each with its history; the page has them the furthest first."""
    counts = Counter(agreement.status for agreement in agreements)
    head = joined([[statuses_span(status, count), f" {count}"] for status, count in counts.items()])
    lines = column((status_span(STATUSES, agreement.status), _agreement(agreement)) for agreement in agreements)
    return (head, *lines) if len(counts) > 1 else lines


def _life(agreement: Agreement) -> list[Span | str]:
    """The steps of an agreement; of a single one its status is said already."""
    if len(agreement.history) > 1:
        return [Span(": "), *moves(agreement, References())]
    marks, step = References().marks, agreement.history[0] if agreement.history else None
    if step is None:
        return [*marks(agreement.evidence)]
    return [f", {spoken(step.date)}" if step.date else "", *marks(step.evidence or agreement.evidence)]


def _agreement(agreement: Agreement) -> list[Span | str]:
    spans: list[Span | str] = [Span(agreement.title, "link", agreement.id)]
    if agreement.instrument != "unspecified":
        spans.append(f", {label(INSTRUMENTS, agreement.instrument)}")
    if disputed_fields(agreement.claims):
        spans.append(Span(f" ≠ {gettext('disputed')}", "mark"))
    spans += _life(agreement)
    return spans + remark(agreement.note)
