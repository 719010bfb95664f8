"""How the `summit` command ends: one clear line and an exit code for whatever happens.

Exit codes: 0 done; 1 nothing found; 2 a mistake in what was given; 70 a fault of ours; 130 interrupted; 141 the
reader of our output went away. Every message goes to the error stream, and none is a traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from tui import language
from tui.cli.mistake import MISTAKE, PROGRAM, Mistake
from tui.exchange.printable import printable
from tui.explorer.first_frame import give_back
from tui.language import gettext

if TYPE_CHECKING:
    from pathlib import Path

    import click

FAULT, INTERRUPTED, READER_GONE = 70, 130, 141


def run(command: click.Command, arguments: list[str]) -> int:
    """Run a command of click's on `arguments` and return the exit code; never raises."""
    from tui.cli.routing import carry_out

    return ended(lambda: carry_out(command, arguments))


def ended(work: Callable[[], int]) -> int:
    """Do some work and return the exit code; never raises. What is said is in the language of the locale."""
    language.use(language.of_environment(os.environ))
    _write_any_character()
    try:
        code = work()
        sys.stdout.flush()
    except Mistake as error:
        return _say(str(error), MISTAKE)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _drop_output()
    except Exception as error:
        return _explain(error)
    return code


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
        print(("" if position else f"{PROGRAM}: ") + _kept_indent(line), file=sys.stderr, flush=True)
    return code


def _kept_indent(line: str) -> str:
    return " " * (len(line) - len(line.lstrip())) + printable(line.lstrip())


def _drop_output() -> int:
    """Point the standard output at nothing, so that Python's last flush does not complain of the closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return READER_GONE


def _explain(error: Exception) -> int:
    """Return 2 and say why for a bad library; for anything else, keep the traceback and say where.

    Where things are on a host is for its log alone, into which the traceback goes that is printed for a guest.
    """
    from tui.cli.typed import for_guest
    from tui.library import LibraryError

    guest = for_guest()
    if isinstance(error, LibraryError):
        return _say(gettext("the library of this host cannot be read now") if guest else str(error), MISTAKE)
    if guest:
        import traceback

        traceback.print_exception(error)
        return FAULT
    summary = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    try:
        place = gettext("The details are in {file}", file=_keep_traceback())
    except OSError as refused:
        place = gettext("The details could not be kept: {reason}", reason=refused)
    said = gettext("sorry, this is a fault in {program} itself ({fault}).", program=PROGRAM, fault=summary)
    return _say(f"{said}\n{place}", FAULT)


def _keep_traceback() -> Path:
    """Write the traceback of the current exception to the user's log folder, or to the temporary one."""
    import tempfile
    import traceback
    from pathlib import Path

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
