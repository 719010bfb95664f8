"""A widget that tells its screen at once what it has to paint, while a frame is held for it.

Textual has a widget send a message to itself, and then one to its screen, with a turn of the event loop for each.
"""

from __future__ import annotations

from typing import Any

from textual.containers import Container
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tui.explorer.mixins import WidgetMixin


class HeldWidget(WidgetMixin):
    """A widget whose changes are painted with the frame that its app holds (`frames.FrameHolder`)."""

    def check_idle(self) -> None:
        """Have what has changed painted."""
        if not self._told_at_once():
            super().check_idle()

    def _told_at_once(self) -> bool:
        # Private API of Textual 8, as in `frames`; the pin holds it still.
        if self._recompose_required or self._scroll_required or self._refresh_styles_required or not self._is_mounted:
            return False
        screen = getattr(self.app, "held_screen", None)
        if screen is None or not (self._layout_required or self._repaint_required):
            return False
        seen = self in screen._compositor.visible_widgets
        if not seen and screen not in self.ancestors:
            return False
        if self._layout_required:
            self._have_laid_out(screen)
        # What is out of sight is painted with the layout that brings it there.
        self._repaint_required = False
        if seen and self.display:
            screen._dirty_widgets.add(self)
        return True

    def _have_laid_out(self, screen: Screen[Any]) -> None:
        """Have the parts of a screen laid out anew, as far up as the size of this one has a say."""
        self._layout_required = False
        for ancestor in self.ancestors:
            if not isinstance(ancestor, Widget):
                break
            ancestor._clear_arrangement_cache()
            ancestor._layout_updates += 1
            if not ancestor.styles.auto_dimensions:
                break
        screen._layout_required = True

    def take_focus(self, has_focus: bool) -> None:
        """Have the keys from now on, or no more."""
        self.has_focus = has_focus
        self.refresh()

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        # Nothing here scrolls by Textual's own means, by which a new size may ask for another layout, and a frame.
        changed = super()._size_updated(size, virtual_size, container_size, layout=False)
        if changed:
            self.sized_anew()
        return changed

    def sized_anew(self) -> None:
        """Fit what is shown to another size, which is painted after that; nothing may be laid out anew for it."""


class HeldContainer(HeldWidget, Container):
    """A container whose parts are laid out once for a frame: Textual's own asks for it again when it has a size."""
