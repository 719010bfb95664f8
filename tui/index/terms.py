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

from tui.index import countries
from tui.index.folding import begun, fold, words
from tui.index.matching import all_match
from tui.index.query import Term, years
from tui.vocabulary import PENDING, SECTORS, STATUSES, SUMMIT_STATUSES, Word

PANES = ("summit", "leader", "topic", "agreement")
MARKS = ("disputed", "expected", "upcoming")
"""What `is:` may ask."""

MEETING_STATUSES = SUMMIT_STATUSES | {"outcome_unknown": Word("outcome unknown")}
_COUNTED = "status = 'scheduled' AND NOT (until <> '' AND until < substr(?, 1, length(until)))"
_OVER = "status = 'scheduled' AND until <> '' AND until < substr(?, 1, length(until))"
_SUMMITS = "SELECT number FROM record WHERE kind = 'summit'"
_AGREEMENTS = "SELECT number FROM record WHERE kind = 'agreement'"


class Clause(NamedTuple):
    """A SELECT that yields record numbers, and its parameters."""

    sql: str
    parameters: tuple[str | int, ...] = ()


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


def matching(value: str, known: dict[str, Word], prefix: bool) -> list[str]:
    """Return the controlled words that a value stands for: the one so called, else those that begin so."""
    wanted = words(value)
    if not wanted:
        return []
    exact = [word for word, shown in known.items() if wanted in (words(word), words(shown.label))]
    if exact or not prefix:
        return exact
    return [
        word for word, shown in known.items() if _begins(words(word), wanted) or _begins(words(shown.label), wanted)
    ]


def panes(value: str) -> list[str]:
    """Return the panes that a value of `kind:` names: `summit`, `summits` or a beginning of it."""
    wanted = fold(value)
    return [pane for pane in PANES if wanted and f"{pane}s".startswith(wanted)]


def country_codes(value: str, prefix: bool) -> list[str]:
    """Return the codes that a value of `country:` stands for: the one so called, else those whose names begin so."""
    exact = countries.code(value)
    if exact or not prefix:
        return [exact] if exact else []
    wanted = words(value)
    if not wanted:
        return []
    return [
        code
        for code in countries.known()
        if any(_begins(words(name), wanted) for name in (*countries.names(code), *countries.demonyms(code)))
    ]


def named(term: Term, connection: sqlite3.Connection, kind: str) -> Clause | None:
    """Return the records of a kind that a value names: the one with that id, else by the words of their names."""
    value = term.value.strip()
    if value.isascii():
        exact = connection.execute("SELECT number FROM record WHERE id = ? AND kind = ?", (value, kind)).fetchone()
        if exact:
            return Clause("SELECT number FROM record WHERE number = ?", (exact[0],))
    expression = all_match(value, not term.phrase)
    if not expression:
        return None
    sql = "SELECT number FROM record WHERE kind = ? AND number IN (SELECT rowid FROM names WHERE names MATCH ?)"
    clause = Clause(sql, (kind, expression))
    return clause if _any(connection, clause) else None


def _summit(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    summits = named(term, connection, "summit")
    return Choice(summits, _of(summits), True) if summits else NOTHING


def _leader(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    leaders = named(term, connection, "leader")
    if leaders is None:
        return NOTHING
    summits = _sources("attended", leaders)
    return Choice(summits, _either(_of(summits), _sources("signed", leaders)), True)


def _topic(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    topics = named(term, connection, "topic")
    return Choice(_sources("agenda", topics), _sources("about", topics), True) if topics else NOTHING


def _agreement(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    agreements = named(term, connection, "agreement")
    return Choice(_having(agreements), agreements, True) if agreements else NOTHING


def _source(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    sources = named(term, connection, "source")
    if sources is None:
        return NOTHING
    citing = _sources("cites", sources)
    return Choice(_both(_SUMMITS, citing), _both(_AGREEMENTS, citing), True)


def _country(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    codes = country_codes(term.value, not term.phrase)
    if not codes:
        return NOTHING
    there = Clause(f"SELECT record FROM place WHERE country IN ({_marks(codes)})", tuple(codes))
    summits = _both(_SUMMITS, there)
    stateless = f"{_AGREEMENTS} AND number NOT IN (SELECT record FROM place)"
    return Choice(summits, _either(_both(_AGREEMENTS, there), _both(stateless, _of(summits))), True)


def _series(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    wanted = words(term.value)
    query = "SELECT DISTINCT series FROM record WHERE series <> ''"
    found = [name for (name,) in connection.execute(query) if wanted and _holds(words(name), wanted, not term.phrase)]
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
    sectors = matching(term.value, SECTORS, not term.phrase)
    if not sectors:
        return NOTHING
    agreements = Clause(f"{_AGREEMENTS} AND sector IN ({_marks(sectors)})", tuple(sectors))
    topics = Clause(f"SELECT number FROM record WHERE kind = 'topic' AND sector IN ({_marks(sectors)})", tuple(sectors))
    return Choice(_either(_having(agreements), _sources("agenda", topics)), agreements, True)


def _status(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    theirs = matching(term.value, STATUSES, not term.phrase)
    meetings = matching(term.value, MEETING_STATUSES, not term.phrase)
    if not theirs and not meetings:
        return NOTHING
    agreements = Clause(f"{_AGREEMENTS} AND status IN ({_marks(theirs)})", tuple(theirs))
    summits = _meetings(meetings, today)
    return Choice(_either(_having(agreements), summits), _either(agreements, _of(summits)), True)


def _meetings(statuses: list[str], today: str) -> Clause:
    plain = [status for status in statuses if status not in ("scheduled", "outcome_unknown")]
    clause = Clause(f"{_SUMMITS} AND status IN ({_marks(plain)})", tuple(plain))
    for status, condition in (("scheduled", _COUNTED), ("outcome_unknown", _OVER)):
        if status in statuses:
            clause = _either(clause, Clause(f"{_SUMMITS} AND {condition}", (today,)))
    return clause


def _is(term: Term, connection: sqlite3.Connection, today: str) -> Choice:
    wanted = fold(term.value)
    if not wanted:
        return NOTHING
    asked = [mark for mark in MARKS if mark == wanted] or [mark for mark in MARKS if mark.startswith(wanted)]
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


def _any(connection: sqlite3.Connection, clause: Clause) -> bool:
    return connection.execute(f"{clause.sql} LIMIT 1", clause.parameters).fetchone() is not None


def _begins(text: list[str], wanted: list[str]) -> bool:
    """Tell whether words stand at the beginning of `text`, the last as a beginning of a word."""
    size = len(wanted)
    return text[: size - 1] == wanted[:-1] and len(text) >= size and text[size - 1].startswith(tuple(begun(wanted[-1])))


def _holds(text: list[str], wanted: list[str], prefix: bool) -> bool:
    """Tell whether all words stand somewhere in `text`."""
    last = tuple(begun(wanted[-1])) if prefix else None
    whole = wanted if last is None else wanted[:-1]
    return all(word in text for word in whole) and (last is None or any(word.startswith(last) for word in text))


def _marks(items: Iterable[object]) -> str:
    return ", ".join("?" for _ in items)
