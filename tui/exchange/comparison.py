"""Two records side by side: what both have, and what only one has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.exchange.page import Block, Page, Row, Span, column, joined, row
from tui.exchange.parts import number
from tui.records import Figure, Record, Summit, kind_of, title_of

if TYPE_CHECKING:
    from tui.index import Index
    from tui.index import Row as IndexRow

COMPARABLE = ("summit", "leader", "topic")
"""The kinds of which two records can be compared."""


def compare(left: str, right: str, index: Index) -> Page:
    """Return the page that sets two records of one kind side by side.

    Summits are put in the order of their dates, so that *only right* is what is new and *only left* what was dropped.
    Raises LookupError when the library lacks one, ValueError when their kinds differ or cannot be compared.
    """
    records = index.records([left, right])
    if left not in records or right not in records:
        raise LookupError(left if left not in records else right)
    kind = kind_of(records[left])
    if kind != kind_of(records[right]) or kind not in COMPARABLE:
        raise ValueError("only two summits, two leaders or two topics can be compared")
    one, other = records[left], records[right]
    if isinstance(one, Summit) and isinstance(other, Summit) and one.start > other.start:
        left, right, one, other = right, left, other, one
    names = [title_of(one), title_of(other)]
    blocks = [
        Block("Left", (_head(left, index, names[0]),)),
        Block("Right", (_head(right, index, names[1]),)),
        *(_group(label, part, (left, right), _sides(one, other), index) for label, part in _PARTS[kind]),
    ]
    if isinstance(one, Summit) and isinstance(other, Summit):
        blocks += _figures(one, other)
    return Page(f"{left}~{right}", row(Span("Compared", "title")), tuple(block for block in blocks if block.rows))


_PARTS = {
    "summit": (("Topics", "topic"), ("Leaders", "leader"), ("Agreements", "agreement")),
    "leader": (("Meetings", "summit"), ("Agreements", "agreement")),
    "topic": (("Meetings", "summit"), ("Agreements", "agreement")),
}


def _head(record_id: str, index: Index, name: str) -> Row:
    found = index.rows([record_id]).get(record_id)
    date = f"  {found.date}" if found and found.date else ""
    return row(Span(name, "link", record_id), Span(date, "dim"))


def _sides(left: Record, right: Record) -> tuple[str, str]:
    """What the two sides are called: meetings by their years where these differ."""
    if isinstance(left, Summit) and isinstance(right, Summit) and left.start[:4] != right.start[:4]:
        return left.start[:4], right.start[:4]
    return "left", "right"


def _group(label: str, kind: str, ids: tuple[str, str], sides: tuple[str, str], index: Index) -> Block:
    """The records of a kind that are linked with both, with the left only and with the right only."""
    ours, theirs = index.linked(ids[0], kind), index.linked(ids[1], kind)
    here, there = {item.id for item in ours}, {item.id for item in theirs}
    groups = (
        ("both", "plain", [item for item in theirs if item.id in here]),
        (f"only {sides[0]}", "ended", [item for item in ours if item.id not in there]),
        (f"only {sides[1]}", "settled", [item for item in theirs if item.id not in here]),
    )
    rows = column((Span(f"{word} {len(items)}", tone), _links(items).spans) for word, tone, items in groups if items)
    return Block(label, rows)


def _links(items: Sequence[IndexRow]) -> Row:
    return joined(
        [Span(f"{item.date[:4]} {item.title}" if item.kind == "summit" else item.title, "link", item.id)]
        for item in items
    )


def _figures(left: Summit, right: Summit) -> list[Block]:
    """Figures of one label that both meetings have, with the change where the unit is the same."""
    rows = []
    for one in left.figures:
        for other in right.figures:
            if one.label.casefold() == other.label.casefold():
                rows.append(
                    row(
                        f"{one.label}: ",
                        Span(_said(one), "strong"),
                        " → ",
                        Span(_said(other), "strong"),
                        *_change(one, other),
                    )
                )
    return [Block("Figures", tuple(rows))] if rows else []


def _said(figure: Figure) -> str:
    year = f" ({figure.year})" if figure.year else ""
    return f"{figure.qualifier} {number(figure.value)} {figure.unit}".strip() + year


def _change(one: Figure, other: Figure) -> list[Span]:
    if one.unit != other.unit or not one.value:
        return []
    share = (other.value - one.value) / abs(one.value)
    return [Span(f"  {share:+.0%}", "settled" if share >= 0 else "ended")]
