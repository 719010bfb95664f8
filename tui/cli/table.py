"""Rows in aligned columns: one line each where the terminal is wide enough, else the id on a line below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import click

from tui.exchange.printable import cell_width, fit, printable

_GAP = 2
_LEAST_TITLE = 24
"""Cells that the title keeps while there are other columns to leave out."""

_WIDEST_TITLE = 100
"""Cells to which shorter titles are filled where the line has no limit; longer titles stick out, uncut."""


class Cell(NamedTuple):
    """One value of a row."""

    text: str
    colour: str = ""
    right: bool = False
    """Whether the column is aligned on the right, as counts are."""
    gives_way: bool = False
    """Whether the column is cut where the line is too long; one column of a table is."""


class Table:
    """Rows of cells, all of one length, and the id of each row. Columns without any text are left out."""

    def __init__(self, rows: list[list[Cell]], ids: list[str]) -> None:
        clean = [[cell._replace(text=printable(cell.text)) for cell in row] for row in rows]
        self._columns = [column for column in zip(*clean, strict=True) if any(cell.text for cell in column)]
        self._ids = ids

    def lines(self, width: int) -> Iterator[str]:
        """Yield the lines, at most `width` cells wide from 30 on (0 for no limit); an id is never cut."""
        ids = _GAP + max(map(len, self._ids), default=0)
        beside = not width or self._needed(self._columns) + ids <= width
        columns = self._columns if beside else self._chosen(width)
        spare = 0 if beside else width - self._needed(columns)
        lines = [_column(column, spare) for column in columns]
        for cells, record_id in zip(zip(*lines, strict=True), self._ids, strict=True):
            line = (" " * _GAP).join(("", *cells))
            yield f"{line}{' ' * _GAP}{record_id}" if beside else line.rstrip()
            if not beside:
                yield f"{' ' * (2 * _GAP)}{record_id}"

    def _chosen(self, width: int) -> list[tuple[Cell, ...]]:
        """Return the columns for a narrow terminal, without the last ones where the title would suffer."""
        columns = list(self._columns)
        while len(columns) > 1 and not columns[-1][0].gives_way:
            title = next(_natural(column) for column in columns if column[0].gives_way)
            if self._needed(columns) - max(title - _LEAST_TITLE, 0) <= width:
                break
            columns.pop()
        return columns

    def _needed(self, columns: list[tuple[Cell, ...]]) -> int:
        return sum(_natural(column) + _GAP for column in columns)


def _natural(column: tuple[Cell, ...]) -> int:
    return max(cell_width(cell.text) for cell in column)


def _column(column: tuple[Cell, ...], spare: int) -> list[str]:
    """Return a column's cells in one width; `spare` below 0 is what the title has to give up."""
    width = _natural(column)
    if not column[0].gives_way:
        return [_shown(cell, width) for cell in column]
    if spare < 0:
        return [_shown(cell, max(width + spare, 1)) for cell in column]
    width = min(width, _WIDEST_TITLE)
    return [_shown(cell, max(width, cell_width(cell.text))) for cell in column]


def _shown(cell: Cell, width: int) -> str:
    text = fit(cell.text, width)
    if cell.right:
        text = " " * (width - cell_width(text.rstrip())) + text.rstrip()
    if not cell.colour or not cell.text:
        return text
    word = text.rstrip()
    return click.style(word, fg=cell.colour) + text[len(word) :]
