"""Which rows of a frame are worth moving or clearing as a block, before what is left is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

from tui.explorer.drawing.ways import Row

FEWEST_SHIFTED = 4
"""Changed rows under which nothing is worth a look."""
_SHIFT_COST = 24
"""Bytes of a shift itself."""
_ENOUGH = 4
"""A shift that leaves one row of so many to be written is surely worth it."""
_GAP = re.compile(rb"\0{5,}")
_LONG_BLANK = re.compile(rb"\x02{9,}")
_JUMP = 6
"""Bytes to go to another place."""
_FLAGS = bytes([0]) + bytes([1]) * 255


class Shift(NamedTuple):
    """Rows from `top` to `bottom` go up by `by`, or down if it is below 0; as many as there are clears them."""

    top: int
    bottom: int
    by: int

    def moved(self, rows: Sequence[Row], new: Row) -> list[Row]:
        """Return what rows become; `new` comes in at the end that they leave."""
        block = list(rows[self.top : self.bottom + 1])
        fresh = [new] * min(abs(self.by), len(block))
        block = block[self.by :] + fresh if self.by > 0 else fresh + block[: self.by]
        return [*rows[: self.top], *block, *rows[self.bottom + 1 :]]


def best_shift(before: Sequence[Row], after: Sequence[Row], changed: list[int], fill: str) -> Shift | None:
    """Return the shift that saves the most bytes, whose new rows are blanks of the pen `fill`; None when none does.

    `changed` are the numbers of the rows that are not as before.
    """
    moved = _moved_rows(before, after, changed)
    if moved is not None and _settles(moved, before, after):
        return moved
    blank = " " * len(after[0][0]), fill * len(after[0][0])
    costs = {y: _cost(before[y], after[y], blank) for y in changed}
    best, saved = _cleared_rows(costs, after, blank)
    if moved is not None:
        rows = moved.moved(before, blank)
        span = range(moved.top, moved.bottom + 1)
        saving = sum(costs.get(y, 0) - _cost(rows[y], after[y], blank) for y in span)
        if saving >= saved:
            best, saved = moved, saving
    return best if saved > _SHIFT_COST else None


def _settles(shift: Shift, before: Sequence[Row], after: Sequence[Row]) -> bool:
    """Say whether a shift of several rows leaves so few of them to be written that no other need be looked for."""
    kept = sum(
        before[y + shift.by] == after[y] != before[y]
        for y in range(shift.top, shift.bottom + 1)
        if shift.top <= y + shift.by <= shift.bottom
    )
    return kept >= FEWEST_SHIFTED and kept * _ENOUGH >= (shift.bottom - shift.top + 1) * (_ENOUGH - 1)


def plain_shift(before: Sequence[Row], after: Sequence[Row], changed: list[int]) -> Shift | None:
    """Return the shift that puts at least half of the changed rows in place, whatever it saves; None for none."""
    shift = _moved_rows(before, after, changed)
    if shift is None:
        return None
    moved = sum(before[y + shift.by] == after[y] for y in changed if shift.top <= y + shift.by <= shift.bottom)
    return shift if moved * 2 >= len(changed) else None


def _moved_rows(before: Sequence[Row], after: Sequence[Row], changed: list[int]) -> Shift | None:
    """The shift that puts most rows in place, by their text without the last cell, where a scroll mark may be."""
    places: dict[str, list[int]] = {}
    for y in range(changed[0], changed[-1] + 1):
        places.setdefault(before[y][0][:-1], []).append(y)
    shifts: dict[int, list[int]] = {}
    for y in changed:
        olds = places.get(after[y][0][:-1], ())
        if len(olds) == 1 and olds[0] != y:
            shifts.setdefault(olds[0] - y, []).append(y)
    if not shifts:
        return None
    count, rows = max(shifts.items(), key=lambda found: len(found[1]))
    return Shift(rows[0] + min(count, 0), rows[-1] + max(count, 0), count)


def _cleared_rows(costs: dict[int, int], after: Sequence[Row], blank: Row) -> tuple[Shift | None, int]:
    """The block of rows that are cheaper to write on blanks than over what is there, and the bytes that saves."""
    best, start, sum_here, most = None, 0, 0, 0
    for y in range(min(costs), max(costs) + 1):
        if sum_here <= 0:
            start, sum_here = y, 0
        sum_here += costs.get(y, 0) - _cost(blank, after[y], blank)
        # Terminals take a single line for no region, and would move the whole screen.
        if sum_here > most and y > start:
            best, most = Shift(start, y, y - start + 1), sum_here
    return best, most


def _cost(before: Row, after: Row, blank: Row) -> int:
    """About how many bytes it takes to write one row over another."""
    if before == after:
        return 0
    width = len(after[0])
    others = int.from_bytes(differing(before, after), "little")
    letters = int.from_bytes(differing(blank, after), "little")
    # 1 for a letter, 2 for a blank.
    marks = (2 * others - (others & letters)).to_bytes(width, "little")
    runs = _GAP.split(marks.strip(b"\0"))
    return sum([_JUMP + len(_LONG_BLANK.sub(b"_________", run)) for run in runs])


@lru_cache(maxsize=128)
def differing(before: Row, after: Row) -> bytes:
    """Return a byte for each cell: 1 where it is another, else 0."""
    width = len(after[0])
    cells = _unlike(before[0], after[0]) | _unlike(before[1], after[1])
    return cells.to_bytes(width, "little").translate(_FLAGS)


def _unlike(before: str, after: str) -> int:
    """Return a number with a byte for each cell, which is 0 where the cells are alike: all are compared at once."""
    if before == after:
        return 0
    size, (old, new) = 2, (text.encode("utf-16-le", "surrogatepass") for text in (before, after))
    if len(old) != size * len(before) or len(new) != size * len(after):
        size, (old, new) = 4, (text.encode("utf-32-le", "surrogatepass") for text in (before, after))
    bits = (int.from_bytes(old, "little") ^ int.from_bytes(new, "little")).to_bytes(len(new), "little")
    cells = 0
    for part in range(size):
        cells |= int.from_bytes(bits[part::size], "little")
    return cells


def most_frequent_blank(rows: Sequence[Row]) -> list[str]:
    """Return the pens of blanks, the most frequent first."""
    pens: Counter[str] = Counter()
    for text, row_pens in rows:
        pens.update(compress(row_pens, map(" ".__eq__, text)))
    return [pen for pen, _ in pens.most_common()]
