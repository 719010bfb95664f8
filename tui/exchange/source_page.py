"""A source: what it is, where it stands, and every record that rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.exchange.dates import spoken
from tui.exchange.page import Block, Page, Span, column, row
from tui.exchange.parts import agreement_rows, notes, rest, summit_rows
from tui.exchange.quotes import marked, place_of
from tui.language import gettext
from tui.library.facts import evidence_of
from tui.records import Source
from tui.vocabulary import SOURCE_KINDS

if TYPE_CHECKING:
    from tui.index import Index


def source_page(source: Source, index: Index, most: int | None = None) -> Page:
    """Return the page of a source, with so many of the newest meetings and agreements that rest on it (None: all)."""
    kind = SOURCE_KINDS.get(source.kind)
    published = spoken(source.published) + (f" ({source.published_basis})" if source.published_basis else "")
    facts = [
        (gettext("publisher"), source.publisher),
        (gettext("published"), published),
        (gettext("language"), source.language),
        (gettext("kind"), " – ".join(part for part in (kind.shown, kind.explained) if part) if kind else source.kind),
    ]
    blocks = [
        Block("", (row(Span(source.url, "address", source.id)),)),
        Block("", column((Span(word, "dim"), [value]) for word, value in facts if value)),
    ]
    term = f"source:{source.id}"
    meetings = index.newest_linked(source.id, "summit", most)
    if meetings.total:
        cited = summit_rows(gettext("Cited by"), ((item, []) for item in meetings.rows))
        blocks.append(rest(cited, meetings, term))
    agreements = index.newest_linked(source.id, "agreement", most)
    if agreements.total:
        blocks.append(rest(agreement_rows(agreements.rows, dated=True), agreements, term))
    if source.text:
        blocks.append(Block(gettext("Text"), marked(source.text, _quotes(source, index))))
    blocks += notes(source.note)
    return Page(source.id, row(Span(source.title or source.publisher or source.url, "title")), tuple(blocks))


def _quotes(source: Source, index: Index) -> list[tuple[int, int]]:
    """Where the words stand that records quote from a source."""
    ids = [item.id for kind in ("summit", "leader", "agreement") for item in index.linked(source.id, kind)]
    found = [
        place_of(source.text, evidence)
        for record in index.records(ids).values()
        for _, evidence in evidence_of(record)
        if evidence.source == source.id
    ]
    return [place for place in found if place]
