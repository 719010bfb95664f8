"""Tables in lines of a given width: columns as wide as they need, and where there is no room, a list for each row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tui.exchange.page import NO_BREAK, Cell, Span, Table
from tui.exchange.printable import cell_width, printable

_GAP = 2
_LEAST = 10
"""Cells below which a column that wraps is no longer read but deciphered."""

_Line = tuple[Span, ...]
Wrap = Callable[[tuple[Span, ...], int], Iterator[_Line]]
"""Breaks spans into lines of a width."""


def table_lines(table: Table, width: int, wrap: Wrap) -> Iterator[_Line]:
    """Yield the lines of a table, each at most `width` cells wide."""
    widths = _widths(table, width)
    if not widths:
        yield from (_as_columns if table.even else _as_lists)(table, width, wrap)
        return
    if table.headed and any(heading.text for heading in table.headings):
        yield from _set(tuple((heading,) for heading in table.headings), widths, table.numbers, wrap)
    if table.even:
        yield from _side_by_side([_listed(table, place, widths[place], wrap) for place in range(len(widths))], widths)
        return
    for row in table.rows:
        yield from _set(row, widths, table.numbers, wrap)


def _widths(table: Table, width: int) -> list[int]:
    """The width of each column: what it needs, or a fair share of what is left; none where columns do not fit."""
    count = len(table.headings)
    room = width - _GAP * (count - 1)
    if table.even:
        share = room // count
        return [share] * count if share >= 2 * _LEAST else []
    needed = [
        max(_span_width((heading,)) if table.headed else 0, *(_span_width(row[place]) for row in table.rows), 1)
        if table.rows
        else _span_width((heading,))
        for place, heading in enumerate(table.headings)
    ]
    if sum(needed) <= room:
        return needed
    words = [max((_longest_word(row[place]) for row in table.rows), default=1) for place in range(count)]
    widths = _with_whole_words(_shares(needed, room), words)
    cramped = (given < min(need, _LEAST) for given, need in zip(widths, needed, strict=True))
    return [] if any(cramped) else widths


def _shares(needed: Sequence[int], room: int) -> list[int]:
    """Give the columns that need less than an equal share what they need, and divide the rest among the others."""
    widths = [0] * len(needed)
    left = set(range(len(needed)))
    while left:
        share = room // len(left)
        modest = {place for place in left if needed[place] <= share}
        if not modest:
            for place in left:
                widths[place] = share
            break
        for place in modest:
            widths[place] = needed[place]
            room -= needed[place]
        left -= modest
    return widths


def _with_whole_words(widths: list[int], words: Sequence[int]) -> list[int]:
    """Take from the columns that have more than their longest word needs for those that would break one."""
    spare = sum(max(0, given - word) for given, word in zip(widths, words, strict=True))
    lacking = sum(max(0, word - given) for given, word in zip(widths, words, strict=True))
    if not lacking or lacking > spare:
        return widths
    made = [max(given, word) for given, word in zip(widths, words, strict=True)]
    while lacking:
        widest = max(range(len(made)), key=lambda place: made[place] - words[place])
        made[widest] -= 1
        lacking -= 1
    return made


def _longest_word(cell: Cell) -> int:
    text = "".join(printable(span.text) for span in cell)
    return max((cell_width(word) for word in text.replace(NO_BREAK, "_").split()), default=1)


def _set(cells: Sequence[Cell], widths: Sequence[int], numbers: frozenset[int], wrap: Wrap) -> Iterator[_Line]:
    """A row in its columns, as many lines high as its highest cell."""
    parts = [list(wrap(cell, width)) if cell else [] for cell, width in zip(cells, widths, strict=True)]
    yield from _side_by_side(parts, widths, numbers)


def _listed(table: Table, place: int, width: int, wrap: Wrap) -> list[_Line]:
    """The cells of a column one under the other, whatever the others need; what goes on in another line is indented."""
    lines: list[_Line] = []
    for cell in (row[place] for row in table.rows if row[place]):
        found = list(wrap(cell, width))
        if len(found) > 1:
            first, *more = wrap(cell, width - _GAP)
            found = [first, *((Span(" " * _GAP), *line) for line in more)]
        lines += found
    return lines


def _side_by_side(
    parts: Sequence[Sequence[_Line]], widths: Sequence[int], numbers: frozenset[int] = frozenset()
) -> Iterator[_Line]:
    """Columns of lines, as high as the highest."""
    for height in range(max(map(len, parts), default=0)):
        line: list[Span] = []
        for place, (part, width) in enumerate(zip(parts, widths, strict=True)):
            spans = part[height] if height < len(part) else ()
            blank = Span(" " * (width - _span_width(spans)))
            line += [blank, *spans] if place in numbers else [*spans, blank]
            line.append(Span(" " * _GAP))
        while line and not line[-1].text.strip(" "):
            line.pop()
        yield tuple(span for span in line if span.text)


def _as_lists(table: Table, width: int, wrap: Wrap) -> Iterator[_Line]:
    """Each row under the other: its first cell, then the others with their headings before them."""
    for row in table.rows:
        for place, (heading, cell) in enumerate(zip(table.headings, row, strict=True)):
            if not any(span.text.strip() for span in cell):
                continue
            indent = 2 if place else 0
            named = (Span(f"{heading.text}: ", "dim"),) if heading.text and place else ()
            for line in wrap((*named, *cell), width - indent):
                yield (Span(" " * indent), *line) if indent else line


def _as_columns(table: Table, width: int, wrap: Wrap) -> Iterator[_Line]:
    """Each column under the other, with its heading over it; one that holds nothing is its heading alone."""
    for place, heading in enumerate(table.headings):
        yield from wrap((heading,), width)
        for row in table.rows:
            for line in wrap(row[place], width - 2) if row[place] else ():
                yield (Span("  "), *line)


def _span_width(spans: Sequence[Span]) -> int:
    return sum(cell_width(printable(span.text)) for span in spans)
