"""What each single character is for folding: letters of a word, a word of its own, an apostrophe, a dash or a break."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "ǝ": "a",
        "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "ng", "ĸ": "k", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "ɨ": "i",
        "ɛ": "e", "ɔ": "o", "ɣ": "g", "ɲ": "n", "ʉ": "u", "ƒ": "f", "ǥ": "g", "ɖ": "d", "ƀ": "b", "ƶ": "z", "ɉ": "j",
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None,
    }
)  # fmt: skip
_APOSTROPHES = frozenset("'’‘‛`´ʼʻʽʹˈ′‵＇ʾʿ՚׳ꞌ")
_DASHES = frozenset("-‐‑‒–—―−⁃⸺⸻﹘﹣－֊־᠆")
WORD, ALONE, APOSTROPHE, DASH, NOTHING, BREAK = range(6)
"""The sorts of characters. Those that are NOTHING stand inside a word without being part of it."""


@lru_cache(maxsize=4096)
def parts_of(character: str) -> tuple[tuple[str, int], ...]:
    """Return the folded characters that one character becomes, each with its sort."""
    if character in _APOSTROPHES:
        return (("", APOSTROPHE),)
    if character in _DASHES:
        return (("", DASH),)
    return tuple((part, _sort(part)) for part in _opened(character))


def _opened(character: str) -> str:
    folded = character
    for _ in range(4):
        # Case first: some marks are letters in upper case and must not be stripped before.
        opened = unicodedata.normalize("NFKD", folded.casefold()).casefold()
        bare = "".join(part for part in opened if not unicodedata.combining(part)).translate(_LETTERS)
        if bare == folded:
            break
        folded = bare
    return folded


_UNPARTED = (
    (0x3040, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF),
)  # fmt: skip
"""First and last letters of the scripts without blanks. As a regular expression they took a launch 5 ms to compile."""


def _sort(part: str) -> int:
    if part in _APOSTROPHES:
        return APOSTROPHE
    if part in _DASHES:
        return DASH
    if any(first <= ord(part) <= last for first, last in _UNPARTED):
        return ALONE
    category = unicodedata.category(part)
    if part.isalnum() or category[0] == "M":
        return WORD
    # Soft hyphens, joiners and direction marks stand inside words without parting them.
    return NOTHING if category == "Cf" else BREAK
