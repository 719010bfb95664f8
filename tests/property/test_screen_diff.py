"""Whatever frames come: a terminal fed the differences shows what one fed Textual's own, whole output shows."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise

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

from tui.explorer.screen_diff import ScreenDiff

STYLES = [
    Style.parse(text)
    for text in (
        "none", "bold", "dim", "bold dim", "italic underline", "reverse", "strike red", "bold #aabbcc on #102030",
        "#aabbcc on #102030", "on #102030", "on #203040", "red on blue", "underline #ff0000", "blink",
        "reverse red on blue",
    )
]  # fmt: skip
CERTAIN = "aaaabcxyz      ─│╭éİğß₺世界あ한"
DOUBTFUL = ["🎉", "👩\u200d👩\u200d👧", "❤\ufe0f", "e\u0301", "\u0301", "\u200b", "🇹🇷", "أهلا", "☎", "न"]
SYSTEM = ColorSystem.TRUECOLOR


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


@st.composite
def frames(draw: st.DrawFn, pieces: st.SearchStrategy[list[tuple[str, Style]]]) -> list[CompositorUpdate]:
    """Return a whole screen and what follows it: changed parts, whole screens, and resizes."""
    made: list[CompositorUpdate] = []
    truth = None
    for _ in range(draw(st.integers(1, 7))):
        if truth is None or draw(st.integers(0, 5)) == 0:
            width, height = draw(st.integers(4, 34)), draw(st.integers(1, 5))
            cuts = sorted({0, width, *draw(st.lists(st.integers(1, width), max_size=2))})
            truth = Truth(width, height, cuts)
            truth.rows = [[draw(strips(pieces, a, b)) for a, b in pairwise(cuts)] for _ in range(height)]
            made.append(truth.whole())
            continue
        places = draw(
            st.sets(st.tuples(st.integers(0, truth.height - 1), st.integers(0, len(truth.cuts) - 2)), min_size=1)
        )
        for y, place in places:
            row = list(truth.rows[y])
            row[place] = draw(strips(pieces, truth.cuts[place], truth.cuts[place + 1]))
            truth.rows[y] = row
        spans = [(y, truth.cuts[place], truth.cuts[place + 1]) for y, place in sorted(places)]
        made.append(truth.part(spans) if draw(st.booleans()) else truth.whole())
    return made


def strips(pieces: st.SearchStrategy[list[tuple[str, Style]]], start: int, end: int) -> st.SearchStrategy[Strip]:
    return pieces.map(lambda found: strip_of(found, end - start))


class Screen(pyte.Screen):
    """pyte's screen, which erases only cells that were written before; a terminal gives all of them the ground."""

    def erase_in_display(self, how: int = 0, *_: object, **__: object) -> None:
        assert how == 2
        for y in range(self.lines):
            for x in range(self.columns):
                self.buffer[y][x] = self.cursor.attrs

    def draw(self, data: str) -> None:
        """Draw; pyte drops what follows a sign without width."""
        super().draw("".join(sign for sign in data if wcwidth(sign) or unicodedata.combining(sign)))


class Terminal:
    """A terminal that does not wrap, as Textual sets it."""

    def __init__(self) -> None:
        self.screen = Screen(1, 1)
        self.stream = pyte.Stream(self.screen)
        self.stream.feed("\x1b[?7l")

    def resize(self, width: int, height: int) -> None:
        self.screen.resize(height, width)

    def feed(self, text: str) -> None:
        self.stream.feed(text)

    def shows(self) -> list[list[tuple[object, ...]]]:
        return [[seen(self.screen.buffer[y][x]) for x in range(self.screen.columns)] for y in range(self.screen.lines)]


def seen(cell: pyte.screens.Char) -> tuple[object, ...]:
    """What can be seen of a cell: of a blank, neither its weight nor, mostly, the colour of letters."""
    if cell.data != " ":
        return tuple(cell)
    lined = cell.underscore or cell.strikethrough or cell.reverse
    return (" ", cell.bg, cell.underscore, cell.strikethrough, cell.reverse, cell.fg if lined else "", cell.blink)


def size_of(update: CompositorUpdate) -> tuple[int, int] | None:
    return (update.region.width, update.region.height) if isinstance(update, LayoutUpdate) else None


@settings(max_examples=150, deadline=None)
@given(frames(PIECES), st.sampled_from(["xterm-256color", "vt220", "screen"]))
def test_differences_show_what_the_whole_output_shows(updates: list[CompositorUpdate], term: str) -> None:
    console = Console(color_system="truecolor", force_terminal=True)
    diff, ours, whole = ScreenDiff(term, SYSTEM), Terminal(), Terminal()
    for update in updates:
        if size := size_of(update):
            ours.resize(*size)
            whole.resize(*size)
        whole.feed(update.render_segments(console))
        ours.feed(diff.frame(update, (0, 0)))
        assert ours.shows() == whole.shows()
        assert (ours.screen.cursor.x, ours.screen.cursor.y) == (0, 0)


@settings(max_examples=80, deadline=None)
@given(frames(PIECES))
def test_what_is_shown_already_is_not_sent(updates: list[CompositorUpdate]) -> None:
    diff = ScreenDiff("xterm-256color", SYSTEM)
    for update in updates:
        diff.frame(update, (1, 0))
        assert diff.frame(update, (1, 0)) == ""


@settings(max_examples=150, deadline=None)
@given(frames(DOUBTFUL_PIECES), st.sampled_from(["xterm-256color", "vt220"]))
def test_what_terminals_disagree_about_moves_nothing_else(updates: list[CompositorUpdate], term: str) -> None:
    """After any frames, each letter that no terminal has doubts about is where the layout has it."""
    diff, ours = ScreenDiff(term, SYSTEM), Terminal()
    for update in updates:
        if size := size_of(update):
            ours.resize(*size)
        ours.feed(diff.frame(update, (0, 0)))
        if isinstance(update, LayoutUpdate):
            shown = ["".join(first_of(cell) for cell in row) for row in ours.shows()]
            assert [seen_of(row, wanted) for row, wanted in zip(shown, certain_of(update), strict=True)] == certain_of(
                update
            )


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
def test_no_control_character_of_data_gets_through(updates: list[CompositorUpdate]) -> None:
    evil = Strip([Segment("a\x1b]0;title\x07b\r\n\x9b2J", STYLES[0])])
    update = LayoutUpdate([[evil.adjust_cell_length(20)]], Region(0, 0, 20, 1))
    diff = ScreenDiff("xterm", SYSTEM)
    for before in updates:
        diff.frame(before, (0, 0))
    sent = diff.frame(update, (0, 0))
    assert "\x07" not in sent
    assert "\x1b]" not in sent
    assert "\x9b" not in sent
