"""A briefing in Markdown (CommonMark): the pages of records as a person would send them, each with its own sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tui.exchange.dates import spoken
from tui.exchange.out.citation import address
from tui.exchange.out.dossier import dossier
from tui.exchange.out.safetext import one_line
from tui.exchange.out.selection import Selection
from tui.exchange.page import NO_BREAK, Block, Page, Row, Span, Table
from tui.exchange.printable import printable
from tui.language import gettext
from tui.records import Record, Source
from tui.vocabulary import SOURCE_KINDS, label

if TYPE_CHECKING:
    from tui.index import Index

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~$])|&(?=[#\w]+;)")
_BLOCK_START = re.compile(r"^(\d{1,9})(?=[.)])|^(?=[-+#=])|^(?= {4})")
_BOLD = {"title", "strong", "pending", "agreed", "settled", "active", "ended", "plain", "mark"}
"""The roles of spans that stand out on a screen by their colour; a mail has none."""


def briefing(chosen: Selection) -> Iterator[str]:
    """Yield a briefing in pieces: one page for each record of the first kind that has any."""
    first = True
    for record in chosen.records(chosen.first_kind()):
        yield "" if first else "\n---\n\n"
        yield page_markdown(record, chosen.index)
        first = False


def page_markdown(record: Record, index: Index) -> str:
    """Return the page of a record in Markdown."""
    return written(dossier(record, index), index)


def written(page: Page, index: Index) -> str:
    """Return a page in Markdown, its tables as tables."""
    return _Writer(page, index).text()


class _Writer:
    """Writes one page; numbers its sources in the order in which the text names them."""

    def __init__(self, page: Page, index: Index) -> None:
        self._page = page
        self._numbers: dict[str, int] = {}
        marks = (span.target for spans in _all_spans(page) for span in spans if span.role in {"ref", "address"})
        known = index.records(marks)
        self._sources = {source.id: source for source in known.values() if isinstance(source, Source)}

    def text(self) -> str:
        parts = [f"# {self._spans(span for span in self._page.title.spans if span.role == 'title')}"]
        disputed = self._spans(span for span in self._page.title.spans if span.role == "mark")
        parts += [disputed.strip()] if disputed else []
        for block in self._page.blocks:
            if block.label != gettext("Sources"):
                parts += self._block(block)
        return "\n\n".join((*parts, *self._sources_block())) + "\n"

    def _block(self, block: Block) -> list[str]:
        disagree = block.label == f"≠ {gettext('Disagree')}"
        label = gettext("Where sources disagree") if disagree else block.label.strip()
        heading = [f"## {_escaped(label)}"] if label else []
        rows = [row for row in map(self._row, block.rows) if row]
        table = [self._table(block.table)] if block.table else []
        if len(rows) == 1 and block.rows[0].lead is None:
            return [*heading, _opening(rows[0]), *table]
        if not rows:
            return [*heading, *table]
        listed = bool(label)
        return [
            *heading,
            "\n".join(f"- {_opening(row)}" for row in rows) if listed else "\n\n".join(map(_opening, rows)),
            *table,
        ]

    def _table(self, table: Table) -> str:
        """A table, as GitHub and most mail clients show it."""
        rule = ["---:" if place in table.numbers else "---" for place in range(len(table.headings))]
        rows = [[_escaped(heading.text) for heading in table.headings], rule]
        rows += [[self._spans(cell) for cell in row] for row in table.rows]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _row(self, row: Row) -> str:
        text = self._spans(row.spans)
        lead = f"**{_escaped(one_line(row.lead.text))}**" if row.lead and row.lead.text.strip() else ""
        return " ".join(part for part in (lead, text) if part)

    def _spans(self, spans: Iterable[Span]) -> str:
        text = "".join(map(self._span, spans)).replace(NO_BREAK, " ")
        return re.sub(" {2,}", " ", text).strip()

    def _span(self, span: Span) -> str:
        if span.role == "ref":
            return self._mark(span.target)
        if span.role == "address":
            return f"<{address(span.text)}>"
        text = printable(span.text)
        if span.role == "dim" and text.startswith("  ") and "←" not in text:
            return f" ({_escaped(text.strip())})"
        inner = text.strip(" " + NO_BREAK)
        if span.role in _BOLD and span.role != "title" and inner:
            before, _, after = text.partition(inner)
            return f"{before}**{_escaped(inner)}**{after}"
        return _escaped(text)

    def _mark(self, source: str) -> str:
        """A source's number, in brackets that lead nowhere: an address at every fact would drown the text."""
        return f"[{self._numbers.setdefault(source, len(self._numbers) + 1)}]"

    def _sources_block(self) -> list[str]:
        """The numbered list of sources, those that the page names only at its end after the others."""
        for block in self._page.blocks:
            for row in block.rows if block.label == gettext("Sources") else ():
                if row.lead is not None:
                    self._mark(row.lead.target)
        lines = [f"{number}. {self._described(source)}" for source, number in self._numbers.items()]
        return [f"## {gettext('Sources')}", "\n".join(lines)] if lines else []

    def _described(self, source: str) -> str:
        known = self._sources.get(source)
        if known is None:
            return f"{_escaped(source)} ({gettext('not in this library')})"
        facts = [known.title, known.publisher, spoken(known.published), label(SOURCE_KINDS, known.kind)]
        about = " · ".join(_escaped(one_line(fact)) for fact in facts if fact)
        return f"{about} <{address(known.url)}>"


def _all_spans(page: Page) -> Iterator[tuple[Span, ...]]:
    for block in page.blocks:
        for row in block.rows:
            yield row.spans if row.lead is None else (row.lead, *row.spans)
        for cells in block.table.rows if block.table else ():
            yield from cells


def _escaped(text: str) -> str:
    """Return text of which no character means anything to Markdown or HTML."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def _opening(text: str) -> str:
    """Return a paragraph's text that does not begin as a list, a heading or code would."""
    return _BLOCK_START.sub(lambda found: f"{found[1]}\\" if found[1] else "\\", text)
