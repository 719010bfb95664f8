"""One key, one frame: nothing is painted until all that follows from a key has been done.

Textual paints as soon as a screen has something to show, and what comes a moment later (a change of focus, of style, of
layout) in a frame of its own.
"""

from __future__ import annotations

import asyncio
from typing import Any

from textual import events
from textual._queue import Queue
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget

from tui.explorer.drawing.patches import patches
from tui.explorer.mixins import AppMixin, ScreenMixin
from tui.explorer.widgets.held_widget import HeldWidget

_MOST_TURNS = 500
"""Turns of the event loop after which a frame is painted whatever still goes on."""
_QUIET_TURNS = 2


class FrameHolder(AppMixin):
    """An app that can hold the frame back until the messages of a key have been dealt with."""

    holding = False
    _next_look: asyncio.Handle | None = None

    def hold_frame(self) -> None:
        """Paint nothing until no message waits anywhere on the screen; then paint at once."""
        if not self.holding:
            self.holding = True
            self._look_later(0, 0)

    def paint_if_done(self) -> None:
        """Paint now where the message that is dealt with has left none, and no more keys are there.

        To look for others in the next turns of the loop takes a fifth of the time of a moved cursor.
        """
        more_keys = getattr(self._driver, "more_keys", False)
        if self.holding and not more_keys and self._message_queue.empty() and all(map(_rests, self._pumps)):
            self._paint()

    @property
    def _pumps(self) -> list[MessagePump]:
        # Private API of Textual 8, which has no other way to know that nothing is left to do; the pin holds it still.
        return [pump for pump in self._registry if pump._running]

    def _look_later(self, turns: int, quiet: int) -> None:
        self._next_look = asyncio.get_running_loop().call_soon(self._look, turns, quiet)

    def _look(self, turns: int, quiet: int) -> None:
        idle = bool(self.screen_stack) and all(pump._message_queue.empty() for pump in (self, *self._pumps))
        quiet = quiet + 1 if idle else 0
        if quiet < _QUIET_TURNS and turns < _MOST_TURNS:
            self._look_later(turns + 1, quiet)
        else:
            self._paint()

    @property
    def held_screen(self) -> HeldScreen | None:
        """The screen whose frame is held back; None while none is."""
        screen = self.screen_stack[-1] if self.holding and self.screen_stack else None
        return screen if isinstance(screen, HeldScreen) else None

    def _paint(self) -> None:
        if self._next_look is not None:
            self._next_look.cancel()
            self._next_look = None
        screen = self.held_screen
        if screen is None:
            self.holding = False
            return
        with screen._context():
            try:
                screen.take_changes()
            finally:
                self.holding = False
            screen.paint()


def _rests(pump: MessagePump) -> bool:
    """Whether all messages of a widget or screen are dealt with, and it waits for the next."""
    queue: Queue[Message | None] = pump._message_queue
    return queue.empty() and bool(queue.ready_event._waiters)


class HeldScreen(ScreenMixin):
    """A screen that paints when its app does not hold the frame."""

    _owes = False
    """Whether something has changed that has not been painted."""

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

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        """Give the keys to a widget, None for none.

        Textual sends messages to both widgets, and to all that they stand in, before the last of which nothing is
        painted.
        """
        before = self.focused
        if before is widget:
            return
        if not all(other is None or isinstance(other, HeldWidget) for other in (before, widget)):
            super().set_focus(widget, scroll_visible, from_app_focus)
            return
        if widget is not None and not widget.focusable:
            return
        self.focused = widget
        for other in (before, widget):
            if isinstance(other, HeldWidget):
                other.take_focus(other is widget)

    def take_changes(self) -> None:
        """Lay out what has to be, while nothing is painted yet: widgets fit themselves to their new size."""
        super()._on_timer_update()

    def paint(self) -> None:
        """Paint what has changed, now."""
        if self._owes:
            self._owes = False
            self._compositor_refresh()
        if self._layout_required or self._scroll_required or self._recompose_required or self._dirty_widgets:
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
