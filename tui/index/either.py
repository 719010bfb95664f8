"""What stands in any of several views of one query: the lists of the parts between `OR`, made one.

Leaders and topics count the summits that any part leaves in view.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence

from tui.index.rows import RELATIONS

_TABLES = """
CREATE TEMP TABLE IF NOT EXISTS either_record (number INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS either_summit (number INTEGER PRIMARY KEY);
DELETE FROM either_record;
DELETE FROM either_summit;
"""


def scope_of(scopes: Sequence[frozenset[int] | None]) -> frozenset[int] | None:
    """Return the summits that any part leaves in view; `None` for all, when a part names no field."""
    whole: frozenset[int] = frozenset()
    for scope in scopes:
        if scope is None:
            return None
        whole |= scope
    return whole


def merged(
    kind: str,
    order: str,
    lists: Iterable[Sequence[int]],
    scope: frozenset[int] | None,
    connection: sqlite3.Connection,
) -> tuple[array[int], array[int]]:
    """Return the numbers of the records of any list, in an SQL `order`, and the summits in `scope` that each was at.

    The second is empty where `scope` is `None` or the records of this kind count something else. The order may
    use the columns of `record` and `met`, this count.
    """
    connection.executescript(_TABLES)
    for numbers in lists:
        connection.executemany("INSERT OR IGNORE INTO either_record VALUES (?)", ((number,) for number in numbers))
    counted = scope is not None and kind in RELATIONS
    met = "count"
    if scope is not None and counted:
        connection.executemany("INSERT INTO either_summit VALUES (?)", ((number,) for number in scope))
        met = (
            f"(SELECT count(*) FROM link WHERE target = record.number AND relation = '{RELATIONS[kind]}'"
            " AND source IN (SELECT number FROM either_summit))"
        )
    sql = f"SELECT number, {met} AS met FROM record WHERE number IN (SELECT number FROM either_record) ORDER BY {order}"
    found = connection.execute(sql).fetchall()
    return array("q", [row[0] for row in found]), array("q", [row[1] for row in found] if counted else [])
