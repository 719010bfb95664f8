"""Quoted words in the text of their source: where they stand, and the words around them."""

from __future__ import annotations

from collections.abc import Iterable

from tui.exchange.page import Row, Span, row
from tui.records import Evidence

_AROUND = 90
"""Characters that are shown on either side of a quote, to the next blank."""


def place_of(text: str, evidence: Evidence) -> tuple[int, int] | None:
    """Return where a quote stands in its source's text, in code points; None where the text does not have it.

    The place that the evidence gives counts when the words stand there; a text that has changed is searched for them.
    """
    quote = evidence.quote
    if not quote or not text:
        return None
    if evidence.start is not None and text[evidence.start : evidence.end] == quote:
        return evidence.start, evidence.start + len(quote)
    start = text.find(quote)
    return (start, start + len(quote)) if start >= 0 else None


def in_context(text: str, place: tuple[int, int]) -> list[Span]:
    """Return quoted words, set off, with the words before and after them."""
    start, end = place
    first = max(0, start - _AROUND)
    last = min(len(text), end + _AROUND)
    before, after = text[first:start], text[end:last]
    if first and " " in before:
        before = f"… {before.split(' ', 1)[1]}"
    if last < len(text) and " " in after:
        after = f"{after.rsplit(' ', 1)[0]} …"
    return [Span(before, "dim"), Span(text[start:end], "hit"), Span(after, "dim")]


def marked(text: str, places: Iterable[tuple[int, int]]) -> tuple[Row, ...]:
    """Return a text a row for each of its paragraphs, with the words at `places` set off."""
    rows, start = [], 0
    ordered = sorted(places)
    for paragraph in text.splitlines(keepends=True):
        end = start + len(paragraph)
        if paragraph.strip():
            rows.append(row(*_parts(text, start, end, ordered)))
        start = end
    return tuple(rows)


def _parts(text: str, start: int, end: int, places: list[tuple[int, int]]) -> list[Span | str]:
    """A paragraph in parts that are quoted and parts that are not; quotes may overlap."""
    spans: list[Span | str] = []
    for first, last in places:
        first, last = max(first, start), min(last, end)
        if first < last:
            spans += [text[start:first], Span(text[first:last], "hit")]
            start = last
    return [*spans, text[start:end]]
