"""The colours of a terminal that has 256: of each colour of a theme the one that looks most like it.

Rich takes a dark blue for black or for a bright navy, since it rounds each part by itself.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from rich.color import Color, ColorSystem
from rich.palette import Palette

_OWN = 16
"""The first colours are those that a user chooses for the terminal: nobody knows how they look."""
_LEVELS = (0, 95, 135, 175, 215, 255)
_GREYS = range(8, 248, 10)
_CUBE = product(_LEVELS, _LEVELS, _LEVELS)
_FIXED = Palette([*_CUBE, *((grey, grey, grey) for grey in _GREYS)])


@lru_cache(maxsize=1024)
def brought_down(colour: Color, system: ColorSystem) -> Color:
    """Return the colour that a terminal of a system shows for another."""
    if system is ColorSystem.EIGHT_BIT and colour.triplet is not None:
        return Color.from_ansi(_OWN + _FIXED.match(colour.triplet))
    return colour.downgrade(system)
