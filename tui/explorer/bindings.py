"""Textual bindings made from the command registry."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.explorer.commands import COMMANDS
from tui.explorer.keymap import action_of


def bindings_for(where: str) -> list[BindingType]:
    """Return the usual bindings of a context; actions are the screen's or the app's, never a pane's."""
    return [
        Binding(
            key,
            action_of(command),
            command.label,
            show=False,
            priority=key in {"ctrl+c", "ctrl+q"},
        )
        for command in COMMANDS
        if where in command.where
        for key in command.keys
    ]
