"""How the `summit` command ends: one clear line and an exit code for whatever happens.

Exit codes: 0 done; 1 nothing found; 2 a mistake in what was given; 70 a fault of ours; 130 interrupted; 141 the
reader of our output went away. Every message goes to the error stream, and none is a traceback.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from tui.exchange.printable import printable
from tui.explorer.first_frame import give_back

PROGRAM = "summit"
COMPLETE_VARIABLE = "_SUMMIT_COMPLETE"
"""The environment variable through which a shell asks for completions."""

MISTAKE, FAULT, INTERRUPTED, READER_GONE = 2, 70, 130, 141


class Mistake(click.ClickException):
    """Something that whoever typed the command can mend."""

    exit_code = MISTAKE


def run(command: click.Command, arguments: list[str]) -> int:
    """Run `command` on `arguments` and return the exit code; never raises."""
    _write_any_character()
    try:
        code = _answer(command, arguments)
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.UsageError as error:
        error.show()
        return MISTAKE
    except click.ClickException as error:
        return _say(error.format_message(), MISTAKE)
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        return _drop_output()
    except Exception as error:
        return _explain(error)
    return code


def _answer(command: click.Command, arguments: list[str]) -> int:
    """Complete a command line or carry one out.

    `click.Command.main` is not used, for it turns a closed pipe and an interrupt into an exit code of its own.
    """
    instruction = os.environ.get(COMPLETE_VARIABLE)
    if instruction:
        from tui.cli_completion import complete

        return complete(command, instruction)
    with command.make_context(PROGRAM, list(arguments)) as context:
        return command.invoke(context) or 0


def _write_any_character() -> None:
    """Let a terminal without UTF-8 show `?` for what it lacks, where Python would stop with an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def _say(message: str, code: int) -> int:
    give_back()
    lines = message.splitlines()
    for position, line in enumerate(lines):
        click.echo(("" if position else f"{PROGRAM}: ") + _kept_indent(line), err=True)
    return code


def _kept_indent(line: str) -> str:
    return " " * (len(line) - len(line.lstrip())) + printable(line.lstrip())


def _drop_output() -> int:
    """Point the standard output at nothing, so that Python's last flush does not complain of the closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return READER_GONE


def _explain(error: Exception) -> int:
    """Return 2 and say why for a bad library; for anything else, keep the traceback and say where."""
    from tui.library import LibraryError

    if isinstance(error, LibraryError):
        return _say(str(error), MISTAKE)
    summary = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    try:
        place = f"The details are in {_keep_traceback()}"
    except OSError as refused:
        place = f"The details could not be kept: {refused}"
    return _say(f"sorry, this is a fault in {PROGRAM} itself ({summary}).\n{place}", FAULT)


def _keep_traceback() -> Path:
    """Write the traceback of the current exception to the user's log folder, or to the temporary one."""
    import traceback

    from platformdirs import user_log_path

    text = traceback.format_exc()
    log = user_log_path("summit-explorer") / "last-fault.txt"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(text, encoding="utf-8", errors="replace")
    except OSError:
        handle, name = tempfile.mkstemp(prefix="summit-fault-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
        return Path(name)
    return log
