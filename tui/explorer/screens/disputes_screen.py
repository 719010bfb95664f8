"""What sources tell differently under the query: a list, and the values of the chosen one side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult

from tui.exchange.disagreement import Dispute, dispute_page, disputes_page, named
from tui.exchange.page import Page, Span
from tui.exchange.printable import fit, printable
from tui.explorer.beside import Beside
from tui.explorer.bindings import bindings_for
from tui.explorer.commands import DISPUTES
from tui.explorer.screens.view_screen import ViewScreen
from tui.explorer.session import Session
from tui.explorer.widgets.held_widget import HeldContainer
from tui.explorer.widgets.line_list import LineList
from tui.explorer.widgets.reader import Reader
from tui.language import gettext, later, number

_ROOMY = 80
"""Cells beside the day from which on a line names the meeting too."""


class DisputesScreen(ViewScreen, Beside):
    """Shows disagreements; the reader follows the cursor, and Enter goes to the record."""

    BINDINGS: ClassVar = bindings_for(DISPUTES)

    def __init__(self, session: Session, found: Sequence[Dispute]) -> None:
        super().__init__(session, later("Disagreements"), self._page, DISPUTES)
        self._found = found
        self.lines = LineList("disputes", len(found), lambda place, width: _line(found[place], width))

    def _page(self, width: int) -> Page:
        return dispute_page(self._found[self.lines.cursor], self.session.index)

    def whole(self) -> Page:
        """All disagreements of the query, one after the other."""
        return disputes_page(self._found, self.session.query.strip(), self.session.index)

    def compose(self) -> ComposeResult:
        """Put the list beside the reader, or over it where there is no room."""
        with HeldContainer(id="halves"):
            yield self.lines
            yield self.reader
        yield self.key_bar

    def begin(self) -> None:
        """Name the list and give it the keys."""
        self._name_list()
        self.set_focus(self.lines)

    def _name_list(self) -> None:
        query = self.session.query.strip()
        told = f"{gettext('Disagreements')} {number(len(self._found))}{f' · {query}' if query else ''}"
        self.lines.border_title = self._spaced(printable(told))

    def _spaced(self, text: str) -> str:
        """A title as it stands in a line; where there are corners, Textual puts a blank on either side."""
        return f" {text} " if self.has_class("-narrow") else text

    def on_resize(self) -> None:
        """Name the halves anew, which have corners or not."""
        self.call_after_refresh(self._name_list)

    @property
    def heading(self) -> str:
        """The reader's title."""
        return self._spaced(gettext("Side by side"))

    @property
    def surface(self) -> LineList | Reader:
        """The list, or the reader while it has the keys."""
        return self.reader if self.focused is self.reader else self.lines

    def moved(self) -> None:
        """Show the disagreement under the cursor."""
        if self.surface is self.lines:
            self.draw()

    def on_line_list_pressed(self) -> None:
        """Follow a click."""
        self.draw()

    def action_read(self) -> None:
        """Go to the reader."""
        self.set_focus(self.reader)

    def action_leave_reader(self) -> None:
        """Go back to the list, or from there to the explorer."""
        if self.focused is self.reader:
            self.set_focus(self.lines)
        else:
            self.action_close()

    def action_widen(self) -> None:
        """Peel one layer: the words that are looked for, the reader, the list."""
        if not self.reader.stop_find():
            self.action_leave_reader()

    def action_choose(self) -> None:
        """Go to the record that is told differently."""
        self.app.screen_stack[0].post_message(Reader.Followed(self._found[self.lines.cursor].record))
        self.dismiss()

    action_enter = action_narrow = action_choose


def _line(dispute: Dispute, width: int) -> list[Span]:
    """The day, the meeting or agreement where there is room for it, what is told differently, and the values."""
    room = width - 11
    title = min(42, room // 3) if room > _ROOMY else 0
    field = min(30, (room - title) * 2 // 5)
    values = printable(" ≠ ".join(dispute.values))
    return [
        Span(fit(dispute.date, 11), "dim"),
        Span(fit(printable(dispute.title), title - 2) + "  " if title else ""),
        Span(fit(printable(named(dispute.field)), field - 2) + "  ", "mark"),
        Span(fit(values, room - title - field), "strong"),
    ]
