"""Where people were when their session was cut off, so that they go on there when they come back.

A file a session, of its owner's key, in a folder that all workers share: no worker need know of another, and what a
killed one wrote is found by the next. Only who has a key is known again; of others nothing is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from pathlib import Path

import msgspec

from tui.personal.kept import Where

KEPT_SECONDS = 3600.0
"""How long after they were cut off people can go back to their place."""

_MOST = 2_000
"""Files in all; a host with more sessions than this at once keeps no more."""

_OPEN, _CUT = ".open", ".cut"
"""The endings of the file of a session that goes on, and of one that was cut off."""


class Places:
    """Keeps places in a folder. A folder that can't be written keeps nothing, and ends no one's session."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, who: str, session: str, place: Where) -> None:
        """Note where someone is, in a session that goes on.

        The file is written over, in one write that leaves nothing of what it held. To put a new file in its place makes
        file systems write it to the disk there and then, and everyone's keys wait for that.
        """
        file = self._file(who, session)
        with contextlib.suppress(OSError, msgspec.MsgspecError):
            data = msgspec.json.encode(place)
            if not file.exists() and not self._has_room():
                return
            with open(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "wb", buffering=0) as written:
                written.write(data.ljust(os.fstat(written.fileno()).st_size))

    def _has_room(self) -> bool:
        """Make the folder, and tell whether it may hold one file more."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if len(os.listdir(self._folder)) >= _MOST:
            self._drop_old()
        return len(os.listdir(self._folder)) < _MOST

    def cut_off(self, who: str, session: str) -> None:
        """Let the place of a session be gone back to, since it ended without its user's wish."""
        _cut(self._file(who, session))
        self._drop_old()

    def forget(self, who: str, session: str) -> None:
        """Keep nothing of a session that its user has left."""
        with contextlib.suppress(OSError):
            self._file(who, session).unlink(missing_ok=True)

    def take(self, who: str) -> Where | None:
        """Return the last place where someone was cut off, and keep it no more; None for no such place."""
        for file in sorted(self._found(f"{_hashed(who)}.", _CUT), key=_written, reverse=True):
            # Whoever moves the file away has it: two connections at once, of two workers, get a place each.
            taken = file.with_suffix(f".taken-{os.getpid()}")
            try:
                os.replace(file, taken)
                fresh, data = _written(taken) > time.time() - KEPT_SECONDS, taken.read_bytes()
                taken.unlink()
                if fresh:
                    return msgspec.json.decode(data, type=Where)
            except (OSError, msgspec.MsgspecError):
                continue
        return None

    def release(self, process: int | None = None) -> None:
        """Cut off the sessions of a process that is gone, of all when none is named."""
        for file in self._found("", _OPEN):
            if process is None or f".{process}-" in file.name:
                _cut(file)
        self._drop_old()

    def _drop_old(self) -> None:
        """Keep nothing of who has not come back for long, and nothing half written."""
        for file in self._found():
            if file.suffix != _OPEN and _written(file) < time.time() - KEPT_SECONDS:
                with contextlib.suppress(OSError):
                    file.unlink()

    def _file(self, who: str, session: str) -> Path:
        return self._folder / f"{_hashed(who)}.{session}{_OPEN}"

    def _found(self, start: str = "", end: str = "") -> list[Path]:
        """Return the files whose names begin and end so; a pattern would be compiled and kept for each visitor."""
        try:
            names = os.listdir(self._folder)
        except OSError:
            return []
        return [self._folder / name for name in names if name.startswith(start) and name.endswith(end)]


class Trail:
    """The place of one session: kept while it goes on, given up when its user leaves; none for who has no key."""

    def __init__(self, places: Places, who: str, session: str) -> None:
        self._places, self._who, self._session = places, who, session
        self._kept = Where()

    def found(self) -> Where | None:
        """Return where the last session of the same user was cut off."""
        return self._places.take(self._who) if self._who else None

    def note(self, place: Where) -> None:
        """Keep a place, where it is another and has a query."""
        if not self._who or place == self._kept:
            return
        self._kept = place
        if place.query.strip():
            self._places.keep(self._who, self._session, place)
        else:
            self._places.forget(self._who, self._session)

    def end(self, *, left: bool) -> None:
        """Give the place up when the user has left, else let it be gone back to."""
        if self._who:
            (self._places.forget if left else self._places.cut_off)(self._who, self._session)


def _hashed(who: str) -> str:
    return hashlib.sha256(who.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _cut(file: Path) -> None:
    """Mark the file of a session as that of one that was cut off now."""
    with contextlib.suppress(OSError):
        os.utime(file)
        os.replace(file, file.with_suffix(_CUT))


def _written(file: Path) -> float:
    """Return when a file was written; long ago for one that has gone."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0
