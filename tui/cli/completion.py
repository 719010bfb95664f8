"""What a shell needs to complete `summit`: its script, and the answers to it."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, add_completion_class, get_completion_class, shell_complete

from tui.cli.mistake import COMPLETE_VARIABLE, PROGRAM
from tui.language import gettext

_NO_BLANK = "COMPREPLY+=($value)"


class BashFields(BashComplete):
    """Completion for Bash that leaves no blank after the colon of a field."""

    source_template = BashComplete.source_template.replace(
        _NO_BLANK, f"{_NO_BLANK}\n            [[ $value == *: ]] && compopt -o nospace"
    )


add_completion_class(BashFields)


def completion_script(command: click.Command, shell: str) -> str:
    """Return the script that makes `shell` (bash, zsh or fish) ask `command` for completions."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.BadParameter(gettext("no completion for {shell}", shell=shell))
    return kind(command, {}, PROGRAM, COMPLETE_VARIABLE).source() + "\n"


def complete(command: click.Command, instruction: str) -> int:
    """Print the completions that a shell's script asks for; return the exit code."""
    return shell_complete(command, {}, PROGRAM, COMPLETE_VARIABLE, instruction)


def field_names() -> tuple[str, ...]:
    """Return the fields of the query language."""
    from tui.index.query import FIELDS

    return tuple(FIELDS)
