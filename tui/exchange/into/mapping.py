"""What a mapping is: which columns of a table make which fields of which records (`mapping_file` reads one)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.exchange.into.values import Rule
from tui.records import KINDS, Record, Source


@dataclass(frozen=True)
class PartRule:
    """How the parts in one list of a record are made: one, or one for each object in the column `each`."""

    each: str
    fields: dict[str, Rule]


@dataclass(frozen=True)
class RecordRule:
    """How a record is made from a row, or from each object or text in the column `each`."""

    made: type[Record]
    each: str
    fields: dict[str, Rule]
    parts: dict[str, list[PartRule]]


@dataclass(frozen=True)
class Mapping:
    """A whole mapping, known to be sound as far as can be told without the table."""

    file: Path
    source: Source
    form: str
    delimiter: str
    encoding: str
    name: str
    by: str
    values: dict[str, Rule]
    compare: tuple[str, ...]
    """The values whose spellings are compared: what is written in several ways is reported."""
    records: tuple[RecordRule, ...]

    def columns(self) -> Iterator[tuple[str, str]]:
        """Yield the key and the name of each column that is read from the table."""
        for name, rule in self.values.items():
            yield from ((f"values.{name}", column) for column in rule.columns)
        for record in self.records:
            kind = KINDS[record.made]
            if record.each:
                yield f"{kind}.each", record.each
            for field, rule in record.fields.items():
                yield from ((f"{kind}.{field}", name) for name in rule.columns if not _within(name, record.each))
            for field, parts in record.parts.items():
                for part in parts:
                    rules = _read(part.each, part.fields.values())
                    yield from ((f"{kind}.{field}", column) for column in rules if not _within(column, record.each))


def _read(each: str, rules: Iterable[Rule]) -> Iterator[str]:
    """Yield the columns of the whole row that rules read, of which some may read the objects in `each`."""
    if each:
        yield each
    yield from (name for rule in rules for name in rule.columns if not _within(name, each))


def _within(column: str, each: str) -> bool:
    return bool(each) and column.startswith(f"{each}.")
