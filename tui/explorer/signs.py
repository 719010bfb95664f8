"""What is drawn where a terminal cannot show a sign: another of the same width that it can.

Boxes, bars and arrows become plain signs in the plain theme, those that its fonts lack become older ones on the Linux
console, and letters that an encoding lacks become the letters under them.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_OLD = str.maketrans("╭╮╰╯❯⏎▸✓…≠●◆○×▏▎▍▋▊▉▁▂▃▅▆▇’‘“”–—−≥≤⋮╌━", "┌┐└┘>=»√.!*#ox▌▌▌▌██░░▒▒▓▓''\"\"---><:-═")
"""For fonts of 256 signs, which have the boxes, blocks and arrows of the first PCs."""

_PLAIN = str.maketrans(
    "├┤⋮╌╭╮╰╯┌┐└┘│─┃━╵╷❯⏎▸✓…≠●◆○×▌▐▏▎▍▋▊▉█▁▂▃▄▅▆▇░▒▓▔▕’‘“”«»–—−·•←→↑↓√≥≤º",
    "[]:.++++++++|-|=||>=>v.!*#ox>|-----=#1234567:%@-|''\"\"<>---..<>^v/><o",
)
"""Signs for the plain theme: heights of small bars are said by digits."""

_LETTERS = dict(zip("ıøØłŁđĐßæÆœŒþð", "ioOlLdDsaAoOtd", strict=True))
"""Letters that are not others with a mark."""


class Signs(LineFilter):
    """Draws only signs that a terminal can show; each is as wide as the one in whose place it stands."""

    def __init__(self, *, plain: bool, old: bool = False, encoding: str = "utf-8") -> None:
        super().__init__()
        self._table = _PLAIN if plain else _OLD if old else {}
        self._encoding = "" if _is_unicode(encoding) else encoding

    @property
    def changes_something(self) -> bool:
        """Whether there is anything that is not drawn as it is."""
        return bool(self._table or self._encoding)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return segments with other signs; the background does not matter."""
        return [
            segment if segment.text.isascii() else Segment(self.drawn(segment.text), segment.style, segment.control)
            for segment in segments
        ]

    def drawn(self, text: str) -> str:
        """Return a text as the terminal can show it, in the same cells."""
        text = text.translate(self._table)
        if self._encoding and not text.isascii():
            return "".join(_shown(character, self._encoding) for character in text)
        return text


@lru_cache(maxsize=4096)
def _shown(character: str, encoding: str) -> str:
    """Return a character if an encoding has it, else the letter under its marks, else a question mark a cell."""
    for tried in (character, _LETTERS.get(character, ""), unicodedata.normalize("NFKD", character)[:1]):
        try:
            if tried.encode(encoding):
                return tried
        except UnicodeEncodeError:
            continue
    width = unicodedata.east_asian_width(character)
    return "" if unicodedata.combining(character) else "??" if width in {"W", "F"} else "?"


def _is_unicode(encoding: str) -> bool:
    return encoding.lower().replace("-", "").replace("_", "").startswith("utf")
