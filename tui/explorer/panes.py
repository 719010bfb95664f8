"""The parts of the explorer's screen, and which of them has the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.reactive import Reactive
from textual.widgets import Static

from tui.explorer.arrangement import Arrangement, Room
from tui.explorer.commands import LIST, QUERY, READER
from tui.explorer.frames import HeldScreen
from tui.explorer.widgets.bars import KeyBar, Tabs
from tui.explorer.widgets.held_widget import HeldContainer
from tui.explorer.widgets.offers import Offers
from tui.explorer.widgets.query_line import QueryLine
from tui.explorer.widgets.reader import Reader
from tui.explorer.widgets.record_list import RecordList
from tui.explorer.working import Working
from tui.language import gettext, later

if TYPE_CHECKING:
    from tui.index.completion import Completion

PANES = {
    "summit": later("Summits"),
    "leader": later("Leaders"),
    "topic": later("Agenda topics"),
    "agreement": later("Agreements"),
}
"""The four lists by kind, in the order of their numbers."""

_KINDS = {
    "summit": later("summit"),
    "leader": later("leader"),
    "topic": later("topic"),
    "agreement": later("agreement"),
    "source": later("source"),
}


def kind_name(kind: str) -> str:
    """Return what a record of a kind is called within a sentence."""
    return gettext(_KINDS[kind])


_TOO_SMALL = later("Too small: needs 40×8.\nEnlarge it, or use\n{program} search WORDS")


_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (100, "-wide"), (160, "-three")]
_COLUMNS = {"one": 2, "two": 3, "three": 4}
"""How many of the breakpoints there are where the user wants no more columns than that."""


class PaneScreen(HeldScreen, Working):
    """Lists beside a reader from 100 columns on; under that, one list or the reader at a time."""

    focused = Reactive(None, repaint=False)
    # Textual repaints the whole screen on each change of focus; the panes concerned draw themselves.

    HORIZONTAL_BREAKPOINTS = _BREAKPOINTS
    VERTICAL_BREAKPOINTS = [(0, "-low"), (8, "-short"), (32, "-tall")]  # noqa: RUF012

    def __init__(self, query: str, answer: Callable[[str], None], moved: Callable[[], None], layout: str) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = _BREAKPOINTS[: _COLUMNS.get(layout, len(_BREAKPOINTS))]
        self.pane = "summit"
        self._reads = False
        """Whether the reader has the place of the list in the narrow layout."""
        self.lists = {
            kind: RecordList(kind, number, gettext(title)) for number, (kind, title) in enumerate(PANES.items(), 1)
        }
        self.reader = Reader("reader")
        self._arrangement = Arrangement(self.lists, self.reader)
        self.page_rule = self._arrangement.page_rule
        self.query_line = QueryLine(query, answer, moved)
        self.offers = Offers()
        self.tabs = Tabs()
        self.key_bar = KeyBar()

    def compose(self) -> ComposeResult:
        """Put the parts in place, for the size that there is: Textual looks at that only after a first frame."""
        width, height = self.app.size
        self.add_class(*self._get_breakpoint_classes(width, self.HORIZONTAL_BREAKPOINTS), update=False)
        self.add_class(*self._get_breakpoint_classes(height, self.VERTICAL_BREAKPOINTS), update=False)
        with HeldContainer(id="bar"):
            yield Static("❯", id="prompt", markup=False)
            yield self.query_line
        yield self.tabs
        yield from self._arrangement.compose()
        yield self.key_bar
        yield self.offers
        program = "ssh HOST" if getattr(self.app, "remote", False) else "summit"
        yield Static(gettext(_TOO_SMALL, program=program), id="small", markup=False)
        self._arrange()

    @property
    def narrow(self) -> bool:
        """Whether one list at a time is shown."""
        return self.narrow_at(self.size.width)

    def narrow_at(self, width: int) -> bool:
        """Whether one list at a time is shown in a terminal of a width."""
        return width < 100 or len(self.HORIZONTAL_BREAKPOINTS) == _COLUMNS["one"]

    @property
    def reading(self) -> bool:
        """Whether the reader has the keys."""
        return self.focused is self.reader

    @property
    def starting(self) -> bool:
        """Whether the start page stands in the list's place; the keys are the list's."""
        return self.narrow and self.focused is None and self._reads

    @property
    def typing(self) -> bool:
        """Whether the query line has the keys."""
        return self.focused is self.query_line

    @property
    def current(self) -> RecordList:
        """The list that the reader follows: the chosen one, or while that is empty the first with records."""
        chosen = self.lists[self.pane]
        if chosen.total:
            return chosen
        return next((pane for pane in self.lists.values() if pane.total), chosen)

    def choose(self, kind: str, *, focus: bool = True) -> None:
        """Make a list the one that shows and that the reader follows; `focus` gives it the keys too."""
        self.pane = kind
        self._reads = self._reads and not focus
        self._arrange(typing=self.typing and not focus)
        if focus:
            self.set_focus(self.current, scroll_visible=False)

    def open_reader(self) -> None:
        """Give the keys to the reader; in the narrow layout it takes the list's place."""
        self._reads = True
        self._arrange()
        self.reader.wake()
        self.set_focus(self.reader, scroll_visible=False)

    def show_start(self) -> None:
        """Let the reader take the list's place in the narrow layout, and leave the keys to the list."""
        self._reads = True
        self._arrange()
        self.reader.wake()
        self.set_focus(None)

    def leave_reader(self) -> None:
        """Show the list in place of the reader, for who is about to type."""
        self._reads = False
        self._arrange(typing=True)

    def _arrange(self, *, typing: bool = False) -> None:
        """Show what the terminal has room for."""
        width, height = self.app.size
        room = Room(
            height,
            narrow=self.narrow_at(width),
            three="-three" in self._get_breakpoint_classes(width, self.HORIZONTAL_BREAKPOINTS),
            low=self._get_breakpoint_classes(height, self.VERTICAL_BREAKPOINTS) == {"-short"},
            slow=getattr(self.app, "light", False),
        )
        self._arrangement.arrange(room, self.current, reads=self._reads, typing=typing)

    def on_resize(self) -> None:
        """Arrange the parts anew, and give the list the keys again when the terminal was too small before."""
        self._arrange(typing=self.typing)
        self.show_keys()
        self.call_after_refresh(self._keep_focus)

    def _keep_focus(self) -> None:
        if self.focused is None and self.is_current and not self.starting:
            self.choose(self.pane)

    def show_offers(self, offers: Sequence[Completion]) -> None:
        """Offer what may be typed next, under the place where it goes; none hides what was offered.

        Where the lists are tabs, these stay in sight: they have the counts, which tell what a letter has left of each.
        """
        indent = self.query_line.place_of(offers[0].start) if offers else 0
        self.offers.show(offers, indent, 2 if self.tabs.display else 1)

    def show_keys(self) -> None:
        """Let the bar at the bottom show the keys of the place; a screen with commands says which."""

    def show_tabs(self) -> None:
        """Bring the tabs up to date with counts and place."""
        self.tabs.show([(kind, pane.caption) for kind, pane in self.lists.items()], self.current.kind)

    def cursors(self) -> tuple[tuple[str, str], ...]:
        """The record under the cursor of each list, by kind."""
        return tuple((kind, pane.selected.id) for kind, pane in self.lists.items() if pane.selected)

    @property
    def context(self) -> str:
        """Which commands work: those of the query line, the reader or the lists."""
        return QUERY if self.typing else READER if self.reading else LIST
