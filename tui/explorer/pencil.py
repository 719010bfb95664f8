"""Writes rows of cells to a terminal in few bytes, and knows where its cursor and its pen are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.explorer.cells import DOUBTFUL, FILL, Clusters
from tui.explorer.pens import Pens

_ERASED_IN_COLOUR = (
    "alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "konsole", "linux", "mintty", "rio", "rxvt", "st-",
    "tmux", "vte", "wezterm", "xterm",
)  # fmt: skip
"""Terminals, by the beginning of TERM, whose erased cells take the colour of the ground (terminfo's `bce`)."""

_LONG_BLANK = re.compile(" {9,}")
"""Blanks that are dearer to write than to erase and to step over."""


class Piece(NamedTuple):
    """Cells of one pen, side by side; `erased` of them are erased rather than written."""

    pen: str
    row: int
    column: int
    text: str
    erased: int = 0


class Pencil:
    """Makes one frame after the other: what is written is gathered, and `taken` orders it and hands it over."""

    def __init__(self, pens: Pens, clusters: Clusters, term: str) -> None:
        self.erases = term.lower().startswith(_ERASED_IN_COLOUR)
        self._pens = pens
        self._clusters = clusters
        self._made: list[str] = []
        self._pieces: list[Piece] = []
        self._doubtful: list[tuple[int, int, str, str]] = []
        self._width = 0
        self._at: tuple[int, int] | None = None
        self._pen = pens.plain

    def begin(self, width: int, at: tuple[int, int] | None) -> None:
        """Begin a frame on a screen of a width, with the cursor `at` (column, row), or anywhere."""
        self._width, self._at = width, at
        self._made, self._pieces, self._doubtful = [], [], []
        self._pen = self._pens.plain

    def taken(self, cursor: tuple[int, int]) -> str:
        """Return the frame, at whose end the cursor is at (column, row).

        The terminal is left without colours, as whoever writes next expects it.
        """
        self._draw_pieces()
        for row, start, text, pens in self._doubtful:
            self._draw_doubtful(row, start, text, pens)
        self._move(*cursor)
        self._take(self._pens.plain)
        return "".join(self._made)

    def _draw_pieces(self) -> None:
        """Draw row by row or pen by pen, whichever is shorter: colours are often dearer than ways."""
        pieces, self._pieces = self._pieces, []
        turns = {pen: turn for turn, pen in enumerate(self._pens_in_turn(pieces))}
        before, start, pen = self._made, self._at, self._pen
        found: list[tuple[int, list[str], tuple[int, int] | None, str]] = []
        for order in (pieces, sorted(pieces, key=lambda piece: turns[piece.pen])):
            self._made, self._at, self._pen = [], start, pen
            for piece in order:
                self._draw(piece)
            found.append((sum(map(len, self._made)), self._made, self._at, self._pen))
        _, made, self._at, self._pen = min(found, key=lambda way: way[0])
        self._made = before + made

    def _pens_in_turn(self, pieces: list[Piece]) -> list[str]:
        """The pens of pieces, each followed by the one that is nearest to it."""
        left = dict.fromkeys(piece.pen for piece in pieces)
        here, turn = self._pen, []
        while left:
            here = min(left, key=lambda pen: len(self._pens.change(here, pen)))
            turn.append(here)
            del left[here]
        return turn

    def _take(self, pen: str) -> None:
        if pen != self._pen:
            self._made.append(self._pens.change(self._pen, pen))
            self._pen = pen

    def clear(self, pen: str) -> None:
        """Make the whole screen blanks of a pen, before anything else."""
        self._take(pen)
        self._made.append("\x1b[2J")

    def _move(self, column: int, row: int) -> None:
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
        place, run, begun, held = 0, "", start, ""
        blank_of = self._pens.blank
        while place < len(text):
            pen = pens[place]
            end = len(pens) - len(pens[place:].lstrip(pen))
            part = text[place:end]
            # Blanks are written with the pen beside them where that shows the same: fewer changes of pens.
            if run and part.isspace() and blank_of(held) == pen:
                run += part
            elif run and run.isspace() and blank_of(pen) == held:
                run, held = run + part, pen
            else:
                self._gather(row, begun, run, held)
                run, begun, held = part, start + place, pen
            place = end
        self._gather(row, begun, run, held)

    def _gather(self, row: int, start: int, text: str, pen: str) -> None:
        done = 0
        if self.erases and text and self._pens.erasable(pen):
            for blank in _LONG_BLANK.finditer(text):
                if blank.start() > done:
                    self._pieces.append(Piece(pen, row, start + done, text[done : blank.start()]))
                done = blank.end()
                self._pieces.append(Piece(pen, row, start + blank.start(), "", done - blank.start()))
        if len(text) > done:
            self._pieces.append(Piece(pen, row, start + done, text[done:]))

    def _draw(self, piece: Piece) -> None:
        self._move(piece.column, piece.row)
        is_blank = piece.erased > 0 or piece.text.isspace()
        wanted, here = self._pens.blank(piece.pen), self._pens.blank(self._pen)
        if not (is_blank and wanted == here and (not piece.erased or self._pens.erasable(self._pen))):
            self._take(piece.pen)
        if piece.erased:
            to_the_end = piece.column + piece.erased >= self._width
            self._made.append("\x1b[K" if to_the_end else f"\x1b[{piece.erased}X")
            return
        self._made.append(self._clusters.text(piece.text))
        # At the right edge some terminals stand on the last cell and some behind it.
        end = piece.column + len(piece.text)
        self._at = (end, piece.row) if end < self._width else None

    def write_doubtful(self, row: int, start: int, text: str, pens: str) -> None:
        """Write cells some of which terminals may draw wider or narrower than they should be."""
        self._doubtful.append((row, start, text, pens))

    def _draw_doubtful(self, row: int, start: int, text: str, pens: str) -> None:
        """Draw what is in doubt first, with blanks under it, and then put all else in place.

        So only what is in doubt can look wrong.
        """
        parts = list(_parts(text))
        for is_doubtful, first, end in parts:
            if is_doubtful:
                self._draw_under(row, start + first, text[first:end], pens[first:end])
        for is_doubtful, first, end in parts:
            if not is_doubtful:
                self.write(row, start + first, text[first:end], pens[first:end])
        self._draw_pieces()

    def _draw_under(self, row: int, start: int, text: str, pens: str) -> None:
        self.write(row, start, " " * len(text), pens)
        self._draw_pieces()
        place = 0
        while place < len(text):
            end = len(pens) - len(pens[place:].lstrip(pens[place]))
            self._move(start + place, row)
            self._take(pens[place])
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
