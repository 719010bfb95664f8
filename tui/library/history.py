"""The changes of a library as they were made, so that each can be undone, today or after a restart.

A change is a file of its own in a folder beside the library. The end of its name says how far it is: `begun`, `done`,
`undoing`, `undone`, `redoing`. It is on the disk before the first library file is replaced, so a change of several
files that was cut short is finished by whoever writes next.
"""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from tui.language import Told, later
from tui.library.errors import LibraryError
from tui.library.files import Fingerprint, unreadable
from tui.library.replacing import flush_folder, unwritable
from tui.records import TABLES, Record

MOST_CHANGES, MOST_BYTES = 500, 64_000_000
"""What is kept: the newest changes, about within both bounds; the last one always."""
_PRUNED_EVERY = 20

_NAME = re.compile(r"(\d{8})\.(begun|done|undoing|undone|redoing)")
_ENDS = {"begun": "done", "undoing": "undone", "redoing": "done"}


NOTHING = msgspec.Raw(b"null")


class Turn(msgspec.Struct, frozen=True):
    """What became of one record: nothing before for a new one, nothing after for one that was removed."""

    table: str
    file: str
    """The name of the file in the library."""
    number: str
    """The key that the record has, or had, in its table; empty for a new one."""
    before: msgspec.Raw
    after: msgspec.Raw

    @property
    def old(self) -> Record | None:
        """The record as it was."""
        return self._record(self.before)

    @property
    def new(self) -> Record | None:
        """The record as it became."""
        return self._record(self.after)

    def _record(self, raw: msgspec.Raw) -> Record | None:
        if bytes(raw) == b"null":
            return None
        record: Record = msgspec.json.decode(raw, type=TABLES[self.table])
        return record

    def turned(self) -> Turn:
        """Return the turn that takes this one back."""
        return Turn(self.table, self.file, self.number, self.after, self.before)


ADDED = {
    "summit": later("added summit {record}"),
    "leader": later("added leader {record}"),
    "topic": later("added topic {record}"),
    "agreement": later("added agreement {record}"),
    "source": later("added source {record}"),
}
"""What is told of a new record."""


class Deed(msgspec.Struct, frozen=True):
    """A change: what was done, by whom, when, and what became of each record."""

    said: str
    """In a few English words: `edited Rome 2025: city`."""
    who: str
    when: str
    """ISO 8601, to the second, UTC."""
    turns: tuple[Turn, ...]
    message: str = ""
    gaps: dict[str, str] = {}
    words: dict[str, str] = {}
    """What `said` is made of, as in `Told`; empty where an earlier version wrote it."""

    @property
    def told(self) -> str:
        """What was done, in the language that is spoken."""
        return str(Told(self.message, self.gaps, self.words)) if self.message else self.said

    @property
    def files(self) -> frozenset[str]:
        """The names of the files that it changes."""
        return frozenset(turn.file for turn in self.turns)


class Noted(msgspec.Struct, frozen=True):
    """A change in the history."""

    number: int
    state: str
    deed: Deed


def new_deed(told: Told, turns: tuple[Turn, ...]) -> Deed:
    """Return a change made now by the user of this process."""
    try:
        who = getpass.getuser()
    except (OSError, KeyError, ImportError):
        who = ""
    when = datetime.now(UTC).isoformat(timespec="seconds")
    return Deed(told.english, who, when, turns, told.message, dict(told.gaps), dict(told.words))


class History:
    """The changes of one library. The caller holds the library's lock for all that writes."""

    def __init__(self, library: Path) -> None:
        target = Path(os.path.realpath(library))
        self.folder = target / ".history" if target.is_dir() else target.with_name(f".{target.name}.history")

    def begin(self, deed: Deed, *, several: bool) -> Noted:
        """Note a change before it is made. With `several` files, what is noted survives a power cut."""
        number = max((number for number, _, _ in self._listed()), default=0) + 1
        noted = Noted(number, "begun", deed)
        path = self._path(number, "begun")
        try:
            self.folder.mkdir(exist_ok=True)
            ignored = self.folder / ".gitignore"
            if not ignored.exists():
                ignored.write_text("*\n", encoding="utf-8")
            with path.with_suffix(".new").open("wb") as file:
                file.write(msgspec.json.encode(deed))
                file.flush()
                os.fsync(file.fileno())
            os.replace(path.with_suffix(".new"), path)
            if several:
                flush_folder(self.folder)
        except OSError as error:
            with suppress(OSError):
                path.with_suffix(".new").unlink(missing_ok=True)
            raise unwritable(path, error) from error
        return noted

    def turn(self, noted: Noted, state: str) -> Noted:
        """Give a change another state."""
        try:
            os.replace(self._path(noted.number, noted.state), self._path(noted.number, state))
        except OSError as error:
            raise unwritable(self._path(noted.number, noted.state), error) from error
        return msgspec.structs.replace(noted, state=state)

    def finish(self, noted: Noted) -> Noted:
        """Note that a change is made, or taken back; a new one makes it impossible to redo those that were undone."""
        finished = self.turn(noted, _ENDS[noted.state])
        if noted.state == "begun":
            for number, state, path in self._listed():
                if state == "undone" and number < noted.number:
                    path.unlink(missing_ok=True)
            if noted.number % _PRUNED_EVERY == 0:
                self._prune()
        return finished

    def drop(self, noted: Noted) -> None:
        """Forget a change of which nothing was made; one that was to be undone or redone stays as it was."""
        with suppress(LibraryError, OSError):
            if noted.state == "begun":
                self._path(noted.number, noted.state).unlink(missing_ok=True)
            else:
                self.turn(noted, {"undoing": "done", "redoing": "undone"}[noted.state])

    def pending(self) -> Iterator[Noted]:
        """Yield the changes that were cut short."""
        for number, state, path in self._listed():
            if state in _ENDS:
                noted = self._read(number, state, path)
                if noted is not None:
                    yield noted

    def last(self, state: str) -> Noted | None:
        """Return the change that undo takes back (`done`: the newest) or redo makes again (`undone`: the oldest)."""
        listed = [one for one in self._listed() if one[1] == state]
        for number, _, path in listed if state == "undone" else reversed(listed):
            noted = self._read(number, state, path)
            if noted is not None:
                return noted
        return None

    def written(self) -> dict[str, Fingerprint]:
        """Return by name of file the fingerprint that it had when it was last written here, known to be good then."""
        try:
            return msgspec.json.decode((self.folder / "written").read_bytes(), type=dict[str, Fingerprint])
        except (OSError, msgspec.MsgspecError):
            return {}

    def note_written(self, fingerprints: dict[str, Fingerprint]) -> None:
        """Keep the fingerprints of files that were just written."""
        fresh = self.folder / "written.new"
        with suppress(OSError):
            fresh.write_bytes(msgspec.json.encode(self.written() | fingerprints))
            os.replace(fresh, self.folder / "written")

    def _listed(self) -> list[tuple[int, str, Path]]:
        try:
            names = sorted(os.listdir(self.folder))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise unreadable(self.folder, error) from error
        return [(int(found[1]), found[2], self.folder / name) for name in names if (found := _NAME.fullmatch(name))]

    def _path(self, number: int, state: str) -> Path:
        return self.folder / f"{number:08}.{state}"

    def _read(self, number: int, state: str, path: Path) -> Noted | None:
        """Return a change; None for one that a power cut left unreadable."""
        try:
            return Noted(number, state, msgspec.json.decode(path.read_bytes(), type=Deed))
        except (OSError, msgspec.MsgspecError):
            return None

    def _prune(self) -> None:
        """Let go of the oldest changes beyond the bounds."""
        kept, size = 0, 0
        for _, _, path in reversed(self._listed()):
            with suppress(OSError):
                size += path.stat().st_size
                kept += 1
                if kept > 1 and (kept > MOST_CHANGES or size > MOST_BYTES):
                    path.unlink()
