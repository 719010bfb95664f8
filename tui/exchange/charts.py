"""Charts as lines of text: columns over years, bars parted by fill, and values on a scale with their ranges.

Drawn here and not by a plotting library: each mark is text beside its number and its source, so it can be followed,
copied, read aloud and shown without colour, and a value runs along the line, where a terminal has most cells. plotext
puts a range of 30 to 32 on a scale to 40 into one line of sixteen, and takes 0.13 s to import; textual-plot brings
numpy, 73 MB, and takes 0.25 s. Neither lets a mark lead to its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from math import floor, log10
from typing import NamedTuple

from msgspec.structs import replace

from tui.exchange.page import NO_BREAK, Row, Span, row
from tui.exchange.parts import number

_LEVELS = " ▁▂▃▄▅▆▇█"
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_WIDEST = 5


def drawn(*spans: Span | str) -> Row:
    """Return a row whose blanks are part of a drawing: it is not broken at them."""
    solid = [replace(span, text=span.text.replace(" ", NO_BREAK)) for span in row(*spans).spans]
    return Row(tuple(Span("".join(span.text for span in group), role) for role, group in groupby(solid, _role)))


def _role(span: Span) -> str:
    return span.role


class Years(NamedTuple):
    """A scale of years: each column stands for `span` of them, and is `slot` cells wide with the gap after it."""

    first: int
    last: int
    span: int
    slot: int

    @classmethod
    def fitting(cls, years: Iterable[int], width: int) -> Years:
        """Return the scale on which all of `years` fit into `width` cells; several years in a column if they must."""
        known = list(years)
        first, last = min(known), max(known)
        for span in (1, 2, 5, 10, 20, 50, 100, 1_000):
            start = first - first % span
            count = (last - start) // span + 1
            if count * 2 <= width:
                break
        return cls(start, last, span, max(2, min(_WIDEST, width // count)))

    @property
    def columns(self) -> range:
        """The first year of each column."""
        return range(self.first, self.last + 1, self.span)

    def counts(self, years: Mapping[int, int]) -> list[int]:
        """Return how many fall in each column."""
        found = dict.fromkeys(self.columns, 0)
        for year, count in years.items():
            found[year - (year - self.first) % self.span] += count
        return list(found.values())

    def axis(self, *, indent: int = 0) -> Row:
        """Return the years under the columns, as many as stand apart."""
        line = " " * indent
        for place, column in enumerate(self.columns):
            left = indent + place * self.slot
            text = str(column) if self.slot > 4 or self.span > 1 else f"’{column % 100:02}"
            if left >= len(line) or not line.strip():
                line = line.ljust(left) + text + " "
        return drawn(Span(line.rstrip(), "dim"))


def columns(counts: Sequence[int], years: Years, height: int) -> list[Row]:
    """Return columns of at most `height` lines, each with its number on top where it stands apart from the others."""
    most = max(counts, default=0)
    if not most:
        return []
    width = len(counts) * years.slot
    lines = [[Span(" ")] * width for _ in range(height + 1)]
    for place, count in enumerate(counts):
        left = place * years.slot
        eighths = max(1, round(count / most * height * 8)) if count else 0
        for level in range(height):
            block = _LEVELS[max(0, min(8, eighths - level * 8))]
            if block != " ":
                lines[level][left : left + years.slot - 1] = [Span(block, "active")] * (years.slot - 1)
        text = f"{count:,}" if count else "·"
        left = max(0, left + (years.slot - 1 - len(text)) // 2)
        line = lines[-(-eighths // 8)]
        if all(span.text == " " for span in line[max(0, left - 1) : left + len(text)]):
            line[left : left + len(text)] = [Span(letter, "" if count else "dim") for letter in text]
    return [drawn(*line) for line in reversed(lines)]


def strip(counts: Sequence[int], years: Years, most: int) -> list[Span | str]:
    """Return counts as one line of columns, as high as they are to `most`; a dot for none."""
    spans: list[Span | str] = []
    for count in counts:
        level = _LEVELS[max(1, round(count / most * 8))] if count else "·"
        body = level * (years.slot - 1) if count else level.center(years.slot - 1)
        spans += [Span(body.replace(" ", NO_BREAK), "active" if count else "dim"), NO_BREAK]
    return spans


def bar(value: float, most: float, cells: int) -> str:
    """Return a bar whose length is to `cells` as `value` is to `most`; what is more than nothing is always seen."""
    if value <= 0 or most <= 0:
        return ""
    eighths = max(1, round(value / most * cells * 8))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def parted(counts: Sequence[int], most: int, cells: int) -> list[int]:
    """Return the cells of each part of a bar of `counts`, to `most` for the whole width; no part that is there is lost.

    The ends of the parts are rounded, not their lengths, so that the whole bar is as long as its sum says.
    """
    lengths, passed, end = [], 0, 0
    for count in counts:
        passed += count
        reached = max(round(passed / most * cells), end + 1) if count else end
        lengths.append(reached - end)
        end = reached
    return lengths


class Scale(NamedTuple):
    """A scale of values from nothing to `most` over `cells` cells."""

    most: float
    cells: int

    @classmethod
    def fitting(cls, values: Iterable[float], cells: int) -> Scale:
        """Return the scale that ends at the next round number over the highest value."""
        highest = max(values, default=0.0)
        if highest <= 0:
            return cls(1.0, cells)
        unit = 10.0 ** floor(log10(highest))
        return cls(next(step * unit for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * unit >= highest), cells)

    def place(self, value: float) -> int:
        """Return the cell of a value."""
        return max(0, min(self.cells - 1, round(value / self.most * (self.cells - 1))))

    def axis(self) -> list[Span | str]:
        """Return the numbers at the quarters of the scale."""
        line = ""
        for quarter in range(5):
            text = number(round(self.most * quarter / 4, 6))
            left = max(0, min(self.place(self.most * quarter / 4) - len(text) // 2, self.cells - len(text)))
            if left >= len(line) + 1 or not line:
                line = line.ljust(left) + text
        return [Span(line.replace(" ", NO_BREAK), "dim")]

    def mark(self, low: float, value: float, high: float, *, aimed: bool) -> list[Span | str]:
        """Return a line with a mark at `value` and the range around it; hollow for what is only aimed at."""
        cells = ["╌" if aimed else "─"] * (self.place(value) + 1) + [" "] * (self.cells - self.place(value) - 1)
        left, right = self.place(low), self.place(high)
        ranged = low < high
        if ranged:
            cells[left : right + 1] = ["━"] * (right - left + 1)
            cells[left], cells[right] = "├", "┤"
        cells[self.place(value)] = "○" if aimed else "●"
        tone = "pending" if aimed else "active"
        begins = min(left, self.place(value)) if ranged else self.place(value)
        ends = max(right, self.place(value)) + 1
        text = "".join(cells).replace(" ", NO_BREAK)
        return [Span(text[:begins], "dim"), Span(text[begins:ends], tone), text[ends:]]
