"""Popolo: people with their other names, memberships as offices, and events as summits.

Popolo (popoloproject.com) is the format in which parliaments' and councils' open data is exchanged. Its objects
have ids of their own; here a person's id is a slug of the name, so that the same person is found again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from tui.exchange.into.arrival import Arrival, CannotImportError, Doubt, Progress, Refusal, keep_still
from tui.exchange.into.popolo_objects import (
    Object,
    objects_in,
    own_id,
    person_of,
    place_of,
    slug_of,
    status_of,
    text,
    wikidata_of,
)
from tui.exchange.into.values import clean
from tui.index import countries
from tui.language import gettext
from tui.library.dates import is_date
from tui.library.links import links
from tui.library.rules import faults, has_address
from tui.library.slugs import name_key, slug
from tui.records import Evidence, Leader, Office, Participant, Record, Source, Summit

LISTS = ("persons", "people", "organizations", "memberships", "posts", "events", "areas", "speeches")
"""The lists by which a Popolo file is known."""

_STEP = 200
"""After so many people it is told how far the reading is."""


def is_popolo(value: Any) -> bool:
    """Return whether a JSON value looks like a Popolo file."""
    return isinstance(value, dict) and any(isinstance(value.get(name), list) for name in LISTS)


def from_popolo(file: Path, value: Object, source: Source, progress: Progress = keep_still) -> Arrival:
    """Return what a Popolo file brings; `source` says where the file comes from. Raises CannotImportError."""
    for name in LISTS:
        if not isinstance(value.get(name, []), list):
            raise CannotImportError(file, gettext("is a list"), name)
    return _Reading(value, source, progress).arrival


class _Reading:
    """One file being read: its people first, since events lead to them."""

    def __init__(self, value: Object, source: Source, progress: Progress) -> None:
        self.arrival = Arrival(source.id, [source], {source.id: gettext("the file")})
        self._value = value
        self._source = source
        self._progress = progress
        self._sources = {source.url: source}
        organisations = [one for _, one in self._objects("organizations")]
        self._organisations = {text(one, "id"): text(one, "name") for one in organisations}
        self._codes = {text(one, "name"): own_id(one) for one in organisations if own_id(one)}
        """By name, the code or name by which a library knows a state or an organisation."""
        self._posts = {text(one, "id"): one for _, one in self._objects("posts")}
        self._memberships: dict[str, list[tuple[str, Object]]] = {}
        self._people: dict[str, Leader] = {}
        """By the file's own id."""
        self._taken: dict[str, str] = {}
        """By folded name, the id of whom it leads to."""
        self._read()

    def _read(self) -> None:
        people = [*self._objects("persons"), *self._objects("people")]
        for place, membership in self._objects("memberships"):
            self._memberships.setdefault(person_of(membership), []).append((place, membership))
        names = Counter(name_key(text(person, "name")) for _, person in people)
        events = list(self._objects("events"))
        self.arrival.rows = len(people) + len(events) + len(list(self._objects("memberships")))
        total = len(people) + len(events)
        for number, (place, person) in enumerate(people):
            if number % _STEP == 0:
                self._progress(number, total)
            self._take(place, person, names)
        for place, event in events:
            self._add(place, self._summit(event))
        self._refuse_stray_memberships()
        self._leave_out_the_file()
        self._progress(total, total)

    def _objects(self, name: str) -> Iterator[tuple[str, Object]]:
        for number, one in enumerate(self._value.get(name, [])):
            if isinstance(one, dict):
                yield f"{name}[{number}]", one
            elif name in ("persons", "people", "memberships", "events") and not self._seen(f"{name}[{number}]"):
                self.arrival.refusals.append(Refusal(f"{name}[{number}]", gettext("is no object")))

    def _seen(self, place: str) -> bool:
        return any(refusal.where == place for refusal in self.arrival.refusals)

    def _take(self, place: str, person: Object, names: Counter[str]) -> None:
        """Take in a person; those who share a name are told apart by where they sit."""
        name = text(person, "name") or clean(f"{text(person, 'given_name')} {text(person, 'family_name')}")
        if not name:
            self._refuse(place, gettext("has no name"))
            return
        if names[name_key(text(person, "name"))] > 1:
            name = self._told_apart(name, person)
        leader = self._leader(name, person)
        if name_key(name) in self._taken:
            self._refuse(
                place,
                gettext(
                    "{name} is the name of {other} as well, and nothing tells them apart",
                    name=repr(name),
                    other=self._taken[name_key(name)],
                ),
            )
        elif self._add(place, leader):
            self._taken[name_key(name)] = leader.id
            self._people.setdefault(text(person, "id"), leader)

    def _told_apart(self, name: str, person: Object) -> str:
        seats = [self._organisation(one) for _, one in self._memberships.get(text(person, "id"), [])]
        mark = next((seat for seat in seats if seat), "") or text(person, "birth_date")[:4] or text(person, "id")
        self._doubt(gettext("several people of one name; kept apart"), f"{name}: {mark}")
        return f"{name} ({mark})" if mark else name

    def _leader(self, name: str, person: Object) -> Leader:
        seats = self._memberships.get(text(person, "id"), [])
        nationality = text(person, "nationality") or text(person, "national_identity")
        return Leader(
            id=slug_of(person) or slug(name),
            name=name,
            aliases=self._aliases(name, person),
            country=self._code(nationality) or self._country_alone(seats),
            offices=tuple(office for place, one in seats if (office := self._office(place, one))),
            wikidata=wikidata_of(person),
            evidence=self._evidence(person),
            note=text(person, "summary") or text(person, "biography"),
        )

    def _aliases(self, name: str, person: Object) -> tuple[str, ...]:
        others = [text(other, "name") for other in objects_in(person, "other_names")]
        kept: dict[str, str] = {}
        for other in others:
            if other and name_key(other) != name_key(name) and name_key(other) not in self._taken:
                kept.setdefault(name_key(other), other)
        return tuple(kept.values())

    def _office(self, place: str, membership: Object) -> Office | None:
        post = self._posts.get(text(membership, "post_id"), {})
        title = text(membership, "label") or text(membership, "role") or text(post, "label") or text(post, "role")
        organisation = self._organisation(membership)
        country = self._code(organisation)
        if not title and organisation in self._codes:
            return None  # of our own making: it says the country and no office
        full = ", ".join(part for part in (title, "" if country else organisation) if part)
        start, end = self._date(place, membership, "start_date"), self._date(place, membership, "end_date")
        return Office(title=full or "member", country=country, start=start, end=end) if full or country else None

    def _code(self, name: str) -> str:
        """Return by what a library knows a state or an organisation; empty when it is no state that is known."""
        return self._codes.get(name) or countries.code(name)

    def _country_alone(self, seats: list[tuple[str, Object]]) -> str:
        named = (self._organisation(one) for _, one in seats if not text(one, "role") and not text(one, "label"))
        return next((self._codes[one] for one in named if one in self._codes), "")

    def _organisation(self, membership: Object) -> str:
        within = membership.get("organization")
        named = text(membership, "organization_id") or text(
            self._posts.get(text(membership, "post_id"), {}), "organization_id"
        )
        return text(within, "name") if isinstance(within, dict) else self._organisations.get(named, "")

    def _summit(self, event: Object) -> Summit:
        name, start = text(event, "name"), self._date(text(event, "name"), event, "start_date")
        location = text(event, "location")
        ours = slug_of(event)
        venue, city, country = place_of(location) if ours else ("", location, "")
        kind = text(event, "classification")
        attendees = [*objects_in(event, "attendees"), *objects_in(event, "participants")]
        return Summit(
            id=ours or slug(f"{name} {start}" if start and start[:4] not in name else name) or slug(text(event, "id")),
            name=name,
            start=start,
            end=self._date(name, event, "end_date"),
            status=status_of(text(event, "status").casefold(), ours),
            kind="" if ours and kind == "summit" else kind,
            venue=venue,
            city=city,
            country=country,
            participants=tuple(one for attendee in attendees if (one := self._participant(attendee))),
            evidence=self._evidence(event) or (Evidence(source=self._source.id),),
            note=text(event, "description"),
        )

    def _participant(self, attendee: Object) -> Participant | None:
        named = text(attendee, "person_id") or text(attendee, "id")
        leader = self._people.get(named) if named else None
        name = text(attendee, "name")
        if leader:
            return Participant(
                leader=leader.id, name="" if name == leader.name else name, office=text(attendee, "role")
            )
        return Participant(name=name or named, office=text(attendee, "role")) if name or named else None

    def _evidence(self, one: Object) -> tuple[Evidence, ...]:
        """Return the file, if it is not of our own making, and each page that the object names as its source."""
        found = [] if slug_of(one) else [self._source.id]
        for source in objects_in(one, "sources"):
            url = text(source, "url")
            if not has_address(url):
                continue
            if url not in self._sources:
                made = Source(id=slug(url.partition("://")[2]) or slug(url), url=url, title=text(source, "note"))
                if made.id in self.arrival.places or any(faults(made)):
                    continue
                self._sources[url] = made
                self.arrival.records.append(made)
                self.arrival.places[made.id] = "sources"
            found.append(self._sources[url].id)
        return tuple(Evidence(source=source) for source in dict.fromkeys(found))

    def _date(self, where: str, one: Object, field: str) -> str:
        """Return a date as exact as it is given; one that cannot be is left out and told."""
        given = text(one, field)
        date = given[:10].removesuffix("-00").removesuffix("-00")
        if not date or (len(date) in (4, 7, 10) and date.isascii() and is_date(date)):
            return date
        self._doubt(gettext("no day of the calendar; left out"), f"{where}: {field} {given}")
        return ""

    def _add(self, place: str, record: Record) -> bool:
        if not record.id:
            return self._refuse(place, gettext("has no name"))
        for field, message in faults(record):
            return self._refuse(place, f"{field}: {message}")
        try:
            msgspec.convert(msgspec.to_builtins(record), type(record))
        except msgspec.ValidationError as error:
            return self._refuse(place, str(error))
        if record.id in self.arrival.places:
            return self._refuse(
                place, gettext("its id {id} is that of {place}", id=record.id, place=self.arrival.places[record.id])
            )
        self.arrival.places[record.id] = place
        self.arrival.records.append(record)
        return True

    def _refuse_stray_memberships(self) -> None:
        for person, memberships in self._memberships.items():
            for place, _ in memberships if person not in self._people else ():
                self._refuse(
                    place, gettext("there is no person {person}, or the person was refused", person=repr(person))
                )

    def _leave_out_the_file(self) -> None:
        """Leave the file out of the sources when each record of it names its own."""
        cited = {link.target for record in self.arrival.records for link in links(record)}
        if self._source.id not in cited and len(self.arrival.records) > 1:
            self.arrival.records.remove(self._source)
            del self.arrival.places[self._source.id]

    def _refuse(self, place: str, reason: str) -> bool:
        self.arrival.refusals.append(Refusal(place, reason))
        return False

    def _doubt(self, sort: str, told: str) -> None:
        self.arrival.doubts.append(Doubt(sort, told))
