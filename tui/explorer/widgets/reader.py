"""The reader: one page, wrapped once for its width, drawn line by line, with links that letters lead to."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message

from tui.exchange.page import Page, Span
from tui.exchange.printable import cell_width
from tui.exchange.text import Line
from tui.explorer.bindings import bindings_for
from tui.explorer.commands import READER
from tui.explorer.widgets.finding import Finding, hit_lines, marked
from tui.explorer.widgets.link_hints import LinkHints
from tui.explorer.widgets.shared_pages import lines_of
from tui.explorer.widgets.surface import Surface
from tui.language import gettext, ngettext


class Reader(Surface):
    """Shows a page; `/` looks for words on it, `n` and `N` go through them, `f` puts letters beside the links."""

    BINDINGS: ClassVar = bindings_for(READER)
    where = READER

    class Followed(Message):
        """A link was chosen, by its letters or a click."""

        def __init__(self, target: str) -> None:
            super().__init__()
            self.target = target

    class Asked(Message):
        """The query is wanted, not the page."""

    def __init__(self, identity: str) -> None:
        super().__init__(identity)
        self._page: Page | None = None
        self._awaited: Callable[[], None] | None = None
        self.hints: LinkHints | None = None
        self._lines: list[Line] = []
        self._words: tuple[str, ...] = ()
        self._window_before = 1
        self._waiting = False
        self._finding = Finding()

    @property
    def page(self) -> Page | None:
        """The page that is shown, or that would be shown if the reader were."""
        if self._awaited is not None:
            self._awaited()
        return self._page

    def show_when_seen(self, show: Callable[[], None]) -> None:
        """Call what shows a page, which may have to be made first: now, or when the reader is seen or asked for it."""
        if self.display:
            show()
        else:
            self._awaited, self._waiting = show, True
            self._lines, self.total = [], 0

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are marked: those that are looked for on the page, else those of the query."""
        return self._finding.words or self._words

    def show(self, page: Page | None, words: tuple[str, ...] = (), title: str = "") -> None:
        """Show a page from its top; None for nothing. The same page stays where it is."""
        before, self._awaited = self._page, None
        same = page is not None and before is not None and page.id == before.id
        if page is before and words == self._words and not self._waiting:
            return
        face, lines = self._face(), self._lines
        self._page, self._words, self.hints = page, words, None
        self.entitle(title)
        self._wrap()
        if not same:
            self.top = 0
        self.top = max(0, min(self.top, self.total - self.window))
        if same and face == self._face():
            self._refresh_others(lines)
        else:
            self.refresh()

    def get_ready(self, page: Page) -> None:
        """Lay out a page that may be shown soon, where the reader shows."""
        if self.display and self.size:
            lines_of(page, self.text_width - 2)

    def _face(self) -> object:
        """What tells how the page looks, apart from its lines."""
        return self._border_title, self._words, self.hints, self.total, self.top

    def _refresh_others(self, before: list[Line]) -> None:
        """Draw only those lines again that were others before."""
        for number, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if old != new:
                self.refresh_line(number)

    def _wrap(self) -> None:
        """Lay the page out for the present width; one that nobody sees waits until it is shown."""
        self._lay_out(waiting=not self.display or not self.size)

    def wake(self) -> None:
        """Lay out the page that has waited, since it is about to be seen.

        One that is hidden and shown again within a frame is never told of it.
        """
        if self._waiting and self.size:
            self._lay_out(waiting=False)
            self.refresh()

    def _lay_out(self, *, waiting: bool) -> None:
        self._waiting = waiting
        self._lines = []
        if self._page is not None and not self._waiting:
            self._lines = lines_of(self._page, self.text_width - 2)
        self.total = len(self._lines)

    def on_show(self) -> None:
        """Lay out the page that has waited."""
        if self._awaited is not None:
            self._awaited()
        if self._waiting:
            self._wrap()
            self.refresh()

    def line(self, position: int) -> list[Segment]:
        """Draw a line, with the words of the query marked and the letters of the links while they show."""
        spans = [Span(" "), *self._lines[position]]
        if self.words:
            spans = [part for span in spans for part in marked(span, self.words)]
        if self.hints is not None:
            spans = self.hints.over(position, spans)
        return self.segments(spans)

    def next_hit(self, step: int) -> bool:
        """Bring the next line with a hit (`step` 1) or the one before (-1) to the top; False when there is none."""
        hits = hit_lines(self._lines, self.words)
        wanted = [number for number in hits if (number > self.top if step > 0 else number < self.top)]
        if not wanted:
            return False
        self.scroll_to_line(wanted[0] if step > 0 else wanted[-1])
        return True

    def start_find(self) -> None:
        """Let the next keys be words to look for on the page, until Enter or Esc."""
        self._finding.begin(self.top)
        self._tell(gettext("find in the page; / again goes to the query"))

    def stop_find(self) -> bool:
        """Look for nothing on the page any more; False when nothing was looked for."""
        if not self._finding.end():
            return False
        self._tell("")
        self.refresh()
        return True

    def _take_find(self, event: events.Key, typed: str) -> bool:
        """Take a key while words are typed; False for a key that does something else and so ends them."""
        if event.key == "escape" or (event.key == "backspace" and not typed):
            return self.stop_find()
        if event.key == "slash" and not typed:
            self.stop_find()
            self.post_message(self.Asked())
            return True
        if event.key == "enter":
            self._finding.typed = None
            self._tell(gettext("n goes to the next hit, N to the one before, esc ends"))
        elif event.key == "backspace":
            self._seek(typed[:-1])
        elif event.is_printable and event.character:
            self._seek(typed + event.character)
        else:
            self._finding.typed = None
            return False
        return True

    def _seek(self, text: str) -> None:
        """Mark the words of a text, and go to the first line that has one, from where the search began."""
        self._finding.put(text)
        hits = hit_lines(self._lines, self._finding.words)
        self.scroll_to_line(self._finding.first(hits))
        self.refresh()
        counted = ngettext("{count} line", "{count} lines", len(hits)) if hits else gettext("no hits")
        self._tell(f"/{text}  {counted}" if text else "/")

    def _tell(self, message: str) -> None:
        """Let the screen say something, where it has a place for that."""
        tell = getattr(self.screen, "tell", None)
        if tell is not None:
            tell(message)

    def start_hints(self, role: str = "") -> bool:
        """Put letters beside the links in sight, of one role only if given; False when there are none."""
        shown = self._lines[self.top : self.top + self.window]
        links = [
            (self.top + number, place + 1, span.target)
            for number, line in enumerate(shown)
            for place, span in _places(line)
            if span.target and (not role or span.role == role)
        ]
        self.hints = LinkHints(links) if links else None
        self.refresh()
        return bool(links)

    def stop_hints(self) -> bool:
        """Take the letters away; False when there were none."""
        if self.hints is None:
            return False
        self.hints = None
        self.refresh()
        return True

    def take(self, event: events.Key) -> bool:
        """Take a key while words are typed or letters show; any other key takes the letters away. False for none."""
        if self._finding.typed is not None:
            return self._take_find(event, self._finding.typed)
        if self.hints is None:
            return False
        target = self.hints.typed(event.character or "")
        if target is None and self.hints.waiting:
            self.refresh()
            return True
        self.stop_hints()
        if target:
            self.post_message(self.Followed(target))
        return True

    def on_click(self, event: events.Click) -> None:
        """Follow the link that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None or self.top + offset.y >= self.total:
            return
        for place, span in _places(self._lines[self.top + offset.y]):
            if span.target and place + 1 <= offset.x < place + 1 + cell_width(span.text):
                self.post_message(self.Followed(span.target))

    def on_mouse_scroll_down(self) -> None:
        """Scroll three lines down."""
        self.scroll_to_line(self.top + 3)

    def on_mouse_scroll_up(self) -> None:
        """Scroll three lines up."""
        self.scroll_to_line(self.top - 3)

    def sized_anew(self) -> None:
        """Wrap the page for the new width and keep the same words at the top."""
        super().sized_anew()
        ended = self.top > 0 and self.top + self._window_before >= self.total
        passed = sum(map(_ink, self._lines[: self.top]))
        self.hints = None
        self._wrap()
        self.top = self.total if ended else self._line_after(passed)
        self.top = max(0, min(self.top, self.total - self.window))
        self._window_before = self.window

    def _line_after(self, passed: int) -> int:
        """The line before which there is as much text as `passed` says."""
        for number, line in enumerate(self._lines):
            passed -= _ink(line)
            if passed < 0:
                return number
        return self.total


def _ink(line: Line) -> int:
    """How many characters of a line are no blanks."""
    return sum(len(span.text) - span.text.count(" ") for span in line)


def _places(line: Line) -> list[tuple[int, Span]]:
    """The spans of a line with the cell at which each begins."""
    made, place = [], 0
    for span in line:
        made.append((place, span))
        place += cell_width(span.text)
    return made
