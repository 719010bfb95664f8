"""Whatever frames come: a terminal fed the differences shows what one fed Textual's own, whole output shows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip
from wcwidth import wcwidth

from tui.explorer.drawing.patches import Patches
from tui.explorer.drawing.screen_diff import ScreenDiff

STYLES = [
    Style.parse(text)
    for text in (
        "none", "bold", "dim", "bold dim", "italic underline", "reverse", "strike red", "bold #aabbcc on #102030",
        "#aabbcc on #102030", "on #102030", "on #203040", "red on blue", "underline #ff0000", "blink",
        "reverse red on blue",
    )
]  # fmt: skip
CERTAIN = "aaaabcxyz      ────│╭éİğß₺世界あ한"
DOUBTFUL = ["🎉", "👩\u200d👩\u200d👧", "❤\ufe0f", "e\u0301", "\u0301", "\u200b", "🇹🇷", "أهلا", "☎", "न"]
SYSTEM = ColorSystem.TRUECOLOR
SCRIBBLE = "\x1b[1;31;44mwhat another program\r\n\x1b[7mwrote and left"
TERMS = ["xterm-256color", "vt220", "screen", "foot", "xterm-kitty"]


def strip_of(pieces: list[tuple[str, Style]], width: int) -> Strip:
    """Return a strip of exactly `width` cells; what is too much is cut, as Textual cuts it."""
    return Strip([Segment(text, style) for text, style in pieces]).adjust_cell_length(width, STYLES[0])


@dataclass
class Truth:
    """What a screen is to show: rows of strips between cuts that all rows share."""

    width: int
    height: int
    cuts: list[int]
    rows: list[list[Strip]] = field(default_factory=list)

    def scroll(self, top: int, bottom: int, count: int, fresh: list[list[Strip]]) -> None:
        """Move the rows of a block up by `count`, or down if it is below 0; `fresh` ones come in."""
        block = self.rows[top:bottom]
        block = block[count:] + fresh if count > 0 else fresh + block[:count]
        self.rows[top:bottom] = block

    def whole(self) -> LayoutUpdate:
        return LayoutUpdate(list(self.rows), Region(0, 0, self.width, self.height))

    def part(self, spans: list[tuple[int, int, int]]) -> ChopsUpdate:
        """Return an update as the compositor makes it: only the rows and pieces that a span touches are there."""
        touched = {y for y, _, _ in spans}
        chops: list[dict[int, Strip | None]] = [
            dict(zip(self.cuts, row, strict=False)) if y in touched else dict.fromkeys(self.cuts[:-1])
            for y, row in enumerate(self.rows)
        ]
        return ChopsUpdate(chops, spans, [self.cuts[1:]] * self.height)


PIECES = st.lists(st.tuples(st.text(CERTAIN, max_size=9), st.sampled_from(STYLES)), max_size=5)
DOUBTFUL_PIECES = st.lists(
    st.tuples(st.lists(st.sampled_from([*CERTAIN, *DOUBTFUL]), max_size=8).map("".join), st.sampled_from(STYLES)),
    max_size=4,
)


Step = tuple[CompositorUpdate, bool]
"""An update, and whether the terminal was lost before it, with another program's writing on it."""


@st.composite
def frames(draw: st.DrawFn, pieces: st.SearchStrategy[list[tuple[str, Style]]]) -> list[Step]:
    """Return a whole screen and what follows it: changed parts, scrolled blocks, whole screens, losses, resizes."""
    made: list[Step] = []
    truth = None
    for _ in range(draw(st.integers(1, 7))):
        if truth is None or draw(st.integers(0, 5)) == 0:
            width, height = draw(st.integers(4, 34)), draw(st.integers(1, 9))
            cuts = sorted({0, width, *draw(st.lists(st.integers(1, width), max_size=2))})
            truth = Truth(width, height, cuts)
            truth.rows = [row_of(draw, pieces, cuts) for _ in range(height)]
            made.append((truth.whole(), True))
        elif truth.height > 2 and draw(st.booleans()):
            top = draw(st.integers(0, truth.height - 2))
            bottom = draw(st.integers(top + 1, truth.height))
            count = draw(st.integers(1, bottom - top))
            fresh = [row_of(draw, pieces, truth.cuts) for _ in range(count)]
            truth.scroll(top, bottom, draw(st.sampled_from([count, -count])), fresh)
            made.append((truth.part([(y, 0, truth.width) for y in range(top, bottom)]), False))
        else:
            places = st.tuples(st.integers(0, truth.height - 1), st.integers(0, len(truth.cuts) - 2))
            chosen = draw(st.sets(places, min_size=1))
            for y, place in chosen:
                row = list(truth.rows[y])
                row[place] = draw(strips(pieces, truth.cuts[place], truth.cuts[place + 1]))
                truth.rows[y] = row
            spans = [(y, truth.cuts[place], truth.cuts[place + 1]) for y, place in sorted(chosen)]
            whole, lost = draw(st.booleans()), draw(st.integers(0, 4)) == 0
            made.append((truth.whole() if whole or lost else truth.part(spans), lost))
    return made


def row_of(draw: st.DrawFn, pieces: st.SearchStrategy[list[tuple[str, Style]]], cuts: list[int]) -> list[Strip]:
    return [draw(strips(pieces, a, b)) for a, b in pairwise(cuts)]


def strips(pieces: st.SearchStrategy[list[tuple[str, Style]]], start: int, end: int) -> st.SearchStrategy[Strip]:
    return pieces.map(lambda found: strip_of(found, end - start))


class Screen(pyte.Screen):
    """pyte's screen, made to erase as terminals do: all cells, and in colour where `colours` says so."""

    colours = True

    def erase_in_display(self, how: int = 0, *_: object, **__: object) -> None:
        assert how == 2
        self._blank(range(self.lines))

    def insert_lines(self, count: int | None = None) -> None:
        top, (_, bottom) = self.cursor.y, self.margins or (0, self.lines - 1)
        super().insert_lines(count)
        self._blank(range(top, min(top + (count or 1), bottom + 1)))

    def delete_lines(self, count: int | None = None) -> None:
        top, (_, bottom) = self.cursor.y, self.margins or (0, self.lines - 1)
        super().delete_lines(count)
        self._blank(range(max(top, bottom + 1 - (count or 1)), bottom + 1))

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        """Set margins; a terminal also goes home when it forgets them, and refuses a single line."""
        assert bottom is None or (top is not None and top < bottom)
        super().set_margins(top, bottom)
        self.cursor_position()

    def repeat(self, count: int | None = None) -> None:
        """Write the last sign again, which pyte cannot."""
        self.draw(self._last * (count or 1))

    def draw(self, data: str) -> None:
        """Draw; pyte drops what follows a sign without width."""
        self._last = data[-1:]
        super().draw("".join(sign for sign in data if wcwidth(sign) or unicodedata.combining(sign)))

    def _blank(self, rows: Iterable[int]) -> None:
        for y in rows:
            for x in range(self.columns):
                self.buffer[y][x] = self.cursor.attrs if self.colours else self.default_char


class Stream(pyte.Stream):
    """pyte's stream, with the repetition of a sign."""

    csi: ClassVar = {**pyte.Stream.csi, "b": "repeat"}
    events = pyte.Stream.events | {"repeat"}


class Terminal:
    """A terminal that does not wrap, as Textual sets it; one that is not `raw` gets a return with each line feed."""

    def __init__(self, term: str = "xterm", *, raw: bool = True) -> None:
        self.screen = Screen(1, 1)
        self.screen.colours = term not in {"vt220", "screen"}
        self.stream = Stream(self.screen)
        self.stream.feed("\x1b[?7l")
        self._raw = raw

    def resize(self, width: int, height: int) -> None:
        """Resize, as terminals do that move and cut their lines."""
        self.screen.resize(height, width)
        self.feed("\x1b[m\x1b[2J" + SCRIBBLE)

    def feed(self, text: str) -> None:
        self.stream.feed(text if self._raw else text.replace("\n", "\r\n"))

    def shows(self) -> list[list[tuple[object, ...]]]:
        return [[seen(self.screen.buffer[y][x]) for x in range(self.screen.columns)] for y in range(self.screen.lines)]


def seen(cell: pyte.screens.Char) -> tuple[object, ...]:
    """What can be seen of a cell: of a blank, neither its weight nor, mostly, the colour of letters."""
    if cell.data != " ":
        return tuple(cell)
    lined = cell.underscore or cell.strikethrough or cell.reverse
    return (" ", cell.bg, cell.underscore, cell.strikethrough, cell.reverse, cell.fg if lined else "", cell.blink)


def size_of(update: CompositorUpdate, lost: bool) -> tuple[int, int] | None:
    """The size of a whole screen that follows another's writing, be it after a loss or a resize."""
    if lost and isinstance(update, LayoutUpdate):
        return update.region.width, update.region.height
    return None


def as_patches(update: CompositorUpdate) -> CompositorUpdate | Patches:
    """Return a part of a screen as the widgets themselves give it: strips, each with its place."""
    if not isinstance(update, ChopsUpdate):
        return update
    strips = [
        (y, x, strip)
        for y, start, end in update.spans
        for x, strip in update.chops[y].items()
        if strip is not None and start <= x < end
    ]
    return Patches((update.chop_ends[0][-1], len(update.chops)), strips)


@settings(max_examples=200, deadline=None)
@given(frames(PIECES), st.sampled_from(TERMS), st.booleans(), st.booleans(), st.booleans())
def test_differences_show_what_the_whole_output_shows(
    steps: list[Step], term: str, raw: bool, thrifty: bool, patched: bool
) -> None:
    console = Console(color_system="truecolor", force_terminal=True)
    diff, ours = ScreenDiff(term, SYSTEM, raw=raw, thrifty=thrifty), Terminal(term, raw=raw)
    whole = Terminal()
    for update, lost in steps:
        if size := size_of(update, lost):
            ours.resize(*size)
            whole.resize(*size)
        if lost:
            diff.reset()
        whole.feed("\x1b[m" + update.render_segments(console))
        ours.feed(diff.frame(as_patches(update) if patched else update, (0, 0)))
        assert ours.shows() == whole.shows()
        assert (ours.screen.cursor.x, ours.screen.cursor.y) == (0, 0)
        assert ours.screen.margins is None


@settings(max_examples=80, deadline=None)
@given(frames(PIECES))
def test_what_is_shown_already_is_not_sent(steps: list[Step]) -> None:
    diff = ScreenDiff("xterm-256color", SYSTEM)
    for update, _ in steps:
        diff.frame(update, (1, 0))
        assert diff.frame(update, (1, 0)) == ""


@settings(max_examples=150, deadline=None)
@given(frames(DOUBTFUL_PIECES), st.sampled_from(TERMS))
def test_what_terminals_disagree_about_moves_nothing_else(steps: list[Step], term: str) -> None:
    """After any frames, each letter that no terminal has doubts about is where the layout has it."""
    diff, ours = ScreenDiff(term, SYSTEM, raw=True), Terminal(term)
    for update, lost in steps:
        if size := size_of(update, lost):
            ours.resize(*size)
        if lost:
            diff.reset()
        ours.feed(diff.frame(update, (0, 0)))
        if isinstance(update, LayoutUpdate):
            shown = ["".join(first_of(cell) for cell in row) for row in ours.shows()]
            assert [seen_of(row, wanted) for row, wanted in zip(shown, certain_of(update), strict=True)] == certain_of(
                update
            )


def test_a_page_further_moves_the_rows_that_stay() -> None:
    rows = [
        [strip_of([(f"{number} a row of a list, like no other: {number * 7919}", STYLES[0])], 60)]
        for number in range(40)
    ]
    diff, ours = ScreenDiff("xterm-256color", SYSTEM, raw=True), Terminal()
    ours.resize(60, 20)
    ours.feed(diff.frame(LayoutUpdate(rows[:20], Region(0, 0, 60, 20)), (0, 0)))
    sent = diff.frame(LayoutUpdate(rows[3:23], Region(0, 0, 60, 20)), (0, 0))
    ours.feed(sent)
    assert len(sent) < 250
    assert [line.rstrip() for line in ours.screen.display] == [row[0].text.rstrip() for row in rows[3:23]]


def first_of(cell: tuple[object, ...]) -> str:
    return str(cell[0])[:1] or " "


def seen_of(row: str, wanted: str) -> str:
    """What a row shows where a letter is wanted, and dots elsewhere."""
    return "".join(letter if want != "." else "." for letter, want in zip(row, wanted, strict=False))


def certain_of(update: LayoutUpdate) -> list[str]:
    """The letters of each row without marks, each as many columns in as what is before it is wide; else dots."""
    return ["".join(certain_letters(list(strips))) for strips in update.strips]


def certain_letters(strips: list[Strip]) -> list[str]:
    row: list[str] = []
    for segment in Strip.join(strips):
        here = ["."] * segment.cell_length
        for place, letter in enumerate(segment.text):
            after = segment.text[place + 1 : place + 2] or "\u200d"
            if letter in "abcxyz─│╭" and not segment.text[:place].endswith("\u200d") and cell_len(after):
                here[cell_len(segment.text[:place])] = letter
        row += here
    return row


@settings(max_examples=50, deadline=None)
@given(frames(DOUBTFUL_PIECES))
def test_no_control_character_of_data_gets_through(steps: list[Step]) -> None:
    evil = Strip([Segment("a\x1b]0;title\x07b\r\n\x9b2J", STYLES[0])])
    update = LayoutUpdate([[evil.adjust_cell_length(20)]], Region(0, 0, 20, 1))
    diff = ScreenDiff("xterm", SYSTEM)
    for before, _ in steps:
        diff.frame(before, (0, 0))
    sent = diff.frame(update, (0, 0))
    assert "\x07" not in sent
    assert "\x1b]" not in sent
    assert "\x9b" not in sent
