"""Writes rows of cells to a terminal in few bytes, and knows where its cursor and its pen are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.explorer.cells import DOUBTFUL, FILL, Clusters
from tui.explorer.pens import Pens

_ERASED_IN_COLOUR = (
    "alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "konsole", "linux", "mintty", "rio", "rxvt", "st-",
    "tmux", "vte", "wezterm", "xterm",
)  # fmt: skip
"""Terminals, by the beginning of TERM, whose erased cells take the colour of the ground (terminfo's `bce`)."""

_LONG_BLANK = re.compile(" {9,}")
"""Blanks that are dearer to write than to erase and to step over."""


class Pencil:
    """Makes one frame after the other; `taken` hands over what a frame became."""

    def __init__(self, pens: Pens, clusters: Clusters, term: str) -> None:
        self.erases = term.lower().startswith(_ERASED_IN_COLOUR)
        self._pens = pens
        self._clusters = clusters
        self._made: list[str] = []
        self._width = 0
        self._at: tuple[int, int] | None = None
        self._pen = pens.plain

    def begin(self, width: int, at: tuple[int, int] | None) -> None:
        """Begin a frame on a screen of a width, with the cursor `at` (column, row), or anywhere."""
        self._width, self._at = width, at

    def taken(self) -> str:
        """Return what was made, and leave the terminal with no colours, as whoever writes next expects it."""
        self.take(self._pens.plain)
        made, self._made = "".join(self._made), []
        return made

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written yet in this frame."""
        return not self._made

    def take(self, pen: str) -> None:
        """Write with a pen from here on."""
        if pen != self._pen:
            self._made.append(self._pens.change(self._pen, pen))
            self._pen = pen

    def clear(self, pen: str) -> None:
        """Make the whole screen blanks of a pen."""
        self.take(pen)
        self._made.append("\x1b[2J")

    def move(self, column: int, row: int) -> None:
        """Go to a cell by the shortest way."""
        if (column, row) != self._at:
            self._made.append(self._way(column, row))
            self._at = column, row

    def _way(self, column: int, row: int) -> str:
        absolute = f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H" if row else "\x1b[H"
        if self._at is None:
            return absolute
        here, line = self._at
        ways = [absolute]
        if row == line:
            ways += _along(here, column)
        elif row == line + 1:
            ways += ["\r\n" + way for way in _along(0, column)]
        if column == here and row != line:
            ways.append(_steps(row - line, "B", "A"))
        return min(ways, key=len)

    def write(self, row: int, start: int, text: str, pens: str) -> None:
        """Write cells of certain width from column `start` on: their text and the pen of each."""
        place = 0
        while place < len(text):
            pen = pens[place]
            end = len(pens) - len(pens[place:].lstrip(pen))
            self._write_in(row, start + place, text[place:end], pen)
            place = end

    def _write_in(self, row: int, start: int, text: str, pen: str) -> None:
        done = 0
        if self.erases and self._pens.erasable(pen):
            for blank in _LONG_BLANK.finditer(text):
                self._put(row, start + done, text[done : blank.start()], pen)
                self._erase(row, start + blank.start(), blank.end() - blank.start(), pen)
                done = blank.end()
        self._put(row, start + done, text[done:], pen)

    def _put(self, row: int, start: int, text: str, pen: str) -> None:
        if not text:
            return
        self.move(start, row)
        if not (text.isspace() and self._pens.blank(self._pen) == pen):
            self.take(pen)
        self._made.append(self._clusters.text(text))
        # At the right edge some terminals stand on the last cell and some behind it.
        self._at = (start + len(text), row) if start + len(text) < self._width else None

    def _erase(self, row: int, start: int, count: int, pen: str) -> None:
        self.move(start, row)
        if self._pens.blank(self._pen) != pen or not self._pens.erasable(self._pen):
            self.take(pen)
        self._made.append("\x1b[K" if start + count >= self._width else f"\x1b[{count}X")

    def write_doubtful(self, row: int, start: int, text: str, pens: str) -> None:
        """Write cells some of which terminals may draw wider or narrower than they should be.

        Those come first, with blanks under them, and all others are then put in their places: only what is in doubt
        can look wrong.
        """
        parts = list(_parts(text))
        for doubtful, write in ((True, self._write_under), (False, self.write)):
            for is_doubtful, first, end in parts:
                if is_doubtful == doubtful:
                    write(row, start + first, text[first:end], pens[first:end])

    def _write_under(self, row: int, start: int, text: str, pens: str) -> None:
        self.write(row, start, " " * len(text), pens)
        place = 0
        while place < len(text):
            end = len(pens) - len(pens[place:].lstrip(pens[place]))
            self._at = None if place else self._at
            self.move(start + place, row)
            self.take(pens[place])
            self._made.append(self._clusters.text(text[place:end]))
            self._at = None
            place = end


def _parts(text: str) -> Iterator[tuple[bool, int, int]]:
    """The runs of cells that are in doubt and that are not, each with where it begins and ends."""
    place = 0
    while place < len(text):
        doubtful = bool(DOUBTFUL.match(text[place]))
        end = place + 1
        while end < len(text) and (text[end] == FILL or bool(DOUBTFUL.match(text[end])) == doubtful):
            end += 1
        yield doubtful, place, end
        place = end


def _along(here: int, column: int) -> list[str]:
    """The ways from one column of a row to another."""
    if column == here:
        return [""]
    ways = [f"\x1b[{column + 1}G", _steps(column - here, "C", "D")]
    if column == 0:
        ways.append("\r")
    if 0 < here - column < 4:
        ways.append("\b" * (here - column))
    return ways


def _steps(count: int, onward: str, back: str) -> str:
    letter = onward if count > 0 else back
    return f"\x1b[{letter}" if abs(count) == 1 else f"\x1b[{abs(count)}{letter}"
