"""What the explorer gives away: a record to the clipboard, a view to a file, in a format that is chosen from a list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

from tui.explorer.giving import Gift, enough, sent, size_of, write_new
from tui.explorer.screens.choices import ChoiceScreen, choices_page
from tui.language import gettext
from tui.records import title_of

if TYPE_CHECKING:
    from tui.exchange.out import Selection
    from tui.explorer.reading import ReadingScreen


class Exports:
    """Gives away what a screen shows."""

    def __init__(self, screen: ReadingScreen) -> None:
        self._screen = screen

    def copy_as(self) -> None:
        """Choose a format and copy the record that is read."""
        record = self._screen.session.record(self._screen.reading_id)
        if record is None:
            self._screen.say(gettext("no record to copy"))
            return
        from tui.exchange.out import of_records

        chosen = of_records([record], self._screen.session.index)
        self._screen.app.push_screen(
            _formats(
                gettext("Copy as: {record}").format(record=title_of(record)), chosen, partial(self._copy_as, chosen)
            )
        )

    def _copy_as(self, chosen: Selection, form: str) -> None:
        from tui.exchange.out import FORMATS, export

        text, shape, record_id = export(chosen, form), FORMATS[form], self._screen.reading_id
        words = ("export", "--id", record_id, "--to", form)
        self._screen.give(Gift(text, sent(shape.name, text), record_id, shape.ending, words))

    def export(self) -> None:
        """Choose a format and write the whole view to a file, or copy it where the disk is not the user's."""
        from tui.exchange.out import of_view

        chosen = of_view(self._screen.session.view, self._screen.session.index)
        if not any(chosen.count(kind) for kind in self._screen.lists):
            self._screen.say(gettext("nothing under this query to export"))
            return
        asked = self._screen.session.query.strip() or gettext("the whole library")
        title = gettext("Export the view: {query}").format(query=asked)
        self._screen.app.push_screen(_formats(title, chosen, partial(self._export, chosen)))

    def _export(self, chosen: Selection, form: str) -> None:
        from tui.exchange.out import FORMATS

        if FORMATS[form].single:
            chosen = chosen.only(self._screen.current.kind)
        self._screen.say(gettext("exporting …"))
        self._screen.run_worker(
            partial(self._give, chosen, form, self._screen.session.query), thread=True, group="export"
        )

    def _give(self, chosen: Selection, form: str, query: str) -> None:
        """Make the text beside the screen's own work, and hand it over."""
        from tui.exchange.out import FORMATS, export, notes, pieces

        if getattr(self._screen.app, "remote", False):
            # A host makes no more of a large export than shows that it can't be copied.
            text = enough(pieces(chosen, form))
            kind = self._screen.current.kind if FORMATS[form].single else ""
            words = _words_of_export(form, kind, query)
            self._screen.app.call_from_thread(
                self._screen.give, Gift(text, sent(FORMATS[form].name, text), printed=words)
            )
            return
        text = export(chosen, form)
        left_out = [note for note in notes(chosen, form) if form == "ics" and "day" in note]
        try:
            name = write_new(text, query, FORMATS[form].ending)
            said = gettext("written: {file}, {size}").format(file=name, size=size_of(text))
        except OSError as error:
            said = gettext("not written: {reason}").format(reason=error.strerror or error)
        self._screen.app.call_from_thread(self._screen.say, "; ".join((said, *left_out)))


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
    return ChoiceScreen(choices_page(title, choices), gettext("Formats"), then)
