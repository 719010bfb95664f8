"""The words of texts, and the names of several words in them."""

from __future__ import annotations

from collections.abc import Iterable

from tui.index.schema import PARTING


class Wording:
    """Finds the words of texts, and the names of several words in them that mean the same as others."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Look for these folded names of more than one word."""
        self._phrases: dict[str, dict[str, list[str]]] = {}
        for phrase in phrases:
            first, second = phrase.split()[:2]
            self._phrases.setdefault(first, {}).setdefault(second, []).append(f" {phrase} ")
        self._firsts = frozenset(self._phrases)

    def words(self, body: str, names: str) -> tuple[set[str], set[str]]:
        """Return the words of a record's folded text and of what it is called, with the known names of several words.

        What a record is called is in its text too, if it has one.
        """
        in_body, in_names = set(body.split()), set(names.split())
        in_body.discard(PARTING)
        in_names.discard(PARTING)
        phrases = self._standing(in_body or in_names, body or names)
        if phrases:
            padded = f" {names} "
            in_names.update(phrase.strip() for phrase in phrases if phrase in padded)
            in_body.update(phrase.strip() for phrase in phrases if in_body)
        return in_body, in_names

    def _standing(self, words: set[str], text: str) -> list[str]:
        """Return the known names of several words in a text, each between spaces."""
        maybe = [
            phrase
            for first in words & self._firsts
            for second, phrases in self._phrases[first].items()
            if second in words
            for phrase in phrases
        ]
        padded = f" {text} " if maybe else ""
        return [phrase for phrase in maybe if phrase in padded]
