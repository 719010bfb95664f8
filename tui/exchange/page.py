"""The shape of a page: what the reader shows and `summit show` prints, before any width is known."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

NO_BREAK = "\N{NO-BREAK SPACE}"
"""A blank at which no line breaks; it is drawn as a blank."""

COMMAND = "command"
"""The role of what is to be typed into a shell: its lines break at blanks only."""

QUERY = "?"
"""How a target begins that is a query; no id begins so."""


class Span(Struct, frozen=True):
    """A run of text with one role and, where it leads somewhere, a target."""

    text: str
    role: str = ""
    """`title`, `label`, `dim`, `link`, `ref`, `mark`, `COMMAND` or a tone (`vocabulary.Tone`); empty for plain."""
    target: str = ""
    """The id of the record that the span leads to; after `QUERY`, a query to ask."""


class Row(Struct, frozen=True):
    """One paragraph: a lead in a column of its own, then text that wraps beside it."""

    spans: tuple[Span, ...]
    lead: Span | None = None
    lead_width: int = 0
    """Cells of the lead's column, with its gap; 0 for no column."""


Cell = tuple[Span, ...]
"""What stands in a row of a table under one heading; it wraps within its column."""


class Table(Struct, frozen=True):
    """Rows of cells under headings. Where a page is too narrow for columns, each row becomes a short list."""

    headings: tuple[Span, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """Each has as many cells as there are headings."""
    numbers: frozenset[int] = frozenset()
    """The columns that are set to the right."""
    even: bool = False
    """Whether each column is a list of its own: all equally wide, and what stands beside a cell says nothing of it."""
    headed: bool = True
    """Whether the reader shows the headings; Markdown has no table without."""


class Block(Struct, frozen=True):
    """A labelled part of a page: its rows, then its table if it has one."""

    label: str
    rows: tuple[Row, ...]
    table: Table | None = None


class Page(Struct, frozen=True):
    """A record laid out for reading."""

    id: str
    title: Row
    blocks: tuple[Block, ...]


def row(*spans: Span | str) -> Row:
    """Return a row of spans; a string is a plain span."""
    return Row(tuple(span if isinstance(span, Span) else Span(span) for span in spans))


def cell(*spans: Span | str) -> Cell:
    """Return a cell of a table; a string is a plain span."""
    return row(*spans).spans


def column(rows: Iterable[tuple[Span, Iterable[Span | str]]], *, least: int = 0, most: int = 14) -> tuple[Row, ...]:
    """Return rows with their leads in one column, as wide as the longest lead, within `least` and `most` cells."""
    made = [(lead, row(*spans).spans) for lead, spans in rows]
    width = max(least, min(most, max((len(lead.text) for lead, _ in made), default=0))) + 2
    return tuple(Row(spans, lead, width) for lead, spans in made)


def joined(parts: Iterable[Iterable[Span | str]], separator: str = f"{NO_BREAK}· ") -> Row:
    """Return one row of parts with a dim separator between them, which never begins a line."""
    spans: list[Span | str] = []
    for part in parts:
        if spans:
            spans.append(Span(separator, "dim"))
        spans.extend(part)
    return row(*spans)
