"""Writes the links of what has changed, and keeps those by id that lead to no record."""

from __future__ import annotations

import sqlite3

from tui.index.adjacency import NAMING, back
from tui.index.linking import links
from tui.index.updating.affected import Affected
from tui.index.updating.edits import Links
from tui.records import Record

_LEADING_TO_RECORDS = (*NAMING, "belongs", "cites")


class Relinking:
    """The links of an index that is being changed."""

    def __init__(self, connection: sqlite3.Connection, affected: Affected) -> None:
        self._connection = connection
        self._affected = affected
        self._changed = Links()

    def run(self) -> None:
        """Write them."""
        old, new = self._affected.old, self._affected.new
        for number, record in old.items():
            for relation, target in set(links(record)) - self._lasting(number):
                self._unlink(number, relation, target)
            if number not in new:
                self._leave_dangling(number, record)
        for number, record in new.items():
            for relation, target in set(links(record)) - self._lasting(number):
                self._link(number, relation, target)
            if number not in old:
                self._take_up_dangling(number, record)
        self._changed.write(self._connection)

    def _lasting(self, number: int) -> set[tuple[str, str]]:
        """Return the links of a record that stay as they are: those that lead to what neither came nor went."""
        old, new = self._affected.old.get(number), self._affected.new.get(number)
        stay = set(links(old)) & set(links(new)) if old and new else ()
        return {(relation, target) for relation, target in stay if target not in self._affected.moving}

    def _unlink(self, number: int, relation: str, target: str) -> None:
        row = self._connection.execute("SELECT number FROM record WHERE id = ?", (target,)).fetchone()
        if row:
            self._changed.remove(number, relation, row[0])
        else:
            sql = "DELETE FROM dangling WHERE target = ? AND source = ? AND relation = ?"
            self._connection.execute(sql, (target, number, relation))

    def _link(self, number: int, relation: str, target: str) -> None:
        there = self._affected.number(target)
        if there:
            self._changed.add(number, relation, there)
        else:
            self._keep_dangling(target, number, relation)

    def _leave_dangling(self, number: int, record: Record) -> None:
        """Keep the links that lead to a record that is gone, by its id; those of changed records are made anew."""
        for relation in _LEADING_TO_RECORDS:
            for source in self._affected.links.of(back(relation), number):
                if source not in self._affected.old:
                    self._changed.remove(source, relation, number)
                    self._keep_dangling(record.id, source, relation)

    def _take_up_dangling(self, number: int, record: Record) -> None:
        sql = "SELECT source, relation FROM dangling WHERE target = ?"
        for source, relation in self._connection.execute(sql, (record.id,)).fetchall():
            self._changed.add(source, relation, number)
        self._connection.execute("DELETE FROM dangling WHERE target = ?", (record.id,))

    def _keep_dangling(self, target: str, source: int, relation: str) -> None:
        self._connection.execute("INSERT OR IGNORE INTO dangling VALUES (?, ?, ?)", (target, source, relation))
