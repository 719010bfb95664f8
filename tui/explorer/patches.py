"""What a frame changes, asked of the widgets that changed and of no others.

Textual's compositor renders every widget in the box around all changes, also those behind others, to lay them over each
other. Panes stand side by side, so most frames are a few lines of one or two of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from textual._compositor import Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.explorer.framed import Framed


class Patches(Struct, frozen=True):
    """Strips that go on a screen of a size (columns, rows): each with its row and its first column."""

    size: tuple[int, int]
    strips: Sequence[tuple[int, int, Strip]]


def patches(compositor: Compositor) -> Patches | None:
    """Take the changes of a compositor; None, and nothing is taken, where it has to lay widgets over each other."""
    # Private API of Textual 8, as all of the compositor is; the pin holds it still.
    visible = list(compositor.visible_widgets.items())
    made: list[tuple[int, int, Strip]] = []
    for dirty in _outermost(compositor._dirty_regions):
        place = _only_widget(dirty, visible)
        if place is None:
            return None
        widget, region, lines = place
        made += _drawn(widget, region, lines)
    compositor._dirty_regions.clear()
    return Patches(compositor.size, made)


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


def _only_widget(
    dirty: Region, visible: Sequence[tuple[Widget, tuple[Region, Region]]]
) -> tuple[Widget, Region, Region] | None:
    """The widget that alone is seen in a region, its own region, and the lines of it to render; None for several."""
    before: list[Region] = []
    for widget, (region, clip) in visible:
        shown = region.intersection(clip)
        if not shown.overlaps(dirty):
            before.append(shown)
            continue
        # A widget keeps whole lines rendered, so whole lines are asked for; nothing may stand before the rest of them.
        lines = Region(shown.x, dirty.y, shown.width, dirty.height)
        if shown.contains_region(dirty) and not any(other.overlaps(lines) for other in before):
            return widget, region, lines
        return None
    return None
