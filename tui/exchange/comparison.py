"""Two records side by side: what both have, what only one has, and their numbers with the change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.exchange.compared_figures import beside, figures_beside, only
from tui.exchange.dates import edition
from tui.exchange.page import Block, Cell, Page, Row, Span, Table, cell, row
from tui.exchange.parts import status_span
from tui.exchange.standings import standing
from tui.language import gettext, later
from tui.records import Record, Summit, Topic, kind_of, title_of
from tui.vocabulary import STATUSES

if TYPE_CHECKING:
    from tui.index import Index
    from tui.index import Row as IndexRow

COMPARABLE = ("summit", "leader", "topic")
"""The kinds of which two records can be compared."""

_PARTS = {
    "summit": ((later("Topics"), "topic"), (later("Leaders"), "leader"), (later("Agreements"), "agreement")),
    "leader": (
        (later("Meetings"), "summit"),
        (later("Topics"), "topic"),
        (later("Leaders"), "leader"),
        (later("Signatory of"), "agreement"),
    ),
    "topic": ((later("Meetings"), "summit"), (later("Leaders"), "leader"), (later("Agreements"), "agreement")),
}
_AGREED = {label for parts in _PARTS.values() for label, kind in parts if kind == "agreement"}
"""What agreements are called on a page."""
_DIRECT = {"summit", "agreement"}
"""Kinds that a leader or a topic has links with; the others are those of their meetings."""


def compare(left: str, right: str, index: Index) -> Page:
    """Return the page that sets two records of one kind side by side.

    Summits are put in the order of their dates, so that *only right* is what is new and *only left* what was dropped.
    Raises LookupError when the library lacks one, ValueError when their kinds differ or cannot be compared.
    """
    records = index.records([left, right])
    if left not in records or right not in records:
        raise LookupError(left if left not in records else right)
    one, other = records[left], records[right]
    kind = kind_of(one)
    if kind != kind_of(other) or kind not in COMPARABLE:
        raise ValueError("only two summits, two leaders or two topics can be compared")
    if isinstance(one, Summit) and isinstance(other, Summit) and one.start > other.start:
        one, other = other, one
    sides = _sides(one, other)
    groups = [(label, _linked(one, part, index), _linked(other, part, index)) for label, part in _PARTS[kind]]
    blocks = [
        Block("", (_head(one, index), _head(other, index))),
        Block(gettext("In numbers"), (), _numbers(one, other, sides, groups)),
        *(_group(label, ours, theirs, sides) for label, ours, theirs in groups),
    ]
    met = [_meetings(record, index) for record in (one, other)]
    blocks += figures_beside(met[0], met[1], sides)
    shown = tuple(block for block in blocks if block.rows or (block.table and block.table.rows))
    title = row(
        Span(f"{gettext('Compared')}  ", "dim"),
        Span(gettext("{one} and {other}").format(one=sides[0], other=sides[1]), "title"),
    )
    return Page(f"{one.id}~{other.id}", title, shown)


def _meetings(record: Record, index: Index) -> list[Summit]:
    """The meeting itself, or those of a leader or a topic in the order of time."""
    if isinstance(record, Summit):
        return [record]
    found = index.records([item.id for item in _linked(record, "summit", index)]).values()
    return sorted((one for one in found if isinstance(one, Summit)), key=lambda one: (one.start, one.id))


def _head(record: Record, index: Index) -> Row:
    found = index.rows([record.id]).get(record.id)
    facts = [found.date, found.country] if found else []
    return row(Span(title_of(record), "link", record.id), Span(f"  {' '.join(filter(None, facts))}", "dim"))


def _sides(left: Record, right: Record) -> tuple[str, str]:
    """What the two sides are called: meetings by year or date, people by surname, topics by name."""
    if isinstance(left, Summit) and isinstance(right, Summit):
        for length in (4, 7, 10):
            names = left.start[:length], right.start[:length]
            if names[0] != names[1] and all(names):
                return names
        return gettext("left"), gettext("right")
    if isinstance(left, Topic):
        return title_of(left), title_of(right)
    names = title_of(left).split()[-1], title_of(right).split()[-1]
    return names if names[0] != names[1] else (title_of(left), title_of(right))


def _linked(record: Record, kind: str, index: Index) -> list[IndexRow]:
    """The records of a kind that a record has to do with; for leaders and topics also through their meetings."""
    if isinstance(record, Summit) or kind in _DIRECT:
        return index.linked(record.id, kind)
    listing = index.view(f"{kind_of(record)}:{record.id}").lists[kind]
    return [item for item in listing.rows(0, listing.total) if item.id != record.id]


_Group = tuple[str, list["IndexRow"], list["IndexRow"]]


def _numbers(left: Record, right: Record, sides: tuple[str, str], groups: Sequence[_Group]) -> Table:
    """How many of each there are on either side, and how much more or less that is."""
    counts = [(label, len(ours), len(theirs)) for label, ours, theirs in groups]
    for label, ours, theirs in groups:
        if label in _AGREED:
            counts += _by_standing(ours, theirs)
    rows = []
    for label, ours_count, theirs_count in counts:
        difference = theirs_count - ours_count
        tone = ("settled" if difference > 0 else "ended") if isinstance(left, Summit) else "plain"
        shown = cell(Span(f"{difference:+,}", tone)) if difference else cell(Span("=", "dim"))
        rows.append((cell(gettext(label).lower()), cell(f"{ours_count:,}"), cell(f"{theirs_count:,}"), shown))
    word = gettext("change") if isinstance(left, Summit) else gettext("difference")
    headings = (Span(""), Span(sides[0], "label"), Span(sides[1], "label"), Span(word, "dim"))
    return Table(headings, tuple(rows), frozenset({1, 2, 3}))


def _by_standing(ours: Sequence[IndexRow], theirs: Sequence[IndexRow]) -> Iterator[tuple[str, int, int]]:
    """The agreements of either side that are settled or in effect, and those that are pending."""
    for word, names in ((later("signed or adopted"), {"settled", "in effect"}), (later("only foreseen"), {"pending"})):
        yield (
            word,
            sum(standing(item.status).name in names for item in ours),
            sum(standing(item.status).name in names for item in theirs),
        )


def _group(label: str, ours: Sequence[IndexRow], theirs: Sequence[IndexRow], sides: tuple[str, str]) -> Block:
    """The records that only the left has, that both have, and that only the right has."""
    here, there = {item.id for item in ours}, {item.id for item in theirs}
    groups = (
        (only(sides[0]), "ended", [item for item in ours if item.id not in there]),
        (gettext("both"), "plain", [item for item in theirs if item.id in here]),
        (only(sides[1]), "settled", [item for item in theirs if item.id not in here]),
    )
    return Block(
        gettext(label), (), beside([(word, tone, [_link(item) for item in items]) for word, tone, items in groups])
    )


def _link(item: IndexRow) -> Cell:
    title = (
        f"{item.date[:4]} {edition(item.mark)} {item.title}".replace("  ", " ") if item.kind == "summit" else item.title
    )
    status = [status_span(STATUSES, item.status), Span("  ")] if item.kind == "agreement" else []
    return cell(*status, Span(title.strip(), "link", item.id))
