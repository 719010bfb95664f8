"""The names that mean the same, as every index has them."""

from __future__ import annotations

import sqlite3
from functools import cache

from tui.index import names, nations, schema


@cache
def shipped_names() -> names.Names:
    """Return them, read from an index of nothing."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    schema.create(connection)
    names.keep(connection)
    nations.keep(connection)
    return names.Names(connection)
