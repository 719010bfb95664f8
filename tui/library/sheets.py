"""The files of a change: each as its bytes are, and as they become."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tui.language import gettext
from tui.library.catalogue import Catalogue, record_at
from tui.library.changes import Change, OvertakenError
from tui.library.errors import LibraryError
from tui.library.files import Fingerprint, current_fingerprint
from tui.library.reading import confirm
from tui.library.replacing import Replacement
from tui.library.splicing import Outline, Splice, table_of
from tui.library.verdicts import Progress
from tui.records import Record


class Sheet:
    """A file of a change: its bytes as they are, and as they become."""

    def __init__(self, file: Path, changes: list[Change], catalogue: Catalogue) -> None:
        self.file = file
        self.target = Path(os.path.realpath(file))
        self.removes = any(change.after is None for change in changes)
        self._fingerprint: Fingerprint | None = None
        self._changes = changes
        if current_fingerprint(file) is None:
            self._outline = Outline(b"{}\n", file)
        else:
            self._outline, self._fingerprint = catalogue.outline(file)
        self._splices = [self._splice(change, catalogue) for change in changes]

    def _splice(self, change: Change, catalogue: Catalogue) -> Splice:
        """Return the splice of a change. Raises OvertakenError unless the record is as it was seen."""
        card = catalogue.card(change.id)
        current = record_at(self._outline, card) if card and card.file == self.file else None
        if current != change.before:
            raise OvertakenError(self.file, change, current)
        table = table_of(change.record)
        if card and current:
            return Splice(table, card.number, change.after)
        free = change.number not in self._outline.places(table)
        return Splice(table, change.number if free else "", change.after)

    def after(self) -> bytes:
        """Return the bytes that the file is to have."""
        if current_fingerprint(self.file) != self._fingerprint:
            reason = gettext("another program has changed the file since it was read; nothing was written")
            raise LibraryError(self.file, reason, remedy=gettext("Make the change again on the new content."))
        return self._outline.spliced(self._splices)

    @property
    def pairs(self) -> list[tuple[Record | None, Record | None]]:
        """What becomes of its records, each as it was and as it becomes."""
        return [(change.before, change.after) for change in self._changes]

    def is_good(self, known: dict[str, Fingerprint]) -> bool:
        """Return whether the file, as it was, may become the backup: written here, or readable in full."""
        if self._fingerprint is None:
            return False
        if known.get(self.file.name) == self._fingerprint:
            return True
        try:
            confirm(self._outline.raw, self.file)
        except LibraryError:
            return False
        return True


def put_beside(sheets: Sequence[Sheet], left_to: ExitStack, progress: Progress) -> Iterator[tuple[Sheet, Replacement]]:
    """Put the new content of files on the disk beside them, one after the other."""
    total = sum(len(sheet.pairs) for sheet in sheets)
    done = 0
    for sheet in sheets:
        progress(total + done, 2 * total)
        yield sheet, left_to.enter_context(Replacement(sheet.target, sheet.after()))
        done += len(sheet.pairs)
    progress(2 * total, 2 * total)
