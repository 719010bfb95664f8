"""Where sources differ: the values that they give for one thing, side by side, with who says so, where and when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from tui.exchange.dates import edition, spoken
from tui.exchange.page import NO_BREAK, Block, Cell, Page, Span, Table, cell, joined, row
from tui.exchange.references import References
from tui.language import gettext, later, ngettext
from tui.records import Agreement, Claim, Record, Source, Summit, disputed_fields, title_of

if TYPE_CHECKING:
    from tui.index import Index, View
    from tui.index import Row as IndexRow

_HEADINGS = (later("value"), later("source"), later("says"), later("published"))
_MOST = 5_000
"""Of each list, so many disputed records are read."""


class Dispute(NamedTuple):
    """One thing of one record for which sources give more than one value."""

    record: str
    """The id of the meeting or agreement."""
    title: str
    date: str
    """The first day of the meeting, its own or the one it belongs to; what was published earlier came before it."""
    field: str
    claims: tuple[Claim, ...]

    @property
    def values(self) -> tuple[str, ...]:
        """The differing values, each once, in the order of the record."""
        return tuple(dict.fromkeys(claim.value for claim in self.claims))


def disputes(view: View, index: Index, most: int = _MOST) -> tuple[Dispute, ...]:
    """Return what sources tell differently about the meetings and agreements of a view, the latest first.

    Of each list, the first `most` records are read.
    """
    rows: list[IndexRow] = []
    for kind in ("summit", "agreement"):
        listing = view.lists[kind]
        rows += [item for item in listing.rows(0, min(listing.total, most)) if item.disputed]
    records = index.records([item.id for item in rows])
    found = [dispute for item in rows for dispute in _disputes(item, records[item.id], index)]
    return tuple(sorted(found, key=lambda dispute: dispute.date, reverse=True))


def _disputes(item: IndexRow, record: Record, index: Index) -> list[Dispute]:
    claims = record.claims if isinstance(record, Summit | Agreement) else ()
    title = f"{edition(item.mark)} {item.title}".strip() if item.kind == "summit" else item.title
    date = event_of(record, index)
    return [
        Dispute(item.id, title, date, field, tuple(claim for claim in claims if claim.field == field))
        for field in disputed_fields(claims)
    ]


def event_of(record: Record, index: Index) -> str:
    """Return the first day of a meeting, or of the one that an agreement belongs to; empty when unknown."""
    if isinstance(record, Agreement) and record.summit:
        meeting = index.rows([record.summit]).get(record.summit)
        return meeting.date if meeting else ""
    return record.start if isinstance(record, Summit) else ""


def named(field: str) -> str:
    """Return the name of a field as a person reads it."""
    return gettext(field.replace("_", " "))


_FIELDS = (
    later("number of agreements"),
    later("number of countries"),
    later("edition"),
    later("date"),
    later("city"),
    later("place"),
    later("venue"),
    later("participants"),
    later("countries"),
    later("ministers"),
    later("guests"),
    later("invited"),
    later("how many leaders"),
    later("how many took part"),
)
"""What sources often tell differently, for the catalogues; names of other fields are a library's own words."""


def dispute_page(dispute: Dispute, index: Index) -> Page:
    """Return the page of one disagreement."""
    references = References()
    head = row(Span(f"{named(dispute.field)}  ", "mark"), Span(dispute.title, "link", dispute.record))
    when = [[Span(spoken(dispute.date), "strong")]] if dispute.date else []
    values = ngettext("{count} value", "{count} values", len(dispute.values))
    witnesses = _witnesses(dispute.claims)
    sources = ngettext("{count} source", "{count} sources", witnesses)
    counted = joined([*when, [values], [sources]])
    blocks = (
        Block("", (counted,)),
        Block("", (), _table(dispute.claims, dispute.date, references, index)),
        *references.block(index),
    )
    return Page(f"{dispute.record}≠{dispute.field}", head, blocks)


def disputes_page(found: Iterable[Dispute], query: str, index: Index) -> Page:
    """Return the page of several disagreements, one after the other, with their sources numbered together."""
    references = References()
    blocks: list[Block] = []
    for dispute in found:
        when = Span(f"{dispute.date}  ", "dim")
        head = row(when, Span(dispute.title, "link", dispute.record), "  ", Span(named(dispute.field), "mark"))
        blocks.append(Block("", (head,), _table(dispute.claims, dispute.date, references, index, headed=False)))
    title = row(Span(f"{gettext('Disagreements')}  ", "dim"), Span(query or gettext("the whole library"), "title"))
    return Page(query or "library", title, (*blocks, *references.block(index)))


def _witnesses(claims: Iterable[Claim]) -> int:
    return len({evidence.source for claim in claims for evidence in claim.evidence})


def disagreement(record: Summit | Agreement, references: References, index: Index) -> list[Block]:
    """Return the blocks of a record's claims: a table for each field that sources differ on, then the fields stated."""
    event = event_of(record, index)
    disputed = disputed_fields(record.claims)
    blocks: list[Block] = []
    for field in disputed:
        claims = [claim for claim in record.claims if claim.field == field]
        title = "" if blocks else f"≠ {gettext('Disagree')}"
        table = _table(claims, event, references, index, headed=False)
        blocks.append(Block(title or NO_BREAK, (row(Span(named(field), "mark")),), table))
    stated = tuple(
        row(Span(f"{named(claim.field)}:  ", "label"), *_value(claim), *references.marks(claim.evidence))
        for claim in record.claims
        if claim.field not in disputed
    )
    return [*blocks, Block(gettext("Stated"), stated)] if stated else blocks


def _value(claim: Claim) -> list[Span]:
    note = [Span(f" ({claim.note})", "dim")] if claim.note else []
    return [Span(claim.value, "strong"), *note]


def _table(claims: Iterable[Claim], event: str, references: References, index: Index, *, headed: bool = True) -> Table:
    """A row for each source of each value: the value once, then as far as known who says so, where, when."""
    claims = tuple(claims)
    sources = index.records([evidence.source for claim in claims for evidence in claim.evidence])
    rows: list[tuple[Cell, ...]] = []
    for claim in claims:
        value = cell(*_value(claim))
        if not claim.evidence:
            rows.append((value, cell(Span(gettext("no source"), "dim")), (), ()))
        for evidence in claim.evidence:
            source = sources.get(evidence.source)
            where = cell(references.mark(evidence.source), f" {publisher(source)}" if source else "")
            said = cell(f"“{evidence.by}”") if evidence.by else ()
            rows.append((value, where, said, _when(source, event)))
            value = ()
    shown = [place for place in range(4) if any(line[place] for line in rows)]
    unknown = cell(Span("–", "dim")) if headed else ()
    kept = tuple(tuple(line[place] or (unknown if place else ()) for place in shown) for line in rows)
    return Table(tuple(Span(gettext(_HEADINGS[place]), "dim") for place in shown), kept, headed=headed)


def publisher(source: Record) -> str:
    """Return who published a source: by name, or by the host of its address."""
    if not isinstance(source, Source):
        return title_of(source)
    return source.publisher or urlsplit(source.url).netloc.removeprefix("www.")


def _when(source: Record | None, event: str) -> Cell:
    """When a source was published, and whether that was before the event; nothing where the date is not known."""
    if not isinstance(source, Source) or not source.published:
        return ()
    before = [Span(f"{NO_BREAK}· {gettext('before the event')}", "pending")] if earlier(source.published, event) else []
    return cell(spoken(source.published), *before)


def earlier(published: str, event: str) -> bool:
    """Return whether one partial date is certainly before another; of two that may be the same day neither is."""
    exact = min(len(published), len(event))
    return bool(published and event) and published[:exact] < event[:exact]
