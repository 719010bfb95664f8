"""Which library a command reads, and its index, opened with a progress bar when that takes long."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.mistake import Mistake
from tui.exchange.printable import printable
from tui.explorer.first_frame import DRAW, give_back
from tui.index import Index
from tui.language import gettext
from tui.library import LibraryError, shipped_library

if TYPE_CHECKING:
    from tui.index.building.build import Progress
    from tui.index.building.builder import Builder
    from tui.records import Record

_PATIENCE = 0.5
"""Seconds of work after which a progress bar appears."""

_BAR_CELLS = 24

_PORTION = 10_000
"""Rows that are read at once."""


def chosen(library: Path | None) -> Path:
    """Return the library that was asked for, else the one of the config file, else the shipped one."""
    if library is None:
        from tui.cli.settings import own_settings

        configured = own_settings().library
        library = Path(configured) if configured else None
    return library.expanduser() if library else shipped_library()


@contextmanager
def opened(library: Path | None, cache: Path | None) -> Iterator[Index]:
    """Yield the index of a library, brought up to date, and close it; its notice is told to whose library it is."""
    bar = ProgressBar()
    try:
        index = _up_to_date(chosen(library), cache.expanduser() if cache else None, bar)
    finally:
        bar.clear()
    try:
        if index.notice and not _for_guest():
            print(gettext("note: {note}", note=printable(index.notice)), file=sys.stderr, flush=True)
        yield index
    finally:
        index.close()


def _up_to_date(library: Path, cache: Path | None, bar: ProgressBar) -> Index:
    """Return the index of a library; for a guest as it was last where it cannot be read, which is not theirs to mend.

    So a guest is answered as by the sessions that are open, which go on with what they have.
    """
    try:
        return Index.open(library, cache=cache, progress=bar.show)
    except LibraryError:
        index = Index.old(library, cache) if _for_guest() else None
        if index is None:
            raise
        return index


def _for_guest() -> bool:
    from tui.cli.typed import for_guest

    return for_guest()


def record_of(wanted: str, index: Index) -> Record | None:
    """Return a record by its id, or by one that it had before it was merged; None when the library has none."""
    record = index.record(wanted)
    if record is None:
        from tui.library.catalogue import Catalogue

        catalogue = Catalogue(index.library)
        catalogue.refresh()
        record = index.record(catalogue.now(wanted))
    return record


@contextmanager
def opened_at_once(
    library: Path, cache: Path | None, meanwhile: Callable[[], None]
) -> Iterator[tuple[Index, Builder | None]]:
    """Yield an index to begin with, and who is bringing it up to date; nobody where it is so already.

    `meanwhile` is done while there is something to wait for.
    """
    index, builder = Index.fresh(library, cache), None
    if index is None and DRAW in os.environ:
        # A first frame is worth no build, which the user's own next launch may be about to make.
        sys.exit()
    if index is None:
        from tui.index.building.builder import begin

        bar = ProgressBar()
        try:
            index, builder = begin(library, cache, lambda moved: bar.draw(moved.share), meanwhile)
        finally:
            bar.clear()
    try:
        yield index, builder
    finally:
        index.close()
        if builder is not None:
            builder.close()


def unknown_id(wanted: str, index: Index) -> Mistake:
    """Return the mistake of asking for an id that the library does not have, naming those that are near."""
    from tui.cli import near

    return near.unknown_id(wanted, _ids(index))


def _ids(index: Index) -> Iterator[str]:
    """Yield the ids of an index, of which a million rows need not be held at once."""
    for listing in index.view("").lists.values():
        for start in range(0, listing.total, _PORTION):
            yield from (row.id for row in listing.rows(start, _PORTION))


def drawn_bar(share: float) -> str:
    """Return a bar for a share of 1, in signs that the terminal can show."""
    from tui.explorer.terminal import Terminal

    done, left = "#-" if Terminal.found().theme == "plain" else "█░"
    full = round(share * _BAR_CELLS)
    return done * full + left * (_BAR_CELLS - full)


class ProgressBar:
    """A bar on the error stream, drawn only on a terminal and only once the work has taken a while."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._wanted = sys.stderr.isatty()
        self._drawn = ""

    def show(self, progress: Progress) -> None:
        """Draw how far a build is, when that is due."""
        self.draw(progress.share)

    def draw(self, share: float) -> None:
        """Draw which share of the work is done, when that is due."""
        if not self._wanted or time.monotonic() - self._started < _PATIENCE:
            return
        line = f"{gettext('Reading the library')}  {drawn_bar(share)}  {share:4.0%}"
        if line != self._drawn:
            give_back()
            print(f"\r{line}", file=sys.stderr, end="", flush=True)
            self._drawn = line

    def clear(self) -> None:
        """Take the bar off the terminal, if it was drawn."""
        if self._drawn:
            print("\r" + " " * len(self._drawn) + "\r", file=sys.stderr, end="", flush=True)
