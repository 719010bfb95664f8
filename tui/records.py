"""What a record is: the typed shapes of everything a library holds, and nothing else.

A record is one summit, leader, topic, agreement or source. Records are frozen; text fields default to
the empty string and lists to the empty tuple, which both mean *unknown*, never *none* or *zero*.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
"""A slug: lower-case ASCII words joined by single hyphens, unique in a library."""

PartialDate = Annotated[str, msgspec.Meta(pattern=r"^$|^\d{4}(-\d{2}(-\d{2})?)?$")]
"""An ISO 8601 date as exact as it is known: `2025`, `2025-04` or `2025-04-29`; empty when unknown."""


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """Base of every shape here: frozen, written without its defaults, strict about field names."""


class Evidence(Part, frozen=True):
    """Where a fact comes from: the source that states it and who, in that source, says so."""

    source: Id
    by: str = ""
    """Who says it, in the source's words; empty when it is the source's own voice."""
    quote: str = ""
    start: int | None = None
    """Where the quote stands in the source's text, in code points; `end` is exclusive."""
    end: int | None = None
    note: str = ""


class Claim(Part, frozen=True):
    """A value that sources give for a field. Two claims on one field with different values are a disagreement."""

    field: str
    value: str
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


class Statement(Part, frozen=True):
    """A sourced sentence about a meeting or an agreement, in our words: a promise, a session, a change of plan."""

    kind: str
    """One of `vocabulary.STATEMENTS`."""
    text: str
    date: PartialDate = ""
    outcome: str = ""
    """What came of it, as far as the library knows."""
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


class Participant(Part, frozen=True):
    """One person at one meeting, with the office held then: the office belongs to the meeting, not the person."""

    leader: str = ""
    """The id of a leader; empty when the printed name cannot be matched with certainty."""
    name: str = ""
    """The name as the source prints it, where it differs from the leader's name or there is no leader."""
    office: str = ""
    country: str = ""
    """An ISO 3166-1 alpha-2 code, or the name of an organisation (`EU`, `NATO`, `African Union`)."""
    role: str = "participant"
    """One of `vocabulary.ROLES`."""
    capacity: str = ""
    """How they took part, in the source's words: *by video*, *host*, *in place of Lavrov*."""
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


class AgendaItem(Part, frozen=True):
    """A topic on the agenda of a meeting."""

    topic: Id
    role: str = "discussed"
    """One of `vocabulary.AGENDA_ROLES`."""
    note: str = ""
    """The source's own wording, where it says more than the topic's name."""
    evidence: tuple[Evidence, ...] = ()


class Figure(Part, frozen=True):
    """A number that was said: trade, investment, how many ministers."""

    label: str
    value: float
    high: float | None = None
    """The upper end where a range was given; `value` is then the lower."""
    unit: str = ""
    """In one form: `USD bn`, `EUR m`, `% of GDP`, `ministers`; empty when the source names none."""
    unit_in_source: str = ""
    year: int | None = None
    """The year the figure is about, not the year it was said."""
    qualifier: str = ""
    """*over*, *about*, *record*: as the source hedges it."""
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


class Step(Part, frozen=True):
    """One step in the life of an agreement: what was said to be its status, when, by whom."""

    status: str
    """One of `vocabulary.STATUSES`."""
    date: PartialDate = ""
    status_in_source: str = ""
    place: str = ""
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


class Signatory(Part, frozen=True):
    """Who signed: a leader of the library where the match is certain, and the name as printed."""

    leader: str = ""
    name: str = ""
    country: str = ""


class Amount(Part, frozen=True):
    """Money attached to an agreement, with the source's own wording."""

    text: str
    value: float | None = None
    unit: str = ""
    evidence: tuple[Evidence, ...] = ()


class Detail(Part, frozen=True):
    """A labelled property that has no field of its own: *articles* 18, *binding* commercial, *term* five years."""

    label: str
    value: str
    evidence: tuple[Evidence, ...] = ()


class Office(Part, frozen=True):
    """An office that a leader held, as far as the meetings of the library show it."""

    title: str
    country: str = ""
    start: PartialDate = ""
    end: PartialDate = ""


class Summit(Part, frozen=True):
    """A meeting: who, where, when, on what, with what result."""

    id: Id
    name: str
    series: str = ""
    edition: int | None = None
    start: PartialDate = ""
    end: PartialDate = ""
    """The last day; empty when the meeting took one day or its end is unknown."""
    status: str = "held"
    """One of `vocabulary.SUMMIT_STATUSES`, as the sources leave it."""
    kind: str = ""
    """What sort of meeting, where it is no regular edition: *state visit*, *forum*, *decision*."""
    city: str = ""
    venue: str = ""
    venue_aliases: tuple[str, ...] = ()
    country: str = ""
    parties: tuple[str, ...] = ()
    """States and organisations that take part as such: ISO codes or names."""
    invited: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    figures: tuple[Figure, ...] = ()
    statements: tuple[Statement, ...] = ()
    details: tuple[Detail, ...] = ()
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    former_ids: tuple[Id, ...] = ()
    """Ids of records that were merged into this one; they still lead here."""


class Leader(Part, frozen=True):
    """A person who took part in a meeting or signed an agreement."""

    id: Id
    name: str
    aliases: tuple[str, ...] = ()
    country: str = ""
    offices: tuple[Office, ...] = ()
    wikidata: str = ""
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    former_ids: tuple[Id, ...] = ()


class Topic(Part, frozen=True):
    """A subject that recurs on agendas."""

    id: Id
    name: str
    aliases: tuple[str, ...] = ()
    sector: str = "general"
    """One of `vocabulary.SECTORS`."""
    summary: str = ""
    former_ids: tuple[Id, ...] = ()


class Agreement(Part, frozen=True):
    """A text, deal or decision, with the dated history of its status."""

    id: Id
    title: str
    summit: str = ""
    """The id of the meeting it belongs to; empty when it stands alone."""
    sector: str = "general"
    sector_in_source: str = ""
    instrument: str = "unspecified"
    """One of `vocabulary.INSTRUMENTS`; what the title says, which has no legal effect by itself."""
    instrument_in_source: str = ""
    level: str = "government"
    """One of `vocabulary.LEVELS`."""
    parties: tuple[str, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    topics: tuple[Id, ...] = ()
    amount: Amount | None = None
    history: tuple[Step, ...] = ()
    """Oldest first. The last step is what is known now."""
    statements: tuple[Statement, ...] = ()
    details: tuple[Detail, ...] = ()
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    former_ids: tuple[Id, ...] = ()

    @property
    def status(self) -> str:
        """The status that the last step of the history gives; `mentioned` when there is no history."""
        return self.history[-1].status if self.history else "mentioned"


class Source(Part, frozen=True):
    """A page or document that states facts."""

    id: Id
    url: str
    title: str = ""
    publisher: str = ""
    published: PartialDate = ""
    published_basis: str = ""
    """How the date is known, where the source does not print it: *date in the address*."""
    language: str = ""
    """An ISO 639-1 code; empty when unknown."""
    kind: str = "page"
    """One of `vocabulary.SOURCE_KINDS`."""
    text: str = ""
    """The text that the user added; the shipped library holds none."""
    sha256: str = ""
    note: str = ""
    former_ids: tuple[Id, ...] = ()


Record = Summit | Leader | Topic | Agreement | Source

TABLES: dict[str, type[Record]] = {
    "summits": Summit,
    "leaders": Leader,
    "topics": Topic,
    "agreements": Agreement,
    "sources": Source,
}
"""The TinyDB tables of a library file and what each holds."""

KINDS: dict[type[Record], str] = {
    Summit: "summit",
    Leader: "leader",
    Topic: "topic",
    Agreement: "agreement",
    Source: "source",
}
"""The word for each sort of record, as the query language and the screens use it."""


def kind_of(record: Record) -> str:
    """Return `summit`, `leader`, `topic`, `agreement` or `source`."""
    return KINDS[type(record)]


def title_of(record: Record) -> str:
    """Return the line that names a record: its name, title, or for an untitled source its address."""
    if isinstance(record, Agreement):
        return record.title
    if isinstance(record, Source):
        return record.title or record.url
    return record.name


def disputed_fields(claims: tuple[Claim, ...]) -> tuple[str, ...]:
    """Return the fields, in the order met, for which claims give more than one value."""
    values: dict[str, set[str]] = {}
    for claim in claims:
        values.setdefault(claim.field, set()).add(claim.value)
    return tuple(field for field, given in values.items() if len(given) > 1)
