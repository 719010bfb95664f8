"""What `summit search` and `summit show` write for people: aligned lines, with a word for all they mean."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import click

from tui.cli.table import Cell, Table
from tui.exchange.dates import edition
from tui.exchange.printable import printable
from tui.index import Hint, Index, Row, View
from tui.language import gettext, later, ngettext
from tui.records import Record
from tui.vocabulary import INSTRUMENTS, OUTCOME_UNKNOWN, SECTORS, STATUSES, SUMMIT_STATUSES, Word, label

HEADINGS = {
    "summit": later("Summits"),
    "leader": later("Leaders"),
    "topic": later("Agenda topics"),
    "agreement": later("Agreements"),
}
_READING_WIDTH = 100
"""Cells: a page is never wider, however wide the terminal."""

_COLOURS = {"pending": "yellow", "agreed": "cyan", "settled": "green", "active": "blue", "ended": "red"}


class Paper(NamedTuple):
    """What the standard output is: its width in cells, 0 for no limit, and whether it shows colours."""

    width: int
    colour: bool

    @classmethod
    def found(cls) -> Paper:
        """Return the paper of this process: a terminal's own width, and else `COLUMNS` or no limit."""
        terminal = sys.stdout.isatty()
        limited = terminal or os.environ.get("COLUMNS", "").isdigit()
        width = shutil.get_terminal_size().columns if limited else 0
        return cls(width, terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb")


def print_view(view: View, limit: int) -> None:
    """Print the four lists of a view with their counts, `limit` rows of each (0 for all), and its hints."""
    paper = Paper.found()
    if any(listing.total for listing in view.lists.values()):
        click.echo("\n".join(_view_lines(view, limit, paper)), color=paper.colour)
    else:
        said = gettext("nothing found for: {query}").format(query=view.query.text)
        click.echo(printable(said), err=True)
    for hint in view.hints:
        click.echo(f"{gettext('hint')}: {hint_text(hint)}", err=True)


def hint_text(hint: Hint) -> str:
    """Return what a hint says, with the mended query where there is one."""
    return printable(hint.message + (f"; {gettext('try')}: {hint.replacement}" if hint.replacement else ""))


def _view_lines(view: View, limit: int, paper: Paper) -> Iterator[str]:
    for position, (kind, heading) in enumerate(HEADINGS.items()):
        listing = view.lists[kind]
        rows = listing.rows(0, limit or listing.total)
        if position:
            yield ""
        yield click.style(f"{gettext(heading)} {listing.total}", bold=True)
        yield from Table([_cells(row) for row in rows], [row.id for row in rows]).lines(paper.width)
        if listing.total > len(rows):
            left = listing.total - len(rows)
            yield f"  … {gettext('{count} more; --limit 0 prints all').format(count=left)}"


def _cells(row: Row) -> list[Cell]:
    """Return the cells of a row as its list shows them, the most needed first; the title is the one that gives way."""
    title = Cell(row.title, gives_way=True)
    if row.kind == "summit":
        status = OUTCOME_UNKNOWN if row.status == "outcome_unknown" else _word(SUMMIT_STATUSES, row.status)
        cells = [Cell(row.date), _status(status), title, Cell(edition(row.mark)), Cell(row.country)]
        return [*cells, _disputed(row), Cell(_agreements(row.count), right=True)]
    if row.kind == "leader":
        return [title, Cell(row.country), Cell(_summits(row.count), right=True), Cell(_span(row.years))]
    if row.kind == "topic":
        sector = Cell(label(SECTORS, row.mark))
        return [title, sector, Cell(_summits(row.count), right=True), Cell(_span(row.years))]
    status = _word(STATUSES, row.status)
    return [Cell(row.date), _status(status), title, Cell(label(INSTRUMENTS, row.mark)), _disputed(row)]


def _word(words: dict[str, Word], word: str) -> Word:
    return words.get(word) or Word(label(words, word))


def _status(word: Word) -> Cell:
    return Cell(word.shown, colour=_COLOURS.get(word.tone, ""))


def _disputed(row: Row) -> Cell:
    return Cell(gettext("disputed") if row.disputed else "")


def _agreements(count: int) -> str:
    return ngettext("{count} agreement", "{count} agreements", count) if count else ""


def _summits(count: int) -> str:
    return ngettext("{count} summit", "{count} summits", count) if count else ""


def _span(years: Sequence[tuple[int, int]]) -> str:
    if not years:
        return ""
    first, last = years[0][0], years[-1][0]
    return str(first) if first == last else f"{first}–{last}"


def print_record(record: Record, index: Index) -> None:
    """Print the page of a record as the reader shows it, in plain text."""
    from tui.exchange.record_page import record_page
    from tui.exchange.text import plain

    width = min(Paper.found().width or _READING_WIDTH, _READING_WIDTH)
    click.echo(plain(record_page(record, index), width), nl=False)
