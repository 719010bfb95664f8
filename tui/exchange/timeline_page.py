"""A cell of the timeline as a page: the topic at the meeting, and how its agreements moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exchange.dates import edition, spoken
from tui.exchange.page import NO_BREAK, Block, Page, Span, row
from tui.exchange.parts import status_span
from tui.exchange.references import References
from tui.exchange.timeline import Cell
from tui.language import gettext
from tui.records import Agreement, Step, Summit
from tui.vocabulary import AGENDA_ROLES, STATUSES

if TYPE_CHECKING:
    from tui.index import Index
    from tui.index import Row as IndexRow


def cell_page(topic: str, name: str, meeting: IndexRow, cell: Cell, index: Index) -> Page:
    """Return the page of a topic at a meeting."""
    references = References()
    head = row(
        Span(name, "link", topic),
        Span(f"  {meeting.date}  ", "dim"),
        Span(f"{edition(meeting.mark)} {meeting.title}".strip(), "link", meeting.id),
    )
    blocks = [Block("", (row(*_standing(cell)),)), *_words(topic, meeting, index, references)]
    records = index.records(cell.agreements)
    for record in records.values():
        if isinstance(record, Agreement):
            blocks.append(Block("", (row(Span(record.title, "link", record.id)), row(*moves(record, references)))))
    return Page(f"{topic}@{meeting.id}", head, (*blocks, *references.block(index)))


def _standing(cell: Cell) -> list[Span | str]:
    spans: list[Span | str] = [
        status_span(AGENDA_ROLES, cell.role) if cell.role else Span(gettext("not on the agenda"), "dim")
    ]
    if cell.change:
        spans += [
            Span(f"{NO_BREAK}· ", "dim"),
            Span(gettext(cell.change), "settled" if cell.change == "new" else "ended"),
        ]
        spans.append(Span(f" {gettext('since the edition before')}", "dim"))
    return spans


def _words(topic: str, meeting: IndexRow, index: Index, references: References) -> list[Block]:
    record = index.record(meeting.id)
    items = record.agenda if isinstance(record, Summit) else ()
    rows = [
        row(Span(item.note), *references.marks(item.evidence))
        for item in items
        if item.topic == topic and (item.note or item.evidence)
    ]
    return [Block(gettext("Wording"), tuple(rows))] if rows else []


def moves(agreement: Agreement, references: References) -> list[Span | str]:
    """The life of an agreement on one line: *expected 28 April 2025 ▸ signed 29 April 2025*, each with who says so."""
    steps = agreement.history or (Step(status=agreement.status, evidence=agreement.evidence),)
    spans: list[Span | str] = []
    for place, step in enumerate(steps):
        if place:
            spans.append(Span(" ▸ ", "dim"))
        spans.append(status_span(STATUSES, step.status))
        if step.date:
            spans.append(Span(f" {spoken(step.date)}", "dim"))
        spans += references.marks(step.evidence)
    return spans
