"""The facets of a record: the values of the fields of a query for which a summit or an agreement stays in view.

| field | a summit | an agreement |
|---|---|---|
| country | hosted, party, or represented | its states; those that name no state: as its summit |
| year | in which it was | as its summit; one that has no summit by the dates of its steps |
| series, meeting | its series; its status | as its summit |
| status, sector | of its agreements; also the sectors of what was on its agenda | its own |
| disputed, expected | on which sources differ; with an agreement foreseen | on which sources differ; foreseen |
| began | the year of its first day | |

Topics are kept by their sectors (`topic sector`), and all records by their kind (`all`).

What follows from a single record, such as `leader:`, is found through its links instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tui.index import countries
from tui.records import Agreement, Record, Summit, Topic, disputed_fields, kind_of
from tui.vocabulary import PENDING

Facet = tuple[str, str]
"""A field and a value."""

LENT = ("status", "sector", "expected")
"""The fields of the facets that a summit has from its agreements."""


def facets(record: Record, library: Mapping[str, Record]) -> Iterator[Facet]:
    """Yield the facets that a record has by itself; `library` holds all records by id."""
    yield "all", kind_of(record)
    yield from (("former", former) for former in record.former_ids)
    if isinstance(record, Summit):
        yield from _of_summit(record, library)
    elif isinstance(record, Agreement):
        yield from _of_agreement(record, library)
    elif isinstance(record, Topic):
        yield "topic sector", record.sector


def lent(agreement: Agreement) -> Iterator[Facet]:
    """Yield the facets that an agreement lends to its summit."""
    yield "status", agreement.status
    yield "sector", agreement.sector
    if agreement.status in PENDING:
        yield "expected", ""


def _of_summit(summit: Summit, library: Mapping[str, Record]) -> Iterator[Facet]:
    yield from _of_meeting(summit)
    yield from (("country", code) for code in _states(summit))
    if summit.start:
        yield "began", summit.start[:4]
    if disputed_fields(summit.claims):
        yield "disputed", ""
    for item in summit.agenda:
        topic = library.get(item.topic) if item.role != "excluded" else None
        if isinstance(topic, Topic):
            yield "sector", topic.sector


def _of_agreement(agreement: Agreement, library: Mapping[str, Record]) -> Iterator[Facet]:
    found = library.get(agreement.summit) if agreement.summit else None
    summit = found if isinstance(found, Summit) else None
    yield from lent(agreement)
    states = _codes((*agreement.parties, *(by.country for by in agreement.signatories)))
    yield from (("country", code) for code in states or (_states(summit) if summit else ()))
    if disputed_fields(agreement.claims):
        yield "disputed", ""
    if summit:
        yield from _of_meeting(summit)
    else:
        yield from (("year", step.date[:4]) for step in agreement.history if step.date)


def _of_meeting(summit: Summit) -> Iterator[Facet]:
    yield "meeting", summit.status
    if summit.series:
        yield "series", summit.series
    if summit.start:
        last = summit.end or summit.start
        yield from (("year", f"{year:04}") for year in range(int(summit.start[:4]), int(last[:4]) + 1))


def _states(summit: Summit) -> set[str]:
    return _codes((summit.country, *summit.parties, *(person.country for person in summit.participants)))


def _codes(given: Iterable[str]) -> set[str]:
    return {code for code in (countries.code(country) for country in given if country) if code}
