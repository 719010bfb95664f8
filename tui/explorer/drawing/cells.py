"""Text as the cells of a terminal: a row is a string with one character a cell.

A character of two cells is followed by `FILL`. What terminals disagree about (combining marks, emoji and their
sequences, letters written from right to left) is kept as a cluster: one character of a private plane stands for it.
"""

from __future__ import annotations

import re
import unicodedata

from textual._cells import cell_len

FILL = "\x00"
"""The second cell of a wide character, and any further one of a cluster."""

_FIRST_CLUSTER = 0xF0000
_LAST_CLUSTER = 0x10FFFD

DOUBTFUL = re.compile("[\U000f0000-\U0010ffff]")
"""A cell whose width, and so the place of all that follows it, is the terminal's own opinion."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_PLAIN = re.compile(
    "[ -~\xa1-\xac\xae-\u02ff\u0370-\u0373\u0384-\u0482\u1e00-\u1eff\u2010-\u2027\u20ac\u2190-\u21ff\u2500-\u25fc]*"
)
"""Letters and signs of one cell everywhere; the last range ends before the first signs that are drawn as emoji."""
_FIRST_EMOJI = 0x1F000
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


class NoMoreClustersError(Exception):
    """There is no private character left; forget all and begin anew."""


class Clusters:
    """The clusters of one terminal by the private character that stands for each."""

    def __init__(self) -> None:
        self._by_text: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    @property
    def texts(self) -> list[str]:
        """The clusters in the order of their characters."""
        return list(self._texts.values())

    def take_over(self, texts: list[str]) -> None:
        """Have the same clusters as another; none may be in use yet."""
        for text in texts:
            self.sign(text)

    def sign(self, text: str) -> str:
        """Return the private character for a cluster."""
        sign = self._by_text.get(text)
        if sign is None:
            place = _FIRST_CLUSTER + len(self._texts)
            if place > _LAST_CLUSTER:
                raise NoMoreClustersError
            sign = self._by_text[text] = chr(place)
            self._texts[sign] = text
        return sign

    def text(self, cells: str) -> str:
        """Return what is written for cells: clusters in full, nothing for filled cells."""
        if cells.isascii() and FILL not in cells:
            return cells
        return DOUBTFUL.sub(lambda found: self._texts[found[0]], cells.replace(FILL, ""))

    def cells(self, text: str) -> str:
        """Return the cells of a text; control characters have none and are left out.

        A mark at its very beginning stays alone, without a cell: a private character that `joined` takes up.
        """
        if _PLAIN.fullmatch(text):
            return text
        made: list[str] = []
        for part in _parts(_CONTROL.sub("", text)):
            width = cell_len(part)
            if len(part) == 1 and not _is_doubtful(part):
                made.append(part + FILL * (width - 1))
            else:
                made.append(self.sign(part) + FILL * (width - 1))
        return "".join(made)

    def joined(self, before: str, cells: str) -> tuple[str, str]:
        """Give a mark that begins `cells` to the last cell of `before`, as a terminal does."""
        if not cells or not DOUBTFUL.match(cells) or cell_len(self._texts[cells[0]]):
            return before, cells
        mark, rest = self._texts[cells[0]], cells[1:]
        base = before.rstrip(FILL)
        if not base:
            return before, rest
        return base[:-1] + self.sign(self._texts.get(base[-1], base[-1]) + mark) + before[len(base) :], rest


def _parts(text: str) -> list[str]:
    """The text in pieces: each a character with the marks on it and what it is joined with."""
    parts: list[str] = []
    joins = False
    for character in text:
        mark = character in "\u200d\ufe0f" or unicodedata.category(character) in {"Mn", "Me"} or not cell_len(character)
        if parts and (mark or joins):
            parts[-1] += character
        else:
            parts.append(character)
        joins = character == "\u200d"
    return parts


def _is_doubtful(character: str) -> bool:
    """Whether terminals draw a character in different widths; ideographs are as old as they are, emoji are not."""
    width = cell_len(character)
    category = unicodedata.category(character)
    if width == 0 or category in {"Mc", "Co", "Cn", "Cs"} or ord(character) >= _FIRST_CLUSTER:
        return True
    if category in {"So", "Sk"} and (width == 2 or ord(character) >= _FIRST_EMOJI):
        return True
    if (width == 2) != (unicodedata.east_asian_width(character) in {"W", "F"}):
        return True
    return unicodedata.bidirectional(character) in _RIGHT_TO_LEFT
