"""Chooses the file of a new record in a library that is a folder."""

from __future__ import annotations

from pathlib import Path

from tui.library.catalogue import Catalogue
from tui.library.slugs import slug
from tui.library.splicing import table_of
from tui.records import Agreement, Record, Summit

FULL = 2000
"""Records from which on a file is full: an edit rewrites one file."""


def file_for(record: Record, catalogue: Catalogue) -> Path:
    """Return where a new record goes: beside what it belongs to, else with others of its kind, else to a new file."""
    library = catalogue.library
    if not library.is_dir():
        return library
    if isinstance(record, Agreement) and record.summit and (card := catalogue.card(record.summit)):
        return card.file
    if isinstance(record, Summit):
        stem = slug(record.series)[:60].strip("-") or "meetings"
        beside = catalogue.files_of(series=record.series) if record.series else []
    else:
        stem = table_of(record)
        beside = [library / f"{stem}.json"] if library / f"{stem}.json" in catalogue.files else []
        beside += catalogue.files_of(table=stem)
    for file in beside:
        if catalogue.size_of(file) < FULL:
            return file
    number = 1
    while catalogue.size_of(file := library / numbered(stem, number)) >= FULL:
        number += 1
    return file


def numbered(stem: str, number: int) -> str:
    """Return the name of the first, second … file of a stem."""
    return f"{stem}.json" if number == 1 else f"{stem}-{number}.json"
