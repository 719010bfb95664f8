"""Finds the messages in the help of a command: each paragraph is one, and each meaning beside an example.

Examples stand in a paragraph that begins with click's `\\b`; what is typed in them is the same in every language.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable

from tui.language import gettext

_EXAMPLE = re.compile(r"\S.* {2,}(?P<meaning>\S.*)")


def translated(text: str, say: Callable[[str], str] = gettext) -> str:
    """Return a help, as it stands in a docstring, with what `say` makes of each message in it."""
    return "\n\n".join(_paragraph(part, say) for part in inspect.cleandoc(text).split("\n\n"))


def messages(text: str) -> list[str]:
    """Return the messages of a help."""
    found: list[str] = []

    def note(message: str) -> str:
        found.append(message)
        return message

    translated(text, note)
    return found


def _paragraph(text: str, say: Callable[[str], str]) -> str:
    if text.startswith("\b"):
        return "\n".join(_example(line, say) for line in text.splitlines())
    return say(" ".join(text.split()))


def _example(line: str, say: Callable[[str], str]) -> str:
    found = _EXAMPLE.fullmatch(line)
    return line[: found.start("meaning")] + say(found["meaning"]) if found else line
