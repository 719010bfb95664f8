"""How many colours a client's terminal can show.

Every session is drawn in full colour, and its display brings that down: Rich keeps the codes of a style when it is
first drawn, so that in one process the depth of the first session would be that of all.
"""

from __future__ import annotations

from rich.color import ColorSystem

FULL, MANY, FEW = ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD

_FULL_TERMINALS = ("direct", "truecolor", "kitty", "alacritty", "ghostty", "wezterm", "foot")


def depth(term: str, colorterm: str) -> ColorSystem:
    """Return how many colours a terminal has, by what its client says of it."""
    if colorterm.strip().lower() in {"truecolor", "24bit"} or any(name in term for name in _FULL_TERMINALS):
        return FULL
    return MANY if "256color" in term else FEW
