"""A page in lines of a given width, for the reader and for plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from tui.exchange.page import Block, Page, Row, Span
from tui.exchange.printable import cell_width, printable

Line = tuple[Span, ...]
"""One line: its spans side by side, never wider than the page."""

_PIECES = re.compile(r"\s+|[^\s\u2010\u2013\u2014/-]+[\u2010\u2013\u2014/-]*|[\u2010\u2013\u2014/-]+")
_LABEL_WIDTH = 13
_SIDE_BY_SIDE = 56
"""From this width on, labels stand beside their rows; below, above them."""


def lay_out(page: Page, width: int) -> list[Line]:
    """Return the lines of a page, each at most `width` cells wide; words too long for a line are broken."""
    width = max(width, 8)
    lines = list(_wrap(page.title.spans, width))
    for block in page.blocks:
        lines.append(())
        lines.extend(_beside(block, width) if width >= _SIDE_BY_SIDE else _above(block, width))
    return lines


def plain(page: Page, width: int) -> str:
    """Return a page as plain text, its lines at most `width` cells wide."""
    return "\n".join("".join(span.text for span in line).rstrip() for line in lay_out(page, width)) + "\n"


def _beside(block: Block, width: int) -> Iterator[Line]:
    if not block.label:
        for part in block.rows:
            yield from _row(part, width)
        return
    label = Span(block.label.ljust(_LABEL_WIDTH), "label")
    blank = Span(" " * _LABEL_WIDTH)
    for part in block.rows:
        for line in _row(part, width - _LABEL_WIDTH):
            yield (label, *line)
            label = blank


def _above(block: Block, width: int) -> Iterator[Line]:
    if block.label:
        yield (Span(block.label, "label"),)
    for part in block.rows:
        for line in _row(part, width - 2):
            yield (Span("  "), *line) if block.label else line


def _row(part: Row, width: int) -> Iterator[Line]:
    if part.lead is None or part.lead_width >= width - 12:
        spans = part.spans if part.lead is None else (part.lead, Span("  "), *part.spans)
        yield from _wrap(spans, width)
        return
    lead = part.lead._replace(text=printable(part.lead.text))
    if cell_width(lead.text) >= part.lead_width:
        yield from _wrap((lead,), width)
        lead = Span("")
    pad = Span(" " * max(part.lead_width - cell_width(lead.text), 1))
    first = True
    for line in _wrap(part.spans, width - part.lead_width):
        yield (lead, pad, *line) if first else (Span(" " * part.lead_width), *line)
        first = False


def _wrap(spans: tuple[Span, ...], width: int) -> Iterator[Line]:
    """Break spans into lines at blanks and after hyphens; a word that spans several roles stays whole."""
    line: list[Span] = []
    used = 0
    for word in _words(spans):
        size = sum(cell_width(piece.text) for piece in word)
        if word[0].text.isspace():
            if line and used + size <= width:
                line.extend(word)
                used += size
            continue
        if used + size > width and line:
            yield _tidy(line)
            line, used = [], 0
        for piece in _broken(word, width) if size > width else word:
            if used + cell_width(piece.text) > width:
                yield _tidy(line)
                line, used = [], 0
            line.append(piece)
            used += cell_width(piece.text)
    if line or not spans:
        yield _tidy(line)


def _words(spans: tuple[Span, ...]) -> Iterator[list[Span]]:
    """Yield blanks and words in turn; a word is the list of pieces that must not be parted."""
    word: list[Span] = []
    for span in spans:
        for piece in _PIECES.findall(printable(span.text)):
            part = span._replace(text=piece)
            if piece.isspace():
                if word:
                    yield word
                yield [part]
                word = []
                continue
            word.append(part)
            if piece[-1] in "\u2010\u2013\u2014/-":
                yield word
                word = []
    if word:
        yield word


def _broken(word: list[Span], width: int) -> Iterator[Span]:
    """Cut a word that no line can hold into pieces that fit."""
    for piece in word:
        start = taken = 0
        for position, character in enumerate(piece.text):
            size = cell_width(character)
            if taken + size > width:
                yield piece._replace(text=piece.text[start:position])
                start, taken = position, 0
            taken += size
        yield piece._replace(text=piece.text[start:])


def _tidy(line: list[Span]) -> Line:
    """Join neighbours of one role and target, and drop the blanks at the end of the line."""
    while line and line[-1].text.isspace():
        line.pop()
    return tuple(
        Span("".join(span.text for span in group), *key)
        for key, group in groupby(line, key=lambda span: (span.role, span.target))
    )
