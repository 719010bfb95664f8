"""Takes many things a few at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_T = TypeVar("_T")

BATCH = 500
"""How many records are held at a time."""


def batches(items: Iterable[_T], size: int = BATCH) -> Iterator[list[_T]]:
    """Yield `items` in lists of `size`, the last of them shorter."""
    every = iter(items)
    while batch := list(islice(every, size)):
        yield batch
