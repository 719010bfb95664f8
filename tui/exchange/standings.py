"""The statuses of agreements put together: in effect, settled, agreed in words, pending, ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tui.language import agreeing
from tui.vocabulary import STATUSES, Tone


class Standing(NamedTuple):
    """A group of statuses that mean much the same for who asks what came of a meeting."""

    name: str
    tones: tuple[Tone, ...]
    role: Tone
    fill: str
    """What a bar of it is filled with, so that it is told from its neighbours without colour."""


STANDINGS = (
    Standing(agreeing("in effect"), ("active",), "active", "▓"),
    Standing(agreeing("settled"), ("settled",), "settled", "█"),
    Standing(agreeing("agreed"), ("agreed",), "agreed", "▒"),
    Standing(agreeing("pending"), ("pending",), "pending", "░"),
    Standing(agreeing("ended"), ("ended", "plain"), "ended", "×"),
)
"""From what has effect to what has ended; *settled* is signed or adopted, *pending* foreseen or talked of."""


def standing(status: str) -> Standing:
    """Return the group of a status."""
    tone: Tone = STATUSES[status].tone if status in STATUSES else "plain"
    return next(group for group in STANDINGS if tone in group.tones)


def counted(statuses: Iterable[str]) -> list[tuple[Standing, int]]:
    """Return how many statuses fall in each group, in the order of the groups, without the empty ones."""
    counts = Counter(standing(status) for status in statuses)
    return [(group, counts[group]) for group in STANDINGS if counts[group]]
