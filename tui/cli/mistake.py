"""The name of the command, and the one kind of error that it tells of: a mistake in what was given."""

from __future__ import annotations

PROGRAM = "summit"
COMPLETE_VARIABLE = "_SUMMIT_COMPLETE"
"""The environment variable through which a shell asks for completions."""

MISTAKE = 2
"""The exit code of a mistake."""


class Mistake(Exception):  # noqa: N818 - it is no error of the program's
    """Something that whoever typed the command can mend. What it says is shown as it is, in the user's language."""
