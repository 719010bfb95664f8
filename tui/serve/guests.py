"""What a guest may ask of a host by a command: five that print, each with a list of options that name no file."""

from __future__ import annotations

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
"""Characters of a command; the rest is cut off."""


class RefusalError(Exception):
    """Why a command is not carried out, in words for who asked; `what` and `name` say it in the server's log."""

    def __init__(self, reason: str, what: str, name: str) -> None:
        super().__init__(reason)
        self.what, self.name = what, name


def cleaned(command: str) -> str:
    """Return a command without control characters, of a bounded length, and without the name of the program."""
    text = "".join(letter if letter.isprintable() else " " for letter in command[:LONGEST_COMMAND]).strip()
    return text[len(PROGRAM) :].strip() if text.split(" ", 1)[0] == PROGRAM else text


def words_of(command: str) -> list[str]:
    """Return the words of a cleaned command when it asks for an answer, else none.

    Raises RefusalError for an option that a client may not give.
    """
    name = command.split(" ", 1)[0]
    if name not in ALLOWED:
        return []
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
