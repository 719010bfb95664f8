"""A cell of the timeline as a page: the topic at the meetings of the column, and how its agreements moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exchange.dates import edition, spoken
from tui.exchange.page import NO_BREAK, Block, Page, Row, Span, column, row
from tui.exchange.parts import remark, status_span
from tui.exchange.references import References
from tui.exchange.timeline import Cell, Column, Line, Timeline
from tui.language import gettext, later, ngettext
from tui.records import Agreement, Step, Summit
from tui.vocabulary import AGENDA_ROLES, STATUSES

if TYPE_CHECKING:
    from tui.index import Index
    from tui.index import Row as IndexRow

_MOVED = 6
"""So many agreements are told."""


def cell_page(made: Timeline, line: Line, number: int, index: Index) -> Page:
    """Return the page of a topic in a column: one meeting, or the meetings of a year."""
    references = References()
    place, cell = made.columns[number], line.cells.get(number, Cell())
    blocks = [
        Block("", (row(*_standing(cell, place), *_elsewhere(made, line, number)),)),
        *_wordings(line.id, place, index, references),
        *_agreements(line, cell, index, references),
    ]
    return Page(f"{line.id}@{number}", row(*_head(line, place)), (*blocks, *references.block(index)))


def _head(line: Line, place: Column) -> list[Span]:
    name = Span(line.name, "link", line.id)
    if place.yearly:
        return [
            name,
            Span(f"  {place.year or gettext('undated')}", "strong"),
            Span(f", {ngettext('{count} meeting', '{count} meetings', len(place.meetings))}", "dim"),
        ]
    meeting = place.meetings[0]
    return [name, Span(f"  {meeting.date}  ", "dim"), _link(meeting)]


def _link(meeting: IndexRow) -> Span:
    return Span(f"{edition(meeting.mark)} {meeting.title}".strip(), "link", meeting.id)


def _standing(cell: Cell, place: Column) -> list[Span | str]:
    if place.yearly:
        return [_times(cell.times)]
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


def _elsewhere(made: Timeline, line: Line, number: int) -> list[Span | str]:
    """Where the topic comes up before and after, and how often in all."""
    before = [other for other in line.held if other < number]
    after = [other for other in line.held if other > number]
    spans: list[Span | str] = []
    for word, others in ((later("previous"), before[-1:]), (later("next"), after[:1])):
        for other in others:
            spans += [Span(f"{NO_BREAK}· {gettext(word)} ", "dim"), _when(made.columns[other])]
    here = ngettext("on {times} of {count} agenda here", "on {times} of {count} agendas here", len(made.meetings))
    return [*spans, Span(f"{NO_BREAK}· {here.format(times=line.times)}", "dim")]


def _times(count: int) -> Span:
    if not count:
        return Span(gettext("on no agenda"), "dim")
    return Span(ngettext("on {count} agenda", "on {count} agendas", count), "settled")


def _when(place: Column) -> Span:
    if place.yearly:
        return Span(place.year or gettext("undated"))
    return Span(place.meetings[0].date or gettext("undated"), "link", place.meetings[0].id)


def _wordings(topic: str, place: Column, index: Index, references: References) -> list[Block]:
    """How the agenda has the topic; in a year, at which of its meetings."""
    records = index.records([meeting.id for meeting in place.meetings])
    rows: list[tuple[Span, list[Span | str]]] = []
    for meeting in place.meetings:
        record = records.get(meeting.id)
        items = [item for item in record.agenda if item.topic == topic] if isinstance(record, Summit) else []
        for item in items:
            said = [*remark(item.note), *references.marks(item.evidence)]
            if place.yearly:
                standing = [] if item.role == "discussed" else [Span("  "), status_span(AGENDA_ROLES, item.role)]
                rows.append((Span(meeting.date, "dim"), [_link(meeting), *standing, *said]))
            elif said:
                rows.append((Span(""), said))
    if not rows:
        return []
    if place.yearly:
        return [Block(gettext("On agendas"), column(rows))]
    return [Block(gettext("Wording"), tuple(row(*said) for _, said in rows))]


def _agreements(line: Line, cell: Cell, index: Index, references: References) -> list[Block]:
    """The life of each agreement on the topic in the cell; where it has none, of the others on the topic."""
    ids = cell.agreements or [text for number in sorted(line.cells)[::-1] for text in line.cells[number].agreements]
    if not ids:
        return []
    records = [record for record in index.records(ids).values() if isinstance(record, Agreement)]
    rows: list[Row] = []
    for record in records[:_MOVED]:
        rows += [row(Span(record.title, "link", record.id)), row(NO_BREAK, " ", *moves(record, references))]
    if len(records) > _MOVED:
        rows.append(row(Span(ngettext("{count} more", "{count} more", len(records) - _MOVED), "dim")))
    return [Block(gettext("Agreements") if cell.agreements else gettext("Elsewhere"), tuple(rows))]


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
