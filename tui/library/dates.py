"""The rules for dates in a record: real days of the calendar, in the right order, compared as far as both are known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tui.language import gettext
from tui.records import Agreement, Leader, Record, Source, Summit

FIRST_OF = "-01"


def date_faults(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the field and the message for each date of a record that cannot be, or stands in the wrong order."""
    for field, text in _dates(record):
        if text and not is_date(text):
            yield field, gettext("{text} is no day of the calendar", text=repr(text))
    if isinstance(record, Summit) and backwards(record.start, record.end):
        yield "end", gettext("ends on {end}, before it starts on {start}", end=record.end, start=record.start)
    if isinstance(record, Summit) and record.end and not record.start:
        yield "start", gettext("has an end but no start")
    if isinstance(record, Leader):
        for number, office in enumerate(record.offices):
            if backwards(office.start, office.end):
                yield (
                    f"offices[{number}].end",
                    gettext("ends in {end}, before it starts in {start}", end=office.end, start=office.start),
                )
    if isinstance(record, Agreement):
        yield from _order_faults(record)


def is_date(text: str) -> bool:
    """Return whether a partial date is, or begins, a real day of the calendar."""
    try:
        date.fromisoformat((text + FIRST_OF * 2)[:10])
    except ValueError:
        return False
    return True


def backwards(first: str, second: str) -> bool:
    """Return whether `second` is certainly before `first`; `2025` and `2025-04` are in no order, nor is an unknown."""
    known = min(len(first), len(second))
    return bool(known) and second[:known] < first[:known]


def _order_faults(agreement: Agreement) -> Iterator[tuple[str, str]]:
    latest = ""
    for number, step in enumerate(agreement.history):
        if backwards(latest, step.date):
            yield (
                f"history[{number}].date",
                gettext("{date} stands after {latest}; steps go from old to new", date=step.date, latest=latest),
            )
        latest = step.date or latest


def _dates(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the field and the text of every date of a record."""
    if isinstance(record, Summit):
        yield "start", record.start
        yield "end", record.end
    if isinstance(record, Leader):
        for number, office in enumerate(record.offices):
            yield f"offices[{number}].start", office.start
            yield f"offices[{number}].end", office.end
    if isinstance(record, Agreement):
        for number, step in enumerate(record.history):
            yield f"history[{number}].date", step.date
    if isinstance(record, Summit | Agreement):
        for number, statement in enumerate(record.statements):
            yield f"statements[{number}].date", statement.date
    if isinstance(record, Source):
        yield "published", record.published
