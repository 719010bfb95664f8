"""Every letter on every screen can be read: what is drawn has the contrast that WCAG 2.2 asks for text (AA)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.color import ColorSystem, ColorType
from rich.segment import Segment
from textual.color import Color
from textual.command import CommandPalette

from tests.ui.user import User, explorer
from tests.unit.test_themes import contrast
from tui.explorer.drawing.fixed_colours import brought_down
from tui.explorer.screens.page_screen import PageScreen
from tui.explorer.themes import SUITED, THEMES

_AA = 4.5
_WORDS = re.compile(r"\w")

_DARKER = {
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5",
    "vga": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa",
    "tango": "000000 cc0000 4e9a06 c4a000 3465a4 75507b 06989a d3d7cf",
}
_BRIGHTER = {
    "xterm": "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    "vga": "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "tango": "555753 ef2929 8ae234 fce94f 739fcf ad7fa8 34e2e2 eeeeec",
}
PALETTES = {name: f"{_DARKER[name]} {_BRIGHTER[name]}" for name in _DARKER}
"""The sixteen colours as common terminals have them, where nobody chose others."""

GROUNDS = {"dark": ("#000000", "#cccccc"), "light": ("#ffffff", "#000000")}
"""What is written on, and with, where a terminal's own ground and foreground are asked for."""

VISITS: Mapping[str, tuple[str, ...]] = {
    "lists": (),
    "leaders": ("2", "j"),
    "reader": ("l",),
    "links": ("f",),
    "typing": ("slash", *"energy"),
    "offers": ("slash", *"status:"),
    "hint": ("slash", *"status:singed"),
    "source": ("slash", *"source:rome-report-2025", "enter"),
    "start": ("H",),
    "agreements": ("4", "l"),
    "find in the page": ("l", "slash", *"energy", "enter"),
    "timeline": ("t", "j", "l"),
    "years": ("t", "z", "l"),
    "compare": ("c", "G", "c"),
    "compared leaders": ("2", "c", "G", "c"),
    "pictures": ("p",),
    "tables": ("p", "T"),
    "disagreements": ("d", "l"),
    "evidence": ("v",),
    "brief": ("b",),
    "links of a page": ("b", "f"),
    "change": ("4", "x"),
    "add": ("A",),
    "formats": ("e",),
    "a message": ("m", "a"),
    "copy as": ("Y",),
    "places": ("m", "a", "apostrophe"),
    "help": ("question_mark",),
    "palette": ("colon", *"the"),
}


def written(user: User) -> list[Segment]:
    """What is drawn on the screen; of a page over others, what is on the page alone."""
    screen = user.app.screen
    strips = screen._compositor.render_strips()
    if isinstance(screen, PageScreen):
        region = screen.surface.region
        strips = [strip.crop(region.x, region.right) for strip in strips[region.y : region.bottom]]
    elif isinstance(screen, CommandPalette):
        region = screen.query_one("#--input").region.union(screen.query_one("CommandList").region)
        strips = [strip.crop(region.x, region.right) for strip in strips[region.y : region.bottom]]
    return [segment for strip in strips for segment in strip if _WORDS.search(segment.text)]


def weak(segments: list[Segment], palette: str, ground: str, *, many: bool = False) -> dict[str, float]:
    """The texts that cannot be read, each with its contrast; with `many`, where the terminal has 256 colours."""
    own = [Color.parse(code) for code in GROUNDS[ground]]
    colours = [Color.parse(f"#{code}") for code in palette.split()] if palette else []
    found = {}
    for segment in segments:
        style = segment.style
        assert style is not None
        sides = []
        for given, usual in ((style.color, own[1]), (style.bgcolor, own[0])):
            if given is not None and given.type == ColorType.TRUECOLOR:
                sides.append(Color.from_rich_color(brought_down(given, ColorSystem.EIGHT_BIT) if many else given))
            else:
                assert palette, f"{segment.text!r} has no colour of its own"
                number = None if given is None or given.type == ColorType.DEFAULT else given.number
                sides.append(usual if number is None else colours[number])
        ratio = contrast(*sides)
        if ratio < _AA or style.dim:
            found[segment.text] = round(ratio, 2)
    return found


@pytest.mark.parametrize(
    ("theme", "known"),
    [*((theme, "") for theme in THEMES), *SUITED],
    ids=lambda text: text,
)
async def test_every_text_on_every_screen_can_be_read(tiny_library: Path, theme: str, known: str) -> None:
    palettes = PALETTES if THEMES[theme].ansi else {"own": ""}
    grounds = [known] if known else list(GROUNDS)
    bad: dict[str, dict[str, float]] = {}
    async with explorer(tiny_library, theme=theme, ground=known) as user:
        for visit, keys in VISITS.items():
            await user.press(*keys)
            segments = written(user)
            while not segments:
                await user.pilot.pause(0.1)
                segments = written(user)
            for name, palette in palettes.items():
                for ground in grounds:
                    found = weak(segments, palette, ground)
                    bad |= {f"{visit}, {name}, {ground}": found} if found else {}
            if not THEMES[theme].ansi:
                found = weak(segments, "", grounds[0], many=True)
                bad |= {f"{visit}, 256 colours": found} if found else {}
            while len(user.app.screen_stack) > 1:
                await user.press("escape")
            await user.press("escape", "escape", "escape", "1")
    assert bad == {}
