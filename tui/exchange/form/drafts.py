"""Keeps what was typed into a form until it is in the library: a file for each record, in the user's state folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec

from tui.library import LibraryError
from tui.records import Record


class Draft:
    """The unfinished text of one record, and the record as it was when the text was begun."""

    def __init__(self, library: Path, name: str, state: Path | None) -> None:
        """Name the draft; `state` is the user's state folder, None to use the temporary one."""
        folder = Path(tempfile.gettempdir()) / f"summit-drafts-{os.getuid()}" if state is None else state / "drafts"
        digest = hashlib.sha256(os.fsencode(os.path.realpath(library))).hexdigest()[:12]
        self.path = folder / f"{name[:80]}-{digest}.yaml"
        self._basis = self.path.with_suffix(".basis")

    @property
    def text(self) -> str:
        """The text; empty when there is none."""
        try:
            return self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError as error:
            raise LibraryError(self.path, "the form is not UTF-8", remedy="Save it as UTF-8, or remove it.") from error
        except OSError as error:
            raise LibraryError(self.path, f"cannot be read ({error.strerror})", remedy="Check the folder.") from error

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
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = self.path.with_suffix(".new")
            fresh.write_text(text, encoding="utf-8")
            os.replace(fresh, self.path)
            if basis is not None:
                self._basis.write_bytes(msgspec.json.encode(basis))
        except OSError as error:
            reason = f"the form cannot be kept ({error.strerror})"
            raise LibraryError(self.path, reason, remedy="Free some space, or the right to write there.") from error

    def drop(self) -> None:
        """Forget the text: it is in the library, or its writer gave it up."""
        for path in (self.path, self._basis):
            with suppress(OSError):
                path.unlink(missing_ok=True)
