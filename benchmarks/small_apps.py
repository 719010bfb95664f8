"""The smallest Textual apps, as yardsticks: `python -m benchmarks.small_apps static` or `line`."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("TEXTUAL_FPS", "240")

from textual.app import App, ComposeResult
from textual.strip import Segment, Strip
from textual.widget import Widget
from textual.widgets import Static


class StaticApp(App[None]):
    """Shows one line, and how many keys were pressed."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """Show the line."""
        yield Static("minimal 0", id="line")

    def on_key(self) -> None:
        """Show that a key came."""
        self.query_one("#line", Static).update("minimal pressed")


class Line(Widget, can_focus=True):
    """One line that counts keys."""

    DEFAULT_CSS = "Line { height: 1; }"
    keys = 0

    def render_line(self, y: int) -> Strip:
        """Draw the count."""
        return Strip([Segment(f"keys {self.keys}")])

    def on_key(self) -> None:
        """Count a key."""
        self.keys += 1
        self.refresh()


class LineApp(App[None]):
    """K1: a key makes one line be drawn anew."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """Show the line."""
        yield Line()


if __name__ == "__main__":
    (StaticApp if sys.argv[1] == "static" else LineApp)().run()
