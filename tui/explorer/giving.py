"""Gives the user text: to the clipboard of a terminal that may have one, else to a file or as a page to select from.

Text goes to a clipboard by OSC 52, which no terminal acknowledges. Some are known to take no notice of it; of all
others it cannot be known.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from tui.exchange.page import Block, Page, Row, Span, row
from tui.language import gettext, ngettext, number

MOST_COPIED = 74_000
"""Bytes: as base64 they are just under the 100,000 that many terminals take in one copy."""

_WITHOUT = ("linux", "vt", "dumb", "ansi", "cons", "sun", "wyse")
"""How the names of terminals begin that have no clipboard."""


def takes_copies(term: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether a terminal may take text for a clipboard; False where it is known that it does not."""
    if term.startswith(_WITHOUT) or not term:
        return False
    if term.startswith("screen") and "TMUX" not in environment:
        return "STY" not in environment  # GNU screen swallows the text; others only bear its name
    return True


def write_new(text: str, named: str, ending: str) -> str:
    """Write a new file in the current folder and return its name; a file that is there is never touched."""
    words = re.sub(r"\W+", "-", named).strip("-")[:40].strip("-")
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


def text_page(text: str) -> Page:
    """Return text as a page of its lines."""
    lines: tuple[Row, ...] = tuple(row(line) for line in text.splitlines() if line.strip())
    title = gettext("This terminal has no clipboard: select what you need with the mouse, holding Shift")
    return Page("text", row(Span(title, "title")), (Block("", lines),))


def size_of(text: str) -> str:
    """Return the size of a text as a person reads it."""
    size = len(text.encode("utf-8"))
    return ngettext("{count} byte", "{count} bytes", size) if size < 10_000 else f"{number(round(size / 1000))} kB"


def sent(name: str, text: str) -> str:
    """Return what is said of a text that was sent to the clipboard."""
    return gettext("sent to the terminal’s clipboard: {format}, {size}").format(format=name, size=size_of(text))
