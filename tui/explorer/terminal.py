"""The terminal that an explorer is shown on: what it can show, what suits it, and how its user is reached."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Mapping

from msgspec import Struct

_ASCII = {"C", "POSIX"}
_COERCED = "C.UTF-8"
"""What Python sets LC_CTYPE to when the locale is C, so that it says nothing of the terminal."""

_USUAL_SIZE = 24, 80
"""Rows and columns."""

_GROUNDS = {"0": "dark", "8": "dark", "7": "light", "15": "light"}
"""The numbers that COLORFGBG has for black and white, as terminals write them."""


class Terminal(Struct, frozen=True):
    """A terminal as its environment tells of it; what nothing tells of is as most have it."""

    name: str = ""
    """Its TERM; empty where that is not known."""
    encoding: str = "utf-8"
    """What its letters are sent in, as Python names it."""
    theme: str = "dark"
    """The theme where the user wants none in particular."""
    ground: str = ""
    """`dark` or `light`, as the terminal says of itself; empty where it says nothing."""
    colourless: bool = False
    """Whether its user asks for no colours at all."""
    remote: bool = False
    """Whether its user is not at this machine, whose browser and disk are not theirs."""
    slow: bool = False
    """Whether the line to it may be slow, so that as little as can be is sent."""

    @classmethod
    def found(cls) -> Terminal:
        """Return what is known of the terminal that the explorer is started in."""
        return cls.of(os.environ, getattr(sys.__stderr__, "encoding", None) or "utf-8")

    @classmethod
    def of(cls, environment: Mapping[str, str], encoding: str) -> Terminal:
        """Return what an environment says; `encoding` is what Python writes to the terminal."""
        if _asks_for_ascii(environment):
            encoding = "ascii"
        name = environment.get("TERM", "")
        ground = _GROUNDS.get(environment.get("COLORFGBG", "").rpartition(";")[2], "")
        colourless = bool(environment.get("NO_COLOR"))
        theme = "plain" if not _has_boxes(encoding) else "terminal" if colourless else ground or "dark"
        return cls(name, encoding, theme, ground, colourless)


UNKNOWN = Terminal()
"""A terminal of which nothing is known."""


def _asks_for_ascii(environment: Mapping[str, str]) -> bool:
    """Say whether the locale is C by somebody's choice; one that is not set says nothing."""
    everything, letters = environment.get("LC_ALL", ""), environment.get("LC_CTYPE", "")
    if everything or (letters and letters != _COERCED):
        return (everything or letters) in _ASCII
    return environment.get("LANG", "") in _ASCII


def _has_boxes(encoding: str) -> bool:
    try:
        return bool("│─▌".encode(encoding))
    except (UnicodeEncodeError, LookupError):
        return False


def give_size() -> None:
    """Give a terminal that does not know its size (a serial line, some containers) the usual one, as `stty` would.

    Textual takes one size for it and Rich another, and lays out the screen for one and the other without end.
    """
    try:
        if all(os.get_terminal_size(1)):
            return
        import fcntl
        import termios

        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", *_USUAL_SIZE, 0, 0))
    except (OSError, ImportError):
        return
