"""What a client says of itself: its terminal, its locale, and with them the look and the language of its session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace
from rich.color import ColorSystem

from tui import language
from tui.exchange.printable import printable
from tui.explorer.terminal import Terminal
from tui.serve.colours import depth

_LONGEST = 64
_LETTERS = ("LC_ALL", "LC_CTYPE", "LANG")
"""Where a locale names its letters, the first that is set; as POSIX has it."""


class Client(NamedTuple):
    """A client's terminal and wishes, as its `ssh` sends them: `-t` sends TERM, SendEnv what it is told to send."""

    terminal: Terminal
    language: str
    colours: ColorSystem

    @classmethod
    def of(cls, term: str, said: Mapping[bytes, bytes]) -> Client:
        """Return what a client has said; what it has not said is as most have it."""
        environment = {
            name.decode("ascii", "replace"): printable(value[:_LONGEST].decode("ascii", "replace"))
            for name, value in said.items()
        }
        environment["TERM"] = printable(term)[:_LONGEST]
        # A locale that names letters other than Unicode's has those of ASCII at least, and is sent nothing else.
        locale = next((environment[name] for name in _LETTERS if environment.get(name)), "")
        letters = locale.partition(".")[2].partition("@")[0].lower().replace("-", "")
        terminal = Terminal.of(environment, "ascii" if letters not in {"", "utf8"} else "utf-8")
        colours = depth(terminal.name, environment.get("COLORTERM", ""))
        return cls(replace(terminal, remote=True, slow=True), language.of_environment(environment), colours)

    @property
    def draws(self) -> bool:
        """Whether the client has a terminal that can be drawn on."""
        return self.terminal.name not in {"", "dumb"}
