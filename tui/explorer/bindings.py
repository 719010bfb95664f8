"""Textual bindings made from the command registry."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.explorer.commands import APP, in_context


def bindings_for(where: str) -> list[BindingType]:
    """Return the bindings of a context; actions are the screen's or the app's, never a pane's."""
    return [
        Binding(
            key,
            f"{'app' if command.group == APP else 'screen'}.{command.action}",
            command.label,
            show=False,
            priority=key in {"ctrl+c", "ctrl+q"},
        )
        for command in in_context(where)
        for key in command.keys
    ]
