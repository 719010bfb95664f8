"""How sets and runs of record numbers are kept in an index file."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from pyroaring import BitMap

from tui.index import schema

EMPTY = BitMap()
"""The set of nothing. It must not be changed, as no set must that was read from an index."""


def packed(numbers: Iterable[int]) -> bytes:
    """Return a run of numbers of up to 32 bits as bytes."""
    return array("I", numbers).tobytes()


def unpacked(kept: bytes) -> array[int]:
    """Return the run of numbers that `packed` made bytes of."""
    numbers = array("I")
    numbers.frombytes(kept)
    return numbers


def kept(numbers: BitMap) -> bytes:
    """Return a set of numbers as bytes, as few as may be."""
    numbers.run_optimize()
    return bytes(numbers.serialize())


def restored(found: bytes) -> BitMap:
    """Return the set that `kept` made bytes of."""
    return BitMap.deserialize(found) if found else EMPTY


def size(numbers: BitMap) -> int:
    """Return the bytes of memory that the numbers of a set take."""
    found = numbers.get_statistics()
    return found["n_bytes_array_containers"] + found["n_bytes_run_containers"] + found["n_bytes_bitset_containers"]


def within(numbers: BitMap, kind: str) -> tuple[int, int]:
    """Return the places in a set between which the numbers of a kind stand; the second is exclusive."""
    low, high = schema.numbers(kind)
    return (numbers.rank(low - 1) if low else 0), numbers.rank(high)


def of_kind(numbers: BitMap, kind: str) -> BitMap:
    """Return the numbers of a kind in a set."""
    start, stop = within(numbers, kind)
    if stop - start == len(numbers):
        return numbers
    return numbers & _whole(kind)


def _whole(kind: str) -> BitMap:
    if kind not in _WHOLE:
        low, high = schema.numbers(kind)
        _WHOLE[kind] = BitMap()
        _WHOLE[kind].add_range(low, high + 1)
    return _WHOLE[kind]


_WHOLE: dict[str, BitMap] = {}
