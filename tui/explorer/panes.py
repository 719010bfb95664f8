"""Where lists, reader, query line and bars stand, and which of them has the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.reactive import Reactive
from textual.widgets import Static

from tui.explorer.commands import LIST, QUERY, READER
from tui.explorer.frames import HeldScreen
from tui.explorer.shares import shares
from tui.explorer.widgets.bars import KeyBar, PageRule, Tabs
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
_BARS = 3
"""Rows of the query line, the tabs and the keys."""
_LEAST_BELOW = 7
"""Rows that a short list must leave for its page to stand below it: a rule, and lines enough to tell what it is."""

_REASON = 2
"""Rows of what an empty list says."""
_FRAME = 2
_WEIGHTS = (1.5, 1, 1, 1.5)
"""What the four lists get of a column: of summits and agreements there is most to see."""


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
        self._columns = {
            HeldContainer(classes="column"): ("summit", "leader"),
            HeldContainer(classes="column"): ("topic", "agreement"),
        }
        self._body = HeldContainer(id="body")
        self._all_lists = HeldContainer(id="lists")
        self._heights: tuple[int, ...] = ()
        """Whether both columns of lists are one, and the rows of each list; none where the style sheet gives them."""
        self.page_rule = PageRule()
        self._rows_above = 0
        """Rows of the list that the page stands below; 0 where it stands beside the lists, or in their place."""
        self.reader = Reader("reader")
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
        with self._body:
            with self._all_lists:
                for column, kinds in self._columns.items():
                    with column:
                        yield from (self.lists[kind] for kind in kinds)
            yield self.page_rule
            yield self.reader
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
        """Show what the terminal has room for; while a query is `typing`, no page that changes with each letter.

        This is done here and not by the style sheet, which Textual would apply anew to every part at each change.
        """
        width, height = self.app.size
        narrow, current = self.narrow_at(width), self.current
        low = self._get_breakpoint_classes(height, self.VERTICAL_BREAKPOINTS) == {"-short"}
        if not (narrow or typing):
            self._share_rows(width, height, low=low)
        above = self._short(current.total, height) if narrow and not (self._reads or typing) else 0
        self._stack(above)
        self._all_lists.display = not (narrow and self._reads)
        self.reader.display = not narrow or self._reads or above > 0
        for column, kinds in self._columns.items():
            column.display = not narrow or current.kind in kinds
            for kind in kinds:
                self.lists[kind].display = not narrow or kind == current.kind
            if low and not narrow:
                self._open_current(column, kinds)

    def _share_rows(self, width: int, height: int, *, low: bool) -> None:
        """Give the lists the rows that they have a use for; on a slow line they stay where they are."""
        stacked = "-three" not in self._get_breakpoint_classes(width, self.HORIZONTAL_BREAKPOINTS)
        heights: list[int] = []
        if not (low or getattr(self.app, "light", False)):
            needs = [(pane.total or _REASON) + _FRAME for pane in self.lists.values()]
            rows = height - _BARS + 1
            columns = [*shares(rows, needs[:2], (1, 1)), *shares(rows, needs[2:], (1, 1))]
            heights = shares(rows, needs, _WEIGHTS) if stacked else columns
        if (stacked, *heights) == self._heights:
            return
        self._heights = (stacked, *heights)
        given = dict(zip(self.lists, heights, strict=False))
        for column, kinds in self._columns.items():
            for kind in kinds:
                self.lists[kind].styles.height = f"{given[kind]}fr" if given else None
            column.styles.height = f"{sum(given[kind] for kind in kinds)}fr" if given and stacked else None

    def _short(self, total: int, height: int) -> int:
        """The rows of a list that leaves the page room below it, an empty one's for its reason; 0 for any other.

        On a slow line it may have no row to go to from the first: a move would send a page.
        """
        rows = total or _REASON
        fits = rows <= height - _BARS - _LEAST_BELOW
        return rows if fits and (total <= 1 or not getattr(self.app, "light", False)) else 0

    def _stack(self, rows: int) -> None:
        """Let the page stand below a list of so many rows; with 0 beside the lists, or in their place."""
        if rows != self._rows_above:
            self._rows_above = rows
            self._body.styles.layout = "vertical" if rows else "horizontal"
            self._all_lists.styles.height = rows or "1fr"
            self.page_rule.display = rows > 0

    def _open_current(self, column: HeldContainer, kinds: tuple[str, ...]) -> None:
        """Set the list with the cursor off, for the style sheet to give it more room."""
        column.set_class(self.current.kind in kinds, "-here")
        for kind in kinds:
            self.lists[kind].set_class(kind == self.current.kind, "-here")

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
