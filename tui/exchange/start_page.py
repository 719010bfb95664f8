"""What the library holds, on one page: what comes up first, what was last, and where to begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.exchange.page import QUERY, Block, Page, Row, Span, column, joined, row
from tui.exchange.parts import summit_rows
from tui.language import gettext, later, ngettext

if TYPE_CHECKING:
    from tui.index import Index
    from tui.index import Row as IndexRow

_UPCOMING, _LATEST, _QUERIES = 8, 5, 6
"""How many lines each part has at most."""

_IDEAS = (
    ("is:disputed", later("where sources differ")),
    ("is:expected", later("foreseen and no more")),
    ("status:in_force", later("what is in force")),
)


def start_page(index: Index, queries: Sequence[str] = ()) -> Page:
    """Return the start page of a library; `queries` are the user's own, the ones to go on with first."""
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
    ideas = column(((_asking(query), [Span(gettext(meaning), "dim")]) for query, meaning in _IDEAS), most=20)
    blocks.append(
        Block(gettext("Look at"), (row(gettext("/ and a word, a name or a country finds it everywhere.")), *ideas))
    )
    return Page("start", row(Span("Summit Explorer", "title")), tuple(blocks))


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
