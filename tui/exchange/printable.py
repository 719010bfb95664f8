"""Text that is safe to write to a terminal: no control characters, and known cell widths."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Compiled when a text first has any of them, since that takes a while.
_SPACES = r"[\t\n\v\f\r\x85\u2028\u2029]+"
# C0 and C1 controls, and the marks that reorder or hide the text around them on a bidirectional terminal.
_UNSAFE = "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"

# What JSON allows as it is and a terminal may obey: DEL, the C1 set, line and paragraph ends, marks that reorder.
_RAW_IN_JSON = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"


def escaped(json: str) -> str:
    """Return JSON, with its line ends, that holds no other control character and no mark that reorders a line."""
    return re.sub(_RAW_IN_JSON, lambda found: f"\\u{ord(found[0]):04x}", json)


def printable(text: str) -> str:
    """Return `text` on one line, without control characters or marks that reorder a line.

    Line ends and tabs become one space, so that words stay apart. Right-to-left letters are kept.
    """
    if text.isprintable():
        return text
    return re.sub(_UNSAFE, "", re.sub(_SPACES, " ", text)).encode("utf-8", "replace").decode("utf-8")


@lru_cache(maxsize=4096)
def _cell_width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def cell_width(text: str) -> int:
    """Return how many terminal cells `text` takes: 0 for a combining mark, 2 for a wide character."""
    if text.isascii():
        return len(text)
    return sum(map(_cell_width, text))


def fit(text: str, width: int) -> str:
    """Return `text` in exactly `width` cells: filled with blanks, or cut with an ellipsis."""
    if width <= 0:
        return ""
    taken = cell_width(text)
    if taken <= width:
        return text + " " * (width - taken)
    kept, left = [], width - 1
    for character in text:
        left -= _cell_width(character)
        if left < 0:
            break
        kept.append(character)
    cut = "".join(kept).rstrip() + "…"
    return cut + " " * (width - cell_width(cut))
