"""The words of texts, and the names of several words in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tui.index.schema import PARTING


class Wording:
    """Finds the words of texts, and the names of several words in them that mean the same as others."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Look for these folded names of more than one word."""
        self._begun = defaultdict[tuple[str, str], list[str]](list)
        for phrase in phrases:
            first, second = phrase.split()[:2]
            self._begun[first, second].append(f" {phrase} ")

    def words(self, body: str, names: str) -> tuple[set[str], set[str]]:
        """Return the words of a record's folded text and of what it is called, with the known names of several words.

        What a record is called is in its text too, if it has one.
        """
        of_body, of_names = body.split(), names.split()
        in_body, in_names = set(of_body), set(of_names)
        in_body.discard(PARTING)
        in_names.discard(PARTING)
        phrases = self._standing(of_body or of_names, body or names)
        if phrases:
            padded = f" {names} "
            in_names.update(phrase.strip() for phrase in phrases if phrase in padded)
            in_body.update(phrase.strip() for phrase in phrases if in_body)
        return in_body, in_names

    def _standing(self, words: Sequence[str], text: str) -> list[str]:
        """Return the known names of several words in a text, each between spaces."""
        begun = self._begun.keys() & pairwise(words)
        padded = f" {text} " if begun else ""
        return [phrase for pair in begun for phrase in self._begun[pair] if phrase in padded]
