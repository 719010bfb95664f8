"""A summit in full: who, what was on the agenda, what came of it, what is new, who says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from tui.exchange.dates import edition, ordinal, spoken_span
from tui.exchange.disagreement import disagreement
from tui.exchange.editions import agenda_change, links, neighbour
from tui.exchange.page import Block, Page, Row, Span, column, joined, row
from tui.exchange.parts import agreement_rows, details, disputed_mark, figures, notes, remark, statements, status_span
from tui.exchange.references import References
from tui.index.countries import name
from tui.language import gettext, later, ngettext
from tui.records import AgendaItem, Participant, Record, Summit, title_of
from tui.vocabulary import AGENDA_ROLES, OUTCOME_UNKNOWN, STATUSES, SUMMIT_STATUSES

if TYPE_CHECKING:
    from tui.index import Index
    from tui.index import Row as IndexRow

_PEOPLE = {
    "chair": later("Chairs"),
    "participant": later("Leaders"),
    "guest": later("Guests"),
    "observer": later("Observers"),
    "expected": later("Expected"),
    "absent": later("Absent"),
    "delegate": later("Delegations"),
}
_FEW = 8
"""Up to so many leaders are listed at the head of the page with their offices."""


def summit_page(summit: Summit, index: Index) -> Page:
    """Return the page of a summit."""
    references = References()
    people = list(summit.participants)
    agreements = sorted(index.linked(summit.id, "agreement"), key=furthest_first)
    texts = index.records([item.id for item in agreements])
    known = index.records(
        [person.leader for person in summit.participants if person.leader] + [item.topic for item in summit.agenda]
    )
    blocks = [
        Block("", (place_row(summit), *editions_row(summit, index))),
        *_heads(people, known, references),
        *_parties(summit),
        *_agenda(summit.agenda, known),
        *([agreement_rows(agreements, records=texts)] if agreements else []),
        *_changes(summit, index),
        *disagreement(summit, references, index),
        *figures(summit.figures, references),
        *_wording(summit.agenda, known, references),
        *_others(people, known, references),
        *statements(summit.statements, references),
        *details(summit.details, references),
        *_venue(summit),
        *notes(summit.note),
    ]
    for item in summit.evidence:
        references.mark(item.source)
    return Page(
        summit.id, row(Span(summit.name, "title"), *disputed_mark(summit.claims)), (*blocks, *references.block(index))
    )


def furthest_first(item: IndexRow) -> tuple[bool, int]:
    """The order of agreements on a page: the further in its life first, and what has ended last."""
    statuses = list(STATUSES)
    if item.status not in STATUSES:
        return (True, 0)
    return (STATUSES[item.status].tone == "ended", -statuses.index(item.status))


def place_row(summit: Summit) -> Row:
    """The line under the name: where, when, whether it took place, and what sort of meeting it was."""
    place = ", ".join(part for part in (summit.city, name(summit.country)) if part)
    parts: list[list[Span | str]] = [[part] for part in (place, summit.venue) if part]
    if summit.start:
        parts.append([Span(spoken_span(summit.start, summit.end), "strong")])
    parts.append([_status(summit)])
    if summit.kind:
        parts.append([summit.kind])
    return joined(parts)


def _venue(summit: Summit) -> list[Block]:
    """The names that sources give the venue."""
    return (
        [Block(gettext("Venue"), (row(", ".join((summit.venue, *summit.venue_aliases))),))]
        if summit.venue_aliases
        else []
    )


def _status(summit: Summit) -> Span:
    """A meeting left *scheduled* for a day that is over has an unknown outcome: it is never called upcoming."""
    over = (summit.end or summit.start) < date.today().isoformat()[: len(summit.end or summit.start)]
    if summit.status == "scheduled" and over:
        return Span(OUTCOME_UNKNOWN.shown, OUTCOME_UNKNOWN.tone)
    return status_span(SUMMIT_STATUSES, summit.status)


def _heads(people: list[Participant], known: dict[str, Record], references: References) -> list[Block]:
    """Who led: chairs each on a line, and leaders by name alone where there are many."""
    blocks = []
    for role in ("chair", "participant"):
        given = [person for person in people if person.role == role]
        if len(given) > _FEW:
            blocks.append(Block(gettext(_PEOPLE[role]), (joined([_name(person, known) for person in given]),)))
        elif given:
            blocks.append(_listed(gettext(_PEOPLE[role]), given, known, references))
    return blocks


def _others(people: list[Participant], known: dict[str, Record], references: References) -> list[Block]:
    """Everyone whom the head of the page names in short or not at all, with the office held then."""
    blocks = []
    for role, title in _PEOPLE.items():
        given = [person for person in people if person.role == role]
        if given and (len(given) > _FEW or role not in {"chair", "participant"}):
            blocks.append(_listed(gettext(title), given, known, references))
    return blocks


def _listed(title: str, people: list[Participant], known: dict[str, Record], references: References) -> Block:
    """People a line each; a source that names them all is given once, at the end."""
    shared = people[0].evidence if len({person.evidence for person in people}) == 1 and len(people) > 1 else ()
    rows = [
        row(
            *person_spans(person, known),
            *(references.marks(person.evidence) if not shared else []),
            *remark(person.note),
        )
        for person in people
    ]
    if shared:
        rows.append(row(Span(gettext("all"), "dim"), *references.marks(shared)))
    return Block(title, tuple(rows))


def _name(person: Participant, known: dict[str, Record]) -> list[Span | str]:
    leader = known.get(person.leader)
    name = Span(title_of(leader), "link", person.leader) if leader else Span(person.name or person.leader)
    return [name, Span(f" {person.country}", "dim")] if person.country else [name]


def person_spans(person: Participant, known: dict[str, Record]) -> list[Span | str]:
    """Return a person with the office held then, the country and the capacity."""
    leader = known.get(person.leader)
    printed = person.name or person.leader
    spans: list[Span | str] = [Span(title_of(leader), "link", person.leader) if leader else Span(printed)]
    if person.office:
        spans.append(Span(f", {person.office}"))
    if person.country:
        spans.append(Span(f"  {person.country}", "dim"))
    if person.capacity:
        spans.append(Span(f" · {person.capacity}", "dim"))
    return spans


def _parties(summit: Summit) -> list[Block]:
    """Parties of a large meeting; those of a bilateral one are its chairs' countries already, where these are known."""
    blocks = []
    if len(summit.parties) > 2 or (summit.parties and not summit.participants):
        blocks.append(Block(gettext("Parties"), (row(", ".join(map(name, summit.parties))),)))
    if summit.invited:
        blocks.append(Block(gettext("Invited"), (row(", ".join(map(name, summit.invited))),)))
    return blocks


def _agenda(items: Iterable[AgendaItem], known: dict[str, Record]) -> list[Block]:
    """The topics by how they stand on the agenda, by name alone."""
    rows = []
    for role in AGENDA_ROLES:
        topics = [[_topic(item, known)] for item in items if item.role == role]
        if not topics:
            continue
        if role != "discussed":
            topics[0] = [status_span(AGENDA_ROLES, role), Span("  "), *topics[0]]
        rows.append(joined(topics))
    return [Block(gettext("Agenda"), tuple(rows))] if rows else []


def _wording(items: Iterable[AgendaItem], known: dict[str, Record], references: References) -> list[Block]:
    """How sources put what is on the agenda, and who says so, for the topics where that adds anything."""
    rows = tuple(
        row(_topic(item, known), Span(f"  {item.note}" if item.note else "", "dim"), *references.marks(item.evidence))
        for item in items
        if item.note or item.evidence
    )
    return [Block(gettext("Wording"), rows)] if rows else []


def _topic(item: AgendaItem, known: dict[str, Record]) -> Span:
    topic = known.get(item.topic)
    return Span(title_of(topic), "link", item.topic) if topic else Span(item.topic)


def _changes(summit: Summit, index: Index) -> list[Block]:
    """What the agenda has that the last edition had not, and what it dropped."""
    before = neighbour(summit, index, -1)
    earlier = index.record(before.id) if before else None
    if before is None or not isinstance(earlier, Summit) or not earlier.agenda or not summit.agenda:
        return []
    change = agenda_change(earlier, summit)
    known = index.records([*change.new, *change.again, *change.dropped])
    rows = column(
        (Span(ngettext(word, word, len(topics)), tone), links(topics, known).spans)
        for word, tone, topics in change.groups
    )
    since = row(
        Span(f"{gettext('since')} "), Span(f"{edition(before.mark) or before.title}, {before.date}", "link", before.id)
    )
    return [Block(gettext("Changes"), (since, *rows))]


def editions_row(summit: Summit, index: Index) -> list[Row]:
    """The series where the name does not say it, and the ways to the editions before and after."""
    if not summit.series:
        return []
    which = f"{ordinal(summit.edition)} " if summit.edition else ""
    parts: list[list[Span | str]] = [] if _says_edition(summit) else [[Span(f"{which}{summit.series}", "dim")]]
    for word, step in ((gettext("previous"), -1), (gettext("next"), 1)):
        other = neighbour(summit, index, step)
        if other:
            named = edition(other.mark) or title_of(index.record(other.id) or summit)
            parts.append([Span(f"{word} ", "dim"), Span(f"{named}, {other.date}", "link", other.id)])
    return [joined(parts)] if parts else []


def _says_edition(summit: Summit) -> bool:
    """Whether a summit's name has its series, and the number of its edition where that is known."""
    around = summit.name.replace(summit.series, "", 1)
    return around != summit.name and (not summit.edition or str(summit.edition) in re.findall(r"\d+", around))
