"""Text on its way out: no control characters in any format, and JSON that still reads back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from tui.exchange.printable import escaped, printable


def json_text(value: Any) -> str:
    """Return a value, a record among them, as JSON on one line, with every control character escaped."""
    return escaped(msgspec.json.encode(value).decode("utf-8"))


def json_array(values: Iterator[Any]) -> Iterator[str]:
    """Yield a JSON array in pieces, a value a line."""
    yield "["
    first = True
    for value in values:
        yield f"{'' if first else ','}\n{json_text(value)}"
        first = False
    yield "]" if first else "\n]"


def one_line(text: str) -> str:
    """Return text on one line, without control characters and without blanks at its ends."""
    return printable(text).strip()
