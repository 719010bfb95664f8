"""What a frame changes, asked of the widgets that changed and of no others.

Textual's compositor renders every widget in the box around all changes, and cuts them into pieces to lay them over each
other. Panes stand side by side with at most a list of offers before them, so most frames are a few lines of one or two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.explorer.widgets.framed import Framed


class Patches(Struct, frozen=True):
    """Strips that go on a screen of a size (columns, rows): each with its row and its first column."""

    size: tuple[int, int]
    strips: Sequence[tuple[int, int, Strip]]


def patches(compositor: Compositor) -> Patches | None:
    """Take the changes of a compositor; None, and nothing is taken, where a container stands behind other widgets."""
    # Private API of Textual 8, as all of the compositor is; the pin holds it still.
    drawing = _Drawing(compositor)
    if not all(map(drawing.take, _outermost(compositor._dirty_regions))):
        return None
    compositor._dirty_regions.clear()
    return Patches(compositor.size, list(drawing.strips()))


class _Drawing:
    """Which rows of which widgets have to be drawn to show what is in some regions.

    A widget keeps whole lines drawn, so whole lines are asked for, and after them those that stand before these.
    """

    def __init__(self, compositor: Compositor) -> None:
        self._widgets = [
            (widget, region, region.intersection(clip)) for widget, (region, clip) in compositor.visible_widgets.items()
        ]
        """The widgets with their regions and what shows of these; the foremost first."""
        self._rows: dict[int, set[int]] = {}
        """The rows of the screen that have to be drawn, by the place of a widget in the list."""

    def take(self, dirty: Region, first: int = 0) -> bool:
        """Take in a region, in which none of the `first` widgets stands; False where Textual has to draw it."""
        for place in range(first, len(self._widgets)):
            part = dirty.intersection(self._widgets[place][2])
            if part:
                return self._take_rows(place, part) and all(
                    self.take(rest, place + 1) for rest in _without(dirty, part)
                )
        return False

    def _take_rows(self, place: int, part: Region) -> bool:
        """Have a widget draw the rows of a region, and then what stands before these; False for a container."""
        widget, _, shown = self._widgets[place]
        rows = self._rows.setdefault(place, set())
        if rows.issuperset(part.line_range):
            return True
        rows.update(part.line_range)
        lines = Region(shown.x, part.y, shown.width, part.height)
        before = [(front, lines.intersection(self._widgets[front][2])) for front in range(place)]
        before = [(front, over) for front, over in before if over]
        return not (before and widget.is_container) and all(self._take_rows(*over) for over in before)

    def strips(self) -> Iterator[tuple[int, int, Strip]]:
        """Draw the rows, those that stand before others after them."""
        for place in sorted(self._rows, reverse=True):
            widget, region, shown = self._widgets[place]
            for first, last in _runs(sorted(self._rows[place])):
                yield from _drawn(widget, region, Region(shown.x, first, shown.width, last + 1 - first))


def _drawn(widget: Widget, region: Region, lines: Region) -> list[tuple[int, int, Strip]]:
    """Draw lines of the screen that a widget in a region has: in its own pieces, where it has some."""
    left, top = region.offset
    crop = lines.translate((-left, -top))
    if isinstance(widget, Framed):
        return [(top + y, left + x, strip) for y, x, strip in widget.pieces(crop)]
    return [(y, lines.x, strip) for y, strip in zip(lines.line_range, widget.render_lines(crop), strict=False)]


def _outermost(regions: Iterable[Region]) -> Iterator[Region]:
    """The regions that are not inside another one."""
    taken: list[Region] = []
    for region in sorted(regions, key=lambda region: -region.area):
        if not any(other.contains_region(region) for other in taken):
            taken.append(region)
            yield region


def _without(region: Region, part: Region) -> Iterator[Region]:
    """What is left of a region without a part of it: what is above, below, at the left and at the right."""
    yield from filter(
        None,
        (
            Region(region.x, region.y, region.width, part.y - region.y),
            Region(region.x, part.bottom, region.width, region.bottom - part.bottom),
            Region(region.x, part.y, part.x - region.x, part.height),
            Region(part.right, part.y, region.right - part.right, part.height),
        ),
    )


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of rows that follow each other."""
    first = rows[0]
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        if following != row + 1:
            yield first, row
            if following is not None:
                first = following
