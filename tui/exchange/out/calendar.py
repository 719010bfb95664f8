"""iCalendar (RFC 5545): each meeting as an all-day event that blocks no time.

A calendar has days. A meeting of which only the month or the year is known has none, so it is left out and counted
by `undated`, and is not spread over days on which nobody met.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from tui.exchange.out.safetext import one_line
from tui.exchange.out.selection import Selection, cited
from tui.index.countries import name
from tui.language import gettext
from tui.records import Record, Source, Summit, title_of
from tui.vocabulary import SUMMIT_STATUSES, label

_STATUS = {"held": "CONFIRMED", "under_way": "CONFIRMED", "cancelled": "CANCELLED"}
"""What RFC 5545 calls a status; any other of ours is TENTATIVE."""

_OCTETS = 75
"""The longest line, without its end, before it is folded."""


def calendar(chosen: Selection) -> Iterator[str]:
    """Yield a calendar of the summits that have a day, an event at a time."""
    stamp = _last_change(chosen)
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Summit Explorer//summit export//EN", "CALSCALE:GREGORIAN")
    yield _lines(head)
    for summit in chosen.summits():
        start = day(summit.start)
        if start is not None:
            yield _event(summit, start, chosen, stamp)
    yield _lines(["END:VCALENDAR"])


def undated(chosen: Selection) -> int:
    """Return how many summits are left out because the day of their beginning is not known."""
    return sum(day(summit.start) is None for summit in chosen.summits())


def day(text: str) -> date | None:
    """Return an ISO date as a day; None for a partial one and for one that no calendar has, or that ends it."""
    try:
        found = date.fromisoformat(text) if len(text) == len("2025-04-29") else None
    except ValueError:
        return None
    return found if found != date.max else None


def _event(summit: Summit, start: date, chosen: Selection, stamp: str) -> str:
    last = day(summit.end) or start
    known = chosen.index.records([*dict.fromkeys(cited(summit)), *_linked(summit)])
    addresses = [source.url for source in known.values() if isinstance(source, Source)]
    place = ", ".join(part for part in (summit.venue, summit.city, name(summit.country)) if part)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{summit.id}@summit-explorer",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{start:%Y%m%d}",
        f"DTEND;VALUE=DATE:{max(last, start) + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(summit.name)}",
        f"STATUS:{_STATUS.get(summit.status, 'TENTATIVE')}",
        "TRANSP:TRANSPARENT",
        *([f"LOCATION:{_text(place)}"] if place else []),
        *([f"CATEGORIES:{_text(summit.series)}"] if summit.series else []),
        f"DESCRIPTION:{_description(summit, known, addresses)}",
        *([f"URL:{_address(addresses[0])}"] if addresses else []),
        "END:VEVENT",
    ]
    return _lines(lines)


def _linked(summit: Summit) -> list[str]:
    return [person.leader for person in summit.participants] + [item.topic for item in summit.agenda]


def _description(summit: Summit, known: dict[str, Record], addresses: list[str]) -> str:
    """Who chairs, what is on the agenda, how far the meeting is known to have come, and who says so, a line each."""
    chairs = [_name(person.leader or person.name, known) for person in summit.participants if person.role == "chair"]
    topics = [_name(item.topic, known) for item in summit.agenda if item.role != "excluded"]
    lines = [
        gettext("Status: {status}", status=label(SUMMIT_STATUSES, summit.status)),
        *([gettext("Until: {date}", date=summit.end)] if summit.end and day(summit.end) is None else []),
        *([gettext("Chairs: {names}", names=", ".join(chairs))] if chairs else []),
        *([gettext("Agenda: {topics}", topics=", ".join(topics))] if topics else []),
        *(gettext("Source: {address}", address=address) for address in addresses),
    ]
    return r"\n".join(map(_text, lines))


def _name(id: str, known: dict[str, Record]) -> str:  # noqa: A002 - the word the library uses
    return title_of(known[id]) if id in known else id


def _text(value: str) -> str:
    return one_line(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _address(url: str) -> str:
    return one_line(url).replace(" ", "%20")


def _last_change(chosen: Selection) -> str:
    """Return when the library was last changed: the same library gives the same calendar, byte for byte."""
    from tui.library import library_files

    newest = max((file.stat().st_mtime for file in library_files(chosen.index.library)), default=0.0)
    return f"{datetime.fromtimestamp(newest, UTC):%Y%m%dT%H%M%SZ}"


def _lines(lines: list[str] | tuple[str, ...]) -> str:
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _folded(line: str) -> Iterator[str]:
    """Cut a line into pieces of at most 75 octets, never inside a character; each but the first begins with a blank."""
    piece, used = "", 0
    for character in line:
        size = len(character.encode("utf-8"))
        if used + size > _OCTETS:
            yield piece
            piece, used = " ", 1
        piece += character
        used += size
    yield piece
