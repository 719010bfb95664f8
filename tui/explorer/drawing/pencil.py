"""Writes rows of cells to a terminal in few bytes, and knows where its cursor and its pen are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.explorer.drawing.cells import DOUBTFUL, FILL, Clusters
from tui.explorer.drawing.pens import UNKNOWN, Pens
from tui.explorer.drawing.ways import Place, Row, Ways

_ERASED_IN_COLOUR = (
    "alacritty", "contour", "foot", "ghostty", "iterm", "kitty", "konsole", "linux", "mintty", "rio", "rxvt", "st-",
    "tmux", "vte", "wezterm", "xterm",
)  # fmt: skip
"""Terminals, by the beginning of TERM, whose erased cells take the colour of the ground (terminfo's `bce`)."""

_REPEATS = ("alacritty", "contour", "foot", "ghostty", "kitty", "mintty", "rio", "wezterm", "xterm-kitty")
"""Terminals known to repeat a sign (`rep`); tmux 3.3 repeats letters only, and many call themselves `xterm`."""

_LONG_BLANK = re.compile(" {9,}")
"""Blanks that are dearer to write than to erase and to step over."""
_SHORTEST_ERASED = " " * 9
_ONE_PEN = re.compile(r"(.)\1*", re.DOTALL)
_LONG_REPEAT = re.compile("([\u2500-\u259f])\\1{3,}")
"""Lines and bars, of three bytes a sign."""


class Piece(NamedTuple):
    """Cells of one pen, side by side; `erased` of them are erased rather than written."""

    pen: str
    row: int
    column: int
    text: str
    erased: int = 0


class Pencil:
    """Makes one frame after the other: what is written is gathered, and `taken` orders it and hands it over."""

    def __init__(self, pens: Pens, clusters: Clusters, term: str, *, raw: bool = False, thrifty: bool = True) -> None:
        self.erases = term.lower().startswith(_ERASED_IN_COLOUR)
        self._repeats = term.lower().startswith(_REPEATS)
        self._thrifty = thrifty
        self._pens = pens
        self._ways = Ways(pens, raw=raw)
        self._clusters = clusters
        self._made: list[str] = []
        self._pieces: list[Piece] = []
        self._doubtful: list[tuple[int, int, str, str]] = []
        self._width = 0
        self.lose()

    def lose(self) -> None:
        """Forget where the cursor is and which pen the terminal has: others wrote to it."""
        self.place: Place | None = None
        """Where the cursor is; None for somewhere."""
        self._pen = UNKNOWN

    def begin(self, width: int, rows: Sequence[Row]) -> None:
        """Begin a frame on a screen of a width, which shows `rows` when it is done."""
        self._width = width
        self._ways.begin(width, rows)
        self._made, self._pieces, self._doubtful = [], [], []

    def taken(self, cursor: Place) -> str:
        """Return the frame, at whose end the cursor is at (column, row); the pen stays as it was last."""
        self._draw_pieces()
        for row, start, text, pens in self._doubtful:
            self._draw_doubtful(row, start, text, pens)
        self._move(*cursor)
        return "".join(self._made)

    def _draw_pieces(self) -> None:
        """Draw row by row or pen by pen, whichever is shorter: colours are often dearer than ways."""
        pieces, self._pieces = self._pieces, []
        if not pieces:
            return
        turns = {pen: turn for turn, pen in enumerate(self._pens_in_turn(pieces))}
        before, start, pen = self._made, self.place, self._pen
        found: list[tuple[int, list[str], Place | None, str]] = []
        for order in (pieces, sorted(pieces, key=lambda piece: turns[piece.pen])):
            self._made, self.place, self._pen = [], start, pen
            for piece in order:
                self._draw(*piece)
            found.append((sum(map(len, self._made)), self._made, self.place, self._pen))
        _, made, self.place, self._pen = min(found, key=lambda way: way[0])
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

    def shift(self, top: int, bottom: int, count: int, pen: str) -> None:
        """Move the rows from `top` to `bottom` up by `count`, or down if it is below 0; new ones are blanks of a pen.

        The blanks have no colour in a terminal that does not erase in colour, so the pen must then be the plain one.
        """
        self._take(pen)
        letter = "M" if count > 0 else "L"
        many = str(abs(count)) if abs(count) > 1 else ""
        self._made.append(f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H\x1b[{many}{letter}\x1b[r")
        self.place = None

    def _move(self, column: int, row: int) -> None:
        if (column, row) != self.place:
            self._made.append(self._ways.shortest(self.place, (column, row), self._pen))
            self.place = column, row

    def write(self, row: int, start: int, text: str, pens: str) -> None:
        """Write cells of certain width from column `start` on: their text and the pen of each."""
        run, begun, held = "", start, ""
        blank_of = self._pens.blank
        for same in _ONE_PEN.finditer(pens):
            pen, (place, end) = same[1], same.span()
            part = text[place:end]
            # Blanks are written with the pen beside them where that shows the same: fewer changes of pens.
            if run and blank_of(held) == pen and part.isspace():
                run += part
            elif run and blank_of(pen) == held and run.isspace():
                run, held = run + part, pen
            else:
                self._gather(row, begun, run, held)
                run, begun, held = part, start + place, pen
        self._gather(row, begun, run, held)

    def _gather(self, row: int, start: int, text: str, pen: str) -> None:
        # Where bytes are dear, pieces are put in the best order before they are drawn.
        put, done = self._keep if self._thrifty else self._draw, 0
        if self.erases and _SHORTEST_ERASED in text and self._pens.erasable(pen):
            for blank in _LONG_BLANK.finditer(text):
                if blank.start() > done:
                    put(pen, row, start + done, text[done : blank.start()])
                done = blank.end()
                put(pen, row, start + blank.start(), "", done - blank.start())
        if len(text) > done:
            put(pen, row, start + done, text[done:] if done else text)

    def _keep(self, pen: str, row: int, column: int, text: str, erased: int = 0) -> None:
        self._pieces.append(Piece(pen, row, column, text, erased))

    def _draw(self, pen: str, row: int, column: int, text: str, erased: int = 0) -> None:
        if (column, row) != self.place:
            self._move(column, row)
        if pen != self._pen and not self._shows_the_same(pen, text, erased):
            self._take(pen)
        if erased:
            to_the_end = column + erased >= self._width
            self._made.append("\x1b[K" if to_the_end else f"\x1b[{erased}X")
            return
        written = text if text.isascii() and FILL not in text else self._clusters.text(text)
        self._made.append(_LONG_REPEAT.sub(_repeated, written) if self._repeats else written)
        self.place = column + len(text), row

    def _shows_the_same(self, pen: str, text: str, erased: int) -> bool:
        """Whether what is to be drawn with a pen are blanks that look the same with the pen in hand."""
        if self._pens.blank(pen) != self._pens.blank(self._pen):
            return False
        return self._pens.erasable(self._pen) if erased else text.isspace()

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
            self.place = None
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


def _repeated(run: re.Match[str]) -> str:
    return f"{run[1]}\x1b[{len(run[0]) - 1}b"
