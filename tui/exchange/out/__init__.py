"""Out: records in the formats that others read.

selection = of_view(index.view("leader:erdogan"), index)
text = export(selection, "markdown")

Writers: `markdown` (with a `dossier` for each meeting), `jsonlines`, `tabular`, `calendar`, `citation`, `popolo`. Each
takes a `selection`, and lets no text out but by `safetext`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from tui.exchange.out.calendar import calendar, undated
from tui.exchange.out.citation import bibtex, csl_json, ris
from tui.exchange.out.jsonlines import json_lines, json_tables, read_lines
from tui.exchange.out.markdown import briefing
from tui.exchange.out.popolo import popolo
from tui.exchange.out.selection import KINDS, Selection, of_records, of_view
from tui.exchange.out.tabular import table
from tui.language import gettext, later
from tui.vocabulary import counted

__all__ = [
    "FORMATS",
    "KINDS",
    "Format",
    "Selection",
    "carried",
    "export",
    "notes",
    "of_records",
    "of_view",
    "pieces",
    "read_lines",
]


class Format(NamedTuple):
    """A format, as the command and the explorer offer it."""

    name: str
    meaning: str
    """What it is for, in a few words: a message."""
    ending: str
    """Of the names of its files, without a dot before it."""
    kinds: frozenset[str]
    """The kinds of records that it has words for."""
    write: Callable[[Selection], Iterator[str]]
    """Yields the text in pieces, with no control character but the ends of lines (see `safetext`)."""
    single: bool = False
    """Whether a file of it holds one kind."""
    dated: bool = False
    """Whether a meeting of which the day is not known has no place in it."""


_ALL = frozenset(KINDS)

FORMATS: Mapping[str, Format] = {
    "markdown": Format("Markdown", "a briefing to send, with numbered sources", "md", _ALL, briefing, single=True),
    "json": Format("JSON", "every field, in one object", "json", _ALL, json_tables),
    "jsonl": Format("JSON Lines", "every field, a record a line", "jsonl", _ALL, json_lines),
    "csv": Format("CSV", "a table for a spreadsheet", "csv", _ALL, table, single=True),
    "ics": Format("iCalendar", "the meetings as all-day events", "ics", frozenset({"summit"}), calendar, dated=True),
    "bibtex": Format("BibTeX", "the sources, for LaTeX", "bib", _ALL, bibtex),
    "csl": Format("CSL-JSON", "the sources, for Zotero and Pandoc", "csl.json", _ALL, csl_json),
    "ris": Format("RIS", "the sources, for EndNote and others", "ris", _ALL, ris),
    "popolo": Format("Popolo", "people, offices and meetings", "popolo.json", frozenset({"summit", "leader"}), popolo),
}
"""By the name that `--to` takes; `cli.export.FORMS` has the same names in the same order."""


def pieces(chosen: Selection, form: str) -> Iterator[str]:
    """Yield a selection in a format, in pieces, so that long ones need not be held. `form` is one of `FORMATS`."""
    return FORMATS[form].write(chosen)


def export(chosen: Selection, form: str) -> str:
    """Return a selection in a format as one text, without control characters but line ends."""
    return "".join(pieces(chosen, form))


def carried(chosen: Selection, form: str) -> int:
    """Return how many of the chosen records, by themselves and not as what others cite, go into the format."""
    shape = FORMATS[form]
    if shape.single:
        return chosen.count(chosen.first_kind())
    left = undated(chosen) if shape.dated else 0
    return sum(chosen.count(kind) for kind in shape.kinds) - left


def notes(chosen: Selection, form: str) -> list[str]:
    """Return what is left out, and why, in words for a person; empty when nothing is."""
    shape = FORMATS[form]
    kept = {chosen.first_kind()} if shape.single else shape.kinds
    others = [counted(kind, chosen.count(kind)) for kind in KINDS if kind not in kept and chosen.count(kind)]
    said = []
    if others:
        if shape.single:
            why = later("left out: {records}; {format} holds one kind, --kind names another")
        else:
            why = later("left out: {records}; {format} has no words for them")
        said.append(gettext(why, records=", ".join(others), format=gettext(shape.name)))
    if shape.dated and undated(chosen):
        left = counted("summit", undated(chosen))
        said.append(gettext("left out: {records} of which the day is not known", records=left))
    return said
