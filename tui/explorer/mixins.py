"""What parts of a screen, an app or a widget are written on: the whole for type checkers, plain classes for Python.

Textual looks through all that each class of its own has and inherits, its keys and reactives among them, which takes a
launch several times as long as to load the code of such a part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen
    from textual.widget import Widget

    ScreenMixin = Screen[None]
    AppMixin = App[None]
    WidgetMixin = Widget
else:
    ScreenMixin = AppMixin = WidgetMixin = object
