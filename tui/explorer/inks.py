"""The styles of the roles that text has, for each theme.

They are made once from the theme's variables. As component classes of the style sheet, which Textual applies to every
widget at each change, they were half the work of a start.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import get_args

from msgspec import Struct
from rich.style import Style
from textual.color import Color

from tui.explorer.themes import SUITED, THEMES, VARIABLES
from tui.vocabulary import Tone


class Ink(Struct, frozen=True):
    """How a role is drawn: the theme's variable of its colour, and what is laid over it."""

    colour: str = ""
    ground: str = ""
    bold: bool = False
    underline: bool = False
    reverse: bool = False


_INKS: dict[str, Ink] = {
    **{tone: Ink(tone) for tone in get_args(Tone) if tone != "plain"},
    "plain": Ink(),
    "name": Ink(),
    "title": Ink(bold=True),
    "label": Ink("label", bold=True),
    "dim": Ink("dim"),
    "strong": Ink(bold=True),
    "link": Ink("link"),
    "ref": Ink("agreed"),
    "address": Ink("dim", underline=True),
    "mark": Ink("mark", bold=True),
    "command": Ink("mark", bold=True),
    "hit": Ink("hit", bold=True, underline=True),
    "hint": Ink("background", "hit", bold=True),
    "thumb": Ink("thumb"),
    "rule": Ink("rule"),
    "cursor": Ink(ground="cursor"),
    "cursor-away": Ink(ground="cursor-away"),
    "tab-here": Ink("background", "accent", bold=True),
    "tab-away": Ink("dim", "panel"),
    "key": Ink("accent", "panel", bold=True),
    "key-label": Ink("dim", "panel"),
    "offer": Ink("dim", "panel"),
    "offer-here": Ink("foreground", "cursor"),
    "message": Ink("hit", "panel"),
}

_TERMINAL: dict[str, Ink] = {
    "link": Ink(underline=True),
    "hint": Ink("hit", bold=True, reverse=True),
    "cursor": Ink(reverse=True),
    "cursor-away": Ink(bold=True),
    "tab-here": Ink("accent", bold=True, reverse=True),
    "offer-here": Ink(bold=True, reverse=True),
}
"""What differs where colours are the terminal's own: no ground can be trusted, so words are reversed or bold."""


_ANY_GROUND: dict[str, Ink] = {
    "active": Ink(bold=True),
    "settled": Ink(bold=True),
}
"""What differs where colours are the terminal's own and its ground is not known."""


@lru_cache(maxsize=len(THEMES) + len(SUITED))
def inks(theme: str) -> Mapping[str, Style]:
    """Return the style of each role in a theme, given by the name that Textual knows it by."""
    known = (*THEMES.values(), *SUITED.values())
    found = next((made for made in known if made.name == theme), THEMES["dark"])
    wanted = {**_INKS, **_TERMINAL} if found.ansi else _INKS
    if found is THEMES["terminal"]:
        wanted |= _ANY_GROUND
    colours = {**VARIABLES, **found.variables, "accent": found.accent, "panel": found.panel}
    colours |= {"background": found.background, "foreground": found.foreground}

    def colour(variable: str) -> Color | None:
        value = colours.get(variable)
        return Color.parse(value) if value and value != "ansi_default" else None

    return {role: _style(ink, colour(ink.colour), colour(ink.ground)) for role, ink in wanted.items()}


def _style(ink: Ink, colour: Color | None, ground: Color | None) -> Style:
    return Style(
        color=colour.rich_color if colour else None,
        bgcolor=ground.rich_color if ground else None,
        bold=ink.bold or None,
        underline=ink.underline or None,
        reverse=ink.reverse or None,
    )
