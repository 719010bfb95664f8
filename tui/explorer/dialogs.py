"""The pages that open over the panes: each is imported when it is first asked for, since a launch shows none."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.explorer.asking import ConfirmScreen, Offer, PromptScreen
    from tui.explorer.choices import ChoiceScreen, choices_block, choices_page
    from tui.explorer.page_screen import PageScreen
    from tui.explorer.places_screen import PlacesScreen
    from tui.explorer.view_screen import ViewScreen

__all__ = [
    "ChoiceScreen",
    "ConfirmScreen",
    "Offer",
    "PageScreen",
    "PlacesScreen",
    "PromptScreen",
    "ViewScreen",
    "choices_block",
    "choices_page",
]

_MODULES = {
    "ChoiceScreen": "choices",
    "ConfirmScreen": "asking",
    "Offer": "asking",
    "PageScreen": "page_screen",
    "PlacesScreen": "places_screen",
    "PromptScreen": "asking",
    "ViewScreen": "view_screen",
    "choices_block": "choices",
    "choices_page": "choices",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"tui.explorer.{_MODULES[name]}"), name)
    globals()[name] = value
    return value
