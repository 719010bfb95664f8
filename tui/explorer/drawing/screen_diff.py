"""What a terminal shows, cell by cell, so that a frame is only what differs from it.

Frames come as the updates of Textual's compositor (`textual._compositor`, private: the pin `textual<9` holds it still).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.color import ColorSystem
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

from tui.explorer.drawing.cells import DOUBTFUL, FILL, Clusters, NoMoreClustersError
from tui.explorer.drawing.patches import Patches
from tui.explorer.drawing.pencil import Pencil
from tui.explorer.drawing.pens import UNKNOWN, NoMorePensError, Pens
from tui.explorer.drawing.shifts import FEWEST_SHIFTED, best_shift, differing, most_frequent_blank, plain_shift
from tui.explorer.drawing.ways import WORTH_WRITING, Row

_KEPT_TEXTS = 1_024
_FIRST_CLUSTER = "\U000f0000"
_FAST_WRITING = 24
"""Cells up to which, where bytes are cheap, writing them again takes less time than to go on behind them."""


class ScreenDiff:
    """Turns updates into what one terminal needs. Hyperlinks of styles are left out: the explorer makes none.

    `raw` says that a line feed goes straight down: nothing on the way makes a carriage return of it. `thrifty` says
    that bytes are dearer than the time it takes to save some more of them.
    """

    def __init__(self, term: str, colours: ColorSystem, *, raw: bool = False, thrifty: bool = True) -> None:
        self._term, self._colours, self._raw, self._thrifty = term, colours, raw, thrifty
        # Cells that differ, marked by ones, with the others between them that are written again.
        self._runs = re.compile(rb"\x01(?:\0{0,%d}\x01)*" % ((WORTH_WRITING if thrifty else _FAST_WRITING) - 1))
        self._size = (0, 0)
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._clusters = Clusters()
        self._pens = Pens(self._colours)
        self._pencil = Pencil(self._pens, self._clusters, self._term, raw=self._raw, thrifty=self._thrifty)
        self._kept: dict[tuple[str, Style | None], Row] = {}
        self.reset()

    def reset(self) -> None:
        """Forget what the terminal shows; the next frame must be a whole one."""
        self.stale = True
        self._pencil.lose()
        self._rows: list[Row] = []
        self._strips: list[dict[int, Strip]] = []

    @property
    def state(self) -> tuple[Any, ...]:
        """What the terminal shows, in plain tuples that `take_over` reads in another process; its size comes first."""
        return self._size, self._rows, self._pens.looks, self._clusters.texts, self._pencil.place

    def take_over(self, state: tuple[Any, ...]) -> None:
        """Go on from what another one made the terminal show."""
        self._size, rows, looks, texts, self._pencil.place = state
        self._pens.take_over(looks)
        self._clusters.take_over(texts)
        self._rows = list(rows)
        self._strips = [{} for _ in rows]
        self.stale = False

    def frame(self, update: CompositorUpdate | Patches, cursor: tuple[int, int]) -> str:
        """Return what makes the terminal show an update, with its cursor at (column, row); empty if it does already.

        Raises TypeError for an update that is neither a whole screen nor a part of one.
        """
        try:
            return self._frame(update, cursor)
        except (NoMoreClustersError, NoMorePensError):
            self._begin_anew()
            return self._frame(update, cursor)

    def _frame(self, update: CompositorUpdate | Patches, cursor: tuple[int, int]) -> str:
        size, strips = _laid_out(update)
        if size != self._size or len(self._rows) != size[1]:
            self._resize(*size)
        rows = list(self._rows)
        for y, x, strip in strips:
            known = self._strips[y]
            if known.get(x) is not strip:
                _place(known, x, strip)
                rows[y] = self._drawn(rows[y], x, strip)
        self._pencil.begin(size[0], rows)
        self._prepare(rows)
        for y, (before, after) in enumerate(zip(self._rows, rows, strict=True)):
            if before != after:
                self._write(y, before, after)
        self._rows = rows
        differing.cache_clear()
        self.stale = self.stale and not isinstance(update, LayoutUpdate)
        return self._pencil.taken(cursor)

    def _resize(self, width: int, height: int) -> None:
        self.reset()
        self._size = width, height
        self._rows = [(" " * width, UNKNOWN * width)] * height
        self._strips = [{} for _ in range(height)]

    def _prepare(self, rows: Sequence[Row]) -> None:
        """Clear the screen, or move or clear a block of rows, where that leaves less to be written."""
        erases, width = self._pencil.erases, self._size[0]
        if self.stale:
            if erases and all(row != before for row, before in zip(rows, self._rows, strict=True)):
                pen = self._ground(rows)
                self._pencil.clear(pen)
                self._rows = [(" " * width, pen * width)] * len(rows)
            return
        changed = [y for y, (before, after) in enumerate(zip(self._rows, rows, strict=True)) if before != after]
        if len(changed) < FEWEST_SHIFTED:
            return
        shift = None
        if not self._thrifty and (shift := plain_shift(self._rows, rows, changed)) is None:
            return
        pen = self._ground([rows[y] for y in changed]) if erases else self._pens.plain
        if shift is not None or (shift := best_shift(self._rows, rows, changed, pen)) is not None:
            self._pencil.shift(*shift, pen)
            self._rows = shift.moved(self._rows, (" " * width, pen * width))

    def _ground(self, rows: Sequence[Row]) -> str:
        """The pen of most blanks, with which a block is cleared."""
        return next((pen for pen in most_frequent_blank(rows) if self._pens.erasable(pen)), self._pens.plain)

    def _drawn(self, row: Row, x: int, strip: Strip) -> Row:
        """Return a row with a strip laid on what is known of it."""
        text, pens = row
        new_text, new_pens = self._cells(strip, min(strip.cell_length, self._size[0] - x))
        end = x + len(new_text)
        return text[:x] + new_text + text[end:], pens[:x] + new_pens + pens[end:]

    def _cells(self, strip: Strip, room: int) -> Row:
        texts: list[str] = []
        pens: list[str] = []
        for text, style, control in strip:
            if control or not text:
                continue
            cells, cell_pens = self._kept.get((text, style)) or self._piece(text, style)
            if cells and cells[0] >= _FIRST_CLUSTER:
                before, joined = self._clusters.joined(texts.pop() if texts else "", cells)
                texts.append(before)
                cells, cell_pens = joined, cell_pens[len(cells) - len(joined) :]
            texts.append(cells)
            pens.append(cell_pens)
        made, made_pens = "".join(texts), "".join(pens)
        if len(made) == room:
            return made, made_pens
        if made[room : room + 1] == FILL:
            made = made[: _whole(made, room)]
        return made[:room].ljust(room), made_pens[:room].ljust(room, self._pens.plain)

    def _piece(self, text: str, style: Style | None) -> Row:
        pen, blank = self._pens.of(style)
        cells = self._clusters.cells(text)
        pens = pen * len(cells)
        if pen != blank and " " in cells:
            pens = "".join([blank if cell == " " else pen for cell in cells])
        if len(self._kept) > _KEPT_TEXTS:
            self._kept.clear()
        self._kept[text, style] = cells, pens
        return cells, pens

    def _write(self, y: int, before: Row, after: Row) -> None:
        text, pens = after
        runs = [run.span() for run in self._runs.finditer(differing(before, after))]
        if not runs:
            return
        doubt = min((found.start() for row in (before[0], text) if (found := DOUBTFUL.search(row))), default=None)
        if doubt is not None:
            start = _whole(text, min(doubt, runs[0][0]))
            self._pencil.write_doubtful(y, start, text[start:], pens[start:])
            return
        for start, end in runs:
            self._write_run(y, start, end, after)

    def _write_run(self, y: int, start: int, end: int, row: Row) -> None:
        text, pens = row
        start = _whole(text, start)
        while end < len(text) and text[end] == FILL:
            end += 1
        self._pencil.write(y, start, text[start:end], pens[start:end])


def _laid_out(update: CompositorUpdate | Patches) -> tuple[tuple[int, int], Iterable[tuple[int, int, Strip]]]:
    """The size of the screen that an update is for, and its strips, each with its row and first column."""
    if isinstance(update, LayoutUpdate):
        return (update.region.right, update.region.bottom), _side_by_side(update)
    if isinstance(update, ChopsUpdate):
        size = max((ends[-1] for ends in update.chop_ends if ends), default=0), len(update.chops)
        return size, ((y, *strip) for y in sorted({span[0] for span in update.spans}) for strip in _touched(update, y))
    if isinstance(update, Patches):
        return update.size, update.strips
    raise TypeError(f"{type(update).__name__} is no screen")


def _side_by_side(update: LayoutUpdate) -> Iterator[tuple[int, int, Strip]]:
    for y, strips in enumerate(update.strips, update.region.y):
        x = update.region.x
        for strip in strips:
            yield y, x, strip
            x += strip.cell_length


def _place(known: dict[int, Strip], x: int, strip: Strip) -> None:
    """Note which strip a row shows from a column on, in place of all that it covers."""
    before = known.get(x)
    if before is None or before.cell_length != strip.cell_length:
        end = x + strip.cell_length
        covered = [start for start, other in known.items() if start < end and start + other.cell_length > x]
        for start in covered:
            del known[start]
    known[x] = strip


def _touched(update: ChopsUpdate, y: int) -> Iterable[tuple[int, Strip]]:
    """The strips of a row that an update has anew; where only a part of one is asked for, all of it is as good."""
    spans = [(x1, x2) for row, x1, x2 in update.spans if row == y]
    for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
        if strip is not None and any(x < x2 and end > x1 for x1, x2 in spans):
            yield x, strip


def _whole(text: str, start: int) -> int:
    """The first cell of the character that has a cell at `start`."""
    while start and text[start] == FILL:
        start -= 1
    return start
