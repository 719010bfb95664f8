"""Lets the view follow the files of its library: after a change of one's own, and when something else changed them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.explorer.frames import FrameHolder
from tui.explorer.keeping import KeepingScreen
from tui.explorer.stamps import Stamp, library_stamp
from tui.index import Index
from tui.language import gettext, later
from tui.library import LibraryError
from tui.records import Record, kind_of

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.explorer.filling import Filling
    from tui.explorer.watching import Watch
    from tui.index.building.builder import Builder

_AFTER_START = 0.3
"""Seconds after the first frame at which watching begins."""
_KEPT = 0.02
"""Seconds after the frame that shows a change that was taken in at once before the disk has it too."""
_SETTLED = 0.15
"""Seconds after such a change after which the whole library is looked at."""
_STALE = later("not the newest: the library has a fault")


class FollowingScreen(KeepingScreen):
    """The panes on an index that is brought up to date whenever the library has changed."""

    reopen: Callable[[Path], Index] | None = None
    """Opens the index of a library, brought up to date; without it nothing is followed."""
    builder: Builder | None = None
    """Who is bringing the index up to date while the screen already shows what there is of it."""
    failure: Exception | None = None
    """Why the screen was left, where that was not the user's wish."""
    _filling: Filling | None = None
    _watch: Watch | None = None
    seen: Stamp = ""
    """The state of the files that the view shows, as far as it is known."""
    _expecting = False
    """Whether the library changes while it is read: changes that follow the first are taken in at once."""
    _busy = False
    _again: tuple[Record | None, str, Collection[str]] | None = None
    _settling: Timer | None = None
    _stale = False

    def keep_up(self, reopen: Callable[[Path], Index], seen: Stamp = "") -> None:
        """Follow the files of the library once the screen is shown.

        `reopen` opens the index of a library as it is then; `seen` is the state of the files that the index of now
        shows, or empty for their state at this moment.
        """
        self.reopen = reopen
        self.seen = seen or library_stamp(self.session.index.library)

    def follow_library(self) -> None:
        """Begin to follow, a moment after the first frame; not for a library that another process follows."""
        if self.builder is not None:
            from tui.explorer.filling import Filling

            self._busy = True
            self._filling = Filling(self, self.builder)
        if self.reopen is not None:
            self.set_timer(_AFTER_START, self._begin)

    def _begin(self) -> None:
        from tui.explorer.watching import Watch

        library = self.session.index.library
        self._watch = Watch(library, self._hear)
        if library_stamp(library) != self.seen:
            self.reload()  # it was changed between its index and now

    def expect_changes(self) -> None:
        """Get ready to take small changes in at once, beside the screen's own work; who only reads need not."""
        self._expecting = True
        if self.reopen is not None:
            self.run_worker(self.session.index.follow, thread=True, group="follow")

    def on_unmount(self) -> None:
        """Watch no more, wait for no index any more, and keep what was taken in."""
        self.session.index.keep()
        if self.builder is not None:
            self.builder.stop()
        if self._watch is not None:
            self._watch.close()

    def _hear(self, names: frozenset[str]) -> None:
        self.reload(names=names)

    def reload(self, show: Record | None = None, said: str = "", names: Collection[str] = ()) -> None:
        """Bring the index up to date; then show a record and say something.

        A small change of files that are named is taken in at once, anything else beside the screen's own work.
        """
        if self.reopen is None or (names and not self._busy and self._took_in(show, said, names)):
            return
        if self._busy:
            if show or said or self._again is None:  # what one's own change has to say is not lost to the files' news
                self._again = (show, said, () if self._again else names)
            else:
                self._again = (*self._again[:2], ())
            return
        self._busy = True
        self.run_worker(partial(self._renew, self.session.index.library, show, said), thread=True, group="follow")

    def _took_in(self, show: Record | None, said: str, names: Collection[str]) -> bool:
        """Take a small change in and show it, in one frame; False when it has to be done otherwise."""
        index = self.session.index
        before = index.revision
        try:
            if not index.take_in(names):
                return False
        except LibraryError as error:
            self._keep_old(error, "")
            return True
        if index.revision != before or show is not None or said or self._stale:
            if isinstance(self.app, FrameHolder):
                self.app.hold_frame()
            self._busy = True
            self._take(index, "", show, said)
            self.set_timer(_KEPT, partial(self.run_worker, index.keep, thread=True, group="follow"))
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(_SETTLED, self._settle)
        return True

    def _settle(self) -> None:
        """Let the disk have what was taken in, and look whether there is more."""
        if not self._busy:
            self._busy = True
            self.run_worker(self._look, thread=True, group="follow")

    def _look(self) -> None:
        index = self.session.index
        before, stamp = index.revision, library_stamp(index.library)
        call = self.app.call_from_thread
        try:
            done = index.settle()
        except LibraryError as error:
            call(self._keep_old, error, stamp)
            return
        if done and index.revision == before:
            call(self._is_settled, stamp)
        elif done:
            call(self._take, index, stamp, None, "")
        else:
            self._renew(index.library, None, "")

    def _is_settled(self, stamp: Stamp) -> None:
        self.seen = stamp
        self._ready()

    def open_own(self, library: Path, then: Callable[[], None]) -> None:
        """Make a library of one's own from this one, go on in it, and do what was asked for."""
        self.say(gettext("making a library of your own …"))
        self.run_worker(partial(self._make_own, library, then), thread=True, group="follow")

    def _renew(self, library: Path, show: Record | None, said: str) -> None:
        stamp = library_stamp(library)
        if stamp and stamp == self.seen and show is None and not said:
            self.app.call_from_thread(self._ready)
            return
        assert self.reopen is not None
        self._expecting = True
        try:
            index = self.session.index
            index.follow()
            if not index.settle():
                index = self.reopen(library)
        except LibraryError as error:
            self.app.call_from_thread(self._keep_old, error, stamp)
        else:
            self.app.call_from_thread(self._take, index, stamp, show, said)

    def _make_own(self, library: Path, then: Callable[[], None]) -> None:
        from tui.library.own import copy_library

        assert self.reopen is not None
        try:
            copy_library(self.session.index.library, library)
            index = self.reopen(library)
        except LibraryError as error:
            self.app.call_from_thread(self.say, line_of(error))
        else:
            self.app.call_from_thread(self._go_on, index, then)

    def fill(self, index: Index, cursors: dict[str, str]) -> None:
        """Show an index of more of the library."""
        self._ask_of(index, cursors)

    def _ask_of(self, index: Index, cursors: dict[str, str]) -> None:
        """Ask another index the same query."""
        fresh = index is not self.session.index
        self.session.take(index)
        if fresh and self._expecting:
            self.expect_changes()
        self.ask(self.session.query, cursors, self.session.shown)

    def fill_up(self, index: Index, cursors: dict[str, str], stamp: Stamp, said: str) -> None:
        """Show the index of the whole library, and follow that from now on."""
        self.seen = stamp
        self._end_filling()
        self.builder = None
        self.fill(index, cursors)
        self.say(said)
        self._ready()

    def stay_unfilled(self) -> None:
        """Go on with what there is of the index."""
        self.reader.border_subtitle = gettext("not the whole library")
        self._ready()

    def _end_filling(self) -> None:
        self.reader.border_subtitle = ""
        if self._filling is not None:
            self._filling.end()
            self._filling = None

    def give_up(self, failure: Exception) -> None:
        """Leave the explorer, since the library cannot be shown."""
        self.failure = failure
        self.app.exit()

    def _go_on(self, index: Index, then: Callable[[], None]) -> None:
        """Go on in another library, at the same place."""
        if self._watch is not None:
            self._watch.close()
        said = gettext("this is your own library now: {folder}").format(folder=index.library)
        self._take(index, library_stamp(index.library), None, said)
        self._begin()
        then()

    def _take(self, index: Index, stamp: Stamp, show: Record | None, said: str) -> None:
        """Show the library as it has become; the query and the place in it stay."""
        self.seen, self._stale = stamp, False
        self._end_filling()
        self._ask_of(index, dict(self.cursors()) | ({kind_of(show): show.id} if show else {}))
        if show is not None:
            self._show(show)
        self.say(said or gettext("the library has changed; this is how it is now"))
        self._ready()

    def _show(self, record: Record) -> None:
        """Go to a record that was written, within the query where it is part of that."""
        kind = kind_of(record)
        pane = self.lists.get(kind)
        if pane is not None and pane.selected is not None and pane.selected.id == record.id:
            return
        if pane is None:
            self.change(f"source:{record.id}", {}, record.id)
            return
        self.change(f"{kind}:{record.id}", {kind: record.id}, "", kind)

    def _keep_old(self, error: LibraryError, stamp: Stamp) -> None:
        """Keep the last good view, and say what is wrong where."""
        self.seen, self._stale = stamp, True
        self.reader.border_subtitle = gettext(_STALE)
        self.say(f"{gettext(_STALE)}. {line_of(error)}")
        self._ready()

    def _ready(self) -> None:
        self._busy = False
        if self._again is not None:
            again, self._again = self._again, None
            self.reload(*again)

    @abstractmethod
    def change(self, text: str, cursors: dict[str, str], shown: str = "", pane: str = "") -> None:
        """Go to a new query."""

    @abstractmethod
    def ask(self, text: str, cursors: dict[str, str], shown: str = "") -> None:
        """Show the view of a query."""


def line_of(error: Exception) -> str:
    """Return what an error says in one line."""
    said = [" ".join(line.split()) for line in str(error).splitlines() if line.strip()]
    return " ".join(line if line.endswith((".", ":", "…")) else f"{line}." for line in said)
