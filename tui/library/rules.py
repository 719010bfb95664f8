"""The rules that a record must keep by itself, whatever else is in the library."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from tui import vocabulary
from tui.language import gettext, later
from tui.language import number as number_said
from tui.library.dates import date_faults
from tui.library.facts import evidence_of, facts_of
from tui.records import Agreement, Claim, Leader, Record, Source, Summit, Topic
from tui.vocabulary import Word

Faults = Iterator[tuple[str, str]]
"""Pairs of the path to a field and what is wrong with it."""

INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ufffd]")
"""Control characters, line separators, overrides of direction, and the mark of a wrong decoding."""
SHORT_NAME = re.compile(r"[A-Z][A-Z0-9]")
"""A country's code, or an organisation like the G7."""
NAME_START = re.compile(r"[^\W_]")
NOT_ISO = {"UK": "GB", "EL": "GR"}
WIKIDATA = re.compile(r"Q[1-9]\d*")
LANGUAGE = re.compile(r"[a-z]{2,3}")
MANY_LINES = ("text", "quote", "note", "summary")
"""Fields in which a line may break."""


def faults(record: Record) -> Faults:
    """Yield what is wrong with a record: the field and the message."""
    yield from _text_faults(record)
    yield from date_faults(record)
    yield from _word_faults(record)
    yield from _country_faults(record)
    yield from _evidence_faults(record)
    match record:
        case Summit():
            yield from _summit_faults(record)
        case Agreement():
            yield from _claim_faults(record.claims)
            yield from _signatory_faults(record)
        case Leader() if record.wikidata and not WIKIDATA.fullmatch(record.wikidata):
            said = gettext("{value} is no Wikidata number; write Q and digits", value=repr(record.wikidata))
            yield "wikidata", said
        case Source():
            yield from _source_faults(record)


def _summit_faults(summit: Summit) -> Faults:
    yield from _claim_faults(summit.claims)
    for number, participant in enumerate(summit.participants):
        if not participant.leader and not participant.name:
            yield f"participants[{number}]", gettext("names nobody: give a leader or a name")
    for number, figure in enumerate(summit.figures):
        if figure.high is not None and figure.high < figure.value:
            yield (
                f"figures[{number}].high",
                gettext(
                    "the upper end {high} is below the lower, {low}",
                    high=number_said(figure.high),
                    low=number_said(figure.value),
                ),
            )
    if summit.edition is not None and summit.edition < 1:
        yield "edition", gettext("{edition} is no edition; the first is 1", edition=summit.edition)


def _signatory_faults(agreement: Agreement) -> Faults:
    for number, signatory in enumerate(agreement.signatories):
        if not (signatory.leader or signatory.name or signatory.country):
            yield f"signatories[{number}]", gettext("names nobody: give a leader, a name or a country")


def _source_faults(source: Source) -> Faults:
    if not has_address(source.url):
        yield "url", gettext("{url} is no web address; it begins with http:// or https://", url=repr(source.url))
    if source.language and not LANGUAGE.fullmatch(source.language):
        yield "language", gettext("{language} is no language code; write tr, en, fr …", language=repr(source.language))


def has_address(url: str) -> bool:
    """Return whether `url` is an http or https address with a host and without blanks."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)


def _claim_faults(claims: tuple[Claim, ...]) -> Faults:
    """A claim says who gives a value: one for each value, each with its witnesses."""
    seen: set[tuple[str, str]] = set()
    for number, claim in enumerate(claims):
        if not claim.evidence:
            yield (
                f"claims[{number}].evidence",
                gettext("a claim needs evidence of its own: it says who gives the value"),
            )
        if (claim.field, claim.value) in seen:
            message = gettext(
                "the value {value} of {field} is claimed twice; put the evidence in one claim",
                value=repr(claim.value),
                field=repr(claim.field),
            )
            yield f"claims[{number}]", message
        seen.add((claim.field, claim.value))


def _evidence_faults(record: Record) -> Faults:
    """Each fact of a summit or an agreement has evidence, its own or its record's."""
    for field, evidence in evidence_of(record):
        if (evidence.start is None) != (evidence.end is None):
            yield field, gettext("gives one end of the quote; give start and end, or neither")
        elif evidence.start is not None and evidence.end is not None and not 0 <= evidence.start < evidence.end:
            yield field, gettext("the quote cannot stand from {start} to {end}", start=evidence.start, end=evidence.end)
    if not isinstance(record, Summit | Agreement) or record.evidence:
        return
    bare = [(field, fact) for field, fact in facts_of(record) if not fact.evidence]
    for field, fact in bare:
        if not isinstance(fact, Claim):
            yield f"{field}.evidence", gettext("no evidence here or at the record")
    if isinstance(record, Summit) or not any(True for _ in evidence_of(record)):
        yield "evidence", gettext("no evidence for the record")


def _word_faults(record: Record) -> Faults:
    for field, word, words in _controlled(record):
        if word not in words:
            near = difflib.get_close_matches(word, words, 1, 0.6)
            wrong = (
                gettext("{word} (did you mean {near}?)", word=repr(word), near=repr(near[0])) if near else repr(word)
            )
            yield field, gettext("{word} is not one of {words}", word=wrong, words=", ".join(words))


def _controlled(record: Record) -> Iterator[tuple[str, str, dict[str, Word]]]:
    """Yield field, word and the list of each controlled word of a record."""
    match record:
        case Summit():
            yield "status", record.status, vocabulary.SUMMIT_STATUSES
            for number, participant in enumerate(record.participants):
                yield f"participants[{number}].role", participant.role, vocabulary.ROLES
            for number, item in enumerate(record.agenda):
                yield f"agenda[{number}].role", item.role, vocabulary.AGENDA_ROLES
        case Topic():
            yield "sector", record.sector, vocabulary.SECTORS
        case Agreement():
            yield "sector", record.sector, vocabulary.SECTORS
            yield "instrument", record.instrument, vocabulary.INSTRUMENTS
            yield "level", record.level, vocabulary.LEVELS
            for number, step in enumerate(record.history):
                yield f"history[{number}].status", step.status, vocabulary.STATUSES
        case Source():
            yield "kind", record.kind, vocabulary.SOURCE_KINDS
    if isinstance(record, Summit | Agreement):
        for number, statement in enumerate(record.statements):
            yield f"statements[{number}].kind", statement.kind, vocabulary.STATEMENTS


def _country_faults(record: Record) -> Faults:
    for field, country in _countries(record):
        if country in NOT_ISO:
            code = repr(NOT_ISO[country])
            yield field, gettext("{country} is not in ISO 3166-1; write {code}", country=repr(country), code=code)
        elif not NAME_START.match(country) or (len(country) <= 2 and not SHORT_NAME.fullmatch(country)):
            said = later("{country} is neither two capitals (ISO 3166-1) nor the name of an organisation")
            yield field, gettext(said, country=repr(country))


def _countries(record: Record) -> Iterator[tuple[str, str]]:
    """Yield field and value of each country or organisation that a record names."""
    named: list[tuple[str, str]] = []
    match record:
        case Summit():
            named = [("country", record.country), *_several("participants", "country", record.participants)]
            named += [*_list("parties", record.parties), *_list("invited", record.invited)]
        case Leader():
            named = [("country", record.country), *_several("offices", "country", record.offices)]
        case Agreement():
            named = [*_list("parties", record.parties), *_several("signatories", "country", record.signatories)]
    return ((field, country) for field, country in named if country or field.startswith(("parties", "invited")))


def _several(name: str, field: str, parts: Iterable[Any]) -> Iterator[tuple[str, str]]:
    return ((f"{name}[{number}].{field}", getattr(part, field)) for number, part in enumerate(parts))


def _list(name: str, values: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return ((f"{name}[{number}]", value) for number, value in enumerate(values))


def _text_faults(record: Record) -> Faults:
    for field in _NEEDED.get(type(record), ()):
        if not getattr(record, field).strip():
            yield field, gettext("is empty")
    held = isinstance(record, Source)
    for field, text in _texts(msgspec.to_builtins(record), ""):
        if held and field == "text":
            continue  # the user's own text of a source is kept as it came
        last = field.rpartition(".")[2]
        shown = text.replace("\n", " ") if last in MANY_LINES else text
        if found := INVISIBLE.search(shown):
            code = f"U+{ord(found.group()):04X}"
            yield field, gettext("holds the invisible character {code} at {place}", code=code, place=found.start())
        if text != text.strip():
            yield field, gettext("begins or ends with a blank")


_NEEDED: dict[type[Record], tuple[str, ...]] = {
    Summit: ("name",),
    Leader: ("name",),
    Topic: ("name",),
    Agreement: ("title",),
}


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every text in plain values."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{path}[{number}]")
