"""What is kept from one run to the next, a file for each library: marks, bookmarks, recent queries, the last place.

Nothing is written while the explorer opens. What changed is written in one step, under a lock and on top of what the
file has by then, so that two explorers at once lose nothing of each other. A file that cannot be read is set aside.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from tui.language import gettext, number, system_said
from tui.library.kept_names import kept_name

MOST_RECENT = 50
MOST_BOOKMARKS = 200
_LARGEST = 1_000_000
"""Bytes: no such file grows larger by itself."""
_LOCK_SECONDS = 2


class Where(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place: a query and where the user stood in its view."""

    query: str = ""
    pane: str = "summit"
    cursors: dict[str, str] = {}
    shown: str = ""


class Kept(msgspec.Struct, omit_defaults=True):
    """All that is kept for one library."""

    library: str = ""
    """The library's path, for whoever looks into the file."""
    last: Where | None = None
    sorts: dict[str, str] = {}
    marks: dict[str, Where] = {}
    bookmarks: list[str] = []
    """Queries, in the order in which they were kept."""
    recent: list[str] = []
    """Queries, the last one first."""


Change = Callable[[Kept], None]


class Keeper:
    """Keeps what one explorer changes. Without a folder all is forgotten at the end."""

    def __init__(self, folder: Path | None, library: Path) -> None:
        self._library = library.resolve()
        self.file = folder / f"{kept_name(self._library)}.json" if folder is not None else None
        """Where it is kept; None where nothing is."""
        self._kept: Kept | None = None
        self._changes: list[Change] = []
        self._saving = threading.Lock()
        self.notice = ""
        """What went wrong, for the user; empty when all went as it should."""

    @property
    def kept(self) -> Kept:
        """What is kept, with what was changed since."""
        if self._kept is None:
            self._kept = self._read()
        return self._kept

    def change(self, change: Change) -> None:
        """Change what is kept; it is written with the next `save`."""
        change(self.kept)
        self._changes.append(change)

    def save(self) -> None:
        """Write what was changed; what cannot be written is told by `notice` and stays for the next time."""
        if self.file is not None and self._changes:
            with self._saving:
                self._save(self.file)

    def _save(self, file: Path) -> None:
        from filelock import FileLock, Timeout

        from tui.library.errors import LibraryError
        from tui.library.replacing import replace_file

        changes = list(self._changes)
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with FileLock(f"{file}.lock", timeout=_LOCK_SECONDS, mode=0o600):
                now = self._read(setting_aside=True)
                before = msgspec.json.encode(now)
                for change in changes:
                    change(now)
                now.library = str(self._library)
                raw = msgspec.json.encode(now)
                if raw != before:
                    file.touch(mode=0o600)
                    replace_file(file, msgspec.json.format(raw) + b"\n", keep_backup=False)
        except (OSError, LibraryError, Timeout) as error:
            reason = system_said(error) if isinstance(error, OSError) else str(error)
            self.notice = gettext("marks, bookmarks and place are not kept: {reason}", reason=reason)
        else:
            del self._changes[: len(changes)]

    def _read(self, *, setting_aside: bool = False) -> Kept:
        """Return what the file has. A bad one is set aside by who writes: who only looks has nobody to tell."""
        if self.file is None:
            return Kept()
        try:
            with self.file.open("rb") as file:
                raw = file.read(_LARGEST + 1)
            if not raw:
                return Kept()
            if len(raw) > _LARGEST:
                raise ValueError(gettext("it is larger than {size} bytes", size=number(_LARGEST)))
            return msgspec.json.decode(raw, type=Kept)
        except FileNotFoundError:
            return Kept()
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            self.notice = gettext("what was kept between runs cannot be read: {reason}", reason=error)
            if setting_aside:
                self._set_aside(str(error))
            return Kept()

    def _set_aside(self, reason: str) -> None:
        assert self.file is not None
        aside = self.file.with_suffix(".bad")
        with suppress(OSError):
            os.replace(self.file, aside)
            self.notice = gettext(
                "what was kept between runs cannot be read and is set aside as {file}: {reason}",
                file=aside,
                reason=reason,
            )


def remember(query: str) -> Change:
    """Return the change that makes a query the last of the recent ones."""

    def change(kept: Kept) -> None:
        others = [other for other in kept.recent if other != query]
        kept.recent = [query, *others][:MOST_RECENT]

    return change


def bookmark(query: str, *, on: bool) -> Change:
    """Return the change that keeps a query for good, or keeps it no more."""

    def change(kept: Kept) -> None:
        others = [other for other in kept.bookmarks if other != query]
        kept.bookmarks = [*others, query][-MOST_BOOKMARKS:] if on else others

    return change


def mark(letter: str, place: Where) -> Change:
    """Return the change that gives a place a letter."""

    def change(kept: Kept) -> None:
        kept.marks = {**kept.marks, letter: place}

    return change


def leave(place: Where, sorts: dict[str, str]) -> Change:
    """Return the change that makes a place the last one."""

    def change(kept: Kept) -> None:
        kept.last, kept.sorts = place, dict(sorts)

    return change
