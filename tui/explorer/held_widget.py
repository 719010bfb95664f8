"""A widget that tells its screen at once what it has to paint, while a frame is held for it.

Textual has a widget send a message to itself, and then one to its screen, with a turn of the event loop for each.
"""

from __future__ import annotations

from textual.geometry import Size

from tui.explorer.mixins import WidgetMixin


class HeldWidget(WidgetMixin):
    """A widget whose changes are painted with the frame that its app holds (`frames.FrameHolder`)."""

    def check_idle(self) -> None:
        """Have what has changed painted."""
        if not self._told_at_once():
            super().check_idle()

    def _told_at_once(self) -> bool:
        # Private API of Textual 8, as in `frames`; the pin holds it still.
        more = (
            self._layout_required or self._recompose_required or self._scroll_required or self._refresh_styles_required
        )
        if more or not self._repaint_required or not self._is_mounted:
            return False
        screen = getattr(self.app, "held_screen", None)
        if screen is None or self not in screen._compositor.visible_widgets:
            return False
        self._repaint_required = False
        if self.display:
            screen._dirty_widgets.add(self)
        return True

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        # Nothing here scrolls by Textual's own means, by which a new size may ask for another layout, and a frame.
        return super()._size_updated(size, virtual_size, container_size, layout=False)
