"""The ways of a terminal's cursor from cell to cell: which of them takes the fewest bytes."""

from __future__ import annotations

from collections.abc import Sequence

from tui.explorer.drawing.cells import DOUBTFUL
from tui.explorer.drawing.pens import Pens

WORTH_WRITING = 4
"""Cells up to which writing them again is no dearer than stepping over them."""

Place = tuple[int, int]
"""A column and a row."""
Row = tuple[str, str]
"""The cells of a row and their pens, one character a cell each."""


class Ways:
    """Finds the shortest way over a screen; `raw` says that a line feed goes straight down."""

    def __init__(self, pens: Pens, *, raw: bool) -> None:
        self._pens = pens
        self._raw = raw
        self._width = 0
        self._rows: Sequence[Row] = ()

    def begin(self, width: int, rows: Sequence[Row]) -> None:
        """Begin a frame on a screen of a width, which shows `rows` when it is done."""
        self._width, self._rows = width, rows

    def shortest(self, start: Place | None, end: Place, pen: str) -> str:
        """Return what brings the cursor from one place to another, with a pen in hand; None is somewhere."""
        column, row = end
        absolute = f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H" if row else "\x1b[H"
        if start is None:
            return absolute
        here, line = start
        ways = [absolute]
        # Behind the last cell some terminals stand on it, some beyond: only ways down and to the left edge are sure.
        at_edge = here >= self._width
        if row == line and not at_edge:
            ways += self._along(here, column, row, pen)
        elif row == line + 1:
            ways += ["\r\n" + way for way in self._along(0, column, row, pen)]
            if self._raw and not at_edge:
                ways += ["\n" + way for way in self._along(here, column, row, pen)]
        if row != line and (column == here or (at_edge and column == self._width - 1)):
            ways.append("\n" * (row - line) if self._raw and 0 < row - line < 4 else _steps(row - line, "B", "A"))
        return min(ways, key=len)

    def _along(self, here: int, column: int, row: int, pen: str) -> list[str]:
        """The ways from one column of a row to another."""
        if column == here:
            return [""]
        ways = [f"\x1b[{column + 1}G", _steps(column - here, "C", "D")]
        if column == 0:
            ways.append("\r")
        if 0 < here - column < 4:
            ways.append("\b" * (here - column))
        if 0 < column - here <= WORTH_WRITING and self._shows(here, column, row, pen):
            ways.append(self._rows[row][0][here:column])
        return ways

    def _shows(self, start: int, end: int, row: int, pen: str) -> bool:
        """Whether what a pen would write over cells is what they show anyway."""
        text, pens = self._rows[row]
        if not (text[start:end].isascii() and text[start:end].isprintable()) or DOUBTFUL.search(text):
            return False
        blank = self._pens.blank(pen)
        return all(
            held == pen or (sign == " " and held == blank)
            for sign, held in zip(text[start:end], pens[start:end], strict=True)
        )


def _steps(count: int, onward: str, back: str) -> str:
    letter = onward if count > 0 else back
    return f"\x1b[{letter}" if abs(count) == 1 else f"\x1b[{abs(count)}{letter}"
