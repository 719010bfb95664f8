"""The parts that pages share: links to rows, statements, notes, figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.exchange.dates import edition, spoken
from tui.exchange.page import NO_BREAK, QUERY, Block, Span, column, row
from tui.exchange.references import References
from tui.language import gettext, ngettext
from tui.language import number as number
from tui.records import Agreement, Claim, Detail, Figure, Record, Statement, disputed_fields
from tui.vocabulary import INSTRUMENTS, OUTCOME_UNKNOWN, STATEMENTS, STATUSES, SUMMIT_STATUSES, Status, Word, label

if TYPE_CHECKING:
    from tui.index import Row as IndexRow
    from tui.index.rows import Linked

_IN_CURRENCY = re.compile(r"([A-Z]{3}) (\S.*)")
"""A unit of the records that is spoken the other way round: `USD bn`."""


def status_span(words: dict[str, Word], status: str) -> Span:
    """Return a status as its word, in the role of its tone."""
    shown = words.get(status)
    return Span(shown.shown if shown else label(words, status), shown.tone if shown else "plain")


def statuses_span(status: str, count: int) -> Span:
    """Return the word of a status that so many agreements have, in the role of its tone."""
    span, known = status_span(STATUSES, status), STATUSES.get(status)
    return replace(span, text=known.of(count)) if isinstance(known, Status) else span


def agreement_rows(
    rows: Iterable[IndexRow], *, dated: bool = False, records: Mapping[str, Record] | None = None
) -> Block:
    """Return agreements a line each: status, title, instrument.

    `dated` adds the date, where they are of many meetings; `records` what they were before the present status.
    """
    return Block(
        gettext("Agreements"),
        column((status_span(STATUSES, item.status), _agreement(item, dated, records)) for item in rows),
    )


def _agreement(item: IndexRow, dated: bool, records: Mapping[str, Record] | None) -> list[Span | str]:
    spans: list[Span | str] = [Span(f"{item.date}  ", "dim")] if dated and item.date else []
    spans.append(Span(item.title, "link", item.id))
    if item.disputed:
        spans.append(Span(" ≠", "mark"))
    if item.mark not in {"", "unspecified"}:
        spans.append(Span(f"  {label(INSTRUMENTS, item.mark)}", "dim"))
    record = (records or {}).get(item.id)
    earlier = _earlier(record) if isinstance(record, Agreement) else []
    for place, span in enumerate(earlier):
        spans += [Span(", " if place else f"  ←{NO_BREAK}", "dim"), span]
    return spans


def _earlier(agreement: Agreement) -> list[Span]:
    """The statuses that an agreement had before, the last first, each once."""
    words = dict.fromkeys(step.status for step in reversed(agreement.history[:-1]) if step.status != agreement.status)
    return [status_span(STATUSES, word) for word in words]


def summit_rows(title: str, rows: Iterable[tuple[IndexRow, Sequence[Span | str]]]) -> Block:
    """Return meetings a line each, with what is to be said of each after its name."""
    return Block(
        title,
        column(
            (
                Span(item.date or gettext("undated"), "dim"),
                [
                    Span(f"{edition(item.mark)} {item.title}".strip(), "link", item.id),
                    *_unusual(item.status),
                    *extra,
                ],
            )
            for item, extra in rows
        ),
    )


def rest(block: Block, linked: Linked, term: str = "") -> Block:
    """Return a block of what a record is linked with, and after it how much it leaves out.

    By `term` all are found, where there is one by which nothing else of their kind is.
    """
    left = linked.total - len(linked.rows)
    if not left:
        return block
    said = ngettext("{count} more", "{count} more", left)
    query = f"kind:{linked.rows[0].kind} {term}"
    more = row(Span(said, "link", QUERY + query), Span(f"  {query}", "dim")) if term else row(Span(said, "dim"))
    return replace(block, rows=(*block.rows, more))


def _unusual(status: str) -> list[Span]:
    """A meeting is taken to be held; any other status is said."""
    if status in {"", "held"}:
        return []
    known = {**SUMMIT_STATUSES, "outcome_unknown": OUTCOME_UNKNOWN}
    said = status_span(known, status)
    return [Span("  "), replace(said, text=said.text.replace(" ", NO_BREAK))]


def statements(items: Iterable[Statement], references: References) -> list[Block]:
    """Return statements in blocks by kind, in the order of the vocabulary."""
    kinds: dict[str, list[Statement]] = {kind: [] for kind in STATEMENTS}
    for item in items:
        kinds.setdefault(item.kind, []).append(item)
    return [
        Block(label(STATEMENTS, kind), tuple(row(*_statement(item, references)) for item in given))
        for kind, given in kinds.items()
        if given
    ]


def _statement(item: Statement, references: References) -> list[Span | str]:
    spans: list[Span | str] = []
    if item.date:
        spans.append(Span(f"{spoken(item.date)}: ", "dim"))
    spans.append(item.text)
    if item.outcome:
        spans += [Span(" → ", "dim"), item.outcome]
    spans += references.marks(item.evidence)
    return spans + remark(item.note)


def disputed_mark(claims: tuple[Claim, ...]) -> list[Span]:
    """Return what the title of a record says where sources differ on it; nothing where they do not."""
    return [Span(f"  ≠{NO_BREAK}{gettext('disputed')}", "mark")] if disputed_fields(claims) else []


def remark(note: str) -> list[Span | str]:
    """Return a note as it follows a fact; nothing for no note."""
    return [Span(f" ({note})", "dim")] if note else []


def notes(note: str) -> list[Block]:
    """Return the note of a record as a block; nothing for no note."""
    return [Block(gettext("Note"), (row(note),))] if note else []


def figures(items: Iterable[Figure], references: References) -> list[Block]:
    """Return figures a line each: label and year, value and unit, who says so."""
    rows = tuple(
        row(
            Span(f"{item.label}{f', {item.year}' if item.year else ''}: "),
            Span(f"{item.qualifier} {measured(item.value, item.unit, item.high)}".strip(), "strong"),
            *references.marks(item.evidence),
            *remark(item.note),
        )
        for item in items
    )
    return [Block(gettext("Figures"), rows)] if rows else []


def measured(value: float, unit: str, high: float | None = None) -> str:
    """Return a value, or a range up to `high`, in its unit as people say it: *32.2 bn USD*, *2% of GDP*, *9 texts*."""
    counted = number(value) + (f"–{number(high)}" if high is not None else "")
    spoken_unit = f"{found[2]} {found[1]}" if (found := _IN_CURRENCY.fullmatch(unit)) else unit
    return f"{counted}{'' if unit.startswith('%') else ' '}{spoken_unit}".strip()


def details(items: Iterable[Detail], references: References) -> list[Block]:
    """Return labelled properties a line each."""
    rows = column(
        ((Span(item.label, "dim"), [item.value, *references.marks(item.evidence)]) for item in items), most=20
    )
    return [Block(gettext("Details"), rows)] if rows else []
