"""A page in lines of a given width, for the reader and for plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from msgspec.structs import replace

from tui.exchange.page import COMMAND, NO_BREAK, Block, Page, Row, Span
from tui.exchange.printable import cell_width, printable
from tui.exchange.tables import table_lines

Line = tuple[Span, ...]
"""One line: its spans side by side."""

# A hyphen between digits is a date's or a number's, and no place to break.
_PIECES = re.compile(r" +|(?:[^ \u2010\u2013\u2014/-]|(?<=\d)-(?=\d))+[\u2010\u2013\u2014/-]*|[\u2010\u2013\u2014/-]+")
_TYPED_PIECES = re.compile(r" +|[^ ]+")
"""Of a command: who types a line's end for a hyphen's must not guess whether a blank belongs there."""

_BREAKS = "\u2010\u2013\u2014/-"
_LABEL_WIDTH = 13
_SIDE_BY_SIDE = 56
"""From this width on, labels stand beside their rows; below, above them."""


def lay_out(page: Page, width: int) -> list[Line]:
    """Return the lines of a page, each at most `width` cells wide; words too long for a line are broken."""
    return list(_Layout(max(width, 8)).page(page))


def plain(page: Page, width: int) -> str:
    """Return a page as plain text of lines of `width` cells, but with its addresses whole, however long."""
    lines = _Layout(max(width, 8), whole_addresses=True).page(page)
    return "\n".join("".join(span.text for span in line).rstrip() for line in lines) + "\n"


class _Layout:
    """Breaks the rows of a page into lines."""

    def __init__(self, width: int, *, whole_addresses: bool = False) -> None:
        self._width = width
        self._whole = whole_addresses

    def page(self, page: Page) -> Iterator[Line]:
        yield from self._wrap(page.title.spans, self._width)
        for block in page.blocks:
            yield ()
            yield from self._beside(block) if self._width >= _SIDE_BY_SIDE else self._above(block)

    def _beside(self, block: Block) -> Iterator[Line]:
        if not block.label:
            yield from self._body(block, self._width)
            return
        label = Span(block.label.ljust(_LABEL_WIDTH), "label")
        blank = Span(" " * _LABEL_WIDTH)
        for line in self._body(block, self._width - _LABEL_WIDTH):
            yield (label, *line)
            label = blank

    def _above(self, block: Block) -> Iterator[Line]:
        if block.label:
            yield (Span(block.label, "label"),)
        for line in self._body(block, self._width - (2 if block.label else 0)):
            yield (Span("  "), *line) if block.label else line

    def _body(self, block: Block, width: int) -> Iterator[Line]:
        for part in block.rows:
            yield from self._row(part, width)
        if block.table is not None:
            yield from table_lines(block.table, width, self._wrap)

    def _row(self, part: Row, width: int) -> Iterator[Line]:
        if part.lead is None or part.lead_width >= width - 12:
            spans = part.spans if part.lead is None else (part.lead, Span("  "), *part.spans)
            yield from self._wrap(spans, width)
            return
        lead = replace(part.lead, text=printable(part.lead.text))
        if cell_width(lead.text) >= part.lead_width:
            yield from self._wrap((lead, Span("  "), *part.spans), width)
            return
        pad = Span(" " * (part.lead_width - cell_width(lead.text)))
        for line in list(self._wrap(part.spans, width - part.lead_width)) or [()]:
            yield (lead, pad, *line)
            lead, pad = Span(""), Span(" " * part.lead_width)

    def _wrap(self, spans: tuple[Span, ...], width: int) -> Iterator[Line]:
        """Break spans into lines where they do not fit into one, as most do."""
        line = _one_line(spans, width)
        if line is None:
            yield from self._broken(spans, width)
        elif line or not spans:
            yield _tidy(line)

    def _broken(self, spans: tuple[Span, ...], width: int) -> Iterator[Line]:
        """Break spans into lines at blanks and after hyphens; a word that spans several roles stays whole."""
        line: list[Span] = []
        used = 0
        for size, word in self._words(spans):
            if word[0].text[0] == " ":
                if line and used + size <= width:
                    line.extend(word)
                    used += size
                continue
            if used + size > width and line:
                yield _tidy(line)
                line, used = [], 0
            if used + size <= width:
                line.extend(word)
                used += size
                continue
            for piece in self._cut(word, width):
                if line and used + cell_width(piece.text) > width:
                    yield _tidy(line)
                    line, used = [], 0
                line.append(piece)
                used += cell_width(piece.text)
        last = _tidy(line)
        if last or not spans:
            yield last

    def _words(self, spans: tuple[Span, ...]) -> Iterator[tuple[int, list[Span]]]:
        """Yield blanks and words in turn with their cells; a word is the list of pieces that must not be parted."""
        word: list[Span] = []
        size = 0
        for span in spans:
            text, role, target = printable(span.text), span.role, span.target
            whole = self._whole and role == "address"
            typed = role == COMMAND
            for piece in [text] if whole and text else (_TYPED_PIECES if typed else _PIECES).findall(text):
                part = Span(piece, role, target)
                if piece[0] == " ":
                    if word:
                        yield size, word
                    yield len(piece), [part]
                    word, size = [], 0
                    continue
                word.append(part)
                size += cell_width(piece)
                if piece[-1] in _BREAKS and not (whole or typed or piece.endswith("://")):
                    yield size, word
                    word, size = [], 0
        if word:
            yield size, word

    def _cut(self, word: list[Span], width: int) -> Iterator[Span]:
        """Cut a word that no line can hold into pieces that fit."""
        for piece in word:
            if cell_width(piece.text) <= width or (self._whole and piece.role == "address"):
                yield piece
                continue
            start = taken = 0
            # A shell reads on behind a backslash at the end of a line.
            cut = "\\" if piece.role == COMMAND else ""
            for position, character in enumerate(piece.text):
                size = cell_width(character)
                if taken + size > width - len(cut):
                    yield replace(piece, text=piece.text[start:position] + cut)
                    start, taken = position, 0
                taken += size
            yield replace(piece, text=piece.text[start:])


def _one_line(spans: tuple[Span, ...], width: int) -> list[Span] | None:
    """Return spans without the blanks around them where they fit into a line, else None."""
    line: list[Span] = []
    for span in spans:
        text = printable(span.text)
        if not line:
            text = text.lstrip(" ")
        width -= cell_width(text)
        if width < 0:
            return None
        if text:
            line.append(span if text == span.text else replace(span, text=text))
    while line and line[-1].text.isspace():
        line.pop()
    if line:
        text = line[-1].text.rstrip(" ")
        if text[-1].isspace():
            return None
        line[-1] = replace(line[-1], text=text)
    return line


def _tidy(line: list[Span]) -> Line:
    """Join neighbours of one role and target, and drop the blanks at the end of the line."""
    while line and line[-1].text.isspace():
        line.pop()
    return tuple(
        Span("".join(span.text for span in group).replace(NO_BREAK, " "), *key)
        for key, group in groupby(line, key=lambda span: (span.role, span.target))
    )
