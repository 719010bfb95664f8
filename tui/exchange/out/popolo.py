"""Popolo (popoloproject.com): leaders as persons, their offices as memberships of states, summits as events.

Popolo has no word for a topic, an agreement or who in a source says so; these stay behind. A state or organisation
of a leader is an organisation whose id is its code in lower case, so that it is the same in every export.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from tui.exchange.out.safetext import json_array
from tui.exchange.out.selection import Selection, cited
from tui.index.countries import english
from tui.records import Leader, Record, Source, Summit

SCHEME = "summit-explorer"
"""The scheme of identifiers that are ids of this program's records, or codes of states."""
ABSENT = {"absent", "expected"}
"""The roles of those who did not attend, or of whom it is not known."""


def popolo(chosen: Selection) -> Iterator[str]:
    """Yield one object in pieces: `persons`, `organizations`, `memberships`, `events`.

    The persons are the leaders chosen and all who attended a summit chosen.
    """
    people = _people(chosen)
    lists: dict[str, Iterator[dict[str, Any]]] = {
        "persons": (_person(leader, chosen) for leader in people.leaders()),
        "organizations": _organisations(people),
        "memberships": (item for leader in people.leaders() for item in _memberships(leader)),
        "events": (_event(summit, chosen) for summit in chosen.summits()),
    }
    yield "{"
    for place, (label, items) in enumerate(lists.items()):
        yield f'{"," if place else ""}\n"{label}": '
        yield from json_array(items)
    yield "\n}\n"


def _people(chosen: Selection) -> Selection:
    attended = (person.leader for summit in chosen.summits() for person in _attendees(summit) if person.leader)
    ids = dict.fromkeys(chain(chosen.ids.get("leader", ()), attended))
    return Selection(chosen.index, {"leader": list(ids)})


def _attendees(summit: Summit) -> list[Any]:
    return [person for person in summit.participants if person.role not in ABSENT]


def _person(leader: Leader, chosen: Selection) -> dict[str, Any]:
    return _known(
        id=leader.id,
        name=leader.name,
        other_names=[{"name": alias} for alias in leader.aliases],
        identifiers=[_own(leader.id), *_wikidata(leader)],
        national_identity=english(leader.country),
        summary=leader.note,
        sources=_sources(leader, chosen),
    )


def _own(identifier: str) -> dict[str, str]:
    """Return the mark by which an import finds the same record again."""
    return {"scheme": SCHEME, "identifier": identifier}


def _wikidata(leader: Leader) -> list[dict[str, str]]:
    return [{"scheme": "wikidata", "identifier": leader.wikidata}] if leader.wikidata else []


def _organisations(people: Selection) -> Iterator[dict[str, Any]]:
    seen = set()
    for leader in people.leaders():
        for country in (leader.country, *(office.country for office in leader.offices)):
            if country and organisation_id(country) not in seen:
                seen.add(organisation_id(country))
                state = english(country) != country and country not in {"EU", "UN"}
                yield {
                    "id": organisation_id(country),
                    "name": english(country),
                    "classification": "state" if state else "organisation",
                    "identifiers": [_own(country)],
                }


def organisation_id(country: str) -> str:
    """Return the id of a state or an organisation: `tr`, `african-union`."""
    return re.sub(r"[^\w]+", "-", country.casefold()).strip("-") or "unnamed"


def _memberships(leader: Leader) -> Iterator[dict[str, Any]]:
    """Yield the offices of a leader; a country in which none is known is a membership without a role."""
    offices = [(office.title, office.country or leader.country, office.start, office.end) for office in leader.offices]
    if leader.country and leader.country not in {country for _, country, _, _ in offices}:
        offices.append(("", leader.country, "", ""))
    for place, (title, country, start, end) in enumerate(offices, 1):
        yield _known(
            id=f"{leader.id}-{place}",
            person_id=leader.id,
            organization_id=organisation_id(country) if country else "",
            role=title,
            start_date=start,
            end_date=end,
        )


def _event(summit: Summit, chosen: Selection) -> dict[str, Any]:
    known = chosen.index.records([person.leader for person in summit.participants if person.leader])
    return _known(
        id=summit.id,
        name=summit.name,
        description=summit.note,
        start_date=summit.start,
        end_date=summit.end,
        location=", ".join(part for part in (summit.venue, summit.city, english(summit.country)) if part),
        status=summit.status,
        identifiers=[_own(summit.id)],
        classification=summit.kind or "summit",
        attendees=[_attendee(person.leader, person.name, known) for person in _attendees(summit)],
        sources=_sources(summit, chosen),
    )


def _attendee(leader: str, printed: str, known: dict[str, Record]) -> dict[str, str]:
    found = known.get(leader)
    shown = found.name if isinstance(found, Leader) else printed or leader
    return {"id": leader, "name": shown} if leader else {"name": shown}


def _sources(record: Record, chosen: Selection) -> list[dict[str, str]]:
    found: Iterable[Record] = chosen.index.records(list(dict.fromkeys(cited(record)))).values()
    return [_known(url=source.url, note=source.title) for source in found if isinstance(source, Source)]


def _known(**fields: Any) -> dict[str, Any]:
    """Return the fields that have a value: what is unknown is left out."""
    return {name: value for name, value in fields.items() if value}
