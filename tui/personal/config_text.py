"""The config file as it is printed: each setting with what it means, those that are not set as comments."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from tui.language import gettext
from tui.personal.settings import KEYS_COMMENT, LISTS, SETTINGS, SORT_COMMENT, USUAL, Settings, orders

_WIDTH = 77
"""Cells of a comment, beside its sign."""


def config_text(settings: Settings, commands: Mapping[str, tuple[tuple[str, ...], str]], head: str) -> str:
    """Return the text of a config file with these settings, which reads back as the same.

    `commands` has the usual keys and a sentence for each command by its name; `head` becomes the first comment, its
    first line as it is.
    """
    place, _, note = head.partition("\n")
    return (
        "\n".join([f"# {place}", *_comment(note), *_plain(settings), *_sort(settings), *_keys(settings, commands)])
        + "\n"
    )


def _plain(settings: Settings) -> Iterator[str]:
    for setting in SETTINGS:
        value = getattr(settings, setting.name)
        yield ""
        yield from _comment(gettext(setting.comment))
        if setting.choices:
            yield from _comment(gettext("One of: {choices}.", choices=", ".join(setting.choices)))
        yield _line(setting.name, _written(value), value != getattr(USUAL, setting.name))


def _sort(settings: Settings) -> Iterator[str]:
    yield ""
    yield from _comment(gettext(SORT_COMMENT))
    yield "[sort]"
    for name, kind in LISTS.items():
        usual, *others = orders(name)
        chosen = settings.sort.get(kind)
        yield f"{_line(name, _written(chosen or usual), chosen is not None)}  # {', '.join([usual, *others])}"


def _keys(settings: Settings, commands: Mapping[str, tuple[tuple[str, ...], str]]) -> Iterator[str]:
    yield ""
    yield from _comment(gettext(KEYS_COMMENT))
    yield "[keys]"
    for name, (usual, meaning) in commands.items():
        chosen = settings.keys.get(name)
        yield f"{_line(name, _written(chosen or usual), chosen is not None)}  # {gettext(meaning)}"


def _comment(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from textwrap.wrap(
            line, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_long_words=False, break_on_hyphens=False
        )


def _line(name: str, value: str, is_set: bool) -> str:
    return f"{'' if is_set else '#'}{name} = {value}"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return _written(value[0]) if len(value) == 1 else f"[{', '.join(map(_written, value))}]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in escaped) + '"'
