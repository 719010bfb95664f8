"""How many rows each of several lists gets: a short one what it needs, the others the rest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def shares(rows: int, needs: Sequence[int], weights: Sequence[float]) -> list[int]:
    """Divide `rows` among lists that have a use for `needs` of them, by their weights.

    Who needs less than its share gets what it needs, as long as another can use the rest; each row is given to one.
    """
    if sum(needs) <= rows:
        spare = _by_weight(rows - sum(needs), weights)
        return [need + more for need, more in zip(needs, spare, strict=True)]
    given = [0] * len(needs)
    left = list(range(len(needs)))
    while left:
        parts = _by_weight(rows, [weights[place] for place in left])
        modest = [place for place, part in zip(left, parts, strict=True) if needs[place] <= part]
        if not modest:
            for place, part in zip(left, parts, strict=True):
                given[place] = part
            break
        for place in modest:
            given[place] = needs[place]
            rows -= needs[place]
        left = [place for place in left if place not in modest]
    return given


def _by_weight(rows: int, weights: Sequence[float]) -> list[int]:
    """Divide rows by weights alone, and lose none by rounding."""
    whole, passed, ends = sum(weights), 0.0, [0]
    for weight in weights:
        passed += weight
        ends.append(round(rows * passed / whole))
    return [end - start for start, end in pairwise(ends)]
