"""`summit config`: prints the settings as a config file, with what each means and where the file lies."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.mistake import Mistake
from tui.cli.words import command, option
from tui.language import gettext, later, system_said
from tui.personal.config_file import ConfigError, read
from tui.personal.places import CONFIG_VARIABLE, config_file

_NOT_THERE = later("There is no such file yet; what follows holds by itself. `summit config --init` writes it.")


@command("config", short_help="Print the settings, and where they are kept.")
@option("--init", "write", is_flag=True, help="Write the file with the usual settings, where there is none.")
@option("--path", "only_path", is_flag=True, help="Print only where the file lies.")
def config(write: bool, only_path: bool) -> int:
    """Print the settings as a config file, each with what it means; those that are not set are comments.

    \b
    summit config                 the settings, and where the file lies
    summit config --init          write the file, to be edited
    SUMMIT_CONFIG= summit         open without it, for once
    """
    path = config_file()
    if path is None:
        raise Mistake(gettext("{name} is set to nothing: no config file is read", name=CONFIG_VARIABLE))
    if only_path:
        click.echo(path)
    elif write:
        _write(path)
    else:
        note = "" if path.exists() else f"\n{gettext(_NOT_THERE)}"
        click.echo(_text(path, note), nl=False)
    return 0


def _text(path: Path, note: str = "") -> str:
    from tui.explorer.keymap import configurable, keymap
    from tui.personal.config_text import config_text

    try:
        found = read(path)
        _, problems = keymap(found.keys, found.key_lines)
        if problems:
            raise ConfigError(path, problems)
    except ConfigError as error:
        raise Mistake(str(error)) from error
    head = gettext("Settings of Summit Explorer: {path}", path=path) + note
    commands = {name: (written(command.keys), command.help) for name, command in configurable().items()}
    return config_text(found, commands, head)


def written(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return keys as a config file has them."""
    from tui.explorer.key_names import SIGNS

    return tuple(SIGNS.get(key, key) for key in keys)


def _write(path: Path) -> None:
    if path.exists():
        raise Mistake(gettext("{path} is there already; it is left as it is", path=path))
    text = _text(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise Mistake(gettext("{path} cannot be written: {reason}", path=path, reason=system_said(error))) from error
    click.echo(gettext("written: {path}", path=path))
