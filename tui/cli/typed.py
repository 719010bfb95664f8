"""How a command is typed by whom an answer is for: `summit …` on this machine, `ssh HOST …` from another.

What is proposed must work where it is read, and help must not name options that a guest may not give.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

from tui.cli.mistake import PROGRAM
from tui.serve.guests import ALLOWED, GUEST, RefusalError, words_of

_NAMED = re.compile(rf"\b{PROGRAM} (?=(?:{'|'.join(ALLOWED)})\b)")
"""A command in a text, such as a help."""


def for_guest() -> bool:
    """Return whether what this process prints is for a guest of the host that it runs on."""
    return GUEST in os.environ


def shown_file(file: Path, library: Path) -> str:
    """Return how a file of a library is named: as it was given, and to a guest without where it is on the host."""
    if not for_guest():
        return str(file)
    return str(file.relative_to(library)) if library in file.parents else file.name


def program() -> str:
    """Return what stands before the words of a command."""
    return "ssh HOST" if for_guest() else PROGRAM


def typed(*words: str) -> str:
    """Return a command by the words after `summit`, as it is typed into a shell."""
    if for_guest():
        from tui.explorer.giving import to_host

        return to_host(words)
    return " ".join([PROGRAM, *map(shlex.quote, words)])


def instead_of_exploring(words: tuple[str, ...], library: Path | None = None) -> str:
    """Return the command for who has no terminal here: one that needs none, or over SSH the one that asks for it.

    `ssh` asks for no terminal when it is given a command, so `-t` is what is missing then. A host that forces a command
    on its visitors passes on whatever they ask for as one word, which is empty where they ask for nothing. `library` is
    the one that was named.
    """
    query = " ".join(words)
    if "SSH_CONNECTION" not in os.environ or "SSH_TTY" in os.environ:
        return typed("search", *(["--library", str(library)] if library else []), query or "erdogan")
    forced = "SSH_ORIGINAL_COMMAND" in os.environ or words == ("",)
    asked = [*([str(library)] if library else []), *([query] if query else [])]
    return " ".join(["ssh -t HOST", *([] if forced else [PROGRAM]), *map(shlex.quote, asked)])


def may_be_given(command: str, options: list[str]) -> bool:
    """Return whether one of the spellings of an option of a command may be given by whom its help is for."""
    return not for_guest() or not ALLOWED.get(command, set()).isdisjoint(options)


def retold(help_text: str) -> str:
    """Return the help of a command for whom it is for: of the examples, those that can be typed."""
    if not for_guest():
        return help_text
    lines = (line for line in help_text.splitlines() if _may_be_typed(line))
    return _NAMED.sub(f"{program()} ", "\n".join(lines))


def _may_be_typed(line: str) -> bool:
    if not line.startswith(f"{PROGRAM} "):
        return True
    try:
        # What stands behind these is for the shell of whoever types it.
        words_of(re.split(" [|>] ", line)[0].removeprefix(f"{PROGRAM} "))
    except RefusalError:
        return False
    return True
