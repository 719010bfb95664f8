"""One sitting at a form: write it, let it be edited, check it, keep it, or open it again with what is wrong.

What was typed stays in a draft until it is in the library or its writer empties the form.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from tui.exchange.form.drafts import Draft
from tui.exchange.form.editor import EditorError
from tui.exchange.form.naming import Naming
from tui.exchange.form.reading import Form, FormError, Wrong, is_empty, read_form, with_messages, without_messages
from tui.exchange.form.writing import MESSAGE, form_of
from tui.language import Told, gettext, later
from tui.library.changes import Change, OvertakenError
from tui.library.curating import renamed
from tui.library.errors import LibraryError, RefusedError
from tui.library.history import ADDED
from tui.library.writer import LibraryWriter
from tui.records import Record, kind_of, title_of

_WAITED = later(
    "You began this form before, and it was not kept. Go on with it; to begin anew, empty it and edit once more."
)

Edit = Callable[[Path, int], None]
"""Lets the user edit a file at a line, and returns when that is done. Raises EditorError."""


class Outcome(NamedTuple):
    """How a sitting ended."""

    said: str
    """What to tell the user, in a line."""
    record_id: str = ""
    """The record that was kept; empty when none was."""
    overtaken: OvertakenError | None = None
    """Set when someone else changed the record meanwhile: both versions are to be shown, and one chosen."""
    failed: bool = False
    """Whether what the user wanted could not be done."""
    files: frozenset[str] = frozenset()
    """The names of the files that were written."""


class Sitting:
    """Edits one record; `start` is what the form begins with, `before` the record as it is, None for a new one."""

    def __init__(self, writer: LibraryWriter, before: Record | None, start: Record, draft: Draft) -> None:
        self._writer = writer
        self._before = before
        self._start = start
        self.draft = draft

    def run(self, edit: Edit) -> Outcome:
        """Let the form be edited until it is kept or given up. Raises LibraryError when no draft can be kept."""
        self.draft.take()
        try:
            return self._run(edit)
        finally:
            self.draft.leave()

    def _run(self, edit: Edit) -> Outcome:
        first = form_of(self._start, new=self._before is None)
        text = self._unfinished() or first
        line = 0
        while True:
            self.draft.keep(text, self._before)
            try:
                edit(self.draft.path, line)
            except EditorError as error:
                return self._left(str(error), first)
            typed = without_messages(self.draft.text)
            if is_empty(typed):
                self.draft.drop()
                return Outcome(gettext("the form was emptied; nothing was changed"))
            if typed == first:
                self.draft.drop()
                return Outcome(gettext("nothing was changed"))
            if line and typed == without_messages(text):
                return self._left(gettext("it still has what was told"), first)
            try:
                naming = self._names()
                return self._keep(read_form(typed, type(self._start), naming), naming)
            except FormError as error:
                text, line = with_messages(typed, error.wrongs)

    def _unfinished(self) -> str:
        """Return a text that was left unfinished; what it was begun from counts when it is kept."""
        text = without_messages(self.draft.text)
        if is_empty(text):
            return ""
        if self._before is not None:
            self._before = self.draft.basis(type(self._before)) or self._before
        return f"{MESSAGE}{_WAITED}\n{text}"

    def _left(self, reason: str, first: str) -> Outcome:
        """End without keeping; the draft stays where something was typed."""
        typed = without_messages(self.draft.text)
        if typed == first or is_empty(typed):
            self.draft.drop()
            return Outcome(gettext("nothing was changed: {reason}", reason=reason), failed=True)
        told = gettext(
            "not kept in the library: {reason}; what you typed waits in {path}", reason=reason, path=self.draft.path
        )
        return Outcome(told, failed=True)

    def _names(self) -> Naming:
        self._writer.catalogue.refresh()
        return Naming(self._writer.catalogue)

    def _keep(self, form: Form, naming: Naming) -> Outcome:
        """Put the record into the library. Raises FormError for what the library refuses."""
        record = form.record
        try:
            noted = self._writer.write((*naming.changes, *self._changes(record)), self._said(record))
        except RefusedError as error:
            raise FormError([_wrong(form, record, error, path, told) for path, told in error.faults]) from error
        except OvertakenError as error:
            if self._before is None or error.change.before is None:
                raise FormError(
                    [Wrong(form.line_of("id"), gettext("the id {id} is taken; choose another", id=repr(record.id)))]
                ) from error
            return Outcome(gettext("{reason}: choose what stays", reason=error.reason), overtaken=error, failed=True)
        except LibraryError as error:
            told = gettext(
                "not kept: {reason}; what you typed waits in {path}", reason=error.reason, path=self.draft.path
            )
            return Outcome(told, failed=True)
        self.draft.drop()
        if noted is None:
            return Outcome(gettext("nothing was changed"))
        return Outcome(noted.deed.told, record.id, files=noted.deed.files)

    def _changes(self, record: Record) -> tuple[Change, ...]:
        if self._before is None or self._before.id == record.id:
            return (Change(self._before, record),)
        self._writer.find(self._before.id)
        card = self._writer.catalogue.card(self._before.id)
        linked = self._writer.catalogue.linked_with(self._before.id)
        added, *rest = renamed(self._before, record.id, linked)
        new = structs.replace(record, former_ids=added.after.former_ids if added.after else ())
        return (Change(None, new, card.file if card else None), *rest)

    def _said(self, record: Record) -> Told:
        if self._before is None:
            return Told(ADDED[kind_of(record)], {"record": title_of(record)})
        fields = [name for name in record.__struct_fields__ if getattr(record, name) != getattr(self._before, name)]
        return Told(later("edited {record}: {fields}"), {"record": title_of(record), "fields": ", ".join(fields)})


def _wrong(form: Form, record: Record, error: RefusedError, path: str, told: str) -> Wrong:
    """Return a fault that the library found at the line of its field; one of another record stands at the top."""
    if error.record != record.id:
        return Wrong(1, f"{error.record}: {path}: {told}")
    return Wrong(form.line_of(path), f"{path}: {told}" if path else told)
