"""What the index keeps of each record to show it and to find it by words.

A record is found by what it says itself and by the names of what it is linked with: a summit by its leaders'
other names. Of its countries it holds the English names, and a mark for each that stands for the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from tui.index import countries
from tui.index.folding import fold, searchable
from tui.index.nations import mark
from tui.index.schema import PARTING
from tui.records import (
    Agreement,
    Detail,
    Leader,
    Record,
    Source,
    Statement,
    Summit,
    Topic,
    disputed_fields,
    title_of,
)
from tui.vocabulary import INSTRUMENTS, SECTORS, STATUSES, english

MONTHS = "January February March April May June July August September October November December"


class Document(NamedTuple):
    """A record as the index keeps it."""

    title: str
    names: str
    """Folded: what the record is called; `body` is folded too: all its text, empty for a source."""
    body: str
    date: str = ""
    until: str = ""
    status: str = ""
    country: str = ""
    mark: str = ""
    disputed: bool = False
    series: str = ""
    sector: str = ""
    by_group: str = ""
    """The key of the sort that is neither by name nor by date."""


def document(record: Record, library: Mapping[str, Record]) -> Document:
    """Return what the index keeps of `record`; `library` holds all records by id."""
    if isinstance(record, Summit):
        return _summit(record, library)
    if isinstance(record, Leader):
        return _leader(record)
    if isinstance(record, Topic):
        return _topic(record)
    if isinstance(record, Agreement):
        return _agreement(record, library)
    return _source(record)


def ordinal(number: int) -> str:
    """Return `1st`, `2nd`, `3rd`, `4th`, `11th`, `21st` …"""
    tens, ones = divmod(number, 10)
    return f"{number}{'th' if tens % 10 == 1 else ('th', 'st', 'nd', 'rd', *['th'] * 6)[ones]}"


def _summit(summit: Summit, library: Mapping[str, Record]) -> Document:
    mark = "" if summit.edition is None else ordinal(summit.edition)
    called = [summit.name, summit.series, mark, summit.city, *_dates(summit.start, summit.end)]
    people = [text for person in summit.participants for text in (*_person(person.leader, library), person.name)]
    topics = [text for item in summit.agenda for text in (*_topic_names(item.topic, library), item.note)]
    said = [
        summit.venue,
        *summit.venue_aliases,
        summit.kind,
        *people,
        *(person.office for person in summit.participants),
        *topics,
        *_statements(summit.statements),
        *_details(summit.details),
        *(figure.label for figure in summit.figures),
        *(claim.value for claim in summit.claims),
        summit.note,
    ]
    theirs = (summit.country, *summit.parties, *(person.country for person in summit.participants))
    return Document(
        title=summit.series or summit.name,
        names=_folded(called, addresses=(summit.id,)),
        body=_folded([*called, *said], [*theirs, *summit.invited], addresses=(summit.id,)),
        date=summit.start,
        until=summit.end or summit.start,
        status=summit.status,
        country=summit.country,
        mark=mark,
        disputed=bool(disputed_fields(summit.claims)),
        series=summit.series,
    )


def _leader(leader: Leader) -> Document:
    called = [leader.name, *leader.aliases]
    said = [*(office.title for office in leader.offices), *countries.demonyms(_code(leader.country)), leader.note]
    return Document(
        title=leader.name,
        names=_folded(called, addresses=(leader.id,)),
        body=_folded([*called, *said], [leader.country], addresses=(leader.id,)),
        country=leader.country,
        by_group=fold(countries.english(leader.country)),
    )


def _topic(topic: Topic) -> Document:
    called = [topic.name, *topic.aliases]
    return Document(
        title=topic.name,
        names=_folded(called, addresses=(topic.id,)),
        body=_folded([*called, english(SECTORS, topic.sector), topic.summary], addresses=(topic.id,)),
        mark=topic.sector,
        sector=topic.sector,
        by_group=english(SECTORS, topic.sector),
    )


def _agreement(agreement: Agreement, library: Mapping[str, Record]) -> Document:
    summit = library.get(agreement.summit)
    meeting = summit if isinstance(summit, Summit) else None
    dates = [step.date for step in agreement.history if step.date]
    signers = [text for by in agreement.signatories for text in (*_person(by.leader, library), by.name)]
    said = [
        english(INSTRUMENTS, agreement.instrument),
        agreement.instrument_in_source,
        english(SECTORS, agreement.sector),
        agreement.sector_in_source,
        *signers,
        *(text for topic in agreement.topics for text in _topic_names(topic, library)),
        agreement.amount.text if agreement.amount else "",
        *_details(agreement.details),
        *_statements(agreement.statements),
        *_dates(*dates),
        meeting.city if meeting else "",
        agreement.note,
    ]
    signing = [by.country for by in agreement.signatories]
    ranks = list(STATUSES)
    return Document(
        title=agreement.title,
        names=_folded([agreement.title], addresses=(agreement.id,)),
        body=_folded([agreement.title, *said], [*agreement.parties, *signing], addresses=(agreement.id,)),
        date=dates[-1] if dates else meeting.start if meeting else "",
        status=agreement.status,
        mark=agreement.instrument,
        disputed=bool(disputed_fields(agreement.claims)),
        sector=agreement.sector,
        by_group=f"{ranks.index(agreement.status) if agreement.status in ranks else len(ranks):02}",
    )


def _source(source: Source) -> Document:
    return Document(
        title=title_of(source),
        names=_folded([source.title, source.publisher], addresses=(source.id, source.url)),
        body="",
        date=source.published,
        mark=source.publisher,
    )


def plain(text: str) -> str:
    """Return a text folded, without what else it is found by; quick for one that was just made part of a document."""
    return _searchable(text).partition(f" {PARTING}")[0]


def _folded(texts: Iterable[str], of_countries: Iterable[str] = (), addresses: Iterable[str] = ()) -> str:
    """Return the texts as they are searched, with ids and web addresses, whose dashes tie no words."""
    parts = dict.fromkeys([_searchable(text) for text in texts if text])
    parts.update(dict.fromkeys([fold(address) for address in addresses if address]))
    parts.update(dict.fromkeys([_country_text(country) for country in of_countries if country]))
    return f" {PARTING} ".join(parts)


@lru_cache(maxsize=1 << 13)
def _searchable(text: str) -> str:
    return searchable(text, PARTING)


@cache
def _country_text(country: str) -> str:
    code = _code(country)
    texts = dict.fromkeys((_searchable(countries.english(code or country)), _searchable(country)))
    return f" {PARTING} ".join([*texts, mark(code)] if code else texts)


def _code(country: str) -> str:
    """Return the code of a country or of an organisation with a code, given by code or name; empty for others."""
    return countries.code(country)


def _person(leader: str, library: Mapping[str, Record]) -> tuple[str, ...]:
    record = library.get(leader)
    return (record.name, *record.aliases) if isinstance(record, Leader) else (leader,)


def _topic_names(topic: str, library: Mapping[str, Record]) -> tuple[str, ...]:
    record = library.get(topic)
    return (record.name, *record.aliases) if isinstance(record, Topic) else (topic,)


def _statements(statements: Iterable[Statement]) -> list[str]:
    return [text for statement in statements for text in (statement.text, statement.outcome)]


def _details(details: Iterable[Detail]) -> list[str]:
    return [f"{detail.label} {detail.value}" for detail in details]


def _dates(*dates: str) -> list[str]:
    """Return each date as it is kept and as it is said: `2025-04-29` and `29 April 2025`."""
    return [text for date in dict.fromkeys(dates) for text in _both_ways(date)]


@lru_cache(maxsize=1 << 12)
def _both_ways(date: str) -> tuple[str, ...]:
    parts = date.split("-")
    if len(parts) == 1:
        return (date,)
    day = f"{int(parts[2])} " if len(parts) > 2 else ""
    return f"{day}{MONTHS.split()[(int(parts[1]) - 1) % 12]} {parts[0]}", date
