"""What may be set, what each setting means, and what holds where nothing is set."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from tui.index.orders import SORTS
from tui.language import LANGUAGES, later

THEMES = ("dark", "light", "contrast", "terminal", "plain")
"""The names of the explorer's themes, which only it can load."""

LAYOUTS = ("one", "two", "three")
"""How many columns there may be at most: a list at a time; lists and reader; lists in two columns and reader."""

AUTO = "auto"

_NONE: Mapping[str, str] = MappingProxyType({})
_NO_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Settings(Struct, frozen=True):
    """The settings of one user."""

    library: str = ""
    theme: str = AUTO
    language: str = AUTO
    layout: str = AUTO
    light: str = AUTO
    restore: bool = True
    remember: bool = True
    sort: Mapping[str, str] = _NONE
    """The order of a list, by the kind of its records; a list that is not named has its usual one."""
    keys: Mapping[str, tuple[str, ...]] = _NO_KEYS
    """The keys of commands, as written, by the name of the command."""
    key_lines: Mapping[str, int] = MappingProxyType({})
    """The line of the file at which the keys of a command are set, to name it in a message."""


USUAL = Settings()
"""What holds where nothing is set."""


class Setting(Struct, frozen=True):
    """One line of the config file; its comment is a message."""

    name: str
    comment: str
    choices: tuple[str, ...] = ()
    """The words that it may have; any text, or for a setting that is on or off true and false, when empty."""


SETTINGS: tuple[Setting, ...] = (
    Setting("library", later("The file or folder that opens where none is named; empty for the shipped library.")),
    Setting(
        "theme",
        later("The colours. auto: dark, or the terminal's own under NO_COLOR, or plain where boxes cannot be shown."),
        (AUTO, *THEMES),
    ),
    Setting("language", later("The language of the screens. auto: that of the locale."), (AUTO, *LANGUAGES)),
    Setting(
        "layout", later("The most columns there may be. auto: as many as the terminal has room for."), (AUTO, *LAYOUTS)
    ),
    Setting(
        "light", later("Whether as little as can be is sent to the terminal. auto: over SSH."), (AUTO, "on", "off")
    ),
    Setting("restore", later("Whether `summit` alone goes on where you left; `summit --fresh` does not.")),
    Setting("remember", later("Whether recent queries, bookmarks, marks and the last place are kept between runs.")),
)
"""The settings outside any table, in the order of the file."""

LISTS: dict[str, str] = {"summits": "summit", "leaders": "leader", "topics": "topic", "agreements": "agreement"}
"""The names of the lists in the table `[sort]`, with the kind of their records."""

SORT_COMMENT = later("The order of each list when the explorer opens; `s` changes it.")
KEYS_COMMENT = later(
    'The keys of commands: one, as "t", or several, as ["j", "down"]. Names of keys: enter, space, tab, escape, '
    "up, pageup, home, f1, ctrl+d, or the sign itself. A command that is not named keeps its keys."
)

TABLES = ("sort", "keys")


def orders(name: str) -> tuple[str, ...]:
    """Return the orders that a list of the table `[sort]` may have; the first is the usual one."""
    return SORTS[LISTS[name]]
