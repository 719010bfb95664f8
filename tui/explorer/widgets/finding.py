"""Words on a page: those that are looked for while they are typed, the lines that have them, and their marks."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tui.exchange.page import Span
from tui.exchange.text import Line
from tui.index.folding import spans as hits_in
from tui.index.folding import words as folded


class Finding:
    """What is looked for on a page, from the first letter until it is let go."""

    def __init__(self) -> None:
        self.typed: str | None = None
        """What has been typed; None when keys are not for it."""
        self.words: tuple[str, ...] = ()
        """The words that are looked for, folded, the last as a prefix unless an empty one follows."""
        self._start = 0

    def begin(self, line: int) -> None:
        """Look for nothing yet, from a line on."""
        self.typed, self._start = "", line

    def end(self) -> bool:
        """Look for nothing any more; False when nothing was looked for."""
        was_on = self.typed is not None or bool(self.words)
        self.typed, self.words = None, ()
        return was_on

    def put(self, text: str) -> None:
        """Look for the words of a text."""
        self.typed = text
        words = tuple(folded(text))
        self.words = (*words, "") if words and text.endswith(" ") else words

    def first(self, hits: Sequence[int]) -> int:
        """Return the line to go to: the first hit from where the search began, else the first; with none, that line."""
        after = [line for line in hits if line >= self._start] or hits
        return after[0] if after else self._start


def hit_lines(lines: Sequence[Line], words: tuple[str, ...]) -> list[int]:
    """Return the numbers of the lines that have any of the words, ascending; the last word is a prefix."""
    if not words:
        return []
    return [number for number, line in enumerate(lines) if any(hits_in(span.text, words) for span in line)]


def marked(span: Span, words: tuple[str, ...]) -> list[Span]:
    """Return a span in parts: those with a word have the role `hit`. Words are as in `hit_lines`."""
    found = hits_in(span.text, words) if words and len(span.text) > 1 else []
    made, done = [], 0
    for start, end in found:
        made += [replace(span, text=span.text[done:start]), Span(span.text[start:end], "hit", span.target)]
        done = end
    return [part for part in (*made, replace(span, text=span.text[done:])) if part.text]
