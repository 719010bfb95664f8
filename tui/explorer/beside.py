"""The actions that move the page beside a list, or below a grid, while the keys stay where they are."""

from __future__ import annotations

from tui.explorer.widgets.reader import Reader


class Beside:
    """Moves the page of a screen that has a list or a grid too."""

    reader: Reader

    def no_page(self) -> None:
        """Let the user know that no page stands beside the list; a screen that always has one says nothing."""

    def action_page_on(self) -> None:
        """Move the page down by half of what shows of it."""
        self._move_page(1)

    def action_page_back(self) -> None:
        """Move the page up by half of what shows of it."""
        self._move_page(-1)

    def _move_page(self, way: int) -> None:
        if self.reader.display:
            self.reader.go_to(self.reader.position + way * max(self.reader.window // 2, 1))
        else:
            self.no_page()
