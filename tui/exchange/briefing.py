"""A meeting on one page, made from the record: what came of it, what is new since the last edition, what is open.

Everything on it is counted or copied from the library; what it leaves out for want of room it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from tui.exchange.compared_figures import change, said, same_figures
from tui.exchange.dates import edition, spoken
from tui.exchange.disagreement import named
from tui.exchange.editions import agenda_change, links, neighbour
from tui.exchange.page import NO_BREAK, Block, Page, Row, Span, column, joined, row
from tui.exchange.parts import disputed_mark, statuses_span
from tui.exchange.references import References
from tui.exchange.summit_page import editions_row, furthest_first, person_spans, place_row
from tui.exchange.timeline_page import moves
from tui.language import gettext, ngettext
from tui.records import Agreement, Claim, Statement, Summit, disputed_fields
from tui.vocabulary import PENDING

if TYPE_CHECKING:
    from tui.index import Index
    from tui.index import Row as IndexRow

_Text = TypeVar("_Text", "IndexRow", Agreement)

_PEOPLE = 6
_TEXTS = 12
_FIGURES = 5
_OPEN = 5


def briefing(summit: Summit, index: Index) -> Page:
    """Return the page that briefs on a summit."""
    references = References()
    texts = sorted(index.linked(summit.id, "agreement"), key=furthest_first)
    before = neighbour(summit, index, -1)
    earlier = index.record(before.id) if before else None
    last = earlier if isinstance(earlier, Summit) else None
    blocks = [
        Block("", (place_row(summit), *editions_row(summit, index))),
        *_in_short(summit, texts, last),
        *_people(summit, index),
        *_agenda(summit, last, index),
        *_texts(texts),
        *_since(last, before, index, references),
        *_figures(summit, last, references),
        *_disagree(summit.claims, references),
        *_open(summit, references),
        *_next(summit, index),
    ]
    head = row(Span(f"{gettext('Brief')}  ", "dim"), Span(summit.name, "title"), *disputed_mark(summit.claims))
    return Page(summit.id, head, (*blocks, *references.block(index)))


def _in_short(summit: Summit, texts: Sequence[IndexRow], last: Summit | None) -> list[Block]:
    """The meeting in numbers, a line for each question."""
    lines = []
    if texts:
        groups = [[_counted(status, len(given))] for status, given in _by_status(texts)]
        lines.append((Span(ngettext("{count} agreement", "{count} agreements", len(texts))), joined(groups).spans))
    topics = [item for item in summit.agenda if item.role != "excluded"]
    if topics:
        found = agenda_change(last, summit) if last and last.agenda else None
        words = (
            [[Span(f"{len(ids)}{NO_BREAK}{ngettext(word, word, len(ids))}", tone)] for word, tone, ids in found.groups]
            if found
            else []
        )
        lines.append((Span(ngettext("{count} topic", "{count} topics", len(topics))), joined(words).spans))
    fields = disputed_fields(summit.claims)
    if fields:
        told = ngettext("told differently", "told differently", len(fields))
        lines.append(
            (
                Span(f"≠ {len(fields)}", "mark"),
                row(f"{told}: {', '.join(map(named, fields))}").spans,
            )
        )
    return [Block(gettext("In short"), column(lines))] if lines else []


def _by_status(texts: Sequence[_Text]) -> list[tuple[str, list[_Text]]]:
    """Agreements by status, in the order in which the statuses are met."""
    found: dict[str, list[_Text]] = {}
    for text in texts:
        found.setdefault(text.status, []).append(text)
    return list(found.items())


def _counted(status: str, count: int) -> Span:
    word = statuses_span(status, count)
    return replace(word, text=f"{count} {word.text}".replace(" ", NO_BREAK))


def _more(count: int) -> str:
    return ngettext("{count} more in the record", "{count} more in the record", count)


def _people(summit: Summit, index: Index) -> list[Block]:
    """Who chaired, or where no one is said to, who led."""
    chairs = [person for person in summit.participants if person.role == "chair"]
    led = chairs or [person for person in summit.participants if person.role == "participant"]
    known = index.records([person.leader for person in led if person.leader])
    rows = [row(*person_spans(person, known)) for person in led[:_PEOPLE]]
    others = len(summit.participants) - len(rows)
    if rows and others:
        rows.append(
            row(Span(ngettext("and {count} more in the record", "and {count} more in the record", others), "dim"))
        )
    return [Block(gettext("Chairs") if chairs else gettext("Leaders"), tuple(rows))] if rows else []


def _agenda(summit: Summit, last: Summit | None, index: Index) -> list[Block]:
    """The topics by what is new since the last edition; all of them where there was none of a known agenda."""
    if not summit.agenda:
        return []
    before = last if last is not None and last.agenda else summit
    found = agenda_change(before, summit)
    known = index.records([*found.new, *found.again, *found.dropped])
    if before is summit:
        return [Block(gettext("Agenda"), (links(found.again, known),))] if found.again else []
    rows = column(
        (Span(ngettext(word, word, len(topics)), tone), links(topics, known).spans)
        for word, tone, topics in found.groups
    )
    return [Block(gettext("Agenda"), rows)] if rows else []


def _texts(texts: Sequence[IndexRow]) -> list[Block]:
    """The agreements by how they stand, the furthest first."""
    rows = []
    for status, given in _by_status(texts):
        parts: list[list[Span | str]] = [[Span(text.title, "link", text.id)] for text in given[:_TEXTS]]
        if len(given) > _TEXTS:
            parts.append([Span(ngettext("{count} more", "{count} more", len(given) - _TEXTS), "dim")])
        word = statuses_span(status, len(given))
        rows.append((replace(word, text=f"{word.text} {len(given)}"), joined(parts).spans))
    return [Block(gettext("Agreements"), column(rows))] if rows else []


def _since(last: Summit | None, before: IndexRow | None, index: Index, references: References) -> list[Block]:
    """What became of the agreements of the last edition: those that moved after it, and those that never did."""
    if last is None or before is None:
        return []
    ids = [item.id for item in index.linked(last.id, "agreement")]
    records = [record for record in index.records(ids).values() if isinstance(record, Agreement)]
    if not records:
        return []
    end = last.end or last.start
    moved = [text for text in records if any(step.date[: len(end)] > end for step in text.history[1:])]
    pending = [text for text in records if text.status in PENDING and text not in moved]
    groups = [[_counted(status, len(given))] for status, given in _by_status(records)]
    link = Span(f"{edition(before.mark) or before.title}, {before.date}", "link", before.id)
    had = ngettext("{count} agreement, by now", "{count} agreements, by now", len(records))
    rows = [row(link, f": {had} ", *joined(groups).spans)]
    for text in [*moved, *pending][:_OPEN]:
        rows.append(row(Span(text.title, "link", text.id), "  ", *moves(text, references)))
    left = len(moved) + len(pending) - _OPEN
    if left > 0:
        said = ngettext("{count} more moved or is still open", "{count} more moved or are still open", left)
        rows.append(row(Span(said, "dim")))
    return [Block(gettext("Last time"), tuple(rows))]


def _figures(summit: Summit, last: Summit | None, references: References) -> list[Block]:
    """The figures, those first that the last edition has too, with the change."""
    pairs = {id(new): old for old, new in same_figures(last, summit)} if last else {}
    ordered = sorted(summit.figures, key=lambda figure: id(figure) not in pairs)
    rows = []
    for figure in ordered[:_FIGURES]:
        old = pairs.get(id(figure))
        spans: list[Span | str] = [f"{figure.label}: ", Span(said(figure), "strong")]
        if old is not None:
            spans += [Span(f"  {gettext('was {figure}').format(figure=said(old))}", "dim"), *change(old, figure)]
        rows.append(row(*spans, *references.marks(figure.evidence)))
    if len(ordered) > _FIGURES:
        rows.append(row(Span(_more(len(ordered) - _FIGURES), "dim")))
    return [Block(gettext("Figures"), tuple(rows))] if rows else []


def _disagree(claims: Sequence[Claim], references: References) -> list[Block]:
    rows = []
    for field in disputed_fields(tuple(claims)):
        parts = [
            [Span(claim.value, "strong"), *references.marks(claim.evidence)] for claim in claims if claim.field == field
        ]
        rows.append(row(Span(f"{named(field)}: ", "mark"), *joined(parts).spans))
    return [Block(f"≠ {gettext('Disagree')}", tuple(rows))] if rows else []


def _open(summit: Summit, references: References) -> list[Block]:
    """What was promised, with what came of it where the library knows."""
    promised = [item for item in summit.statements if item.kind in {"commitment", "promise_chain"}]
    rows = [row(*_promise(item), *references.marks(item.evidence)) for item in promised[:_OPEN]]
    if len(promised) > _OPEN:
        rows.append(row(Span(_more(len(promised) - _OPEN), "dim")))
    return [Block(gettext("Promised"), tuple(rows))] if rows else []


def _promise(item: Statement) -> Iterator[Span | str]:
    if item.date:
        yield Span(f"{spoken(item.date)}: ", "dim")
    yield item.text
    if item.outcome:
        yield Span(" → ", "dim")
        yield item.outcome


def _next(summit: Summit, index: Index) -> list[Block]:
    """The next edition, or that the library knows of none."""
    if not summit.series:
        return []
    after = neighbour(summit, index, 1)
    found: Row = row(Span(gettext("no later edition in this library"), "dim"))
    if after:
        found = row(Span(f"{edition(after.mark) or after.title}, {spoken(after.date)}", "link", after.id))
    return [Block(gettext("Next"), (found,))]
