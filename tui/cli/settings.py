"""The user's settings, as each command begins with them."""

from __future__ import annotations

import os
from contextlib import suppress

from tui import language
from tui.cli.mistake import Mistake
from tui.personal.config_file import ConfigError, settings
from tui.personal.places import config_file
from tui.personal.settings import AUTO, Settings


def own_settings() -> Settings:
    """Return what the user has set. Raises Mistake for a config file that cannot be used."""
    try:
        return settings()
    except ConfigError as error:
        raise Mistake(str(error)) from error


def speak(found: Settings) -> None:
    """Speak the language that is set, else that of the locale."""
    wanted = found.language
    language.use(language.of_environment(os.environ) if wanted == AUTO else wanted)


def speak_as_set() -> None:
    """Speak the language that is set, where the config file can be read; who needs more of it says what is wrong."""
    with suppress(ConfigError):
        speak(settings())


def set_up_keys(found: Settings) -> None:
    """Give the explorer's commands the keys that the user has set. Raises Mistake for keys that cannot be given."""
    if not found.keys:
        return
    from tui.explorer.commands import choose
    from tui.explorer.keymap import keymap

    made, problems = keymap(found.keys, found.key_lines)
    path = config_file()
    if problems and path is not None:
        raise Mistake(str(ConfigError(path, problems)))
    choose(made)
