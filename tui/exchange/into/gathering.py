"""Brings the records of many rows together: rows that name one leader or topic make one record of it.

What the rows leave uncertain is not settled here but told: a name that stands for people of several countries, or
that is one word only, stays the printed name of a participant and becomes no leader.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from tui.exchange.into.arrival import Arrival, Doubt, Refusal
from tui.language import gettext, later, ngettext
from tui.library.rules import faults
from tui.library.slugs import name_key
from tui.records import Leader, Participant, Record, Summit, Topic, kind_of

Named = Leader | Topic


class Gathering:
    """Takes the records of row after row; `settle` puts what they make into the arrival."""

    def __init__(self, arrival: Arrival) -> None:
        self._arrival = arrival
        self._named: dict[tuple[str, str], list[Named]] = {}
        """By kind and id, every mention of a leader or topic."""
        self._events: dict[str, Record] = {}
        self._where: dict[str, str] = dict(arrival.places)
        self._again: list[str] = []
        self._taken: dict[str, Record] = {record.id: record for record in arrival.records}
        """By id, the latest record of it."""

    def add(self, where: str, records: list[Record]) -> None:
        """Take the records of a row, or refuse the row with the first thing that is wrong in it."""
        reason = self._fault(records)
        if reason:
            self._arrival.refusals.append(Refusal(where, reason))
            return
        for record in records:
            self._where.setdefault(record.id, where)
            if isinstance(record, Leader | Topic):
                self._named.setdefault((kind_of(record), record.id), []).append(record)
            elif record.id in self._events:
                said = later("{row} says what {first} said ({id})")
                self._again.append(gettext(said, row=where, first=self._where[record.id], id=record.id))
            else:
                self._events[record.id] = record

    def settle(self) -> None:
        """Put leaders, topics and events into the arrival, and tell the doubts."""
        leaders: dict[str, Leader] = {}
        for (kind, name), mentions in self._named.items():
            if kind == "topic":
                self._arrival.records.append(_united(mentions))
            elif self._certain(mentions):
                leader = _united(mentions)
                assert isinstance(leader, Leader)
                leaders[name] = leader
        self._arrival.records += leaders.values()
        doubtful = {name for kind, name in self._named if kind == "leader"} - set(leaders)
        self._arrival.records += (_linked(event, leaders, doubtful) for event in self._events.values())
        self._arrival.places.update(self._where)
        self._arrival.doubts += (Doubt(gettext("a row that stands twice"), text) for text in self._again)

    def _fault(self, records: list[Record]) -> str:
        """Return the first thing that is wrong in the records of a row, by themselves or beside the rows before."""
        row: dict[str, Record] = {}
        for record in records:
            for field, message in faults(record):
                return f"{kind_of(record)}.{field}: {message}"
            first = self._taken.get(record.id) or row.get(record.id)
            if first and not (type(first) is type(record) and (isinstance(record, Leader | Topic) or first == record)):
                place = self._where.get(record.id, gettext("the same row"))
                return gettext("its id {id} is that of {place}, which says something else", id=record.id, place=place)
            if isinstance(first, Leader) and isinstance(record, Leader) and _two_people(first, record):
                place = self._where.get(record.id, gettext("the same row"))
                return gettext(
                    "{name} is the name of {place} as well, who is another ({wikidata})",
                    name=repr(record.name),
                    place=place,
                    wikidata=first.wikidata,
                )
            row[record.id] = record
        self._taken.update(row)
        return ""

    def _certain(self, mentions: list[Named]) -> bool:
        """Say whether all mentions of a leader are known to mean one person; tell it where they are not."""
        countries = Counter(mention.country for mention in mentions if isinstance(mention, Leader) and mention.country)
        name = mentions[0].name
        if len(countries) > 1:
            listed = ", ".join(f"{country} {count}" for country, count in countries.most_common())
            self._doubt(gettext("one name, several countries; left as printed names"), f"{name}: {listed}")
            return False
        if len(name.split()) < 2:
            listed = ", ".join(countries) or gettext("no country")
            times = ngettext("{count} time", "{count} times", len(mentions))
            self._doubt(gettext("one word is no sure name; left as printed names"), f"{name} ({listed}), {times}")
            return False
        spelled = Counter(mention.name for mention in mentions)
        if len(spelled) > 1:
            listed = ", ".join(f"{spelling} {count}" for spelling, count in spelled.most_common())
            self._doubt(gettext("one name in several spellings; taken as one, the others as aliases"), listed)
        return True

    def _doubt(self, sort: str, text: str) -> None:
        self._arrival.doubts.append(Doubt(sort, text))


def _two_people(one: Leader, other: Leader) -> bool:
    """Return whether two of one name are surely not one person: Wikidata has them apart."""
    return bool(one.wikidata and other.wikidata) and one.wikidata != other.wikidata


def _united(mentions: list[Named]) -> Named:
    """Return one record of what all mentions say, under the name that is given most often."""
    first = mentions[0]
    if all(mention == first for mention in mentions):
        return first
    names = [name for name, _ in Counter(mention.name for mention in mentions).most_common()]
    others = [*names[1:], *(alias for mention in mentions for alias in mention.aliases)]
    unique = {name_key(name): name for name in reversed(others) if name_key(name) != name_key(names[0])}
    aliases = tuple(reversed(unique.values()))
    made = msgspec.structs.replace(first, name=names[0], aliases=aliases)
    if not isinstance(made, Leader):
        return made
    people = [mention for mention in mentions if isinstance(mention, Leader)]
    return msgspec.structs.replace(
        made,
        country=next((person.country for person in people if person.country), ""),
        wikidata=next((person.wikidata for person in people if person.wikidata), ""),
        offices=tuple(dict.fromkeys(office for person in people for office in person.offices)),
        evidence=tuple(dict.fromkeys(part for person in people for part in person.evidence)),
    )


def _linked(event: Record, leaders: dict[str, Leader], doubtful: set[str]) -> Record:
    """Return a summit whose participants lead to leaders only where that is certain, without names said twice."""
    if not isinstance(event, Summit):
        return event
    participants = tuple(_with_certain_leader(one, leaders, doubtful) for one in event.participants)
    return msgspec.structs.replace(event, participants=participants)


def _with_certain_leader(one: Participant, leaders: dict[str, Leader], doubtful: set[str]) -> Participant:
    if one.leader in doubtful and one.name:
        return msgspec.structs.replace(one, leader="")
    leader = leaders.get(one.leader)
    return msgspec.structs.replace(one, name="") if leader and one.name == leader.name else one
