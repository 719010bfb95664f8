"""The table of keys in the README: `python -m tui.explorer.keys_table` prints it, `--write FILE` puts it in place."""

from __future__ import annotations

import sys
from pathlib import Path

from tui.explorer.commands import COMMANDS, groups, shown

START, END = "<!-- keys -->", "<!-- /keys -->"


def table() -> str:
    """Return the commands that have keys as a Markdown table."""
    lines = ["| keys | what they do |", "|---|---|"]
    for group, commands in groups(COMMANDS).items():
        lines.append(f"| **{group}** | |")
        for command in commands:
            if command.keys:
                keys = " ".join(f"`{shown(key)}`" for key in command.keys)
                lines.append(f"| {keys} | {command.help} |")
    return "\n".join(lines)


def with_table(text: str) -> str:
    """Return a document with the table between its markers made anew; ValueError when a marker is missing."""
    before, _, rest = text.partition(START)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"the markers {START} and {END} are missing")
    return f"{before}{START}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        document = Path(sys.argv[2])
        document.write_text(with_table(document.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print(table())
