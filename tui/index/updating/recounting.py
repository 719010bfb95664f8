"""Counts anew how often the records are linked, and in which years they met, that a changed one names or named."""

from __future__ import annotations

import sqlite3
from collections import Counter

from tui.index import schema
from tui.index.adjacency import Adjacency, back
from tui.index.linking import links
from tui.index.scope import MEETING
from tui.index.updating.affected import Affected
from tui.records import Leader, Record, Summit, Topic

_COUNTED = {"attended": "leader", "agenda": "topic", "belongs": "summit"}


def recount(connection: sqlite3.Connection, affected: Affected) -> set[int]:
    """Count anew once the links are written, where that may matter; return the records with another count."""
    if not _linked_otherwise(affected):
        return set()
    linked, targets = Adjacency(connection), _targets(affected)
    recounted = set()
    for relation, number in targets:
        count = len(linked.of(back(relation), number))
        sql = "UPDATE record SET count = ? WHERE number = ? AND count <> ?"
        if connection.execute(sql, (count, number, count)).rowcount:
            recounted.add(number)
    _write_met(connection, affected, {number for relation, number in targets if relation in MEETING.values()})
    return recounted


def _linked_otherwise(affected: Affected) -> bool:
    """Tell whether records came or went, or link to others than before, or met on another day."""

    def said(record: Record | None) -> object:
        return record and (set(links(record)), record.start if isinstance(record, Summit) else "")

    old, new = affected.old, affected.new
    return any(said(old.get(number)) != said(new.get(number)) for number in {*old, *new})


def _targets(affected: Affected) -> set[tuple[str, int]]:
    """Return the records that are counted for being named by a changed one, and those that changed themselves."""
    found = set()
    for record in affected.all():
        for relation, target in links(record):
            number = affected.number(target) if relation in _COUNTED else 0
            if number and schema.kind_of(number) == _COUNTED[relation]:
                found.add((relation, number))
    for number in affected.new:
        found.update((relation, number) for relation, kind in _COUNTED.items() if kind == schema.kind_of(number))
    return found


def _write_met(connection: sqlite3.Connection, affected: Affected, concerned: set[int]) -> None:
    """Write in which years those met that were at a summit that changed."""
    for number in affected.old.keys() - affected.new.keys():
        if schema.kind_of(number) in MEETING:
            connection.execute("DELETE FROM met WHERE number = ?", (number,))
    if not any(isinstance(record, Summit | Leader | Topic) for record in affected.all()):
        return
    linked = Adjacency(connection)
    for number in concerned:
        relation = MEETING[schema.kind_of(number)]
        summits = ", ".join(map(str, linked.of(back(relation), number)))
        sql = f"SELECT CAST(substr(date, 1, 4) AS INTEGER) FROM record WHERE number IN ({summits}) AND date <> ''"
        years = Counter(year for (year,) in connection.execute(sql))
        connection.execute("DELETE FROM met WHERE number = ?", (number,))
        rows = [(number, year, times) for year, times in years.items()]
        connection.executemany("INSERT INTO met VALUES (?, ?, ?)", rows)
