"""Sources for reference managers: BibTeX, CSL-JSON and RIS.

A source of a library is a page with an address and a publisher. No format is told of an author, for none is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tui.exchange.out.safetext import json_array, one_line
from tui.exchange.out.selection import Selection
from tui.records import Source, title_of
from tui.vocabulary import SOURCE_KINDS, english

_TEX = {
    "\\": r"\textbackslash{}",
    # Not \{ and \}, which BibTeX would count as braces.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}
# Two of these in a row are one dash or quotation mark to TeX.
_JOINED_BY_TEX = re.compile(r"([-'`])(?=\1)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s\\{}<>\"]")


def bibtex(chosen: Selection) -> Iterator[str]:
    """Yield a BibTeX entry for each source: `@misc`, which every style knows, keyed by the source's id."""
    for source in chosen.sources():
        year, month, day = _parts(source.published)
        fields = [
            ("title", f"{{{{{_tex(title_of(source))}}}}}"),
            ("publisher", f"{{{{{_tex(source.publisher)}}}}}" if source.publisher else ""),
            ("url", f"{{{address(source.url)}}}"),
            ("year", f"{{{year}}}" if year else ""),
            ("month", _MONTHS[month - 1] if month else ""),
            ("day", f"{{{day}}}" if day else ""),
            ("language", f"{{{_tex(source.language)}}}" if source.language else ""),
            ("keywords", f"{{{_tex(english(SOURCE_KINDS, source.kind))}}}"),
            ("note", f"{{{_tex(source.note)}}}" if source.note else ""),
        ]
        body = "".join(f",\n  {name} = {value}" for name, value in fields if value)
        yield f"@misc{{{source.id}{body}\n}}\n\n"


def csl_json(chosen: Selection) -> Iterator[str]:
    """Yield a CSL-JSON array, an item for each source."""
    yield from json_array(_csl(source) for source in chosen.sources())
    yield "\n"


def ris(chosen: Selection) -> Iterator[str]:
    """Yield a RIS reference for each source."""
    for source in chosen.sources():
        year, month, day = _parts(source.published)
        date = f"{year}/{f'{month:02}' if month else ''}/{f'{day:02}' if day else ''}/" if year else ""
        tags = [
            ("TY", "NEWS" if source.kind == "news" else "ELEC"),
            ("ID", source.id),
            ("TI", title_of(source)),
            ("PB", source.publisher),
            ("PY", str(year) if year else ""),
            ("DA", date),
            ("LA", source.language),
            ("KW", english(SOURCE_KINDS, source.kind)),
            ("N1", source.note),
            ("UR", address(source.url)),
        ]
        lines = [f"{tag}  - {one_line(value)}\r\n" for tag, value in tags if value]
        yield "".join((*lines, "ER  - \r\n\r\n"))


def address(url: str) -> str:
    """Return an address that breaks no format: blanks, braces, brackets and backslashes as percent signs."""
    return _UNSAFE_IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", one_line(url))


def _csl(source: Source) -> dict[str, Any]:
    parts = [part for part in _parts(source.published) if part]
    item: dict[str, Any] = {
        "id": source.id,
        "type": "article-newspaper" if source.kind == "news" else "webpage",
        "title": one_line(title_of(source)),
        "container-title" if source.kind == "news" else "publisher": one_line(source.publisher),
        "URL": address(source.url),
        "issued": {"date-parts": [parts]} if parts else None,
        "language": one_line(source.language),
        "genre": english(SOURCE_KINDS, source.kind),
        "note": one_line(source.note),
    }
    return {name: value for name, value in item.items() if value}


def _parts(date: str) -> tuple[int, int, int]:
    """Return year, month and day, 0 for what is not known and for a month that no year has."""
    numbers = [int(part) for part in date.split("-") if part] + [0, 0, 0]
    year, month, day = numbers[:3]
    if not 1 <= month <= 12:
        month = day = 0
    return year, month, day if 1 <= day <= 31 else 0


def _tex(text: str) -> str:
    escaped = "".join(_TEX.get(character, character) for character in one_line(text))
    return _JOINED_BY_TEX.sub(r"\1{}", escaped)
