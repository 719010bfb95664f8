"""Keeps what was typed into a form until it is in the library: a file for each record, in the user's state folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import filelock
import msgspec

from tui.language import gettext, system_said
from tui.library import LibraryError
from tui.records import Record


class Draft:
    """The unfinished text of one record, and the record as it was when the text was begun."""

    def __init__(self, library: Path, name: str, state: Path | None) -> None:
        """Name the draft; `state` is the user's state folder, None to use the temporary one."""
        folder = Path(tempfile.gettempdir()) / f"summit-drafts-{os.getuid()}" if state is None else state / "drafts"
        digest = hashlib.sha256(os.fsencode(os.path.realpath(library))).hexdigest()[:12]
        self._stem = folder / f"{name[:80]}-{digest}"
        self._lock: filelock.FileLock | None = None
        self._name(1)

    def take(self) -> None:
        """Hold the draft for this sitting; one that another sitting is at gives way to a second one beside it.

        Raises LibraryError when no draft can be kept.
        """
        number = 1
        while self._lock is None:
            self._name(number)
            lock = filelock.FileLock(self.path.with_suffix(".lock"))
            try:
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                lock.acquire(timeout=0)
                self._lock = lock
            except filelock.Timeout:
                number += 1
            except OSError as error:
                raise _cannot(self.path, error) from error

    def leave(self) -> None:
        """Let go of the draft; what is in it stays."""
        if self._lock is not None:
            self._lock.release()
            with suppress(OSError):
                self.path.with_suffix(".lock").unlink(missing_ok=True)
            self._lock = None

    def _name(self, number: int) -> None:
        self.path = Path(f"{self._stem}{f'-{number}' if number > 1 else ''}.yaml")
        self._basis = self.path.with_suffix(".basis")

    @property
    def text(self) -> str:
        """The text; empty when there is none."""
        try:
            return self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError as error:
            raise LibraryError(
                self.path, gettext("the form is not UTF-8"), remedy=gettext("Save it as UTF-8, or remove it.")
            ) from error
        except OSError as error:
            raise LibraryError(
                self.path,
                gettext("cannot be read ({reason})", reason=system_said(error)),
                remedy=gettext("Check the folder."),
            ) from error

    def basis(self, shape: type[Record]) -> Record | None:
        """Return the record as it was when the text was begun; None for a new one."""
        try:
            record: Record = msgspec.json.decode(self._basis.read_bytes(), type=shape)
        except (OSError, msgspec.MsgspecError):
            return None
        return record

    def keep(self, text: str, basis: Record | None) -> None:
        """Write the text. Raises LibraryError when it cannot be kept."""
        try:
            fresh = self.path.with_suffix(".new")
            fresh.write_text(text, encoding="utf-8")
            os.replace(fresh, self.path)
            if basis is not None:
                self._basis.write_bytes(msgspec.json.encode(basis))
        except OSError as error:
            raise _cannot(self.path, error) from error

    def drop(self) -> None:
        """Forget the text: it is in the library, or its writer gave it up."""
        for path in (self.path, self._basis):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _cannot(path: Path, error: OSError) -> LibraryError:
    remedy = gettext("Free some space, or get the right to write there.")
    return LibraryError(path, gettext("the form cannot be kept ({reason})", reason=system_said(error)), remedy=remedy)
