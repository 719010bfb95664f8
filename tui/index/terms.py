"""What a field term stands for: the summits and the agreements that it leaves in view.

| field | summits | agreements |
|---|---|---|
| summit | those named | of those summits |
| leader | attended | of those summits, or signed by the leader |
| topic | had it on the agenda | about it |
| agreement | it belongs to | those named |
| country | hosted, party, or represented | with it among their states; those that name no state: of those summits |
| series, year | in it | of those summits; one that has no summit by the dates of its steps |
| sector | with such an agreement or topic | in it |
| status | with such an agreement, or of that status themselves | of that status; of summits of that status |
| source | citing it | citing it |
| is:disputed | on which sources differ | on which sources differ |
| is:expected | with such an agreement | foreseen, not agreed |
| is:upcoming | scheduled, and not over | of those summits |

A leader said to be absent did not attend; a topic kept off the agenda was not on it.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from pyroaring import BitMap

from tui.index import values
from tui.index.adjacency import back
from tui.index.asked import Asked
from tui.index.numbers import EMPTY, of_kind
from tui.index.query import Term, years
from tui.index.values import MEETING_STATUSES
from tui.vocabulary import SECTORS, STATUSES

_SCHEDULED = "SELECT number FROM record WHERE status = 'scheduled' AND "
_UPCOMING = f"{_SCHEDULED}NOT (until <> '' AND until < substr(?, 1, length(until)))"
_OVER = f"{_SCHEDULED}until <> '' AND until < substr(?, 1, length(until))"


class Choice(Struct, frozen=True):
    """The summits and agreements that a term leaves in view. `found` tells whether its value stands for anything."""

    records: BitMap
    found: bool


NOTHING = Choice(EMPTY, False)


def choose(term: Term, asked: Asked) -> Choice | None:
    """Return what a field term leaves in view; `None` for `kind:`, which chooses panes and not records."""
    if term.field == "kind":
        return None
    return _FIELDS[term.field](term, asked)


def _summit(term: Term, asked: Asked) -> Choice:
    summits = values.named(term, asked, "summit")
    return Choice(summits | _of(summits, asked), True) if summits else NOTHING


def _leader(term: Term, asked: Asked) -> Choice:
    leaders = values.named(term, asked, "leader")
    if not leaders:
        return NOTHING
    summits = asked.links.all_of(back("attended"), leaders)
    return Choice(summits | _of(summits, asked) | asked.links.all_of(back("signed"), leaders), True)


def _topic(term: Term, asked: Asked) -> Choice:
    topics = values.named(term, asked, "topic")
    if not topics:
        return NOTHING
    return Choice(asked.links.all_of(back("agenda"), topics) | asked.links.all_of(back("about"), topics), True)


def _agreement(term: Term, asked: Asked) -> Choice:
    agreements = values.named(term, asked, "agreement")
    return Choice(agreements | asked.links.all_of("belongs", agreements), True) if agreements else NOTHING


def _source(term: Term, asked: Asked) -> Choice:
    sources = values.named(term, asked, "source")
    if not sources:
        return NOTHING
    citing = asked.links.all_of(back("cites"), sources)
    return Choice(of_kind(citing, "summit") | of_kind(citing, "agreement"), True)


def _country(term: Term, asked: Asked) -> Choice:
    codes = values.country_codes(term, asked.connection)
    return Choice(asked.facets.of("country", *codes), True) if codes else NOTHING


def _series(term: Term, asked: Asked) -> Choice:
    found = values.series(term, asked)
    return Choice(asked.facets.of("series", *found), True) if found else NOTHING


def _year(term: Term, asked: Asked) -> Choice:
    ends = years(term.value.strip())
    return Choice(asked.facets.between("year", f"{ends[0]:04}", f"{ends[1]:04}"), True) if ends else NOTHING


def _sector(term: Term, asked: Asked) -> Choice:
    sectors = values.controlled(term, SECTORS)
    return Choice(asked.facets.of("sector", *sectors), True) if sectors else NOTHING


def _status(term: Term, asked: Asked) -> Choice:
    theirs = values.controlled(term, STATUSES)
    held = values.controlled(term, MEETING_STATUSES)
    if not theirs and not held:
        return NOTHING
    return Choice(asked.facets.of("status", *theirs) | meetings(held, asked), True)


def meetings(statuses: list[str], asked: Asked) -> BitMap:
    """Return the summits of these statuses and their agreements."""
    found = asked.facets.of("meeting", *(word for word in statuses if word not in ("scheduled", "outcome_unknown")))
    for status, sql in (("scheduled", _UPCOMING), ("outcome_unknown", _OVER)):
        if status in statuses:
            summits = BitMap([number for (number,) in asked.connection.execute(sql, (asked.today,))])
            found = found | summits | _of(summits, asked)
    return found


def _is(term: Term, asked: Asked) -> Choice:
    found = values.marks(term)
    if not found:
        return NOTHING
    return Choice(BitMap.union(EMPTY, *(_marked(mark, asked) for mark in found)), True)


def _marked(mark: str, asked: Asked) -> BitMap:
    return meetings(["scheduled"], asked) if mark == "upcoming" else asked.facets.of(mark, "")


_FIELDS: dict[str, Callable[[Term, Asked], Choice]] = {
    "summit": _summit,
    "leader": _leader,
    "topic": _topic,
    "agreement": _agreement,
    "country": _country,
    "series": _series,
    "sector": _sector,
    "status": _status,
    "source": _source,
    "year": _year,
    "is": _is,
}


def _of(summits: BitMap, asked: Asked) -> BitMap:
    """Return the agreements of summits."""
    return asked.links.all_of(back("belongs"), summits)
