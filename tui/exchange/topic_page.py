"""A topic across the years: on which agendas, in which words, and what was agreed on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exchange.page import Block, Page, Span, joined, row
from tui.exchange.parts import agreement_rows, remark, rest, status_span, summit_rows
from tui.exchange.references import References
from tui.language import gettext, ngettext
from tui.records import Record, Summit, Topic
from tui.vocabulary import AGENDA_ROLES, SECTORS, label

if TYPE_CHECKING:
    from tui.index import Index


def topic_page(topic: Topic, index: Index, most: int | None = None) -> Page:
    """Return the page of a topic, with so many of the newest meetings and agreements (None: all)."""
    references = References()
    meetings = index.newest_linked(topic.id, "summit", most)
    records = index.records([item.id for item in meetings.rows])
    agreements = index.newest_linked(topic.id, "agreement", most)
    counted: list[list[Span | str]] = [
        [label(SECTORS, topic.sector)],
        [ngettext("on {count} agenda", "on {count} agendas", meetings.total)],
    ]
    if agreements.total:
        counted.append([ngettext("{count} agreement", "{count} agreements", agreements.total)])
    blocks = [Block("", (joined(counted),))]
    if topic.summary:
        blocks.append(Block("", (row(topic.summary),)))
    if topic.aliases:
        blocks.append(Block(gettext("Also"), (row(Span(", ".join(topic.aliases), "dim")),)))
    term = f"topic:{topic.id}"
    if meetings.total:
        rows = [(item, _words(topic.id, records.get(item.id), references)) for item in meetings.rows]
        blocks.append(rest(summit_rows(gettext("On agendas"), rows), meetings, term))
    if agreements.total:
        blocks.append(rest(agreement_rows(agreements.rows, dated=True), agreements, term))
    return Page(topic.id, row(Span(topic.name, "title")), (*blocks, *references.block(index)))


def _words(topic: str, meeting: Record | None, references: References) -> list[Span | str]:
    """How a meeting's agenda has the topic: its standing where it is not simply discussed, and its wording."""
    spans: list[Span | str] = []
    items = meeting.agenda if isinstance(meeting, Summit) else ()
    for item in items:
        if item.topic == topic:
            if item.role != "discussed":
                spans += [Span("  "), status_span(AGENDA_ROLES, item.role)]
            spans += [*remark(item.note), *references.marks(item.evidence)]
    return spans
