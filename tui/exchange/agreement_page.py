"""An agreement with the life of its status: what was expected, what was signed, when, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exchange.dates import edition, spoken
from tui.exchange.disagreement import disagreement
from tui.exchange.page import Block, Page, Row, Span, column, joined, row
from tui.exchange.parts import details, disputed_mark, measured, notes, remark, statements, status_span
from tui.exchange.references import References
from tui.index.countries import name
from tui.language import gettext
from tui.records import Agreement, Step, title_of
from tui.vocabulary import INSTRUMENTS, LEVELS, SECTORS, STATUSES, label

if TYPE_CHECKING:
    from tui.index import Index


def agreement_page(agreement: Agreement, index: Index) -> Page:
    """Return the page of an agreement."""
    references = References()
    blocks = [
        Block("", (_standing(agreement),)),
        *_history(agreement, references),
        *_meeting(agreement, index),
        *_parties(agreement, index),
        *_topics(agreement, index),
        *_amount(agreement, references),
        *disagreement(agreement, references, index),
        *statements(agreement.statements, references),
        *details(agreement.details, references),
        *notes(agreement.note),
    ]
    for item in agreement.evidence:
        references.mark(item.source)
    return Page(
        agreement.id,
        row(Span(agreement.title, "title"), *disputed_mark(agreement.claims)),
        (*blocks, *references.block(index)),
    )


def _standing(agreement: Agreement) -> Row:
    shown = label(INSTRUMENTS, agreement.instrument)
    instrument: list[Span | str] = [shown]
    if agreement.instrument_in_source and agreement.instrument_in_source.casefold() != shown.casefold():
        instrument.append(Span(f" (“{agreement.instrument_in_source}”)", "dim"))
    sector: list[Span | str] = [label(SECTORS, agreement.sector)]
    if agreement.sector_in_source:
        sector.append(Span(f" (“{agreement.sector_in_source}”)", "dim"))
    parts: list[list[Span | str]] = [[status_span(STATUSES, agreement.status)], instrument, sector]
    if agreement.level != "government":
        parts.append([label(LEVELS, agreement.level)])
    return joined(parts)


def _history(agreement: Agreement, references: References) -> list[Block]:
    rows = column((status_span(STATUSES, step.status), _step(step, references)) for step in agreement.history)
    return [Block(gettext("History"), rows)] if rows else []


def _step(step: Step, references: References) -> list[Span | str]:
    spans: list[Span | str] = [spoken(step.date) if step.date else Span(gettext("undated"), "dim")]
    if step.place:
        spans.append(f", {step.place}")
    if step.status_in_source:
        spans.append(Span(f" · “{step.status_in_source}”", "dim"))
    return spans + references.marks(step.evidence) + remark(step.note)


def _meeting(agreement: Agreement, index: Index) -> list[Block]:
    if not agreement.summit:
        return []
    found = index.rows([agreement.summit]).get(agreement.summit)
    if found is None:
        return [Block(gettext("Summit"), (row(Span(f"{agreement.summit} ({gettext('not in this library')})", "dim")),))]
    link = Span(f"{edition(found.mark)} {found.title}".strip(), "link", found.id)
    return [Block(gettext("Summit"), (row(Span(f"{found.date}  ", "dim"), link),))]


def _parties(agreement: Agreement, index: Index) -> list[Block]:
    blocks = []
    if agreement.parties:
        blocks.append(Block(gettext("Parties"), (joined([[name(party)] for party in agreement.parties]),)))
    if agreement.signatories:
        known = index.records([person.leader for person in agreement.signatories if person.leader])
        rows = []
        for person in agreement.signatories:
            leader = known.get(person.leader)
            shown = Span(title_of(leader), "link", person.leader) if leader else Span(person.name or person.leader)
            rows.append(row(shown, Span(f"  {person.country}" if person.country else "", "dim")))
        blocks.append(Block(gettext("Signed by"), tuple(rows)))
    return blocks


def _topics(agreement: Agreement, index: Index) -> list[Block]:
    if not agreement.topics:
        return []
    known = index.records(list(agreement.topics))
    parts = [
        [Span(title_of(known[topic]), "link", topic) if topic in known else Span(topic)] for topic in agreement.topics
    ]
    return [Block(gettext("Topics"), (joined(parts),))]


def _amount(agreement: Agreement, references: References) -> list[Block]:
    amount = agreement.amount
    if amount is None:
        return []
    spans: list[Span | str] = [Span(amount.text, "strong")]
    plain = measured(amount.value, amount.unit) if amount.value is not None else ""
    if plain and plain != amount.text:
        spans.append(Span(f" ({plain})", "dim"))
    return [Block(gettext("Amount"), (row(*spans, *references.marks(amount.evidence)),))]
