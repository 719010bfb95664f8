"""What a guest may ask of a host by a command: five that print, each with a list of options that name no file."""

from __future__ import annotations

import re
import shlex

from tui.language import gettext

PROGRAM = "summit"
GUEST = "_SUMMIT_GUEST"
"""The environment variable by which a process knows that its answer is for a guest."""

ALLOWED = {
    "search": {"--json", "--limit", "--help"},
    "show": {"--json", "--help"},
    "brief": {"--markdown", "--help"},
    "check": {"--json", "--help"},
    "export": {"--to", "--kind", "--id", "--bom", "--safe-formulas", "--help"},
}
"""The commands that may be asked for, each with its options."""

_WITH_A_VALUE = {"--limit", "--to", "--kind", "--id"}

LONGEST_COMMAND = 2_000
"""Characters of a command that is answered; of a query that the explorer opens on, the rest is cut off."""

_NO_UTF_8 = re.compile("[\udc80-\udcff]")
"""Bytes that are no UTF-8, as Python decodes them with `surrogateescape`."""


class RefusalError(Exception):
    """Why a command is not carried out, in words for who asked; `what` and `name` say it in the server's log."""

    def __init__(self, reason: str, what: str, name: str) -> None:
        super().__init__(reason)
        self.what, self.name = what, name


def cleaned(command: str) -> str:
    """Return a command without control characters, of a bounded length, and without the name of the program.

    One that is too long keeps a character more than it may have. Raises RefusalError for one that is no UTF-8.
    """
    command = command[: LONGEST_COMMAND + 1]
    text = "".join(letter if letter.isprintable() else " " for letter in command).strip()
    if _NO_UTF_8.search(command):
        raise RefusalError(gettext("the command is not in UTF-8, which this host reads"), "words", text.split(" ")[0])
    return text[len(PROGRAM) :].strip() if text.split(" ", 1)[0] == PROGRAM else text


def words_of(command: str) -> list[str]:
    """Return the words of a cleaned command when it asks for an answer, else none.

    Raises RefusalError for an option that a client may not give, and for words that cannot be taken apart.
    """
    name = command.split(" ", 1)[0]
    if name not in ALLOWED:
        return []
    if len(command) > LONGEST_COMMAND:
        said = gettext("the command is too long; this host takes {count} characters", count=LONGEST_COMMAND)
        raise RefusalError(said, "words", name)
    try:
        name, *given = shlex.split(command)
    except ValueError as error:
        said = gettext("a quotation mark or a backslash stands alone: {text}", text=command)
        raise RefusalError(said, "words", name) from error
    end = given.index("--") if "--" in given else len(given)
    options = given[:end]
    if end < len(given) and options and options[-1] in _WITH_A_VALUE:
        # It would be taken for the value, and what follows for options.
        raise RefusalError(gettext("{option} needs a value", option=options[-1]), "option", f"{name} {options[-1]}")
    for word in options:
        option = word.partition("=")[0]
        if word.startswith("--") and option not in ALLOWED[name]:
            said = gettext("{option} is not for guests of this host", option=option)
            raise RefusalError(said, "option", f"{name} {option}")
    if name == "check" and any(not word.startswith("--") or word == "--" for word in given):
        raise RefusalError(gettext("this host checks its own library only: check [--json]"), "words", name)
    return [name, *given]
