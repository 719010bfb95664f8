"""Greek and Cyrillic words in Latin letters, as newspapers write them: *Μητσοτάκης* as `mitsotakis`.

Works on folded words. Each language has its own habits and a word does not say which it is in, so this is one
form, not the only right one; the word in its own letters is found as well.
"""

from __future__ import annotations

import re
from functools import lru_cache

FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f]")
"""A letter that is romanised."""

_GREEK_LETTERS = "a v g d e z i th i k l m n x o p r s s t y f ch ps o"
_CYRILLIC_LETTERS = "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch a y _ e yu ya ye i g c dj lj nj dz j"
_GREEK = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", _GREEK_LETTERS.split(), strict=True)) | {
    "ου": "ou", "γγ": "ng", "γξ": "nx", "γχ": "nch",
}  # fmt: skip
_VOICED = "αεηιουωβγδζλμνρ"
_RUSSIAN = dict(zip("абвгдежзиклмнопрстуфхцчшщъыьэюяєіґћђљњџј", _CYRILLIC_LETTERS.split(), strict=True)) | {"ь": ""}
_SERBIAN = _RUSSIAN | {"ж": "z", "ч": "c", "ш": "s", "ц": "c", "х": "h"}
_ONLY_SERBIAN = frozenset("ћђљњџј")
_ENDING = re.compile("[иы]и$")


@lru_cache(maxsize=1 << 14)
def romanised(word: str) -> str:
    """Return a folded word with its Greek and Cyrillic letters in Latin ones; one that has none as it is."""
    if not FOREIGN.search(word):
        return word
    word = re.sub("^μπ", "b", re.sub("^ντ", "d", re.sub("^γκ", "g", word)))
    word = re.sub(f"([αεη])υ(?=[{_VOICED}])", r"\1v", word)
    word = re.sub("([αεη])υ", r"\1f", word)
    word = re.sub("ου|γγ|γξ|γχ", lambda found: _GREEK[found[0]], word)
    letters = _GREEK | (_SERBIAN if _ONLY_SERBIAN & set(word) else _RUSSIAN)
    # *Зеленский* and *Навальный* fold to two last letters that are one in English.
    word = _ENDING.sub("y", word)
    return "".join(letters.get(letter, letter) for letter in word)
