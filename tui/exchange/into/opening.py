"""Tells what a file is (a library, Popolo or a table) and reads it as that."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import indent

from tui.exchange.into.arrival import Arrival, CannotImportError, Progress, Refusal, keep_still
from tui.exchange.into.beginning import beginning
from tui.exchange.into.keeping import read_library
from tui.exchange.into.mapping import Mapping
from tui.exchange.into.mapping_file import read_mapping
from tui.exchange.into.popolo import from_popolo, is_popolo
from tui.exchange.into.records import from_lines, from_lists, is_lines, is_lists
from tui.exchange.into.rows import Place, read_json, read_rows, read_text
from tui.exchange.into.table import fits, from_table
from tui.language import gettext
from tui.library import shipped_library
from tui.library.rules import has_address
from tui.library.slugs import slug
from tui.records import TABLES, Source


def arrival_of(file: Path, mapping: Mapping | None, address: str, progress: Progress = keep_still) -> Arrival:
    """Return what a file brings. `address` is the web address that it came from, for a file that names none.

    Raises CannotImportError, and LibraryError for a damaged library.
    """
    if mapping:
        return from_table(file, mapping, progress)
    if file.is_dir():
        return _library(file)
    if is_lines(file):
        return from_lines(file)
    value = read_json(file, read_text(file)) if file.suffix.lower() == ".json" else None
    if isinstance(value, dict) and value and set(value) <= set(TABLES):
        return from_lists(file, value) if is_lists(value) else _library(file)
    if isinstance(value, dict) and is_popolo(value):
        return from_popolo(file, value, _source(file, value, address), progress)
    said = gettext("is neither records nor Popolo, so it needs --mapping, which says what its columns are")
    columns = [] if isinstance(value, dict) else _columns(read_rows(file))
    if columns:
        begun = indent(beginning(file, columns), "  ")
        said += f"\n{gettext('A file to begin with, of the ending .toml, would be:')}\n\n{begun}"
    raise CannotImportError(file, said)


def chosen_mapping(named: str, file: Path) -> Mapping | None:
    """Return the mapping for a file: the one that was named, else the one that comes with the program and fits.

    A name without a slash or ending is that of a mapping that comes with the program: `us-visits`.
    """
    if named:
        path = Path(named).expanduser()
        shipped = shipped_library() / "mappings" / f"{named}.toml"
        return read_mapping(shipped if not path.exists() and shipped.is_file() else path)
    if file.is_dir() or (file.suffix.lower() == ".json" and not _is_array(file)):
        return None
    if is_lines(file):
        return None
    places = read_rows(file)
    rows = [place for place in places if isinstance(place, Place)]
    return next((mapping for mapping in _shipped_mappings() if fits(mapping, rows)), None)


def _columns(places: Iterable[Place | Refusal]) -> list[str]:
    """Return the columns of a table in their order."""
    return list(dict.fromkeys(name for place in places if isinstance(place, Place) for name in place.row))


def _shipped_mappings() -> Iterable[Mapping]:
    return map(read_mapping, sorted((shipped_library() / "mappings").glob("*.toml")))


def _is_array(file: Path) -> bool:
    return isinstance(read_json(file, read_text(file)), list)


def _library(path: Path) -> Arrival:
    records, files = read_library(path)
    places = {name: f"{files[name].name}, {name}" for name in records}
    return Arrival(slug(path.stem) or "imported", list(records.values()), places, rows=len(records), completes=False)


def _source(file: Path, value: dict[str, object], address: str) -> Source:
    """Return the record of where a Popolo file comes from. Raises CannotImportError when nothing says it."""
    about = value.get("meta")
    named = about if isinstance(about, dict) else {}
    sources = named.get("sources")
    first = sources[0] if isinstance(sources, list) and sources else ""
    url = address or (first if isinstance(first, str) else "")
    if not has_address(url):
        raise CannotImportError(file, gettext("does not say where it comes from; give its web address with --source"))
    return Source(id=slug(file.stem) or slug(url), url=url, title=file.name, kind="reference")
