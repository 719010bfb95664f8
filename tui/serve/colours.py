"""Colours that a client's terminal can show.

Sessions are drawn in full colour and brought down on their way out: Rich keeps the codes of a style when it is first
drawn, so that in one process the depth of the first session would be that of all.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rich.color import Color, ColorSystem

FULL, MANY, FEW = ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD

_STYLE = re.compile(r"\x1b\[[\d;]*8;2;[\d;]*m")
_COLOUR = re.compile(r"([34])8;2;(\d{1,3});(\d{1,3});(\d{1,3})")
_FULL_TERMINALS = ("direct", "truecolor", "kitty", "alacritty", "ghostty", "wezterm", "foot")


def depth(term: str, colorterm: str) -> ColorSystem:
    """Return how many colours a terminal has, by what its client says of it."""
    if colorterm.strip().lower() in {"truecolor", "24bit"} or any(name in term for name in _FULL_TERMINALS):
        return FULL
    return MANY if "256color" in term else FEW


def brought_down(frame: str, system: ColorSystem) -> str:
    """Return a frame with its colours as near as `system` has them."""
    if system is FULL:
        return frame
    return _STYLE.sub(lambda found: _codes(found.group(), system), frame)


@lru_cache(maxsize=4096)
def _codes(style: str, system: ColorSystem) -> str:
    def nearest(found: re.Match[str]) -> str:
        ground, red, green, blue = (int(part) for part in found.groups())
        colour = Color.from_rgb(min(red, 255), min(green, 255), min(blue, 255)).downgrade(system)
        return ";".join(colour.get_ansi_codes(foreground=ground == 3))

    return _COLOUR.sub(nearest, style)
