"""What the explorer gives away: a record to the clipboard, a view to a file, in a format that is chosen from a list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.explorer import dialogs
from tui.explorer.giving import Gift, enough, sent, size_of, write_new
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

        text, shape, record_id = export(chosen, form), FORMATS[form], self.reading_id
        words = ("export", "--id", record_id, "--to", form)
        self.give(Gift(text, sent(shape.name, text), record_id, shape.ending, words))

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
        from tui.exchange.out import FORMATS, export, notes, pieces

        if getattr(self.app, "remote", False):
            # A host makes no more of a large export than shows that it can't be copied.
            text = enough(pieces(chosen, form))
            kind = self.current.kind if FORMATS[form].single else ""
            words = _words_of_export(form, kind, query)
            self.app.call_from_thread(self.give, Gift(text, sent(FORMATS[form].name, text), printed=words))
            return
        text = export(chosen, form)
        left_out = [note for note in notes(chosen, form) if form == "ics" and "day" in note]
        try:
            name = write_new(text, query, FORMATS[form].ending)
            said = gettext("written: {file}, {size}").format(file=name, size=size_of(text))
        except OSError as error:
            said = gettext("not written: {reason}").format(reason=error.strerror or error)
        self.app.call_from_thread(self.say, "; ".join((said, *left_out)))


def _words_of_export(form: str, kind: str, query: str) -> tuple[str, ...]:
    """Return the words after `summit` that export what answers a query, one kind of it if one is given."""
    # Quotes belong to the query, and blanks between them to a phrase.
    asked = (query.strip(),) if '"' in query else tuple(query.split())
    apart = ("--",) if any(word.startswith("-") for word in asked) else ()
    return ("export", "--to", form, *(("--kind", kind) if kind else ()), *apart, *asked)


def _formats(title: str, chosen: Selection, then: Callable[[str], None]) -> Screen[None]:
    """The formats that have words for a selection."""
    from tui.exchange.out import FORMATS

    offered = {form: shape for form, shape in FORMATS.items() if any(chosen.count(kind) for kind in shape.kinds)}
    choices = ((form, shape.name, gettext(shape.meaning)) for form, shape in offered.items())
    return dialogs.ChoiceScreen(dialogs.choices_page(title, choices), gettext("Formats"), then)
