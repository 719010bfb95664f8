"""The records of an index or of its first pass, decoded as they are asked for."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterator, Mapping

import msgspec

from tui.records import KINDS, Record

_KEPT_RECORDS = 5_000
_DECODERS = {kind: msgspec.json.Decoder(shape) for shape, kind in KINDS.items()}


class Shelf(Mapping[str, Record]):
    """The records of an index by id, read as they are asked for; those asked for last are kept."""

    def __init__(self, connection: sqlite3.Connection, table: str = "record") -> None:
        self._connection = connection
        self._sql = f"SELECT kind, body FROM {table} JOIN content USING (sequence) WHERE id = ?"
        self._kept: OrderedDict[str, Record | None] = OrderedDict()

    def __getitem__(self, id_: str) -> Record:
        if id_ in self._kept:
            self._kept.move_to_end(id_)
        else:
            row = self._connection.execute(self._sql, (id_,)).fetchone()
            self._kept[id_] = decoded(*row) if row else None
            if len(self._kept) > _KEPT_RECORDS:
                self._kept.popitem(last=False)
        record = self._kept[id_]
        if record is None:
            raise KeyError(id_)
        return record

    def __iter__(self) -> Iterator[str]:
        return (id_ for (id_,) in self._connection.execute("SELECT id FROM record"))

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM record").fetchone()[0])


def decoded(kind: str, body: bytes) -> Record:
    """Return the record that the index keeps as `body`."""
    return _DECODERS[kind].decode(body)
