"""Two records side by side: what both have, what only one has, and their numbers with the change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from tui.exchange.dates import edition
from tui.exchange.page import Block, Cell, Page, Row, Span, Table, cell, row
from tui.exchange.parts import number, status_span
from tui.exchange.standings import standing
from tui.language import gettext, later
from tui.records import Figure, Record, Summit, Topic, kind_of, title_of
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
        (later("Agreements"), "agreement"),
    ),
    "topic": ((later("Meetings"), "summit"), (later("Leaders"), "leader"), (later("Agreements"), "agreement")),
}
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
    if isinstance(one, Summit) and isinstance(other, Summit):
        blocks += _figures(one, other, sides)
    shown = tuple(block for block in blocks if block.rows or (block.table and block.table.rows))
    title = row(
        Span(f"{gettext('Compared')}  ", "dim"),
        Span(gettext("{one} and {other}").format(one=sides[0], other=sides[1]), "title"),
    )
    return Page(f"{one.id}~{other.id}", title, shown)


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
        if label == "Agreements":
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
        (_only(sides[0]), "ended", [item for item in ours if item.id not in there]),
        (gettext("both"), "plain", [item for item in theirs if item.id in here]),
        (_only(sides[1]), "settled", [item for item in theirs if item.id not in here]),
    )
    return Block(
        gettext(label), (), _beside([(word, tone, [_link(item) for item in items]) for word, tone, items in groups])
    )


def _only(side: str) -> str:
    return gettext("only {side}").format(side=side)


def _beside(groups: Sequence[tuple[str, str, list[Cell]]]) -> Table:
    """Three groups in three columns, each under its name and number."""
    headings = tuple(Span(f"{word} {len(cells)}", tone) for word, tone, cells in groups)
    rows = tuple(zip_longest(*(cells for _, _, cells in groups), fillvalue=()))
    return Table(headings, rows, even=True)


def _link(item: IndexRow) -> Cell:
    title = (
        f"{item.date[:4]} {edition(item.mark)} {item.title}".replace("  ", " ") if item.kind == "summit" else item.title
    )
    status = [status_span(STATUSES, item.status), Span("  ")] if item.kind == "agreement" else []
    return cell(*status, Span(title.strip(), "link", item.id))


def _figures(left: Summit, right: Summit, sides: tuple[str, str]) -> list[Block]:
    """The figures that both have with their change, then those that only one has."""
    pairs = same_figures(left, right)
    paired = {id(figure) for pair in pairs for figure in pair}
    rows = [
        (cell(one.label), cell(Span(said(one), "strong")), cell(Span(said(other), "strong")), cell(*change(one, other)))
        for one, other in pairs
    ]
    headings = (
        Span(gettext("both"), "plain"),
        Span(sides[0], "label"),
        Span(sides[1], "label"),
        Span(gettext("change"), "dim"),
    )
    alone = [
        (_only(side), tone, [cell(f"{f.label}: ", Span(said(f), "strong")) for f in figures if id(f) not in paired])
        for side, tone, figures in ((sides[0], "ended", left.figures), (sides[1], "settled", right.figures))
    ]
    return [
        Block(gettext("Figures"), (), Table(headings, tuple(rows), frozenset({1, 2, 3}))),
        Block(gettext("Figures") if not rows else "", (), _beside(alone)),
    ]


def same_figures(left: Summit, right: Summit) -> list[tuple[Figure, Figure]]:
    """Return the figures of one name and unit that two meetings have, each of the left with the first of the right."""
    found = []
    taken: set[int] = set()
    for one in left.figures:
        for other in right.figures:
            if _name(one) == _name(other) and id(other) not in taken:
                found.append((one, other))
                taken.add(id(other))
                break
    return found


def _name(figure: Figure) -> tuple[str, str]:
    return figure.label.casefold(), figure.unit


def said(figure: Figure) -> str:
    """Return a figure as it was said: *over 32.2 USD bn (2024)*."""
    year = f" ({figure.year})" if figure.year else ""
    value = number(figure.value) + (f"–{number(figure.high)}" if figure.high is not None else "")
    return f"{figure.qualifier} {value} {figure.unit}".strip() + year


def change(one: Figure, other: Figure) -> list[Span]:
    """Return the change from one figure to another of the same unit, in percent."""
    if one.unit != other.unit or not one.value:
        return []
    share = (other.value - one.value) / abs(one.value)
    tone = "settled" if share > 0 else "ended" if share < 0 else "dim"
    return [Span(f"  {share:+.0%}", tone)]
