"""The numbered sources of a page: who says what, and where to read it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.exchange.dates import spoken
from tui.exchange.page import NO_BREAK, Block, Span, column
from tui.language import gettext
from tui.records import Evidence, Source
from tui.vocabulary import SOURCE_KINDS, label

if TYPE_CHECKING:
    from tui.index import Index


class References:
    """Gives each source of a page a number, in the order in which the page first names it."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def marks(self, evidence: Iterable[Evidence]) -> list[Span]:
        """Return ` · says “Rome” [1]`: the speaker where the source names one, and the source's number."""
        spans: list[Span] = []
        speaker = ""
        for item in evidence:
            if item.by and item.by != speaker:
                spans += [Span(f"{NO_BREAK}· {gettext('says')} ", "dim"), Span(f"“{item.by}”")]
                speaker = item.by
            spans += [Span(" "), self.mark(item.source)]
        return spans

    def mark(self, source: str) -> Span:
        """Return the number of a source as a link to it: `[3]`."""
        number = self._numbers.setdefault(source, len(self._numbers) + 1)
        return Span(f"[{number}]", "ref", source)

    def block(self, index: Index) -> list[Block]:
        """Return the list of sources, numbered; no block when the page names none."""
        if not self._numbers:
            return []
        known = index.records(list(self._numbers))
        rows = column(
            (Span(f"[{number}]", "ref", source), _describe(source, known.get(source)))
            for source, number in self._numbers.items()
        )
        return [Block(gettext("Sources"), rows)]


def _describe(source: str, record: object) -> list[Span | str]:
    if not isinstance(record, Source):
        return [Span(f"{source} ({gettext('not in this library')})", "dim")]
    facts = [record.title] if record.title else []
    facts += [record.publisher] if record.publisher and record.publisher not in record.url else []
    facts += [spoken(record.published)] if record.published else []
    facts += [label(SOURCE_KINDS, record.kind)] if record.kind != "page" else []
    about = " · ".join(facts)
    return [*([f"{about}  "] if about else []), Span(record.url, "address", source)]
