"""CSV as RFC 4180 has it: a table of one kind, UTF-8, CRLF, a header; lists in a cell are joined by `; `.

A table is for reading and counting and leaves out what does not fit a cell; JSON Lines leaves out nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from tui.exchange.out.safetext import one_line
from tui.exchange.out.selection import Selection, cited
from tui.records import Agreement, Leader, Record, Source, Summit, Topic, disputed_fields, title_of

Cell = str | int | float | None
FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula."""

_JOIN = "; "


def table(chosen: Selection, *, guard_formulas: bool = False) -> Iterator[str]:
    """Yield the table of the first kind that has records, a line at a time.

    `guard_formulas` puts an apostrophe before a text that a spreadsheet would run as a formula. It is no default,
    for it changes the data for every other reader.
    """
    kind = chosen.first_kind()
    rows = (
        _cells(record, names)
        for records in _portions(chosen, kind)
        for names in [_names(records, chosen)]
        for record in records
    )
    yield _written(COLUMNS[kind])
    for row in rows:
        yield _written([_guarded(cell) if guard_formulas else cell for cell in row])


COLUMNS: Mapping[str, list[Cell]] = {
    "summit": [
        *("id", "name", "series", "edition", "start", "end", "status", "kind", "city", "venue", "country"),
        *("parties", "invited", "chairs", "leaders", "topics", "agreements", "disputed", "sources", "note"),
    ],
    "leader": ["id", "name", "aliases", "country", "offices", "wikidata", "sources", "note"],
    "topic": ["id", "name", "aliases", "sector", "summary"],
    "agreement": [
        *("id", "title", "date", "status", "summit", "summit_name", "sector", "instrument", "level", "parties"),
        *("signatories", "topics", "amount", "amount_value", "amount_unit", "history", "disputed", "sources", "note"),
    ],
    "source": ["id", "title", "publisher", "url", "published", "language", "kind", "note"],
}
"""The header of each kind's table."""


def _portions(chosen: Selection, kind: str) -> Iterator[list[Record]]:
    """Yield the records a hundred at a time, so that the names they need are asked for together."""
    portion: list[Record] = []
    for record in chosen.sources() if kind == "source" else chosen.records(kind):
        portion.append(record)
        if len(portion) == 100:
            yield portion
            portion = []
    yield portion


class _Names:
    """What the ids in some records stand for."""

    def __init__(self, records: dict[str, Record], agreements: dict[str, int]) -> None:
        self._records = records
        self.agreements = agreements

    def of(self, ids: Iterable[str]) -> str:
        return _JOIN.join(title_of(self._records[id]) if id in self._records else id for id in ids)  # noqa: A001

    def addresses(self, record: Record) -> str:
        found = (self._records.get(source) for source in dict.fromkeys(cited(record)))
        return _JOIN.join(source.url for source in found if isinstance(source, Source))


def _names(records: list[Record], chosen: Selection) -> _Names:
    wanted: dict[str, None] = {}
    for record in records:
        wanted.update(dict.fromkeys(cited(record)))
        if isinstance(record, Summit):
            wanted.update(dict.fromkeys(person.leader for person in record.participants))
            wanted.update(dict.fromkeys(item.topic for item in record.agenda))
        elif isinstance(record, Agreement):
            wanted.update(dict.fromkeys([record.summit, *record.topics]))
            wanted.update(dict.fromkeys(person.leader for person in record.signatories))
    rows = chosen.index.rows([record.id for record in records if isinstance(record, Summit)])
    return _Names(chosen.index.records(list(wanted)), {id: row.count for id, row in rows.items()})  # noqa: A001


def _cells(record: Record, names: _Names) -> list[Cell]:
    if isinstance(record, Summit):
        return _summit(record, names)
    if isinstance(record, Agreement):
        return _agreement(record, names)
    if isinstance(record, Leader):
        offices = _JOIN.join(_office(office.title, office.start, office.end) for office in record.offices)
        start = [record.id, record.name, _JOIN.join(record.aliases), record.country, offices, record.wikidata]
        return [*start, names.addresses(record), record.note]
    if isinstance(record, Topic):
        return [record.id, record.name, _JOIN.join(record.aliases), record.sector, record.summary]
    start = [record.id, record.title, record.publisher, record.url, record.published, record.language]
    return [*start, record.kind, record.note]


def _summit(summit: Summit, names: _Names) -> list[Cell]:
    people = [(person.role, person.leader or person.name) for person in summit.participants]
    return [
        *(summit.id, summit.name, summit.series, summit.edition, summit.start, summit.end, summit.status, summit.kind),
        *(summit.city, summit.venue, summit.country, _JOIN.join(summit.parties), _JOIN.join(summit.invited)),
        names.of(person for role, person in people if role == "chair"),
        names.of(person for role, person in people if role == "participant"),
        names.of(item.topic for item in summit.agenda if item.role != "excluded"),
        names.agreements.get(summit.id, 0),
        _JOIN.join(disputed_fields(summit.claims)),
        names.addresses(summit),
        summit.note,
    ]


def _agreement(agreement: Agreement, names: _Names) -> list[Cell]:
    last = next((step.date for step in reversed(agreement.history) if step.date), "")
    amount = agreement.amount
    return [
        *(agreement.id, agreement.title, last, agreement.status, agreement.summit),
        names.of([agreement.summit]) if agreement.summit else "",
        *(agreement.sector, agreement.instrument, agreement.level, _JOIN.join(agreement.parties)),
        names.of(person.leader or person.name for person in agreement.signatories),
        names.of(agreement.topics),
        *((amount.text, amount.value, amount.unit) if amount else ("", None, "")),
        _JOIN.join(f"{step.status} {step.date}".strip() for step in agreement.history),
        _JOIN.join(disputed_fields(agreement.claims)),
        names.addresses(agreement),
        agreement.note,
    ]


def _office(title: str, start: str, end: str) -> str:
    return f"{title} ({start}–{end})" if start or end else title


def _guarded(cell: Cell) -> Cell:
    text = one_line(cell) if isinstance(cell, str) else ""
    return f"'{text}" if text.startswith(FORMULA) else cell


def _written(cells: list[Cell]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(
        one_line(cell) if isinstance(cell, str) else cell for cell in cells
    )
    return line.getvalue()
