"""An open index that is kept current: it follows its library, and is made anew when its file turns out broken."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Collection
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar
from weakref import finalize

from msgspec import json
from msgspec.structs import replace

from tui.index import schema, store
from tui.index.asked import Asked, asked
from tui.index.connections import Opened, connect
from tui.index.narrowing import Kept

if TYPE_CHECKING:
    from tui.index.building.staging import Progress
    from tui.index.updating.keeping_up import KeepingUp, Taken

_T = TypeVar("_T")
_SOUND = ("SQLITE_INTERRUPT", "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_NOMEM")
"""Errors that say nothing against the index file."""
_MOMENT = 0.02
"""Seconds that who wants a change at once waits for another thread's question."""


class CurrentIndex:
    """One connection to the index of a library, and the lock under which threads use it, one after the other."""

    notice: str
    """A word to the person about the index itself (kept in memory, made anew); mostly empty."""
    counts: dict[str, int]
    """How many records of each kind the library has."""
    _asked: Asked
    _kept: Kept

    def __init__(self, library: Path, cache: Path | None, opened: Opened, clock: Callable[[], date]) -> None:
        self.library = library
        self._cache = cache
        self._clock = clock
        self._lock = threading.RLock()
        self._keeping: KeepingUp | None = None
        self._closed = False
        self.revision = 0
        """Grows whenever the index has become another: what was made of its answers before may be wrong."""
        self._take(opened)

    @classmethod
    def open(
        cls,
        library: Path,
        cache: Path | None = None,
        progress: Callable[[Progress], None] | None = None,
        *,
        clock: Callable[[], date] = date.today,
    ) -> Self:
        """Return the index of a library, brought up to date first.

        `cache` is the folder for index files (the user's cache folder by default); where it cannot be written
        the index is made in memory and `notice` says so. `progress` is told of each file as it is read.
        Raises LibraryError when the library is missing or cannot be read.
        """
        return cls(library, cache, store.open_index(library, cache, progress), clock)

    @classmethod
    def fresh(cls, library: Path, cache: Path | None = None) -> Self | None:
        """Return the index of a library if it is up to date. Raises LibraryError when the library is missing."""
        opened = store.open_fresh(library, cache)
        return cls(library, cache, opened, date.today) if opened else None

    @classmethod
    def old(cls, library: Path, cache: Path | None = None) -> Self | None:
        """Return the index of a library as it was last kept, if there is one."""
        opened = store.open_old(library, cache)
        return cls(library, cache, opened, date.today) if opened else None

    @classmethod
    def of_file(cls, file: Path, library: Path, cache: Path | None = None) -> Self:
        """Return the index that a file holds: one of the first records of a library."""
        return cls(library, cache, Opened(connect(file), ""), date.today)

    def refresh(self) -> None:
        """Bring the index up to date with the files of the library, and answer by it from now on.

        Raises LibraryError when the library cannot be read; the index then stays as it is.
        """
        with self._lock:
            if self.settle():
                return
            opened = store.renewed(self.library, self._cache, self._connection)
            if opened.connection is not self._connection:
                self._connection.close()
            self._take(opened)

    def follow(self) -> None:
        """Get ready to take in at once what changes in the library; lists of earlier views can still be read.

        Nothing happens where the index cannot be written.
        """
        from tui.index.updating.keeping_up import KeepingUp

        with self._lock:
            if self._keeping is None and not self._closed:
                self._keeping = KeepingUp.of(self._connection, self.library.resolve(), self._cache)
                if self._keeping is not None and self._keeping.connection is not self._connection:
                    self._take(Opened(self._keeping.connection, self.notice))

    def take_in(self, names: Collection[str]) -> bool:
        """Take in at once what changed in the named files of the library, if that is little; tell whether that is done.

        Other processes see it after `settle`. Raises LibraryError when a file cannot be read; the index then stays as
        it was.
        """
        if self._keeping is None or not self._lock.acquire(timeout=_MOMENT):
            return False
        try:
            self._follow()
            return self._taken(self._keeping.take_in(names))
        finally:
            self._lock.release()

    def keep(self) -> None:
        """Let the disk have what was taken in, and others see it."""
        with self._lock:
            if self._keeping is not None and not self._keeping.let_go():
                self._keep_up_no_more()

    def settle(self) -> bool:
        """Keep what was taken in, and look at the whole library; tell whether the index is up to date with it.

        Others may ask meanwhile. Raises LibraryError when the library cannot be read; the index stays as it was then.
        """
        with self._lock:
            keeping, before = self._keeping, self.revision
            if keeping is None:
                return False
            if not keeping.keep():
                self._keep_up_no_more()
                return False
            if not keeping.begin():
                return False
        try:
            # In memory all have one connection.
            with nullcontext() if keeping.on_disk else self._lock:
                looked = keeping.look()
            with self._lock:
                self._follow()
                return before == self.revision and self._taken(keeping.write(looked))
        finally:
            self.keep()

    def _keep_up_no_more(self) -> None:
        """Go back to what the disk has, and leave it to another index to become up to date."""
        self._keeping = None
        self._learn()

    def _taken(self, taken: Taken) -> bool:
        """Forget what is no longer so; tell whether a change was taken in."""
        if not taken.done:
            self._learn()
        elif taken.changed:
            said = schema.meta(self._connection)
            self._generation = schema.generation(said)
            self.counts.update(json.decode(said["counts"]))
            self._asked.forget()
            self._kept.forget()
            self.revision += 1
        return taken.done

    def beside(self) -> Self:
        """Return a second reader of the index, so that what takes long in another thread keeps nobody waiting.

        An index in memory has none: it returns itself.
        """
        # Two threads in one connection may wait for each other for ever: one has the connection and wants the
        # interpreter, to ask whether its patience is over, and the other has the interpreter and wants the connection.
        with self._lock:
            file = self._connection.execute("PRAGMA database_list").fetchone()[2]
        if not file:
            return self
        self.keep()  # the other reader is to see what this one does
        connection = connect(Path(file))
        reader = type(self)(self.library, self._cache, Opened(connection, ""), self._clock)
        # A connection holds itself by its cache of statements, until it is closed or the garbage collector comes. All
        # that reads by this one has its lock.
        finalize(reader._lock, connection.close).atexit = False
        return reader

    def let_go(self) -> None:
        """Let go of what answers past questions; what is asked again is read again. Not while another thread asks."""
        if self._lock.acquire(blocking=False):
            try:
                self._asked.forget()
            finally:
                self._lock.release()

    def close(self) -> None:
        """Let go of the index. Lists of its views can no longer be read."""
        with self._lock:
            self._closed = True
            if self._keeping is not None:
                self._keeping.let_go()
                self._keeping = None
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take(self, opened: Opened) -> None:
        if self._keeping is not None and self._keeping.connection is not opened.connection:
            self._keeping = None
        self._connection = opened.connection
        self.notice = opened.notice
        self._version = self._data_version()
        self._learn()

    def _follow(self) -> None:
        """Learn anew when another process has brought the index up to date."""
        if self._version != (version := self._data_version()):
            self._version = version
            # Another may also have written only that the files are as they were.
            if schema.generation(schema.meta(self._connection)) != self._generation:
                self._learn()

    def _data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _learn(self) -> None:
        """Learn what the index says of itself."""
        said = schema.meta(self._connection)
        self._generation = schema.generation(said)
        self.counts = json.decode(said["counts"])
        self._asked = asked(self._connection, self._lock, self._today(), self.counts)
        self._kept = Kept()
        self.revision += 1

    def _asked_today(self) -> Asked:
        return replace(self._asked, today=self._today())

    def _answer(self, ask: Callable[[], _T]) -> _T:
        """Ask the index; if its file turns out broken, make it anew and ask again."""
        with self._lock:
            try:
                self._follow()
                return ask()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.ProgrammingError) or error.sqlite_errorname in _SOUND:
                    raise
                self._let_be()
                self._take(store.reopen_anew(self.library, self._cache))
                return ask()

    def _let_be(self) -> None:
        """Close a broken index."""
        if self._keeping is not None:
            self._keeping.close()
        self._connection.close()

    def _today(self) -> str:
        return self._clock().isoformat()
