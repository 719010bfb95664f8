"""What changes the library from the explorer: a record in the editor, a new one, undo and redo.

Nothing here writes: the library's writer does, and the view follows the files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.exchange.page import Page
from tui.explorer.following import line_of
from tui.explorer.panes import kind_name
from tui.explorer.screens.asking import ConfirmScreen
from tui.explorer.screens.choices import ChoiceScreen, choices_block, choices_page
from tui.language import Told, gettext, later
from tui.records import KINDS, Record, title_of

if TYPE_CHECKING:
    from tui.exchange.form.sitting import Sitting
    from tui.explorer.following import FollowingScreen
    from tui.library.changes import Change, OvertakenError
    from tui.library.history import Noted
    from tui.library.writer import LibraryWriter


class Curator:
    """Changes the library of a screen, which follows."""

    def __init__(self, screen: FollowingScreen) -> None:
        self._screen = screen

    # Whole records

    def edit(self) -> None:
        """Open the record that is read in the user's editor."""
        self.with_record(self.edit_record)

    def add(self) -> None:
        """Choose a kind and write a new record of it in the user's editor."""
        self._with_writer(lambda _: self._choose_kind(), self.add)

    def _choose_kind(self) -> None:
        kinds = ((kind, kind_name(kind), "") for kind in KINDS.values())
        self._screen.app.push_screen(ChoiceScreen(choices_page(gettext("Add"), kinds), gettext("Add"), self._new))

    def _new(self, kind: str) -> None:
        from tui.exchange.form.starting import starting

        self._with_writer(
            lambda writer: self._sit(writer, None, starting(kind), f"new-{kind}"), lambda: self._new(kind)
        )

    def edit_record(self, writer: LibraryWriter, record: Record) -> None:
        """Open a record in the user's editor."""
        self._sit(writer, record, record, record.id)

    def _sit(self, writer: LibraryWriter, before: Record | None, start: Record, name: str) -> None:
        from tui.exchange.form.drafts import Draft
        from tui.exchange.form.editor import EditorError, edit, editor_command
        from tui.exchange.form.sitting import Sitting
        from tui.library import LibraryError
        from tui.personal.places import state_folder

        try:
            editor_command()
            sitting = Sitting(writer, before, start, Draft(writer.library, name, state_folder()))
            with self._screen.app.suspend():
                outcome = sitting.run(edit)
        except (EditorError, LibraryError) as error:
            self._screen.say(line_of(error))
            return
        finally:
            self._screen.app.refresh(layout=True)
        if outcome.overtaken is not None:
            self._show_versions(writer, outcome.overtaken, sitting)
        elif outcome.record_id:
            self._screen.reload(writer.find(outcome.record_id), outcome.said, outcome.files)
        else:
            self._screen.say(outcome.said)

    def _show_versions(self, writer: LibraryWriter, overtaken: OvertakenError, sitting: Sitting) -> None:
        """Show what the other and the user made of one record, and let the user choose."""
        from tui.exchange.form.choosing import Versions
        from tui.exchange.history_page import versions_page
        from tui.library.changes import Change

        versions = Versions.of(overtaken)
        choices = [
            ("mine", gettext("mine"), gettext("what I wrote stays")),
            ("theirs", gettext("theirs"), gettext("what they wrote stays")),
        ]
        if versions.both:
            choices.append(("both", gettext("both"), gettext("their version, with the fields that I changed")))
        choices.append(("later", gettext("later"), gettext("change nothing now; what I wrote is kept as a draft")))
        page = versions_page(versions)
        page = replace(page, blocks=(*page.blocks, choices_block(gettext("Keep"), choices)))

        def choose(word: str) -> None:
            if word == "later":
                self._screen.say(gettext("what you wrote waits in {file}").format(file=sitting.draft.path))
                return
            chosen = {"mine": versions.mine, "theirs": versions.theirs, "both": versions.both}[word]
            said = Told(
                later("edited {record}: kept {version}"), {"record": title_of(versions.base)}, {"version": word}
            )
            if self.write(writer, (Change(versions.theirs, chosen),), said):
                sitting.draft.drop()

        self._screen.app.push_screen(ChoiceScreen(page, gettext("Changed by two"), choose))

    # Undo and redo

    def undo(self) -> None:
        """Show the last change of the library, and take it back when that is confirmed."""
        self._with_writer(lambda writer: self._take_back(writer.next_undo(), "undo", writer.undo))

    def redo(self) -> None:
        """Show the change that was undone last, and make it again when that is confirmed."""
        self._with_writer(lambda writer: self._take_back(writer.next_redo(), "redo", writer.redo))

    def _take_back(self, noted: Noted | None, word: str, turn: Callable[[int], Noted | None]) -> None:
        from tui.exchange.history_page import deed_page
        from tui.library import LibraryError

        if noted is None:
            nothing = {
                "undo": gettext("nothing to undo in this library"),
                "redo": gettext("nothing to redo in this library"),
            }
            self._screen.say(nothing[word])
            return

        def carry_out() -> None:
            try:
                turn(noted.number)
            except LibraryError as error:
                self._screen.say(line_of(error))
            else:
                said = gettext("undone: {change}") if word == "undo" else gettext("made again: {change}")
                self._screen.reload(said=said.format(change=noted.deed.told), names=noted.deed.files)

        self._screen.app.push_screen(
            ConfirmScreen(deed_page(noted, word), gettext(word).capitalize(), gettext(word), carry_out)
        )

    # What these have in common

    def _with_writer(self, then: Callable[[LibraryWriter], None], again: Callable[[], None] | None = None) -> None:
        """Do something with the library's writer, or say why it cannot be changed and what can be done."""
        from tui.library import LibraryError
        from tui.library.writable import is_shipped
        from tui.library.writer import LibraryWriter

        library = self._screen.session.index.library
        if getattr(self._screen.app, "remote", False):
            self._screen.say(gettext("served read-only; the library is changed on the host"))
            return
        if is_shipped(library):
            self._offer_own(again)
            return
        try:
            writer = LibraryWriter(library)
            self._screen.expect_changes()
            writer.catalogue.refresh()
            then(writer)
        except LibraryError as error:
            self._screen.say(line_of(error))

    def with_record(self, then: Callable[[LibraryWriter, Record], None]) -> None:
        """Do something with the record that is read, as it is in the library now."""
        record_id = self._screen.reading_id

        def begin(writer: LibraryWriter) -> None:
            record = writer.find(record_id)
            if record is None:
                gone = gettext("{id} is no longer in the library").format(id=record_id)
                self._screen.say(gone if record_id else gettext("no record here"))
            else:
                then(writer, record)

        self._with_writer(begin, lambda: self.with_record(then))

    def _offer_own(self, again: Callable[[], None] | None) -> None:
        from tui.exchange.page import Block, Span, row
        from tui.library.own import free_folder

        folder = free_folder(Path.home() / "summits")
        why = row(
            gettext(
                "It comes with the program, and its next version would overwrite what you change; so it is read-only."
            )
        )
        what = row(gettext("Enter makes a library of your own with the same records, and goes on there:"))
        again_by = gettext("summit {folder} opens it again; `library` in the config file makes it the usual one.")
        how = row(Span(again_by.format(folder=folder), "dim"))
        blocks = (Block("", (why,)), Block("", (what, row(Span(str(folder), "link")))), Block("", (how,)))
        page = Page("own", row(Span(gettext("This is the shipped library"), "title")), blocks)
        make = partial(self._screen.open_own, folder, again or (lambda: None))
        self._screen.app.push_screen(ConfirmScreen(page, gettext("Read-only"), gettext("make it"), make))

    def write(self, writer: LibraryWriter, changes: Sequence[Change], said: Told) -> bool:
        """Write changes and let the view follow; say why when they are refused."""
        from tui.library import LibraryError

        try:
            noted = writer.write(changes, said)
        except LibraryError as error:
            self._screen.say(line_of(error))
            return False
        if noted is None:
            self._screen.say(gettext("nothing was changed"))
        else:
            self._screen.reload(said=noted.deed.told, names=noted.deed.files)
        return True
