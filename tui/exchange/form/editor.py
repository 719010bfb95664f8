"""Runs the user's text editor on a file, at a line."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from tui.language import gettext, system_said

_PLUS_LINE = ("vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient", "micro", "joe", "kak", "mcedit")
"""Editors that take `+12 FILE`."""
_COLON_LINE = frozenset({"hx", "helix"})
"""Editors that take `FILE:12`."""
_FOUND_FIRST = ("sensible-editor", "nano", "vim", "vi")


class EditorError(Exception):
    """An editor that cannot be run, or that said that the user gave up."""


def editor_command() -> list[str]:
    """Return the words of `$VISUAL` or `$EDITOR`, else the first usual editor there is. Raises EditorError."""
    told = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(told)
    except ValueError as error:
        raise EditorError(gettext("$EDITOR cannot be read ({reason}): {told}", reason=error, told=told)) from error
    if not words:
        words = [next((name for name in _FOUND_FIRST if shutil.which(name)), "")]
    if not words[0]:
        raise EditorError(gettext("no text editor was found; name one in $EDITOR, such as EDITOR=nano"))
    if shutil.which(words[0]) is None:
        raise EditorError(gettext("there is no editor {name}; $EDITOR names it", name=repr(words[0])))
    return words


def edit(file: Path, line: int = 0) -> None:
    """Let the user edit a file, at a line if one is given; return when the editor ends. Raises EditorError."""
    words = editor_command()
    name = Path(words[0]).name
    named = [str(file)]
    if line and name in _PLUS_LINE:
        named = [f"+{line}", str(file)]
    elif line and name in _COLON_LINE:
        named = [f"{file}:{line}"]
    try:
        code = subprocess.call([*words, *named])
    except OSError as error:
        raise EditorError(
            gettext("the editor {name} cannot be run ({reason})", name=repr(words[0]), reason=system_said(error))
        ) from error
    if code:
        raise EditorError(gettext("the editor {name} ended with {code}, which means to give up", name=name, code=code))
