"""The one place where records are written: locked, compared, checked, written whole, and kept for undo.

A change names each record as it was and as it is to become. It is made in full or not at all: everything is on the disk
before the first file is replaced, files that others link to are replaced first, and a change that is cut short
between two files is finished by whoever writes next.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from tui.language import Told, gettext
from tui.library.catalogue import Catalogue
from tui.library.changes import Change, OvertakenError
from tui.library.errors import LibraryError
from tui.library.history import History, Noted, Turn, new_deed
from tui.library.locking import PATIENCE, Lock
from tui.library.replacing import flush_folder
from tui.library.sheets import Sheet, put_beside
from tui.library.shelving import file_for
from tui.library.splicing import table_of
from tui.library.verdicts import Progress, keep_still, refuse_what_breaks
from tui.library.writable import refuse_read_only
from tui.records import Record


class LibraryWriter:
    """Changes one library. Raises ReadOnlyError when that is not to be written. Not to be shared between threads."""

    def __init__(self, library: Path, timeout: float = PATIENCE) -> None:
        self.library = library
        refuse_read_only(library)
        self.catalogue = Catalogue(library)
        self.history = History(library)
        self._target = Path(os.path.realpath(library))
        self._timeout = timeout

    def write(self, changes: Sequence[Change], said: Told | str, progress: Progress = keep_still) -> Noted | None:
        """Make a change and return it as the history has it; None when it changes nothing. `progress` is for many.

        Raises OvertakenError when a record is not as it was seen, RefusedError when the change breaks a rule that the
        library kept before, and LibraryError when it cannot be written; then everything is as it was.
        """
        told = said if isinstance(said, Told) else Told(said)
        wanted = [change for change in changes if change.before != change.after]
        with self._locked():
            placed = [self._placed(change) for change in wanted]
            with self._sheets(placed) as sheets:
                # Checking is one half of the work, making the new files the other.
                refuse_what_breaks(placed, self.catalogue, lambda done, total: progress(done, 2 * total))
                return self._commit(placed, sheets, told, progress) if placed else None

    def undo(self, number: int = 0) -> Noted | None:
        """Take the newest change back and return it; None when there is none.

        With a `number`, only that change: raises LibraryError when another one has been made since it was shown.
        """
        return self._turn_back("done", "undoing", number)

    def redo(self, number: int = 0) -> Noted | None:
        """Make the change again that was undone last, and return it; None when there is none."""
        return self._turn_back("undone", "redoing", number)

    def next_undo(self) -> Noted | None:
        """Return the change that `undo` would take back."""
        return self.history.last("done")

    def next_redo(self) -> Noted | None:
        """Return the change that `redo` would make again."""
        return self.history.last("undone")

    def find(self, record_id: str) -> Record | None:
        """Return a record as it is now, by its id or by one that it had before a merge."""
        self.catalogue.refresh()
        return self.catalogue.record(self.catalogue.now(record_id))

    def _turn_back(self, state: str, turning: str, number: int) -> Noted | None:
        with self._locked():
            noted = self.history.last(state)
            if noted is None:
                return None
            if number and noted.number != number:
                reason = gettext("another change has been made since this one was shown")
                raise LibraryError(self.library, reason, remedy=gettext("Nothing was written; look again."))
            turns = noted.deed.turns
            changes = self._changes(tuple(turn.turned() for turn in turns) if turning == "undoing" else turns)
            with self._sheets(changes) as sheets:
                refuse_what_breaks(changes, self.catalogue)
                return self._put(self.history.turn(noted, turning), sheets)

    def _changes(self, turns: Iterable[Turn]) -> list[Change]:
        return [Change(turn.old, turn.new, self._file_of(turn), turn.number) for turn in turns]

    def _file_of(self, turn: Turn) -> Path:
        return self.library / turn.file if self._target.is_dir() else self.library

    def _placed(self, change: Change) -> Change:
        """Return a change with the file in which it is made."""
        if change.before is not None:
            card = self.catalogue.card(change.before.id)
            if card is None:
                raise OvertakenError(self.library, change, None)
            return change._replace(file=card.file, number=card.number)
        assert change.after is not None
        card = self.catalogue.card(change.after.id)
        if card is not None:
            raise OvertakenError(self.library, change, self.catalogue.record(change.after.id))
        return change._replace(file=change.file or file_for(change.after, self.catalogue))

    @contextmanager
    def _sheets(self, changes: Sequence[Change]) -> Iterator[list[Sheet]]:
        """Hold the locks of the files of a change, and yield each with what becomes of it."""
        by_file: dict[Path, list[Change]] = defaultdict(list)
        for change in changes:
            card = self.catalogue.card(change.before.id) if change.before else None
            file = card.file if card else change.file
            assert file is not None
            by_file[file].append(change)
        with ExitStack() as locks:
            for file in sorted(by_file):
                target = Path(os.path.realpath(file))
                if target != self._target:  # the library's own lock is that of its one file
                    locks.enter_context(Lock(target, self._timeout, file).held())
            yield [Sheet(file, by_file[file], self.catalogue) for file in by_file]

    def _commit(self, changes: Sequence[Change], sheets: list[Sheet], said: Told, progress: Progress) -> Noted:
        turns = tuple(_turn(change) for change in changes)
        return self._put(self.history.begin(new_deed(said, turns), several=len(sheets) > 1), sheets, progress)

    def _put(self, noted: Noted, sheets: list[Sheet], progress: Progress = keep_still) -> Noted:
        """Put the files of a noted change in place: what is added first, what is removed last."""
        known = self.history.written()
        sheets = sorted(sheets, key=lambda sheet: (sheet.removes, sheet.file))
        with ExitStack() as prepared:
            try:
                ready = list(put_beside(sheets, prepared, progress))
                kept = {sheet.file.name: sheet.is_good(known) for sheet in sheets}
            except BaseException:
                self.history.drop(noted)
                raise
            fingerprints = {
                sheet.file.name: replacement.put(keep_backup=kept[sheet.file.name]) for sheet, replacement in ready
            }
        for folder in {sheet.target.parent for sheet in sheets}:
            flush_folder(folder)
        for sheet in sheets:
            self.catalogue.took(sheet.file, fingerprints[sheet.file.name], sheet.pairs)
        self.history.note_written(fingerprints)
        return self.history.finish(noted)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the library's lock, with every change that was cut short finished first."""
        with Lock(self._target / ".library" if self._target.is_dir() else self._target, self._timeout).held():
            self.catalogue.refresh()
            for noted in self.history.pending():
                self._recover(noted)
            yield

    def _recover(self, noted: Noted) -> None:
        """Finish a change that was cut short, or forget it when nothing of it was made."""
        turns = noted.deed.turns
        if noted.state == "undoing":
            turns = tuple(turn.turned() for turn in turns)
        left, made = [], 0
        changes = self._changes(turns)
        held = self.catalogue.records(change.id for change in changes)
        for change in changes:
            current = held.get(change.id)
            if current == change.after:
                made += 1
            elif current == change.before:
                left.append(change)
        if not made:
            self.history.drop(noted)
        elif left:
            with self._sheets(left) as sheets:
                self._put(noted, sheets)
            self.catalogue.refresh()
        else:
            self.history.finish(noted)


def _turn(change: Change) -> Turn:
    assert change.file is not None
    return Turn(table_of(change.record), change.file.name, change.number, _raw(change.before), _raw(change.after))


def _raw(record: Record | None) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(record))
