"""A mapping to begin with, made from what the columns of a table are called: a meeting for each row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from tui.exchange.printable import printable
from tui.index.folding import fold
from tui.language import gettext
from tui.library.slugs import slug

_CALLED = {
    "start": ("date", "day", "start", "firstday", "startdate", "when", "data", "giorno", "tarih", "gun"),
    "city": ("city", "town", "place", "location", "citta", "luogo", "sehir", "yer"),
    "country": ("country", "land", "host", "paese", "ulke"),
}
"""By field what its column may be called, folded and without blanks."""


def beginning(file: Path, columns: Sequence[str]) -> str:
    """Return the text of a mapping, in TOML, that brings the rows of a table in; the user goes on from there."""
    usable = [column for column in columns if column and not set("{}") & set(column)]
    found = {field: column for field, names in _CALLED.items() if (column := _called(usable, names))}
    named = [found[field] for field in ("city", "start") if field in found] or usable[:1]
    name = ", ".join(f"{{{column}}}" for column in named)
    fields = {
        "id": _quoted(f"{slug(file.stem)}-{'-'.join(f'{{{column}}}' for column in reversed(named))}"),
        "name": _quoted(name),
        "start": f'{{ from = {_column(found, "start")}, dates = ["iso", "%d/%m/%Y"] }}',
        "city": _column(found, "city"),
        "country": f"{{ from = {_column(found, 'country')}, country = true }}",
    }
    lines = [f"{field} = {rule}" for field, rule in fields.items() if field in {"id", "name", *found}]
    unused = [column for column in usable if column not in {*found.values(), *named}]
    rest = [f"# {gettext('not used yet: {columns}', columns=printable(', '.join(unused)))}"] if unused else []
    address = f"url = {_quoted(f'https://example.org/{file.name}')}  # {gettext('where the table comes from')}"
    return "\n".join(["[source]", address, "", "[summit]", *lines, *rest])


def _called(columns: Iterable[str], names: Sequence[str]) -> str:
    return next((column for name in names for column in columns if fold(column).replace(" ", "") == name), "")


def _column(found: dict[str, str], field: str) -> str:
    return _quoted(f"{{{found.get(field, '')}}}")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
