"""The subcommands of `summit` by name, each with where it stands: only the one that is named is imported."""

from __future__ import annotations

COMMANDS = {
    "search": ("tui.cli", "search"),
    "show": ("tui.cli", "show"),
    "check": ("tui.cli", "check"),
    "brief": ("tui.cli_brief", "brief"),
    "serve": ("tui.cli_serve", "serve"),
    "init": ("tui.cli_import", "init"),
    "import": ("tui.cli_import", "import_"),
    "config": ("tui.cli_config", "config"),
    "export": ("tui.cli_export", "export"),
    "new": ("tui.cli_edit", "new"),
    "edit": ("tui.cli_edit", "edit"),
    "set": ("tui.cli_edit", "set_"),
    "link": ("tui.cli_edit", "link"),
    "merge": ("tui.cli_edit", "merge"),
    "delete": ("tui.cli_edit", "delete"),
    "undo": ("tui.cli_edit", "undo"),
    "redo": ("tui.cli_edit", "redo"),
    "completion": ("tui.cli", "completion"),
}
"""In the order of the help: the module and the name of the command in it."""
