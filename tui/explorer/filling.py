"""While the index of a library is built: the lists fill, and a line says how far it is."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.exchange.printable import cell_width, fit, printable
from tui.explorer.history import found
from tui.explorer.inks import inks
from tui.explorer.stamps import Stamp, library_stamp
from tui.index import Index
from tui.index.building.builder import Builder, error_of
from tui.index.building.reports import Broken, Done, Ended, Moved, Part, Refused, Report, Unwritable, Waiting
from tui.language import gettext, locale, number
from tui.library import LibraryError

if TYPE_CHECKING:
    from tui.explorer.following import FollowingScreen

_SETTLED = 1.0
"""Seconds after which nobody begins to read an index any more that has been replaced."""
_SHORTEST_BAR, _BAR_CELLS = 8, 20
_SHORTEST_NAME = 8


class Filling:
    """Hands to a screen what a builder has built, and says how far it is; ends with the whole index."""

    def __init__(self, screen: FollowingScreen, builder: Builder) -> None:
        self._screen = screen
        self._builder = builder
        self._line = FillingLine(builder.library.name, updates=builder.updates)
        self._line.say_records(sum(screen.session.index.counts.values()))
        resumed = screen.session.resumed
        self._wanted = dict(found(resumed).cursors) if resumed else {}
        self._start = self._place()
        self._over = False
        screen.mount(self._line, before=screen.key_bar)
        screen.run_worker(self._listen, thread=True, group="fill")

    def cursors(self) -> dict[str, str]:
        """Return on which records to stand in a fuller index: where the user is, or was last time, or at the top."""
        if self._start is not None and self._place() != self._start:
            self._start = None
        return dict(self._screen.cursors()) if self._start is None else self._wanted

    def end(self) -> None:
        """Take the line away and let the builder end."""
        if not self._over:
            self._over = True
            self._line.remove()
            self._screen.set_timer(_SETTLED, self._builder.stop)

    def _place(self) -> object:
        return self._screen.place, self._screen.reading

    def _listen(self) -> None:
        """Hear the builder in a thread, which also opens what it has built."""
        call = self._screen.app.call_from_thread
        while (report := self._builder.next()) is not None:
            if isinstance(report, Part):
                call(self._fill, Index.of_file(Path(report.file), self._builder.library))
            elif isinstance(report, Done):
                self._finish(report)
                return
            else:
                call(self._hear, report)

    def _finish(self, report: Done) -> None:
        call, reopen = self._screen.app.call_from_thread, self._screen.reopen
        assert reopen is not None
        stamp = library_stamp(self._builder.library)
        try:
            index = reopen(self._builder.library)
        except LibraryError as error:
            call(self._hear, Refused(str(error.path), error.reason, error.where, error.remedy))
        else:
            call(self._fill_up, index, stamp, report.notice)

    def _fill(self, index: Index) -> None:
        if self._over:
            return
        self._screen.fill(index, self.cursors())
        self._line.say_records(sum(index.counts.values()))
        if self._start is not None:
            self._start = self._place()

    def _fill_up(self, index: Index, stamp: Stamp, notice: str) -> None:
        if self._over:
            return
        records = number(sum(index.counts.values()))
        said = notice or gettext("the whole library is here now: {records} records").format(records=records)
        self._screen.fill_up(index, self.cursors(), stamp, said)

    def _hear(self, report: Report) -> None:
        if self._over:
            return
        match report:
            case Moved():
                self._line.show(report)
            case Waiting():
                self._line.wait()
            case Refused() | Broken():
                self._screen.give_up(error_of(report))
            case Unwritable() | Ended():
                self._line.stop(_reason(report))
                self._screen.stay_unfilled()


def _reason(report: Unwritable | Ended) -> str:
    """Return why the library is not read to the end."""
    if isinstance(report, Unwritable):
        return gettext("the index cannot be written ({reason})").format(reason=report.reason)
    if report.code >= 0:
        return gettext("its process ended too early")
    try:
        name = signal.Signals(-report.code).name
    except ValueError:
        name = str(-report.code)
    return gettext("its process was ended by {signal}").format(signal=name)


class FillingLine(Widget):
    """One line: how much of a library is indexed, in words, with a bar where there is room for one."""

    def __init__(self, library: str, *, updates: bool) -> None:
        super().__init__(id="filling")
        self._library = printable(library)
        self._updates = updates
        self._records = 0
        self._moved = Moved(0, 0, 0.0)
        self._waits = False
        self._reason = ""

    def show(self, moved: Moved) -> None:
        """Show how far the build is."""
        self._waits = False
        if (moved.done, int(moved.share * 100)) != (self._moved.done, int(self._moved.share * 100)):
            self._moved = moved
            self.refresh()

    def say_records(self, records: int) -> None:
        """Show how many records the lists have by now."""
        self._records = records
        self.refresh()

    def wait(self) -> None:
        """Show that another process is at it."""
        self._waits = True
        self.refresh()

    def stop(self, reason: str) -> None:
        """Show why there will not be more."""
        self._reason = reason
        self.refresh()

    def _head(self, width: int) -> str:
        """What is being done, with the name cut to what is left beside the rest."""
        text, given = self._said
        room = max(width - cell_width(text.format(name="", **given)) - 2, _SHORTEST_NAME)
        name = self._library if cell_width(self._library) <= room else fit(self._library, room).rstrip()
        return f" {text.format(name=name, **given)} "

    @property
    def _said(self) -> tuple[str, dict[str, str]]:
        """A message with a gap for the name of the library, and what is in its other gaps."""
        if self._reason:
            return gettext("Not all of {name} is here: {reason}"), {"reason": self._reason}
        if self._waits:
            return gettext("Waiting for another process that is indexing {name}"), {}
        text = gettext("Indexing {name}: {percent}, {done} of {total} files read")
        if self._updates:
            text = gettext("Out of date; indexing {name}: {percent}, {done} of {total} files read")
        percent = locale()["percent"].format(int(self._moved.share * 100))
        return text, {"percent": percent, "done": number(self._moved.done), "total": number(self._moved.total)}

    @property
    def _tail(self) -> str:
        if self._reason:
            return gettext("start summit again to go on")
        if self._updates:
            return gettext("the lists are as they were last time")
        return gettext("the lists have the first {records} records").format(records=number(self._records))

    def render_line(self, y: int) -> Strip:
        """Draw the line: the first words always, then the others and the bar if there is room."""
        ink, width = inks(self.app.theme), self.size.width
        words = ink["message" if self._reason else "key-label"]
        head, tail = self._head(width), f"{self._tail} "
        left = width - cell_width(head)
        tail = tail if left >= cell_width(tail) else ""
        bar = min(left - cell_width(tail) - 1, _BAR_CELLS)
        segments = [Segment(fit(head, width) if left < 0 else head, words)]
        if bar >= _SHORTEST_BAR and not (self._reason or self._waits):
            full = int(self._moved.share * bar)
            segments += [Segment("█" * full, ink["key"]), Segment("░" * (bar - full) + " ", words)]
        return Strip([*segments, Segment(tail, words)]).adjust_cell_length(width, words)
