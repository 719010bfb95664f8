"""`summit config`: prints the settings as a config file, with what each means and where the file lies."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli_run import Mistake
from tui.personal.config_file import ConfigError, read
from tui.personal.places import CONFIG_VARIABLE, config_file

_NOT_THERE = "There is no such file yet; what follows holds by itself. `summit config --init` writes it."


@click.command("config", short_help="Print the settings, and where they are kept.")
@click.option("--init", "write", is_flag=True, help="Write the file with the usual settings, where there is none.")
@click.option("--path", "only_path", is_flag=True, help="Print only where the file lies.")
def config(write: bool, only_path: bool) -> int:
    """Print the settings as a config file, each with what it means; those that are not set are comments.

    \b
    summit config                 the settings, and where the file lies
    summit config --init          write the file, to be edited
    SUMMIT_CONFIG= summit         open without it, for once
    """
    path = config_file()
    if path is None:
        raise Mistake(f"{CONFIG_VARIABLE} is set to nothing: no config file is read")
    if only_path:
        click.echo(path)
    elif write:
        _write(path)
    else:
        click.echo(_text(path), nl=False)
    return 0


def _text(path: Path) -> str:
    from tui.explorer.keymap import configurable, keymap
    from tui.personal.config_text import config_text

    try:
        found = read(path)
        _, problems = keymap(found.keys, found.key_lines)
        if problems:
            raise ConfigError(path, problems)
    except ConfigError as error:
        raise Mistake(str(error)) from error
    there = (
        ""
        if path.exists()
        else "\nThere is no such file yet; what follows holds by itself. `summit config --init` writes it."
    )
    commands = {name: (written(command.keys), command.help) for name, command in configurable().items()}
    return config_text(found, commands, f"Settings of Summit Explorer: {path}{there}")


def written(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return keys as a config file has them."""
    from tui.explorer.key_names import SIGNS

    return tuple(SIGNS.get(key, key) for key in keys)


def _write(path: Path) -> None:
    if path.exists():
        raise Mistake(f"{path} is there already; it is left as it is")
    text = _text(path).replace(f"# {_NOT_THERE}\n", "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise Mistake(f"{path} cannot be written: {error.strerror or error}") from error
    click.echo(f"written: {path}")
