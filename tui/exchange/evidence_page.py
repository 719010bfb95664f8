"""The evidence of a record, turned round: each of its sources with the facts that rest on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.exchange.dates import spoken
from tui.exchange.disagreement import named, publisher
from tui.exchange.page import Block, Page, Row, Span, column, row
from tui.exchange.parts import measured
from tui.exchange.quotes import in_context, place_of
from tui.exchange.record_page import MOST_READ, record_page
from tui.language import gettext, ngettext
from tui.records import (
    AgendaItem,
    Agreement,
    Claim,
    Detail,
    Evidence,
    Figure,
    Participant,
    Record,
    Source,
    Statement,
    Step,
    Summit,
    Topic,
    title_of,
)
from tui.vocabulary import SOURCE_KINDS, STATUSES, label

if TYPE_CHECKING:
    from tui.index import Index

_MEETINGS = 100
"""How many meetings the page of a topic draws on: a page is read, and those before are on the meetings' own."""

_Fact = Participant | AgendaItem | Figure | Statement | Claim | Step | Detail


def evidence_page(record: Record, index: Index) -> Page:
    """Return the page of a record's sources, each with what it supports; facts of the record as a whole come first.

    A source has the number that the record's own page gives it. A topic has no sources of its own: its page has those
    that tell of it on the agendas of the newest meetings.
    """
    meetings = index.newest_linked(record.id, "summit", _MEETINGS) if isinstance(record, Topic) else None
    facts = list(_facts(record, index))
    if meetings:
        facts += _of_agendas(record.id, index, [row.id for row in meetings.rows])
    numbers = _numbers(record_page(record, index, MOST_READ))
    for evidence, _ in facts:
        numbers.setdefault(evidence.source, len(numbers) + 1)
    ids = sorted({evidence.source for evidence, _ in facts}, key=lambda source: numbers[source])
    known = index.records(ids)
    blocks = []
    for source in ids:
        found = known.get(source)
        blocks.append(Block(f"[{numbers[source]}]", (_about(source, found), *_supported(source, found, facts))))
    if blocks and meetings and (more := meetings.total - len(meetings.rows)):
        blocks.append(Block("", (row(Span(ngettext("and {count} more", "and {count} more", more), "dim")),)))
    title = row(Span(f"{gettext('Who says so')}: ", "dim"), Span(title_of(record), "title"))
    if not blocks:
        blocks = [Block("", (row(Span(gettext("no source is given for this record itself"), "dim")),))]
    return Page(f"{record.id}!evidence", title, tuple(blocks))


def _numbers(page: Page) -> dict[str, int]:
    """The numbers that a page gives to its sources, by id."""
    leads = (line.lead for block in page.blocks for line in block.rows)
    listed = (lead.target for lead in leads if lead is not None and lead.role == "ref")
    return {source: number for number, source in enumerate(listed, 1)}


def _about(source: str, record: Record | None) -> Row:
    """What a source is: its title, publisher, date, language and kind, and its address."""
    if not isinstance(record, Source):
        return row(Span(gettext("{id} is not in this library").format(id=source), "dim"))
    dated = spoken(record.published) if record.published else gettext("undated")
    facts = [publisher(record), dated, record.language, label(SOURCE_KINDS, record.kind)]
    title = [Span(record.title, "strong"), Span("  ")] if record.title else []
    about = Span(f"{' · '.join(fact for fact in facts if fact)}  ", "" if title else "strong")
    return row(*title, about, Span(record.url, "address", source))


def _quoted(evidence: Evidence, record: Record | None) -> list[Span | str]:
    """The quoted words, in their text where the library holds it."""
    if not evidence.quote:
        return []
    text = record.text if isinstance(record, Source) else ""
    place = place_of(text, evidence)
    return [" ", *(in_context(text, place) if place else [Span(f"“{evidence.quote}”", "hit")])]


def _supported(source: str, record: Record | None, facts: list[tuple[Evidence, list[Span | str]]]) -> tuple[Row, ...]:
    """The facts that rest on a source, with who says so in it and the words it says so in."""
    rows = []
    for evidence, fact in facts:
        if evidence.source == source:
            said: list[Span | str] = (
                [Span(f" · {gettext('says “{who}”').format(who=evidence.by)}", "dim")] if evidence.by else []
            )
            quoted = _quoted(evidence, record)
            noted: list[Span | str] = [Span(f" ({evidence.note})", "dim")] if evidence.note else []
            rows.append((Span("–", "dim"), [*fact, *said, *quoted, *noted]))
    return column(rows)


def _facts(record: Record, index: Index) -> Iterator[tuple[Evidence, list[Span | str]]]:
    """Every piece of evidence of a record with the fact that it is for, in the record's order."""
    for evidence in getattr(record, "evidence", ()):
        yield evidence, [Span(gettext("the record as a whole"), "dim")]
    parts: tuple[_Fact, ...] = ()
    if isinstance(record, Summit):
        parts = (*record.participants, *record.agenda, *record.claims, *record.figures, *record.statements)
        parts += record.details
    elif isinstance(record, Agreement):
        parts = (*record.history, *record.claims, *record.statements, *record.details)
        for evidence in record.amount.evidence if record.amount else ():
            yield evidence, [_sort(gettext("amount")), record.amount.text if record.amount else ""]
    ids = [part.leader for part in parts if isinstance(part, Participant)]
    names = index.records(ids + [part.topic for part in parts if isinstance(part, AgendaItem)])
    for part in parts:
        for evidence in part.evidence:
            yield evidence, _fact(part, names)


def _of_agendas(topic: str, index: Index, meetings: list[str]) -> Iterator[tuple[Evidence, list[Span | str]]]:
    """Every piece of evidence for a topic on the agendas of meetings, with the meeting that it is for."""
    for meeting in index.records(meetings).values():
        for item in meeting.agenda if isinstance(meeting, Summit) else ():
            for evidence in item.evidence if item.topic == topic else ():
                noted = f" ({item.note})" if item.note else ""
                yield evidence, [_sort(gettext("agenda")), Span(title_of(meeting), "link", meeting.id), noted]


def _sort(word: str) -> Span:
    """The sort of fact, before what it says."""
    return Span(f"{word}: ", "dim")


def _fact(part: _Fact, names: dict[str, Record]) -> list[Span | str]:
    """A fact in a few words, with the sort of fact before it."""
    if isinstance(part, Participant):
        known = names.get(part.leader)
        name = title_of(known) if known else part.name or part.leader
        return [_sort(gettext("took part")), name, f", {part.office}" if part.office else ""]
    if isinstance(part, AgendaItem):
        topic = names.get(part.topic)
        return [
            _sort(gettext("agenda")),
            title_of(topic) if topic else part.topic,
            f" ({part.note})" if part.note else "",
        ]
    if isinstance(part, Figure):
        said = f"{part.qualifier} {measured(part.value, part.unit, part.high)}".strip()
        return [_sort(gettext("figure")), f"{part.label}{f', {part.year}' if part.year else ''}: {said}"]
    if isinstance(part, Claim):
        return [Span(f"{named(part.field)}: ", "mark"), part.value]
    if isinstance(part, Step):
        return [_sort(gettext("status")), label(STATUSES, part.status), f", {spoken(part.date)}" if part.date else ""]
    if isinstance(part, Detail):
        return [_sort(part.label), part.value]
    return [part.text]
