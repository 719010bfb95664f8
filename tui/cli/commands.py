"""The subcommands of `summit` by name, each with where it stands: only the one that is named is imported."""

from __future__ import annotations

COMMANDS = {
    "search": ("tui.cli.summit", "search"),
    "show": ("tui.cli.summit", "show"),
    "check": ("tui.cli.summit", "check"),
    "brief": ("tui.cli.brief", "brief"),
    "serve": ("tui.cli.serve", "serve"),
    "init": ("tui.cli.importing", "init"),
    "import": ("tui.cli.importing", "import_"),
    "config": ("tui.cli.config", "config"),
    "export": ("tui.cli.export", "export"),
    "new": ("tui.cli.edit", "new"),
    "edit": ("tui.cli.edit", "edit"),
    "set": ("tui.cli.edit", "set_"),
    "link": ("tui.cli.edit", "link"),
    "merge": ("tui.cli.edit", "merge"),
    "delete": ("tui.cli.edit", "delete"),
    "undo": ("tui.cli.edit", "undo"),
    "redo": ("tui.cli.edit", "redo"),
    "completion": ("tui.cli.summit", "completion"),
}
"""In the order of the help: the module and the name of the command in it."""
