"""Textual bindings made from the command registry, and which of them a key has."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen

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


def bound(screen: Screen[object], key: str, character: str | None, priority: bool) -> Iterator[tuple[DOMNode, Binding]]:
    """Yield the bindings of a key, which types a character or none, with where they are, in the order of their turns.

    They are those of the widget that has the focus and of all around it; what has priority is tried from the app down,
    anything else from the focus up to the first modal screen. Textual copies each binding of each of them for each
    key, and asks a database of names for each key that is bound, which is a megabyte.
    """
    focused = screen.focused if screen.focused is None or not screen.focused.loading else None
    nodes: list[DOMNode] = [screen, screen.app] if focused is None else list(focused.ancestors_with_self)
    found: list[tuple[DOMNode, list[Binding]]] = []
    consumed = False
    for node in nodes:
        if not consumed:
            found.append((node, node._bindings.key_to_bindings.get(key, [])))
        if not priority and node.is_modal:
            break
        # A key that a field takes as a letter is nobody's around it.
        takes = type(node).check_consume_key is not DOMNode.check_consume_key
        consumed = consumed or (takes and node.check_consume_key(key, character))
    for node, bindings in reversed(found) if priority else found:
        yield from ((node, binding) for binding in bindings if binding.priority == priority)
