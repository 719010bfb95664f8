"""Letters beside the links of a page: type them to go there."""

from __future__ import annotations

from msgspec.structs import replace

from tui.exchange.page import Span
from tui.exchange.printable import cell_width

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"


class LinkHints:
    """Gives each link in sight its letters: one, and from some number of links on two for the later ones."""

    def __init__(self, links: list[tuple[int, int, str]]) -> None:
        """Take the links as (line, cell, target); a target in sight twice has the same letters."""
        targets = list(dict.fromkeys(target for _, _, target in links))
        labels = dict(zip(targets, _labels(len(targets)), strict=False))
        self.targets = {label: target for target, label in labels.items()}
        self._marks: dict[int, list[tuple[int, str]]] = {}
        for line, cell, target in links:
            if target in labels:
                self._marks.setdefault(line, []).append((cell, labels[target]))
        self._typed = ""

    @property
    def waiting(self) -> bool:
        """Whether letters typed so far may still become a link's."""
        return bool(self._typed) and any(label.startswith(self._typed) for label in self.targets)

    def typed(self, letter: str) -> str | None:
        """Take one more letter; return the target when the letters are complete, else None."""
        if letter and letter in _LETTERS:
            self._typed += letter
        else:
            self._typed = ""
        return self.targets.get(self._typed)

    def over(self, line: int, spans: list[Span]) -> list[Span]:
        """Lay the letters over a line, each just before its link, where there is a blank as a rule."""
        for cell, label in self._marks.get(line, ()):
            if label.startswith(self._typed):
                spans = _laid(spans, max(cell - 1, 0), label[len(self._typed) :])
        return spans


def _labels(count: int) -> list[str]:
    """Return letters for so many links, none the beginning of another: one each for the first, two for the rest."""
    beginnings = max(0, -(-(count - len(_LETTERS)) // (len(_LETTERS) - 1)))
    singles, firsts = _LETTERS[: len(_LETTERS) - beginnings], _LETTERS[len(_LETTERS) - beginnings :]
    return [*singles, *(first + second for first in firsts for second in _LETTERS)][:count]


def _laid(spans: list[Span], cell: int, label: str) -> list[Span]:
    """Replace the cells from `cell` on by a label."""
    made: list[Span] = []
    place, placed = 0, False
    for span in spans:
        kept_before, kept_after = "", ""
        for character in span.text:
            if place < cell:
                kept_before += character
            elif place >= cell + len(label):
                kept_after += character
            place += cell_width(character)
        if kept_before:
            made.append(replace(span, text=kept_before))
        if not placed and place > cell:
            made.append(Span(label, "hint"))
            placed = True
        if kept_after:
            made.append(replace(span, text=kept_after))
    return made
