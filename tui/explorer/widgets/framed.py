"""A widget in a frame: what does not change with its lines is drawn once for each way that it looks.

A change of focus draws two panes anew, in which little but the colour of the frame is another.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from textual.geometry import NULL_SPACING, Region, Spacing
from textual.strip import Strip

from tui.explorer.widgets.held_widget import HeldWidget

_BOX = Spacing(1, 1, 1, 1)
"""What a border takes."""
_NARROWEST = 4
"""Cells under which a box has no room for a line between its sides."""
_MOST_KEPT = 8
"""Tops and bottoms of the frame that are kept: its titles change with what is counted and read."""


class Framed(HeldWidget):
    """Lines between the sides of a box, or without a box."""

    def __init__(self, identity: str) -> None:
        super().__init__(id=identity)
        self._rules: dict[Hashable, Any] = {}
        """The rules of the style sheet with the keys and without, by all that they depend on."""
        self._edges: dict[Hashable, Strip] = {}
        self._sides: dict[Hashable, tuple[Strip, Strip]] = {}

    def watch_has_focus(self, has_focus: bool) -> None:
        """Take other rules where the focus shows, which is in the frame alone: the style sheet's, or those kept."""
        if self.styles.gutter == NULL_SPACING:
            return
        base = self.styles.base
        kept = self._rules.get(self._ruled_by(has_focus))
        if kept is not None:
            base.reset()
            base.merge_rules(kept)
            super().notify_style_update()
            return
        before = base.get_rules()
        super().watch_has_focus(has_focus)
        self._rules[self._ruled_by(not has_focus)] = before
        self._rules[self._ruled_by(has_focus)] = base.get_rules()

    def _ruled_by(self, has_focus: bool) -> Hashable:
        return has_focus, self.app.theme, *(node.classes for node in self.ancestors_with_self)

    def notify_style_update(self) -> None:
        """Forget what was drawn by other rules."""
        super().notify_style_update()
        self._rules.clear()
        self._forget_frame()

    def sized_anew(self) -> None:
        """Forget what was drawn in another size."""
        super().sized_anew()
        self._forget_frame()

    def _forget_frame(self) -> None:
        self._edges.clear()
        self._sides.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines, each in one strip."""
        lines: dict[int, list[Strip]] = {}
        for y, _, strip in self.pieces(crop):
            lines.setdefault(y, []).append(strip)
        return [strips[0] if len(strips) == 1 else Strip.join(strips) for strips in lines.values()]

    def pieces(self, crop: Region) -> Iterator[tuple[int, int, Strip]]:
        """Draw lines in pieces, each with its row and first column; what looks as before is the same strip."""
        width, height = self.outer_size
        gutter = self.styles.gutter
        if crop.column_span != (0, width) or gutter not in (NULL_SPACING, _BOX) or width < _NARROWEST:
            for y, strip in zip(crop.line_range, super().render_lines(crop), strict=False):
                yield y, crop.x, strip
            return
        border, filters = gutter.top, self.get_line_filters()
        ground = self.background_colors[1] if filters else None
        left, right = self._ends(width) if border and height > 2 * border else (None, None)
        for y in crop.line_range:
            if border and y in (0, height - 1):
                yield y, 0, self._edge(y, width)
                continue
            strip = self.render_line(y - border)
            if ground is not None:
                for line_filter in filters:
                    strip = strip.apply_filter(line_filter, ground)
            if left is None or right is None:
                yield y, 0, strip
            else:
                yield y, 0, left
                yield y, border, strip
                yield y, width - border, right

    def _edge(self, y: int, width: int) -> Strip:
        """The top of the frame, with its title, or the bottom."""
        key = self.has_focus, self.app.theme, y, self._border_title if y == 0 else self._border_subtitle
        edge = self._edges.get(key)
        if edge is None:
            if len(self._edges) >= _MOST_KEPT:
                self._edges.clear()
            edge = self._edges[key] = self._drawn_by_textual(y, width)
        return edge

    def _ends(self, width: int) -> tuple[Strip, Strip]:
        """The sides of the frame, of a cell each."""
        key = self.has_focus, self.app.theme
        ends = self._sides.get(key)
        if ends is None:
            first, *_, last = self._drawn_by_textual(1, width)
            ends = self._sides[key] = Strip([first], 1), Strip([last], 1)
        return ends

    def _drawn_by_textual(self, y: int, width: int) -> Strip:
        # Textual's own cache knows nothing of a title that has changed without the whole widget.
        self._styles_cache.clear()
        return super().render_lines(Region(0, y, width, 1))[0]
