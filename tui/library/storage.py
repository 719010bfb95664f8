"""TinyDB on a file that survives: locked, replaced whole, flushed to the disk, with the last good copy beside it.

TinyDB's own storage rewrites its file in place, so a kill in the middle leaves it cut, and two writers lose each
other's work. Here a reader always sees a whole file and needs no lock; a writer holds `FILE.lock` from reading to
replacing; the content before the last change stays in `FILE.bak`.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from tinydb.storages import Storage

from tui.language import gettext
from tui.library.errors import LibraryError
from tui.library.files import Fingerprint, current_fingerprint, read_content
from tui.library.jsontext import Tables, plain_tables, repeated_keys, serialise
from tui.library.locking import PATIENCE, Lock
from tui.library.reading import confirm, offering_backup
from tui.library.replacing import replace_file


class SafeStorage(Storage):
    """A TinyDB storage for one library file. Not to be shared between threads; any number of processes may write.

    What `read` returns is parsed once and again only when the file's fingerprint has changed. A file that does not
    exist is an empty library; one that exists without content is damage and is refused.
    """

    def __init__(self, path: Path | str, timeout: float = PATIENCE) -> None:
        super().__init__()
        self.path = Path(path)
        self._target = Path(os.path.realpath(path))
        self._lock = Lock(self._target, timeout, self.path)
        self._fingerprint: Fingerprint | None = None
        self._raw = b""
        self._tables: Tables | None = None
        self._trusted = False
        """Whether the content in memory is known to be a whole library, so that it may become the backup."""
        self._draft: Tables | None = None
        self._changing = False
        self._written = False

    def read(self) -> Tables | None:
        """Return the tables; None when there is no file yet. Raises LibraryError when the file is damaged."""
        if self._changing:
            return self._draft
        self._refresh()
        if self._tables is None and self._fingerprint is not None:
            self._tables = self._parsed()
        return self._tables

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Replace the content. Inside `changing` this waits for the end of the block.

        Raises LibraryError, with the file as it was, when the content cannot be stored or the file was changed by
        someone else since it was read.
        """
        if self._changing:
            self._draft = {name: dict(table) for name, table in data.items()}
            self._written = True
            return
        try:
            with self._lock.held():
                self._commit(data)
        except BaseException:
            self._forget()  # TinyDB has already put the change into the tables that `read` gave it
            raise

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock over reading, changing and writing; write once, when the block ends well.

        An exception that leaves the block drops every change made in it. Blocks may be nested.
        """
        if self._changing:
            yield
            return
        with self._lock.held():
            self._refresh()
            # A copy of its own: what was read before must neither reach the file nor see an abandoned change.
            self._draft = None if self._fingerprint is None else self._parsed()
            self._changing, self._written = True, False
            try:
                yield
                if self._written and self._draft is not None:
                    self._commit(self._draft)
            finally:
                self._draft = None
                self._changing = False

    def _refresh(self) -> None:
        current = current_fingerprint(self._target)
        if current is None and self._fingerprint is not None:
            with offering_backup(self.path):
                raise LibraryError(
                    self.path, gettext("the file has been removed since it was read"), remedy=gettext("Put it back.")
                )
        if current is None or current == self._fingerprint:
            return
        with offering_backup(self.path):
            raw, fingerprint = read_content(self._target)
            tables = plain_tables(raw, self.path)
        self._raw, self._fingerprint, self._tables, self._trusted = raw, fingerprint, tables, False

    def _forget(self) -> None:
        self._fingerprint, self._raw, self._tables, self._trusted = None, b"", None, False

    def _commit(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        raw = self._serialised(data)
        if raw == self._raw:
            return
        keep = self._trusted or self._vetted()
        if current_fingerprint(self._target) != self._fingerprint:
            reason = gettext("another program has changed the file since it was read; nothing was written")
            raise LibraryError(self.path, reason, remedy=gettext("Make the change again on the new content."))
        fingerprint = replace_file(self._target, raw, keep_backup=keep)
        self._raw, self._fingerprint, self._tables, self._trusted = raw, fingerprint, None, True

    def _parsed(self) -> Tables:
        """Return fresh tables from the content in memory, of which the outline is known to be right."""
        tables: Tables = msgspec.json.decode(self._raw.removeprefix(codecs.BOM_UTF8))
        return tables

    def _serialised(self, data: Mapping[str, Mapping[str, Any]]) -> bytes:
        """Return the bytes to write, once they are known to read back as a library."""
        try:
            raw = serialise(data)
        except (TypeError, ValueError, RecursionError) as error:
            reason = gettext("the change holds what JSON cannot: {error}", error=error)
            raise LibraryError(self.path, reason, remedy=gettext("Nothing was written.")) from error
        try:
            confirm(raw, self.path)
        except LibraryError as error:
            error.remedy = f"{error.remedy} {gettext('Nothing was written.')}".strip()
            raise
        return raw

    def _vetted(self) -> bool:
        """Return whether the content that is about to be replaced, written by someone else, may be the backup.

        Raises LibraryError when replacing it would lose a record that no reader has seen.
        """
        if not self._raw:
            return False
        if repeated := repeated_keys(self._raw):
            keys = ", ".join(repr(key) for key in repeated)
            reason = gettext("a key stands twice in one object ({keys}); a change now would lose the first", keys=keys)
            raise LibraryError(
                self.path, reason, remedy=gettext("Give each record a number of its own, with a text editor.")
            )
        try:
            confirm(self._raw, self.path)
        except LibraryError:
            return False
        return True
