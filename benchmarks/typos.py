"""Mistakes of typing made by machine: the same seed makes the same mistakes."""

from __future__ import annotations

from random import Random

LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORTEST = 4
"""Words of fewer letters are left as they are: one mistake makes another word of them."""


def mistyped(name: str, random: Random) -> str:
    """Return a name in lower-case letters with one or two mistakes, at random places of its longer words.

    A letter is left out, put in, swapped with the next or another one. One name in five is also unfinished, and one
    in five has its words in another order.
    """
    words = name.lower().split()
    long = [place for place, word in enumerate(words) if len(word) >= SHORTEST]
    for _ in range(random.randint(1, 2)):
        place = random.choice(long)
        words[place] = _slip(words[place], random)
    way = random.random()
    if way < 0.2:
        words[-1] = words[-1][: max(len(words[-1]) - random.randint(1, 2), SHORTEST)]
    elif way < 0.4:
        random.shuffle(words)
    return " ".join(words)


def _slip(word: str, random: Random) -> str:
    place = random.randrange(len(word))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    way = random.randrange(4)
    if way == 0:
        return before + after
    if way == 1:
        return before + random.choice(LETTERS) + letter + after
    if way == 2 and after:
        return before + after[0] + letter + after[1:]
    return before + random.choice(LETTERS) + after
