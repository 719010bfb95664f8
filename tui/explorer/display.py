"""The app's side of the screen: each frame goes to the terminal as what differs from what it shows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rich.color import ColorSystem
from textual import events
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.screen import Screen

from tui.explorer.drawing.patches import Patches
from tui.explorer.drawing.screen_diff import ScreenDiff
from tui.explorer.first_frame import Painted
from tui.explorer.mixins import AppMixin

if TYPE_CHECKING:
    from rich.console import RenderableType


class LightDisplay(AppMixin):
    """An app that sends differences.

    A driver may say for which terminal: `term` (a TERM) and `colour_system`; by `raw` that line feeds get there as they
    are; and by `busy` that its user cannot take another frame yet, who then gets the newest with `paint_missed`.
    """

    screen_diff: ScreenDiff | None = None
    light = False
    painted: Painted | None = None
    """The first frame, where it was painted before the app began."""
    _missed = False

    @property
    def takes_patches(self) -> bool:
        """Whether `_display` may be given patches: what it sends goes to a terminal as differences."""
        driver = self._driver
        headless = driver is None or driver.is_headless or driver.is_inline
        return not headless and self._running and not self._closed

    def _display(self, screen: Screen[object], renderable: RenderableType | Patches | None) -> None:
        # Private API of Textual 8, which offers no other place between compositor and terminal; the pin holds it still.
        driver = self._driver
        if driver is None or not self.takes_patches:
            assert not isinstance(renderable, Patches)
            super()._display(screen, renderable)
            return
        if not isinstance(renderable, LayoutUpdate | ChopsUpdate | Patches):
            if renderable is not None:
                self.forget_terminal()
                driver.write("\x1b[m")
            super()._display(screen, renderable)
            return
        try:
            if self._batch_count:
                return
            if getattr(driver, "busy", False):
                self._missed = True
            else:
                self._send(screen, renderable)
        finally:
            self.post_display_hook()

    def _send(self, screen: Screen[object], update: LayoutUpdate | ChopsUpdate | Patches) -> None:
        driver = self._driver
        assert driver is not None
        diff = self.screen_diff = self.screen_diff or self._first_diff()
        try:
            if (diff.stale or self._missed) and not isinstance(update, LayoutUpdate):
                update = screen._compositor.render_full_update()
            frame = diff.frame(update, self.screen.outer_size.clamp_offset(self.cursor_position))
        except Exception as error:
            diff.reset()
            self._handle_exception(error)
            return
        self._missed = False
        if frame:
            driver.write(f"{SYNC_START}{frame}{SYNC_END}" if self._sync_available else frame)
            driver.flush()

    def _first_diff(self) -> ScreenDiff:
        diff = self.new_diff(raw=getattr(self._driver, "raw", False))
        if self.painted is not None and self.painted.state[0] == tuple(self.size):
            diff.take_over(self.painted.state)
        return diff

    def new_diff(self, *, raw: bool) -> ScreenDiff:
        """Return what makes differences for the terminal of this app; `raw` as `ScreenDiff` has it."""
        term = getattr(self._driver, "term", None) or os.environ.get("TERM", "")
        colours = getattr(self._driver, "colour_system", None) or self.console._color_system or ColorSystem.TRUECOLOR
        if self.light and colours is ColorSystem.TRUECOLOR:
            colours = ColorSystem.EIGHT_BIT
        return ScreenDiff(term, colours, raw=raw, thrifty=self.light)

    def paint_missed(self) -> None:
        """Send the newest screen to a terminal that missed a frame."""
        if self._missed and self.screen is not None:
            self._display(self.screen, self.screen._compositor.render_full_update())

    def forget_terminal(self) -> None:
        """Send the whole screen next time: another program wrote to the terminal, or it was resized or lost."""
        if self.screen_diff is not None:
            self.screen_diff.reset()

    def on_resize(self, event: events.Resize) -> None:
        """Paint all: a terminal moves or cuts its lines at a resize, also when it comes back to the same size."""
        self.forget_terminal()
        if self._size == event.size and self.screen_stack:
            self.screen.refresh()
