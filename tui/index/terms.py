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

import sqlite3
from collections.abc import Callable, Iterable
from typing import NamedTuple

from tui.index import values
from tui.index.query import Term, years
from tui.index.values import MEETING_STATUSES, Clause
from tui.vocabulary import PENDING, SECTORS, STATUSES

_UPCOMING = "status = 'scheduled' AND NOT (until <> '' AND until < substr(?, 1, length(until)))"
_OVER = "status = 'scheduled' AND until <> '' AND until < substr(?, 1, length(until))"
_SUMMITS = "SELECT number FROM record WHERE kind = 'summit'"
_AGREEMENTS = "SELECT number FROM record WHERE kind = 'agreement'"


class Choice(NamedTuple):
    """What a term leaves in view. `found` tells whether its value stands for anything."""

    summits: Clause
    agreements: Clause
    found: bool


NOTHING = Choice(Clause("SELECT 0 WHERE 0"), Clause("SELECT 0 WHERE 0"), False)


def choose(term: Term, connection: sqlite3.Connection, today: str) -> Choice | None:
    """Return what a field term leaves in view; `None` for `kind:`, which chooses panes and not records."""
    if term.field == "kind":
        return None
    return _FIELDS[term.field](term, connection, today)


def _summit(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    summits = values.named(term, connection, "summit")
    return Choice(summits, _of(summits), True) if summits else NOTHING


def _leader(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    leaders = values.named(term, connection, "leader")
    if leaders is None:
        return NOTHING
    summits = _sources("attended", leaders)
    return Choice(summits, _either(_of(summits), _sources("signed", leaders)), True)


def _topic(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    topics = values.named(term, connection, "topic")
    return Choice(_sources("agenda", topics), _sources("about", topics), True) if topics else NOTHING


def _agreement(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    agreements = values.named(term, connection, "agreement")
    return Choice(_having(agreements), agreements, True) if agreements else NOTHING


def _source(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    sources = values.named(term, connection, "source")
    if sources is None:
        return NOTHING
    citing = _sources("cites", sources)
    return Choice(_both(_SUMMITS, citing), _both(_AGREEMENTS, citing), True)


def _country(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    codes = values.country_codes(term, connection)
    if not codes:
        return NOTHING
    there = Clause(f"SELECT record FROM place WHERE country IN ({_marks(codes)})", tuple(codes))
    summits = _both(_SUMMITS, there)
    stateless = f"{_AGREEMENTS} AND number NOT IN (SELECT record FROM place)"
    return Choice(summits, _either(_both(_AGREEMENTS, there), _both(stateless, _of(summits))), True)


def _series(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    found = values.series(term, connection)
    if not found:
        return NOTHING
    summits = Clause(f"{_SUMMITS} AND series IN ({_marks(found)})", tuple(found))
    return Choice(summits, _of(summits), True)


def _year(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    ends = years(term.value.strip())
    if ends is None:
        return NOTHING
    then = Clause("SELECT record FROM year WHERE year BETWEEN ? AND ?", ends)
    summits = _both(_SUMMITS, then)
    return Choice(summits, _either(_of(summits), _both(_AGREEMENTS, then)), True)


def _sector(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    sectors = values.controlled(term, SECTORS)
    if not sectors:
        return NOTHING
    agreements = Clause(f"{_AGREEMENTS} AND sector IN ({_marks(sectors)})", tuple(sectors))
    topics = Clause(f"SELECT number FROM record WHERE kind = 'topic' AND sector IN ({_marks(sectors)})", tuple(sectors))
    return Choice(_either(_having(agreements), _sources("agenda", topics)), agreements, True)


def _status(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    theirs = values.controlled(term, STATUSES)
    meetings = values.controlled(term, MEETING_STATUSES)
    if not theirs and not meetings:
        return NOTHING
    agreements = Clause(f"{_AGREEMENTS} AND status IN ({_marks(theirs)})", tuple(theirs))
    summits = _meetings(meetings, today)
    return Choice(_either(_having(agreements), summits), _either(agreements, _of(summits)), True)


def _meetings(statuses: list[str], today: str) -> Clause:
    plain = [status for status in statuses if status not in ("scheduled", "outcome_unknown")]
    clause = Clause(f"{_SUMMITS} AND status IN ({_marks(plain)})", tuple(plain))
    for status, condition in (("scheduled", _UPCOMING), ("outcome_unknown", _OVER)):
        if status in statuses:
            clause = _either(clause, Clause(f"{_SUMMITS} AND {condition}", (today,)))
    return clause


def _is(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    asked = values.marks(term)
    if not asked:
        return NOTHING
    choices = [_marked(mark, today) for mark in asked]
    summits, agreements = choices[0].summits, choices[0].agreements
    for choice in choices[1:]:
        summits, agreements = _either(summits, choice.summits), _either(agreements, choice.agreements)
    return Choice(summits, agreements, True)


def _marked(mark: str, today: str) -> Choice:
    if mark == "disputed":
        return Choice(Clause(f"{_SUMMITS} AND disputed"), Clause(f"{_AGREEMENTS} AND disputed"), True)
    if mark == "expected":
        pending = sorted(PENDING)
        agreements = Clause(f"{_AGREEMENTS} AND status IN ({_marks(pending)})", tuple(pending))
        return Choice(_having(agreements), agreements, True)
    summits = _meetings(["scheduled"], today)
    return Choice(summits, _of(summits), True)


_FIELDS: dict[str, Callable[[Term, sqlite3.Connection, str], Choice]] = {
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


def _of(summits: Clause) -> Clause:
    """Return the agreements of summits."""
    return _sources("belongs", summits)


def _having(agreements: Clause) -> Clause:
    """Return the summits that agreements belong to."""
    sql = f"SELECT target FROM link WHERE relation = 'belongs' AND source IN ({agreements.sql})"
    return Clause(sql, agreements.parameters)


def _sources(relation: str, targets: Clause) -> Clause:
    sql = f"SELECT source FROM link WHERE relation = '{relation}' AND target IN ({targets.sql})"
    return Clause(sql, targets.parameters)


def _both(select: str, other: Clause) -> Clause:
    return Clause(f"{select} AND number IN ({other.sql})", other.parameters)


def _either(one: Clause, other: Clause) -> Clause:
    return Clause(f"{one.sql} UNION {other.sql}", one.parameters + other.parameters)


def _marks(items: Iterable[object]) -> str:
    return ", ".join("?" for _ in items)
