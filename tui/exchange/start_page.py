"""What the library holds, on one page: what comes up first, what was last, and where to begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.exchange.disagreement import Dispute, disputes, named
from tui.exchange.page import QUERY, Block, Page, Row, Span, column, joined, row
from tui.exchange.parts import summit_rows
from tui.language import gettext, later, ngettext

if TYPE_CHECKING:
    from tui.index import Index
    from tui.index import Row as IndexRow

_UPCOMING, _LATEST, _QUERIES, _DISPUTED = 8, 5, 6, 4
"""How many lines each part has at most."""

_COUNTED = 100_000
"""How many records a library has at most for a start to wait until it is known what ideas find and sources tell."""

_SHORT = 48
"""How many characters of what sources tell are told here at most."""

_IDEAS = (
    ("summit", "is:disputed", later("where sources disagree")),
    ("agreement", "is:expected", later("expected, not signed")),
    ("agreement", "status:signed", later("what was signed")),
    ("agreement", "status:in_force", later("what is in force")),
)


def start_page(index: Index, queries: Sequence[str] = (), keys: Sequence[tuple[str, str]] = ()) -> Page:
    """Return the start page of a library.

    `queries` are the user's own, the ones to go on with first; `keys` are keys with a sentence each on what they do.
    """
    held = index.view("")
    coming = index.view("kind:summit is:upcoming", {"summit": "oldest"}).lists["summit"].rows(0, _UPCOMING)
    there = {item.id for item in coming}
    latest = [item for item in held.lists["summit"].rows(0, _UPCOMING + _LATEST) if item.id not in there][:_LATEST]
    blocks = [Block("", (_counted(index), _from_where(held.lists["summit"].rows(0, 1), index)))]
    if coming:
        blocks.append(summit_rows(gettext("Upcoming"), ((item, []) for item in coming)))
    else:
        blocks.append(
            Block(gettext("Upcoming"), (row(Span(gettext("no meeting is announced in this library"), "dim")),))
        )
    if latest:
        blocks.append(summit_rows(gettext("Latest"), ((item, []) for item in latest)))
    if queries:
        blocks.append(Block(gettext("Go on"), tuple(row(_asking(query)) for query in queries[:_QUERIES])))
    small = sum(index.counts.values()) <= _COUNTED
    ideas = _counted_ideas(index) if small else tuple(row(*_idea(query, said)) for _, query, said in _IDEAS)
    blocks.append(
        Block(gettext("Look at"), (row(gettext("/ and a word, a name or a country finds it everywhere.")), *ideas))
    )
    if keys:
        blocks.append(Block(gettext("Keys"), column((Span(key, "strong"), [said]) for key, said in keys)))
    blocks += _disagreement(index) if small else []
    return Page("start", row(Span("Summit Explorer", "title")), tuple(blocks))


def _idea(query: str, meaning: str) -> list[Span | str]:
    """A query by what it means, with what is typed for it."""
    return [Span(gettext(meaning), "link", QUERY + query), Span(f"  {query}", "dim")]


def _counted_ideas(index: Index) -> tuple[Row, ...]:
    """The queries to look at that find something, with how much."""
    rows: list[tuple[Span, list[Span | str]]] = []
    for kind, query, meaning in _IDEAS:
        found = index.view(f"kind:{kind} {query}").lists[kind].total
        if kind == "summit":
            counted = ngettext("{count} meeting", "{count} meetings", found)
        else:
            counted = ngettext("{count} agreement", "{count} agreements", found)
        if found:
            rows.append((Span(counted, "dim"), _idea(query, meaning)))
    return column(rows, most=20)


def _disagreement(index: Index) -> list[Block]:
    """The latest meetings of which sources tell something differently, with the first thing that they do."""
    view = index.view("kind:summit is:disputed")
    found: dict[str, Dispute] = {}
    for dispute in disputes(view, index, _DISPUTED):
        found.setdefault(dispute.record, dispute)
    rows = column(
        (
            Span(dispute.date or gettext("undated"), "dim"),
            [
                Span(dispute.title, "link", dispute.record),
                Span(f"  {named(dispute.field)}", "mark"),
                *_short(" ≠ ".join(dispute.values)),
            ],
        )
        for dispute in found.values()
    )
    return [Block(f"≠ {gettext('Disagree')}", rows)] if rows else []


def _short(values: str) -> list[str]:
    """What is told, where it takes no more than a line."""
    return [f"  {values}"] if len(values) <= _SHORT else []


def _asking(query: str) -> Span:
    return Span(query, "link", QUERY + query)


def _counted(index: Index) -> Row:
    """How many records of each kind there are; sources apart."""
    counts = index.counts
    return joined(
        [
            [Span(ngettext("{count} meeting", "{count} meetings", counts.get("summit", 0)), "strong")],
            [ngettext("{count} leader", "{count} leaders", counts.get("leader", 0))],
            [ngettext("{count} topic", "{count} topics", counts.get("topic", 0))],
            [ngettext("{count} agreement", "{count} agreements", counts.get("agreement", 0))],
        ]
    )


def _from_where(newest: Sequence[IndexRow], index: Index) -> Row:
    """How many sources there are, and the years from the first meeting to the last where there are any."""
    oldest = index.view("", {"summit": "oldest"}).lists["summit"].rows(0, 1)
    years = [item.date[:4] for item in (*oldest, *newest) if item.date]
    sources = ngettext("{count} source", "{count} sources", index.counts.get("source", 0))
    return joined([[sources], *([["–".join(dict.fromkeys(years))]] if years else [])])
