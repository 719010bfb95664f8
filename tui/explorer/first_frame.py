"""The first frame of a launch, painted before anything else is imported, the keys typed meanwhile kept for the app.

A frame is kept for the words of a command line at a size of the terminal, with the stamps of all files that it rests
on; one that rests on a file that has changed is not painted. It was drawn by the explorer itself (`frame_drawing`), so
it is what the app will show; the app takes it over as what the terminal shows, and sends what differs: nothing.

Of a library in many files only the folder is looked at before a frame is painted: it changes whenever a file comes,
goes or is replaced, which is how libraries are written. A file that somebody edited in its place is noticed by the app,
which looks at each of them a moment later, before it takes the frame over.

This module is what a launch waits for, so it imports next to nothing.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from binascii import crc32

import tui

TYPE_CHECKING = False
"""Type checkers know it by its name; to import `typing` for it would take half as long as all else before the frame."""
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

DRAW = "_SUMMIT_FIRST_FRAME"
"""Set to a size as `80x24`: the explorer draws its first frame, keeps it and leaves, without a terminal."""

_MOST_KEPT = 32
_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l"
_LEAVE = "\x1b[m\x1b[?7h\x1b[?1049l\x1b[?25h"
_SAYS_HOW = ("TERM", "COLORTERM", "NO_COLOR", "COLORFGBG", "LANG", "LANGUAGE", "HOME")
_SAY_HOW = ("LC_", "XDG_", "SUMMIT_")

Size = tuple[int, int]
Stamp = tuple[str, int, int]
"""A path, its time of change and its size; -1 twice where there is nothing."""


class Painted:
    """A frame that the terminal shows, and the terminal's settings before it."""

    __slots__ = ("attributes", "state")

    def __init__(self, attributes: list[Any], state: tuple[Any, ...]) -> None:
        self.attributes = attributes
        self.state = state
        """What `ScreenDiff` takes over."""


_painted: Painted | None = None


def paint(arguments: list[str]) -> None:
    """Paint the frame that is kept for a command line, if there is one that still holds; never raises."""
    global _painted
    if DRAW in os.environ:
        # From the first moment on, whoever works on the machine goes first.
        os.nice(10)
        return
    if "COLUMNS" in os.environ or "LINES" in os.environ or not all(map(os.isatty, (0, 1, 2))):
        return
    try:
        kept = _kept(_key(arguments, os.get_terminal_size(1)))
    except (OSError, ValueError, EOFError, TypeError):
        return
    if kept is None:
        return
    import termios

    try:
        attributes = termios.tcgetattr(0)
        termios.tcsetattr(0, termios.TCSANOW, _quiet(attributes))
    except termios.error:
        return
    frame, state = kept
    _painted = Painted(attributes, state)
    _write(_ENTER + frame)


def taken() -> Painted | None:
    """Return what was painted, for the app to go on from; from now on the terminal is the app's."""
    global _painted
    painted, _painted = _painted, None
    return painted


def give_back() -> None:
    """Give the terminal back if a frame was painted that no app has taken over, as when there is an error to tell."""
    painted = taken()
    if painted is not None:
        import termios

        _write(_LEAVE)
        termios.tcsetattr(0, termios.TCSANOW, painted.attributes)


def is_kept(arguments: list[str], size: Size) -> bool:
    """Return whether a frame is kept that still holds."""
    try:
        return _kept(_key(arguments, size), thoroughly=True) is not None
    except (OSError, ValueError, EOFError, TypeError):
        return False


def keep(
    arguments: list[str],
    size: Size,
    stamps: list[Stamp],
    frame: str,
    state: tuple[Any, ...],
    files: Sequence[Stamp] = (),
) -> None:
    """Keep a frame and what `ScreenDiff` takes over with it. Raises OSError where it cannot be written.

    `files` are the stamps that are not looked at before it is painted.
    """
    key = _key(arguments, size)
    folder = _folder()
    os.makedirs(folder, mode=0o700, exist_ok=True)
    file = _file(key)
    new = f"{file}.{os.getpid()}"
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        marshal.dump((key, stamps, frame, state), out)
        marshal.dump(list(files), out)
    os.replace(new, file)
    others = sorted((entry for entry in os.scandir(folder)), key=lambda entry: entry.stat().st_mtime)
    for entry in others[:-_MOST_KEPT]:
        os.unlink(entry.path)


def stamp(path: str | os.PathLike[str]) -> Stamp:
    """Return the stamp of a file or folder, be it there or not."""
    try:
        found = os.stat(path)
    except OSError:
        return os.fspath(path), -1, -1
    return os.fspath(path), found.st_mtime_ns, found.st_size


def _kept(key: tuple[str, ...], *, thoroughly: bool = False) -> tuple[str, tuple[Any, ...]] | None:
    with open(_file(key), "rb") as file:
        its_key, stamps, frame, state = marshal.load(file)
        stamps += marshal.load(file) if thoroughly else []
    if its_key != key or any(stamp(known[0]) != known for known in stamps):
        return None
    return frame, state


def _key(arguments: list[str], size: Size) -> tuple[str, ...]:
    """All that a frame follows from besides the files: words, size, folder, day, version and environment."""
    said = [f"{name}={value}" for name, value in os.environ.items() if name in _SAYS_HOW or name.startswith(_SAY_HOW)]
    over = "ssh" if "SSH_CONNECTION" in os.environ else ""
    here = (tui.__version__, sys.version, time.strftime("%Y-%m-%d"), f"{size[0]}x{size[1]}", os.getcwd(), over)
    return (*here, *sorted(said), "--", *arguments)


def _folder() -> str:
    named = os.environ.get("SUMMIT_CACHE")
    if named:
        return os.path.join(os.path.expanduser(named), "frames")
    usual = "~/Library/Caches" if sys.platform == "darwin" else "~/.cache"
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser(usual), "summit-explorer", "frames")


def _file(key: tuple[str, ...]) -> str:
    return os.path.join(_folder(), f"{crc32(repr(key).encode('utf-8', 'surrogateescape')):08x}.frame")


def _quiet(attributes: list[Any]) -> list[Any]:
    """The settings of a terminal as the app will make them, but with keys that still end the program."""
    import termios

    quiet = [*attributes[:6], list(attributes[6])]
    quiet[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    quiet[1] &= ~termios.OPOST
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
    quiet[6][termios.VMIN] = 1
    return quiet


def _write(text: str) -> None:
    data = text.encode("utf-8", "replace")
    while data:
        data = data[os.write(2, data) :]
