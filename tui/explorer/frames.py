"""One key, one frame: nothing is painted until all that follows from a key has been done.

Textual paints as soon as a screen has something to show, and what comes a moment later (a change of focus, of style, of
layout) in a frame of its own.
"""

from __future__ import annotations

import asyncio
from typing import Any

from textual import events
from textual.message_pump import MessagePump

from tui.explorer.mixins import AppMixin, ScreenMixin
from tui.explorer.patches import patches

_MOST_TURNS = 500
"""Turns of the event loop after which a frame is painted whatever still goes on."""
_QUIET_TURNS = 2


class FrameHolder(AppMixin):
    """An app that can hold the frame back until the messages of a key have been dealt with."""

    holding = False

    def hold_frame(self) -> None:
        """Paint nothing until no message waits anywhere on the screen; then paint at once."""
        if not self.holding:
            self.holding = True
            asyncio.get_running_loop().call_soon(self._look, 0, 0)

    def _look(self, turns: int, quiet: int) -> None:
        # Private API of Textual 8, which has no other way to know that nothing is left to do; the pin holds it still.
        screen = self.screen_stack[-1] if self.screen_stack else None
        pumps: list[MessagePump] = [self, *self._registry]
        idle = screen is not None and all(pump._message_queue.empty() for pump in pumps if pump._running)
        quiet = quiet + 1 if idle else 0
        if quiet < _QUIET_TURNS and turns < _MOST_TURNS:
            asyncio.get_running_loop().call_soon(self._look, turns + 1, quiet)
            return
        self.holding = False
        if isinstance(screen, HeldScreen):
            with screen._context():
                screen.paint()


class HeldScreen(ScreenMixin):
    """A screen that paints when its app does not hold the frame."""

    _owes = False
    """Whether a new layout has not been painted."""

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        # At the start all parts have just been given their styles; Textual would apply them again.
        event.refresh_styles = event.refresh_styles and self.app._dom_ready

    async def _on_idle(self, event: events.Idle) -> None:
        if self._held:
            event.prevent_default()

    def _on_timer_update(self) -> None:
        if not self._held:
            super()._on_timer_update()

    def _compositor_refresh(self) -> None:
        if self._held:
            self._owes = True
        elif not self._patch():
            super()._compositor_refresh()

    def paint(self) -> None:
        """Paint what has changed, now."""
        super()._on_timer_update()
        if self._owes:
            self._owes = False
            self._compositor_refresh()
        self.check_idle()

    def _patch(self) -> bool:
        """Send only what has changed, where no widget stands before another; False when that cannot be."""
        app: Any = self.app
        if not getattr(app, "takes_patches", False) or app.screen is not self or app._background_screens:
            return False
        compositor = self._compositor
        if not compositor._dirty_regions or compositor.size.region in compositor._dirty_regions:
            return False
        update = patches(compositor)
        if update is None:
            return False
        app._display(self, update)
        self._dirty_widgets.clear()
        app._update_mouse_over(self)
        return True

    @property
    def _held(self) -> bool:
        app: Any = self.app
        return bool(getattr(app, "holding", False))
