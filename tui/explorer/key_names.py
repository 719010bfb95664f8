"""Keys as people write them, `ctrl+d` or `/`, and as Textual names them, `ctrl+d` or `slash`."""

from __future__ import annotations

import string

from tui.language import gettext, later

SIGNS = {
    "exclamation_mark": "!",
    "quotation_mark": '"',
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "ampersand": "&",
    "apostrophe": "'",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "asterisk": "*",
    "plus": "+",
    "comma": ",",
    "minus": "-",
    "full_stop": ".",
    "slash": "/",
    "colon": ":",
    "semicolon": ";",
    "less_than_sign": "<",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "question_mark": "?",
    "at": "@",
    "left_square_bracket": "[",
    "backslash": "\\",
    "right_square_bracket": "]",
    "circumflex_accent": "^",
    "underscore": "_",
    "grave_accent": "`",
    "left_curly_bracket": "{",
    "vertical_line": "|",
    "right_curly_bracket": "}",
    "tilde": "~",
}
"""Textual's names of the signs on a keyboard."""

_DRAWN = {"enter": "⏎", "escape": "esc", "pagedown": "PgDn", "pageup": "PgUp"}
_DRAWN |= {"up": "↑", "down": "↓", "left": "←", "right": "→"}
_ALSO = {"esc": "escape", "pgdn": "pagedown", "pgup": "pageup", "return": "enter", "del": "delete", "ins": "insert"}

NAMED = (
    "enter space tab shift+tab escape backspace delete insert home end pageup pagedown up down left right "
    + " ".join(f"f{number}" for number in range(1, 13))
).split()
"""The keys that have a name and no sign."""

_DEAD = {
    "ctrl+h": "backspace",
    "ctrl+i": "tab",
    "ctrl+j": "enter",
    "ctrl+m": "enter",
    "ctrl+s": later("“stop”"),
    "ctrl+z": later("“suspend”"),
}
"""Keys that many terminals send as another one, or keep for themselves."""


class NoKeyError(ValueError):
    """What is written names no key."""


def shown(key: str, *, spelled: bool = False) -> str:
    """Return a key as people write it: `ctrl+d`, `⏎`, `/`; `spelled` for *enter*, where there is no such sign."""
    return (not spelled and _DRAWN.get(key)) or SIGNS.get(key, key)


def named(written: str) -> str:
    """Return Textual's name of a key as people write it. Raises ValueError, which says why there is no such key."""
    if len(written) == 1 and written in string.ascii_letters + string.digits:
        return written
    for name, sign in SIGNS.items():
        if written in (sign, name):
            return name
    key = written.strip().lower().replace(" ", "").replace("-", "+")
    key = "space" if written == " " else _ALSO.get(key, key)
    if key in NAMED:
        return key
    if key in _DEAD:
        raise ValueError(gettext("“{key}” is {other} in many terminals", key=written, other=gettext(_DEAD[key])))
    if key.startswith("ctrl+") and len(key) == 6 and key[-1] in string.ascii_lowercase:
        return key
    if len(written) == 1 and written.isprintable():
        return written
    if "+" in key:
        raise ValueError(
            gettext("“{key}” does not reach a program in many terminals; ctrl and a letter does", key=written)
        )
    raise NoKeyError(gettext("“{key}” is no key", key=written))
