"""Gives the user text: to the clipboard of a terminal that may have one, else to a file or as a page.

Text goes to a clipboard by OSC 52, which no terminal acknowledges. Some are known to take no notice of it; of all
others it cannot be known. On a host, whose disk is not the user's, the page has the text to select from, or the command
by which the user's own machine gets it.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

from tui.exchange.page import COMMAND, Block, Page, Row, Span, row
from tui.language import gettext, ngettext, number

MOST_COPIED = 74_000
"""Bytes: as base64 they are just under the 100,000 that many terminals take in one copy."""

_WITHOUT = ("linux", "vt", "dumb", "ansi", "cons", "sun", "wyse")
"""How the names of terminals begin that have no clipboard."""

_AS_IT_IS = re.compile(r"[\w@%+=:,./-]+")
"""A word that shells take as it is."""

_SPECIAL = '"$`\\!'
"""What a shell does not take as it is between double quotes."""


class Gift(NamedTuple):
    """A text to give, and how else the user may have it."""

    text: str
    """Of one that is too long to be copied, as much as shows that."""
    said: str
    """What is said when it was copied."""
    named: str = ""
    ending: str = ""
    """What a file of it is called where there is no clipboard."""
    printed: tuple[str, ...] = ()
    """The words after `summit` that print it; none where no command does."""

    @property
    def fits(self) -> bool:
        """Whether many terminals copy as much."""
        return len(self.text.encode("utf-8")) <= MOST_COPIED


def enough(pieces: Iterable[str]) -> str:
    """Return pieces as one text, but no more of them than show that it is too long to be copied."""
    taken, size = [], 0
    for piece in pieces:
        taken.append(piece)
        size += len(piece.encode("utf-8"))
        if size > MOST_COPIED:
            break
    return "".join(taken)


def takes_copies(term: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether a terminal may take text for a clipboard; False where it is known that it does not."""
    if term.startswith(_WITHOUT) or not term:
        return False
    if term.startswith("screen") and "TMUX" not in environment:
        return "STY" not in environment  # GNU screen swallows the text; others only bear its name
    return True


def write_new(text: str, named: str, ending: str) -> str:
    """Write a new file in the current folder and return its name; a file that is there is never touched."""
    words = re.sub(r"\W+", "-", named).strip("-").removeprefix("summit-")[:40].strip("-")
    stem = f"summit-{words}" if words else "summit-library"
    for turn in count(1):
        path = Path(f"{stem}{f'-{turn}' if turn > 1 else ''}.{ending}")
        try:
            with path.open("x", encoding="utf-8", newline="") as file:
                file.write(text)
        except FileExistsError:
            continue
        return path.name
    raise AssertionError("there are always more numbers")


def page_of(gift: Gift, *, clipboard: bool) -> Page:
    """Return what a host shows of a text that it cannot send: how to get it, or its lines to select from."""
    if gift.printed and not gift.fits:
        return _way_page(gift.printed)
    title = gettext("This terminal has no clipboard: select what you need with the mouse, holding Shift")
    if clipboard:
        title = gettext("This is more than many terminals copy: select what you need with the mouse, holding Shift")
    lines: tuple[Row, ...] = tuple(row(line) for line in gift.text.splitlines() if line.strip())
    return Page("text", row(Span(title, "title")), (Block("", lines),))


def _way_page(words: Sequence[str]) -> Page:
    title = gettext("This is more than the {size} that many terminals copy").format(size=_size(MOST_COPIED))
    rows = (
        row(gettext("On your own machine, this writes it to a file:")),
        row(Span(f"{to_host(words)} > FILE", COMMAND)),
        row(Span(gettext("HOST stands for what you typed after ssh to come here."), "dim")),
    )
    return Page("text", row(Span(title, "title")), tuple(Block("", (line,)) for line in rows))


def to_host(words: Iterable[str]) -> str:
    """Return the command by which someone has a host carry out words, as it is typed into their own shell.

    Two shells read it: theirs, and what takes the words apart on the host.
    """
    asked = " ".join(word if _AS_IT_IS.fullmatch(word) else shlex.quote(word) for word in words)
    if "'" in asked:
        asked = shlex.quote(asked) if any(letter in asked for letter in _SPECIAL) else f'"{asked}"'
    return f"ssh HOST {asked}"


def size_of(text: str) -> str:
    """Return the size of a text as a person reads it."""
    return _size(len(text.encode("utf-8")))


def _size(size: int) -> str:
    return ngettext("{count} byte", "{count} bytes", size) if size < 10_000 else f"{number(round(size / 1000))} kB"


def sent(name: str, text: str) -> str:
    """Return what is said of a text that was sent to the clipboard."""
    return gettext("sent to the terminal’s clipboard: {format}, {size}").format(format=name, size=size_of(text))
