"""What the process that builds an index is told, and what it reports of its work: a line of JSON each."""

from __future__ import annotations

from msgspec import Struct


class Order(Struct, frozen=True):
    """What is to be built: the index of a library; `first` is the size in bytes of the first small one, 0 for none."""

    library: str
    cache: str | None
    first: int
    language: str = "en"
    """In which a refusal is told."""


class Moved(Struct, tag=True, frozen=True):
    """So many files of the library are read; `share` is the part of the whole work that is done, from 0 to 1."""

    done: int
    total: int
    share: float


class Part(Struct, tag=True, frozen=True):
    """An index of the first records of the library is finished, in a file of its own."""

    file: str
    records: int


class Waiting(Struct, tag=True, frozen=True):
    """Another process renews the same index, so this one waits for it."""


class Done(Struct, tag=True, frozen=True):
    """The index is up to date; `notice` is a word about it, mostly empty."""

    notice: str


class Refused(Struct, tag=True, frozen=True):
    """The library cannot be read; the fields are those of a LibraryError."""

    path: str
    reason: str
    where: str
    remedy: str


class Unwritable(Struct, tag=True, frozen=True):
    """The index cannot be written."""

    reason: str


class Broken(Struct, tag=True, frozen=True):
    """There is a fault in the program; `trace` is Python's account of it."""

    trace: str


class Ended(Struct, tag=True, frozen=True):
    """The process ended without a last report. A negative code is the signal that ended it. Never sent, but found."""

    code: int


Report = Moved | Part | Waiting | Done | Refused | Unwritable | Broken | Ended
