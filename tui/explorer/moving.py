"""The actions that move through lines, for every screen that has a list or a page."""

from __future__ import annotations

from abc import abstractmethod

from tui.explorer.widgets.surface import Surface


class Moving:
    """Actions that move the surface that has the keys; a screen says which, and what follows from a move."""

    over = False
    """Whether it lies over the lists, so that `q` closes it and not the explorer."""

    def forget(self) -> None:
        """Take away what was said; called before each key."""

    @property
    @abstractmethod
    def surface(self) -> Surface:
        """The list or page that the keys of movement move."""

    def moved(self) -> None:
        """Let the screen follow a move; called after each that changed something."""

    def _move(self, position: int) -> None:
        if self.surface.go_to(position):
            self.moved()

    def action_down(self) -> None:
        """Move down a line."""
        self._move(self.surface.position + 1)

    def action_up(self) -> None:
        """Move up a line."""
        self._move(self.surface.position - 1)

    def action_page_down(self) -> None:
        """Move down half a page."""
        self._move(self.surface.position + max(self.surface.window // 2, 1))

    def action_page_up(self) -> None:
        """Move up half a page."""
        self._move(self.surface.position - max(self.surface.window // 2, 1))

    def action_top(self) -> None:
        """Go to the first line."""
        self._move(0)

    def action_bottom(self) -> None:
        """Go to the last line."""
        self._move(self.surface.total - 1)
