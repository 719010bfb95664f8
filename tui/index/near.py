"""Near words: what a misspelt word may have meant, among the words of the library.

A word is near another when few slips part them: a letter too many, missing or wrong, or two neighbours swapped.
None is forgiven in a word of three letters, one in a word of up to seven, two in a longer one; which of its letters
are doubled counts as one slip. The word that is
still being typed is compared with beginnings, so that a slip in it does not empty the lists while it grows.

Words with one slip are made and looked up; for two, the words that share the most groups of three letters are
compared. Both stay fast among half a million words.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from tui.index import countries
from tui.index.folding import begun, fold, words
from tui.index.nations import mark
from tui.index.schema import OWN_LAST, PARTING

MOST = 3
"""How many near words are searched for one typed word at most."""

_RARE = 5
_OFTEN = 10
_NAMED = 30
"""A word in `_RARE` records or fewer may be a slip if a near one stands in `_OFTEN` times as many, or in `_NAMED`
times as many where the word itself is in a name."""

_LONGEST = 40
"""Letters of the longest word that may be a slip: what is longer was pasted, and its slips are too many to look up."""

_SHORTEST_PARTED = 5
_ALIKE = 2000
"""How many words are compared with one that may have two slips, those with the most groups of letters in common. Of
fewer, the word that was meant is often none: the rarer groups, which put a word first, are those of a slip as well."""
_BEGINNINGS = 1000
_UNLIKE = re.compile(r"[\d ]")
_REPEATED = re.compile(r"(.)\1+")
_HIGHEST = "\U0010ffff"
_KEEP_PARTS = "INSERT INTO word_part (rowid, word) VALUES (?, ?)"


class Near(NamedTuple):
    """A near word, with what tells how good it is: the first in order is the best."""

    slips: int
    longer: bool
    """Whether only its beginning is near."""
    first_letter: bool
    """Whether the first letter differs, where slips are rare."""
    unnamed: bool
    """Whether it stands in no name."""
    rarity: int
    """Minus the number of records that it stands in."""
    word: str


def keep(connection: sqlite3.Connection) -> None:
    """Keep the names of countries in other languages as words, and the groups of three letters of longer words."""
    found = connection.execute("SELECT number, word FROM word")
    connection.executemany(_KEEP_PARTS, ((number, f"^{word}$") for number, word in found if _is_parted(word)))
    _keep_nations(connection)


def keep_parts(connection: sqlite3.Connection, number: int, word: str) -> None:
    """Keep the groups of three letters of a word that has come in."""
    if _is_parted(word):
        connection.execute(_KEEP_PARTS, (number, f"^{word}$"))


def drop_parts(connection: sqlite3.Connection, number: int, word: str) -> None:
    """Forget the groups of three letters of a word that has gone."""
    if _is_parted(word):
        connection.execute(
            "INSERT INTO word_part (word_part, rowid, word) VALUES ('delete', ?, ?)", (number, f"^{word}$")
        )


def _is_parted(word: str) -> bool:
    return len(word) > _SHORTEST_PARTED and comparable(word) and not PARTING <= word[0] <= OWN_LAST


def _keep_nations(connection: sqlite3.Connection) -> None:
    """Keep in how many records each word of the names of countries in other languages would stand."""
    counts: Counter[str] = Counter()
    for code in countries.known():
        found = connection.execute("SELECT count FROM word WHERE word = ?", (mark(code),)).fetchone()
        counts.update(dict.fromkeys(foreign_words(code), found[0]) if found else {})
    count_more(connection, counts)


def foreign_words(code: str) -> set[str]:
    """Return the folded words of the names of a country in other languages than English."""
    return {word for name in countries.names(code)[1:] for word in words(name) if len(word) > 2}


def count_more(connection: sqlite3.Connection, counts: Mapping[str, int]) -> None:
    """Add to the counts of words, also of such as stand in no text; those that end at 0 are forgotten."""
    for word, more in sorted(counts.items()):
        row = connection.execute("SELECT number, count FROM word WHERE word = ?", (word,)).fetchone()
        if row is None:
            insert = "INSERT INTO word (word, count, called, body, names) VALUES (?, ?, 0, '', '')"
            keep_parts(connection, connection.execute(insert, (word, more)).lastrowid or 0, word)
        elif row[1] + more or connection.execute("SELECT called FROM word WHERE number = ?", row[:1]).fetchone()[0]:
            connection.execute("UPDATE word SET count = count + ? WHERE number = ?", (more, row[0]))
        else:
            connection.execute("DELETE FROM word WHERE number = ?", row[:1])
            drop_parts(connection, row[0], word)


def get_ready() -> None:
    """Load what words are compared with, for which a key would have to wait."""
    import rapidfuzz.distance  # noqa: F401


def comparable(word: str) -> bool:
    """Tell whether a word of the index may be what was meant: not a number, nor a name of several words."""
    return _UNLIKE.search(word) is None


def slips(word: str) -> int:
    """Return how many slips are forgiven in a word as it was typed."""
    return 0 if len(word) < 4 or len(word) > _LONGEST else 1 if len(word) < 8 else 2


def near_words(word: str, unfinished: bool, connection: sqlite3.Connection) -> list[Near]:
    """Return the words of the library that are near a folded word, the best first, without the word itself."""
    found = _one_slip(word, unfinished, connection) if slips(word) else []
    if not found and slips(word) > 1:
        found = _two_slips(word, unfinished, connection)
    return sorted(found)


def worthwhile(word: str, unfinished: bool, connection: sqlite3.Connection) -> list[Near]:
    """Return the near words of a folded word that are worth searching too, the best first.

    There are none for a word that stands often enough; for a rare one, only such as stand far more often.
    """
    if not slips(word):
        return []
    count, called = _standing(word, unfinished, connection)
    if count > _RARE:
        return []
    found = near_words(word, unfinished, connection)
    if count:
        times = _NAMED if called else _OFTEN
        found = [near for near in found if -near.rarity >= times * count]
    return found


def nearest(found: list[Near]) -> list[Near]:
    """Return those near words that are as near as the best: what is less near is another word."""
    return [near for near in found if near[:2] == found[0][:2]]


def slips_among_few(word: str, known: bool) -> int:
    """Return how many slips are forgiven in a word as it was typed, where few others can be meant.

    A word that is known to stand in the library is rarely another one.
    """
    if known:
        return int(len(word) > 4)
    return 0 if len(word) < 3 else 2 if len(word) < 12 else 3


def among(word: str, unfinished: bool, others: Iterable[str], most: int) -> list[Near]:
    """Return those of a few words that are near a folded word, the best first, without the word itself.

    At most so many slips are forgiven, and no more than leave over half of the word.
    """
    from rapidfuzz.distance import DamerauLevenshtein

    found = []
    for place, other in enumerate(others):
        least, longer = DamerauLevenshtein.distance(word, other, score_cutoff=most), False
        if unfinished and least:
            ends = range(max(len(word) - most, 1), min(len(word) + most + 1, len(other)))
            begun_so = min((DamerauLevenshtein.distance(word, other[:end]) for end in ends), default=least)
            if begun_so < least:
                least, longer = begun_so, True
        most_letters = len(word) if longer else max(len(word), len(other))
        if 0 < least <= most and 2 * least < most_letters and comparable(other):
            found.append(Near(least, longer, word[:1] != other[:1], False, place, other))
    return sorted(found)


def _standing(word: str, unfinished: bool, connection: sqlite3.Connection) -> tuple[int, int]:
    """Return in how many records and names a word stands, or the words that begin so, as far as it matters."""
    if not unfinished:
        row = connection.execute("SELECT count, called FROM word WHERE word = ?", (word,)).fetchone()
        return row or (0, 0)
    count = called = 0
    for start in begun(word):
        sql = "SELECT count, called FROM word WHERE word >= ? AND word < ? LIMIT ?"
        for more, names in connection.execute(sql, (start, start + _HIGHEST, _RARE + 1)):
            count, called = count + more, called + names
    return count, called


def _one_slip(word: str, unfinished: bool, connection: sqlite3.Connection) -> list[Near]:
    import json

    made = json.dumps(sorted((_slipped(word) | _doubled(word)) - {word}))
    whole = "SELECT word, count, called FROM json_each(?) AS made CROSS JOIN word ON word = made.value"
    found = {row[0]: _near(1, word, False, *row) for row in connection.execute(whole, (made,)) if comparable(row[0])}
    if unfinished:
        # A beginning that the slip leaves too short says too little; what begins as typed needs no near word.
        begun_so = (
            "SELECT word, count, called FROM json_each(?) AS made CROSS JOIN word"
            f" ON word > made.value AND word < made.value || '{_HIGHEST}' WHERE length(made.value) > 3 LIMIT ?"
        )
        for row in connection.execute(begun_so, (made, _BEGINNINGS)):
            if comparable(row[0]) and not row[0].startswith(word):
                found.setdefault(row[0], _near(1, word, True, *row))
    return list(found.values())


def _two_slips(word: str, unfinished: bool, connection: sqlite3.Connection) -> list[Near]:
    from rapidfuzz.distance import OSA

    padded = f"^{word}" if unfinished else f"^{word}$"
    parts = sorted({padded[at : at + 3] for at in range(len(padded) - 2)})
    expression = " OR ".join(f'"{part}"' for part in parts)
    sql = (
        "SELECT word, count, called FROM word WHERE number IN"
        " (SELECT rowid FROM word_part WHERE word_part MATCH ? ORDER BY rank LIMIT ?)"
    )
    limit = slips(word)
    found = []
    for other, count, called in connection.execute(sql, (expression, _ALIKE)):
        least, longer = OSA.distance(word, other, score_cutoff=limit), False
        # Each letter that a beginning is longer or shorter adds one slip at most, so one look tells most words off.
        begins = unfinished and OSA.distance(word, other[: len(word)], score_cutoff=2 * limit) <= 2 * limit
        if least > limit and begins:
            ends = range(len(word) - limit, len(word) + limit + 1)
            least, longer = min(OSA.distance(word, other[:end], score_cutoff=limit) for end in ends), True
        if 0 < least <= limit:
            found.append(_near(least, word, longer, other, count, called))
    return found


def _near(slipped: int, typed: str, longer: bool, word: str, count: int, called: int) -> Near:
    return Near(slipped, longer, word[:1] != typed[:1], not called, -count, word)


def _slipped(word: str) -> set[str]:
    """Return all that one slip makes of a word."""
    letters = _letters(ord(word[0]) // 128)
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    made = {left + right[1:] for left, right in parts if right}
    made.update(left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1)
    made.update(left + letter + right[1:] for left, right in parts if right for letter in letters)
    made.update(left + letter + right for left, right in parts for letter in letters)
    return made


def _doubled(word: str) -> set[str]:
    """Return a word with other letters doubled, up to two of them: who is unsure of one doubles the wrong one."""
    single = _REPEATED.sub(r"\1", word)
    once = {single[:at] + single[at - 1 :] for at in range(1, len(single) + 1)}
    twice = {
        single[:first] + single[first - 1 : second] + single[second - 1 :]
        for first, second in combinations(range(1, len(single) + 1), 2)
    }
    return {single} | once | twice


@lru_cache(maxsize=64)
def _letters(block: int) -> tuple[str, ...]:
    """Return the letters of a script that a folded word may have, given by a block of 128 characters."""
    found = (chr(code) for code in range(block * 128, block * 128 + 128))
    return tuple(letter for letter in found if letter.isalpha() and fold(letter) == letter)
