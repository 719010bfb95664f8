"""A rule says how the value of one field is made from the columns of a row.

It is a text with columns in braces (`{name} in {country}`), or a table of steps that are taken in this order:
`from`, `pattern`, `remove`, `map`, `dates`, `country` or `odd_country`, `default`; `split` first parts the text, and
the steps are taken for each piece.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tui.exchange.into.rows import as_text
from tui.index import countries
from tui.language import either, gettext
from tui.library.dates import is_date

COLUMN = re.compile(r"\{([^{}]*)\}")
_UNSEEN = re.compile("[\u200b\u2060\ufeff]")
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class ValueRefusedError(Exception):
    """A value that cannot be what its field asks for."""


@dataclass(frozen=True)
class Rule:
    """How one value is made."""

    text: str
    pattern: re.Pattern[str] | None = None
    remove: re.Pattern[str] | None = None
    map: Mapping[str, str] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    split: re.Pattern[str] | None = None
    country: bool = False
    odd_country: bool = False
    default: str = ""

    @property
    def columns(self) -> list[str]:
        """The columns that the rule reads."""
        return [*COLUMN.findall(self.text), *COLUMN.findall(self.default)]

    def one(self, row: Mapping[str, Any]) -> str:
        """Return the value for a row. Raises ValueRefusedError."""
        return self._worked(filled(self.text, row)) or filled(self.default, row)

    def several(self, row: Mapping[str, Any]) -> list[str]:
        """Return the values for a row, none of them empty or twice. Raises ValueRefusedError."""
        pieces: Iterable[str]
        columns = self.columns
        whole = row.get(columns[0]) if len(columns) == 1 and self.text == f"{{{columns[0]}}}" else None
        if isinstance(whole, list):
            pieces = [clean(as_text(item)) for item in whole]
        else:
            text = filled(self.text, row)
            pieces = self.split.split(text) if self.split else [text]
        made = (self._worked(clean(piece or "")) or filled(self.default, row) for piece in pieces)
        return list(dict.fromkeys(value for value in made if value))

    def _worked(self, text: str) -> str:
        if self.pattern:
            found = self.pattern.search(text)
            text = clean(found.group(min(1, self.pattern.groups)) or "") if found else ""
        if self.remove:
            text = clean(self.remove.sub("", text))
        text = self.map.get(text, text)
        if self.dates and text:
            text = as_date(text, self.dates)
        if self.country:
            text = countries.code(text) or text
        if self.odd_country and countries.code(text):
            text = ""
        return text


def filled(text: str, row: Mapping[str, Any]) -> str:
    """Return a text with its columns filled in; empty when it has columns and all of them are."""
    columns = COLUMN.findall(text)
    if not columns:
        return text
    values = {name: cell(row.get(name)) for name in columns}
    return clean(COLUMN.sub(lambda found: values[found.group(1)], text)) if any(values.values()) else ""


def cell(value: Any) -> str:
    """Return the clean text of a cell; the items of a list are parted by semicolons."""
    if isinstance(value, list):
        return "; ".join(text for text in (clean(as_text(item)) for item in value) if text)
    return clean(as_text(value))


def clean(text: str) -> str:
    """Return text in Unicode's composed form, without blanks at its ends, runs of blanks or marks of no width."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def as_date(text: str, forms: tuple[str, ...]) -> str:
    """Return the ISO date, as exact as given, that a text means in one of the forms (`%d.%m.%Y`, `iso`).

    Raises ValueRefusedError when it is no day of the calendar, or when two forms make different days of it.
    """
    made = sorted({date for form in forms if (date := _in_form(text, form))})
    if not made:
        raise ValueRefusedError(
            gettext("{text} is no day of the calendar as {forms}", text=repr(text), forms=either(forms))
        )
    if len(made) > 1:
        raise ValueRefusedError(gettext("{text} may be {dates}", text=repr(text), dates=either(made)))
    return made[0]


def _in_form(text: str, form: str) -> str:
    if form == "iso":
        return text if _ISO.fullmatch(text) and text.isascii() and is_date(text) else ""
    try:
        moment = datetime.strptime(text, form)
    except (ValueError, OverflowError, re.error):
        return ""
    given = set(re.findall(r"%-?([a-zA-Z])", form))
    if not given & set("YyGcxD"):
        return ""
    exact = "%d" if given & set("djcxD") else "%m" if given & set("mbB") else ""
    year = f"{moment.year:04d}"
    if exact == "%d":
        return f"{year}-{moment.month:02d}-{moment.day:02d}"
    return f"{year}-{moment.month:02d}" if exact else year
