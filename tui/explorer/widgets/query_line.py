"""The line in which the query is typed; each change is answered in the message of its own key."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.widgets import Input
from textual.widgets.input import Selection

from tui.exchange.printable import cell_width, printable
from tui.explorer.bindings import bindings_for
from tui.explorer.commands import QUERY
from tui.explorer.widgets.held_widget import HeldWidget
from tui.index.query import LONGEST, parse
from tui.language import gettext

_MOST = LONGEST + 2
"""Characters that a paste may fill the line to: with one that is read no more, the hint says so."""


class QueryHighlighter(Highlighter):
    """Shows fields apart from their values, so that the terms of a query can be told from its words."""

    def highlight(self, text: Text) -> None:
        """Style the terms with fields, and those that are turned round with a minus."""
        for term in parse(text.plain).terms:
            if term.field:
                text.stylize("bold", term.start, term.end)
            if term.negated:
                text.stylize("italic", term.start, term.end)


class QueryLine(HeldWidget, Input, inherit_css=False):
    """The query as text. `answer` is called with each new text, `moved` when the cursor stands elsewhere."""

    where = QUERY
    COMPONENT_CLASSES: ClassVar = Input.COMPONENT_CLASSES
    BINDINGS: ClassVar = [
        *bindings_for(QUERY),
        Binding("ctrl+u", "delete_left_all", show=False),
    ]

    def __init__(self, text: str, answer: Callable[[str], None], moved: Callable[[], None]) -> None:
        super().__init__(
            placeholder=gettext("/ to search: words, leader: topic: country: year: status: …"),
            highlighter=QueryHighlighter(),
            select_on_focus=False,
            id="query",
        )
        self.cursor_blink = False
        self._first = text
        self._answer = answer
        self._moved = moved
        self._quiet = False

    def on_mount(self) -> None:
        """Begin with the query that the explorer was opened on."""
        self.put(self._first)

    def take_focus(self, has_focus: bool) -> None:
        """Have the keys from now on, or no more; the terminal's cursor goes where letters do."""
        super().take_focus(has_focus)
        if has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def put(self, text: str) -> None:
        """Show another text without asking for its answer."""
        self._quiet = True
        self.value = text
        self._quiet = False
        self.cursor_position = len(text)

    def place_of(self, position: int) -> int:
        """Return the cell of the screen at which the character at `position` stands."""
        return self.region.x + cell_width(self.value[:position]) - int(self.scroll_x)

    def take(self, event: events.Key) -> bool:
        """Put a letter in at the cursor; False when the key is none."""
        if not event.is_printable or event.character is None:
            return False
        self.replace(event.character, *sorted(self.selection))
        return True

    def paste(self, text: str) -> bool:
        """Put a text in at the cursor, on one line; of a long one no more than shows that it is too long."""
        text = printable(" ".join(text.split()))
        start, end = sorted(self.selection)
        self.replace(text[: max(_MOST - len(self.value) + end - start, 0)], start, end)
        return True

    def _watch_value(self, value: str) -> None:
        """Answer in the message of the key itself, so that key, lists and reader make one frame."""
        # As a change of its own, the width of the text would have Textual lay out the whole screen for each letter.
        self.set_reactive(QueryLine.virtual_size, Size(self.content_width, 1))
        # Textual would tell of the change all around it, of whom none listens.
        with self.prevent(Input.Changed):
            super()._watch_value(value)
        if not self._quiet:
            self._answer(value)

    def _watch_selection(self, selection: Selection) -> None:
        """Tell that the cursor moved; after a letter this comes when it stands behind it."""
        super()._watch_selection(selection)
        if not self._quiet:
            self._moved()
