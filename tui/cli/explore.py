"""`summit` without a subcommand: opens the explorer.

The words that most launches have are read here, without click, for whose import a launch would have to wait; whatever
else is asked goes the long way through `tui.cli.summit`, which reads these words the same.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tui.cli.commands import COMMANDS
from tui.cli.mistake import COMPLETE_VARIABLE, Mistake
from tui.cli.settings import own_settings, set_up_keys, speak
from tui.explorer import first_frame
from tui.language import gettext
from tui.personal.settings import THEMES, Settings

_VALUED = ("--library", "--cache", "--theme")
_SWITCHES = {
    "--light": ("light", True),
    "--no-light": ("light", False),
    "--fresh": ("fresh", True),
    "--guest": ("guest", True),
}


class Explorer(Struct, frozen=True):
    """What a command line asks of the explorer. `light` is None where it does not say."""

    words: tuple[str, ...] = ()
    library: Path | None = None
    cache: Path | None = None
    theme: str | None = None
    light: bool | None = None
    fresh: bool = False
    guest: bool = False
    """Whether the disk and the programs of this machine are not the user's, who is a guest of its account."""
    named: bool = False
    """Whether the command line has the library by its option, so that all words are the query."""


def plainly_asked(arguments: list[str]) -> Explorer | None:
    """Return what a command line asks of the explorer; None for one that click has to read."""
    if COMPLETE_VARIABLE in os.environ:
        return None
    words: list[str] = []
    given: dict[str, str] = {}
    switched: dict[str, bool] = {}
    rest = iter(arguments)
    for word in rest:
        name, is_, value = word.partition("=")
        if word == "--":
            words += rest
        elif name in _VALUED:
            given[name] = value if is_ else next(rest, "")
            if not given[name] or given[name].startswith("-"):
                return None
        elif word in _SWITCHES:
            switch, on = _SWITCHES[word]
            switched[switch] = on
        elif word.startswith("--") or word == "-h" or (word in COMMANDS and not words):
            return None
        else:
            words.append(word)
    if given.get("--theme", THEMES[0]) not in THEMES:
        return None
    library = given.get("--library") or os.environ.get("SUMMIT_LIBRARY")
    cache = given.get("--cache") or os.environ.get("SUMMIT_CACHE")
    return Explorer(
        tuple(words),
        Path(library) if library else None,
        Path(cache) if cache else None,
        given.get("--theme"),
        switched.get("light"),
        switched.get("fresh", False),
        switched.get("guest", False),
        "--library" in given,
    )


def explore(asked: Explorer) -> int:
    """Open the explorer and return its exit code when it is left."""
    words, library, cache = asked.words, asked.library, asked.cache
    named = library if asked.named else None
    if words and not asked.named and _names_library(words[0]):
        named = library = Path(words[0])
        words = words[1:]
    speak(Settings())  # for what may be wrong with the user's own
    settings = own_settings()
    speak(settings)
    _need_terminal(words, named)
    settings = replace(settings, theme=asked.theme or settings.theme)
    if asked.light is not None:
        settings = replace(settings, light="on" if asked.light else "off")
    set_up_keys(settings)
    if library is None and settings.library:
        library = Path(settings.library)
    from tui.cli.library import chosen, opened_at_once
    from tui.explorer.launch import prepare, run

    library, cache = chosen(library), cache.expanduser() if cache else None
    with opened_at_once(library, cache, prepare) as (index, builder):
        query = " ".join(words)
        run(index, library, query, settings, fresh=asked.fresh, guest=asked.guest, cache=cache, builder=builder)
    return 0


def _names_library(word: str) -> bool:
    """Say whether the first word is a library: it exists, or looks like a path rather than like a query."""
    if Path(word).expanduser().exists():
        return True
    if " " in word or ":" in word.partition("/")[0]:
        return False
    return "/" in word or word.endswith(".json")


def _need_terminal(words: tuple[str, ...], library: Path | None) -> None:
    if first_frame.DRAW in os.environ:
        return
    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if os.environ.get("TERM") == "dumb" or not all(stream and stream.isatty() for stream in streams):
        from tui.cli.typed import instead_of_exploring

        command = instead_of_exploring(words, library)
        raise Mistake(gettext("the explorer needs a terminal; use: {command}", command=command))
