"""What is to become of a record, and what is said where someone else was quicker."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tui.language import gettext
from tui.library.errors import LibraryError
from tui.records import Record, title_of


class Change(NamedTuple):
    """What is to become of one record."""

    before: Record | None
    """The record as whoever changes it saw it; None for a new one."""
    after: Record | None
    """None to remove it."""
    file: Path | None = None
    """The file of a new record; chosen when it is None."""
    number: str = ""
    """The key that it had in its table, for one that is put back."""

    @property
    def record(self) -> Record:
        """The record as it was; a new one as it is to become."""
        record = self.before or self.after
        assert record is not None
        return record

    @property
    def id(self) -> str:
        """The id of the record, as it was where it changes."""
        return self.record.id


class OvertakenError(LibraryError):
    """A record that someone else has changed since it was read. Nothing was written."""

    def __init__(self, path: Path, change: Change, current: Record | None) -> None:
        what = (
            gettext("is there already")
            if change.before is None
            else gettext("has been changed by someone else since it was read")
        )
        reason = what if current is not None else gettext("has been removed by someone else since it was read")
        super().__init__(
            path, reason, where=f"{change.id} ({title_of(change.record)})", remedy=gettext("Nothing was written.")
        )
        self.change = change
        self.current = current
        """The record as it is now; None when it is gone."""
