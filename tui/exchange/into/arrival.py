"""What a file brings, before it is known what of it the library takes: records, refused rows and doubts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tui.records import Record

Progress = Callable[[int, int], None]
"""Is told how many rows are done, and of how many."""


class CannotImportError(Exception):
    """A file or a mapping that cannot be used at all. `str()` names the file, the place in it and the reason."""

    def __init__(self, path: Path | str, reason: str, where: str = "") -> None:
        super().__init__(": ".join(part for part in (str(path), where, reason) if part))
        self.where = where
        self.reason = reason


class Refusal(NamedTuple):
    """Something of the file that does not come in."""

    where: str
    """The place in the file: `row 17`, `persons[3]`, or the id of a record."""
    reason: str


class Doubt(NamedTuple):
    """Something that the file leaves uncertain, for a person to decide; nothing was merged on the strength of it."""

    sort: str
    """What is uncertain, as a heading: `one name, several countries`."""
    text: str


@dataclass
class Arrival:
    """The records of a file, in its order, and what is to be said of the rest."""

    name: str
    """A slug of where it comes from; the new files of a folder begin with it."""
    records: list[Record] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    """By id, where in the file the record stood first."""
    refusals: list[Refusal] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    rows: int = 0
    """How many rows or objects the file has; each became a record, joined another, or was refused."""
    completes: bool = True
    """Whether a leader or topic that is there already may be given what the file adds; not so for a library."""


def keep_still(done: int, total: int) -> None:
    """Take progress and show nothing."""
