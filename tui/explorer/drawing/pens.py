"""Styles as pens: one character each, with the fewest bytes that change one into another."""

from __future__ import annotations

from msgspec import Struct
from rich.color import Color, ColorSystem
from rich.style import Style

from tui.explorer.drawing.fixed_colours import brought_down

UNKNOWN = "\x00"
"""The pen of a cell of which nobody knows what the terminal shows there."""

_ON = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53")
"""What turns each bit of Rich's attributes on: bold, dim, italic, underline, blink, …"""
_OFF = {0b1: "22", 0b10: "22", 0b100: "23", 0b1000: "24", 0b10000: "25", 0b1000000: "27", 0b100000000: "29"}
"""What turns a bit off again, of those that every terminal can turn off one by one."""
_WEIGHT = 0b11
_SHOWS_ON_BLANK = 0b1111111001000 | 0b110000
"""Underline, blink, reverse, strike and lines around: attributes to be seen where there is no letter."""
_USES_COLOUR = 0b1111101001000

_MOST = 20_000


class Look(Struct, frozen=True):
    """What a pen sets: Rich's attribute bits, and the SGR codes of the colours (empty: the terminal's own)."""

    attributes: int = 0
    colour: str = ""
    ground: str = ""


PLAIN = Look()


class NoMorePensError(Exception):
    """There is no character left for another pen; forget all and begin anew."""


class Pens:
    """The pens of one terminal, with its colours."""

    def __init__(self, colours: ColorSystem) -> None:
        self._colours = colours
        self._looks: list[Look] = [PLAIN]
        self._signs: dict[Look, str] = {}
        self._by_style: dict[Style | None, tuple[str, str]] = {}
        self._blanks: dict[str, str] = {UNKNOWN: UNKNOWN}
        self.blank = self._blanks.__getitem__
        """Returns the pen that shows the same as a pen on blanks."""
        self._changes: dict[tuple[str, str], str] = {}
        self.plain = self._sign(PLAIN)

    @property
    def looks(self) -> list[tuple[int, str, str]]:
        """The looks of all pens in their order, in plain tuples."""
        return [(look.attributes, look.colour, look.ground) for look in self._looks]

    def take_over(self, looks: list[tuple[int, str, str]]) -> None:
        """Have the same pens as another; none may be in use yet."""
        for look in looks:
            self._sign(Look(*look))

    def of(self, style: Style | None) -> tuple[str, str]:
        """Return the pen for letters in a style, and that for its blanks, on which a colour is not seen."""
        found = self._by_style.get(style)
        if found is None:
            if len(self._by_style) > _MOST:
                self._by_style.clear()
            sign = self._sign(self._look(style)) if style else self.plain
            found = self._by_style[style] = (sign, self._blanks[sign])
        return found

    def erasable(self, pen: str) -> bool:
        """Say whether erasing with this pen shows what blanks written with it show."""
        return not self._looks[ord(pen)].attributes & _SHOWS_ON_BLANK

    def change(self, before: str, after: str) -> str:
        """Return the fewest bytes that make the terminal write with another pen; `UNKNOWN` before means any."""
        if before == after:
            return ""
        found = self._changes.get((before, after))
        if found is None:
            if len(self._changes) > _MOST:
                self._changes.clear()
            look = self._looks[ord(after)]
            found = _anew(look) if before == UNKNOWN else _change(self._looks[ord(before)], look)
            self._changes[before, after] = found
        return found

    def _sign(self, look: Look) -> str:
        sign = self._signs.get(look)
        if sign is None:
            if len(self._looks) > _MOST:
                raise NoMorePensError
            sign = self._signs[look] = chr(len(self._looks))
            self._looks.append(look)
            seen = look.attributes & _SHOWS_ON_BLANK
            blank = Look(seen, look.colour if seen & _USES_COLOUR else "", look.ground)
            self._blanks[sign] = sign if blank == look else self._sign(blank)
        return sign

    def _look(self, style: Style) -> Look:
        # Rich keeps the codes of a style for the first terminal that asks; one with fewer colours must not get them.
        attributes = style._attributes & style._set_attributes
        return Look(attributes, self._codes(style.color), self._codes(style.bgcolor, foreground=False))

    def _codes(self, colour: Color | None, *, foreground: bool = True) -> str:
        if colour is None:
            return ""
        codes = ";".join(brought_down(colour, self._colours).get_ansi_codes(foreground))
        return "" if codes in {"39", "49"} else codes


def _anew(after: Look) -> str:
    if after == PLAIN:
        return "\x1b[m"
    return f"\x1b[{';'.join(['0', *_switched_on(after.attributes), *filter(None, (after.colour, after.ground))])}m"


def _change(before: Look, after: Look) -> str:
    anew = _anew(after)
    if after == PLAIN:
        return anew
    lost = before.attributes & ~after.attributes
    if any(lost & (1 << bit) and (1 << bit) not in _OFF for bit in range(len(_ON))):
        return anew
    codes = list(dict.fromkeys(code for bit, code in _OFF.items() if lost & bit))
    # Bold and dim are turned off by one code, so that the one that stays is turned on again.
    again = after.attributes & _WEIGHT if lost & _WEIGHT else 0
    codes += _switched_on((after.attributes & ~before.attributes) | again)
    if after.colour != before.colour:
        codes.append(after.colour or "39")
    if after.ground != before.ground:
        codes.append(after.ground or "49")
    step = f"\x1b[{';'.join(codes)}m"
    return min(step, anew, key=len)


def _switched_on(attributes: int) -> list[str]:
    return [code for bit, code in enumerate(_ON) if attributes & (1 << bit)]
