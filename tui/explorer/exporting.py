"""What the explorer gives away: a record to the clipboard, a view to a file, in a format that is chosen from a list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.explorer import dialogs
from tui.explorer.giving import MOST_COPIED, sent, size_of, write_new
from tui.explorer.viewing import ViewingScreen
from tui.language import gettext
from tui.records import title_of

if TYPE_CHECKING:
    from tui.exchange.out import Selection


class ExportingScreen(ViewingScreen):
    """The panes, with the actions that give records away."""

    def action_copy_as(self) -> None:
        """Choose a format and copy the record that is read."""
        record = self.session.record(self.reading_id)
        if record is None:
            self.say(gettext("no record to copy"))
            return
        from tui.exchange.out import of_records

        chosen = of_records([record], self.session.index)
        self.app.push_screen(
            _formats(
                gettext("Copy as: {record}").format(record=title_of(record)), chosen, partial(self._copy_as, chosen)
            )
        )

    def _copy_as(self, chosen: Selection, form: str) -> None:
        from tui.exchange.out import FORMATS, export

        text = export(chosen, form)
        if not self.has_clipboard:
            self.give_otherwise(text, self.reading_id, FORMATS[form].ending)
        elif self._send(text):
            self.say(sent(FORMATS[form].name, text))

    def action_export(self) -> None:
        """Choose a format and write the whole view to a file, or copy it where the disk is not the user's."""
        from tui.exchange.out import of_view

        chosen = of_view(self.session.view, self.session.index)
        if not any(chosen.count(kind) for kind in self.lists):
            self.say(gettext("nothing under this query to export"))
            return
        asked = self.session.query.strip() or gettext("the whole library")
        title = gettext("Export the view: {query}").format(query=asked)
        self.app.push_screen(_formats(title, chosen, partial(self._export, chosen)))

    def _export(self, chosen: Selection, form: str) -> None:
        from tui.exchange.out import FORMATS

        if FORMATS[form].single:
            chosen = chosen.only(self.current.kind)
        self.say(gettext("exporting …"))
        self.run_worker(partial(self._give, chosen, form, self.session.query), thread=True, group="export")

    def _give(self, chosen: Selection, form: str, query: str) -> None:
        """Make the text beside the screen's own work, and hand it over."""
        from tui.exchange.out import FORMATS, export, notes

        text = export(chosen, form)
        left_out = [note for note in notes(chosen, form) if form == "ics" and "day" in note]
        if getattr(self.app, "remote", False):
            self.app.call_from_thread(self._give_remote, text, FORMATS[form].name)
            return
        try:
            name = write_new(text, query, FORMATS[form].ending)
            said = gettext("written: {file}, {size}").format(file=name, size=size_of(text))
        except OSError as error:
            said = gettext("not written: {reason}").format(reason=error.strerror or error)
        self.app.call_from_thread(self.say, "; ".join((said, *left_out)))

    def _give_remote(self, text: str, name: str) -> None:
        if not self.has_clipboard:
            self.give_otherwise(text, "", "")
        elif self._send(text):
            self.say(sent(name, text))

    def _send(self, text: str) -> bool:
        """Send text to the clipboard by OSC 52; nothing tells whether the terminal took it."""
        if len(text.encode("utf-8")) > MOST_COPIED:
            said = gettext("{size} is more than many terminals copy; summit export writes it to a file")
            self.say(said.format(size=size_of(text)))
            return False
        self.app.copy_to_clipboard(text)
        return True


def _formats(title: str, chosen: Selection, then: Callable[[str], None]) -> Screen[None]:
    """The formats that have words for a selection."""
    from tui.exchange.out import FORMATS

    offered = {form: shape for form, shape in FORMATS.items() if any(chosen.count(kind) for kind in shape.kinds)}
    choices = ((form, shape.name, gettext(shape.meaning)) for form, shape in offered.items())
    return dialogs.ChoiceScreen(dialogs.choices_page(title, choices), gettext("Formats"), then)
