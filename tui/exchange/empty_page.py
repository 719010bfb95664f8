"""What is read where a query finds nothing: what nearly the same query would find, and how to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.exchange.page import NO_BREAK, QUERY, Block, Page, Row, Span, column, joined, row
from tui.index.patience import Patience, Stopped
from tui.index.query import LONGEST, parse, replaced
from tui.language import gettext, ngettext

if TYPE_CHECKING:
    from tui.index import Hint, Index

_MOST = 5
"""How many other queries are proposed at most."""
_IN_TIME = 0.03
"""Seconds for counting what they find, which nobody notices who waits for the page."""

_EXAMPLES = ("leader:merkel", "topic:energy", "country:japan", "status:signed", "2015..2020")


def empty_page(query: str, hints: Sequence[Hint], index: Index) -> Page:
    """Return the page for a query that finds nothing: queries that find something, with what they find.

    The lists beside it have the first of the hints; the others are here.
    """
    blocks = [Block("", tuple(row(hint.message) for hint in hints[1:]))] if hints[1:] else []
    others = tuple(_counted(_others(query[:LONGEST], hints), index))
    if others:
        blocks.append(Block(gettext("Instead"), column(others, most=40)))
    words = gettext("Words are looked for in names, places, titles and texts; accents do not matter.")
    fields = gettext("Fields find what is linked: {examples}").format(examples=", ".join(_EXAMPLES))
    blocks.append(Block(gettext("How to ask"), (row(words), row(fields))))
    return Page(f"nothing {query}", row(Span(query.strip(), "title")), tuple(blocks))


def _asking(query: str) -> Span:
    return Span(query, "link", QUERY + query)


def _others(query: str, hints: Sequence[Hint]) -> Iterator[str]:
    """Yield what the hints propose, then the query without one of its terms, then each term alone."""
    yield from (hint.replacement for hint in hints if hint.replacement)
    asked = parse(query)
    if len(asked.terms) > 1 and not asked.cuts:
        yield from (" ".join(replaced(asked, term, "").split()) for term in reversed(asked.terms))
    yield from (query[term.start : term.end] for term in asked.terms if not term.negated)


def _counted(queries: Iterable[str], index: Index) -> Iterator[tuple[Span, list[Span | str]]]:
    """Yield those of several queries that find something, with what they find, as far as that is known in time."""
    patience = Patience(_IN_TIME)
    found = 0
    for query in filter(None, dict.fromkeys(queries)):
        try:
            lists = index.view(query, patience=patience).lists
        except Stopped:
            return
        counts = {kind: listing.total for kind, listing in lists.items()}
        if any(counts.values()):
            yield _asking(query), list(_told(counts).spans)
            found += 1
        if found == _MOST:
            return


def _told(counts: dict[str, int]) -> Row:
    """How many records of each kind there are, without the kinds that have none."""
    said = {
        "summit": ngettext("{count} meeting", "{count} meetings", counts["summit"]),
        "leader": ngettext("{count} leader", "{count} leaders", counts["leader"]),
        "topic": ngettext("{count} topic", "{count} topics", counts["topic"]),
        "agreement": ngettext("{count} agreement", "{count} agreements", counts["agreement"]),
    }
    return joined([[Span(text.replace(" ", NO_BREAK), "dim")] for kind, text in said.items() if counts[kind]])
