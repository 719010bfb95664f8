"""What a session says to its client when the explorer is not there to say it: refusals, excuses, farewells."""

from __future__ import annotations

import shlex

from tui.exchange.printable import printable
from tui.explorer.signs import Signs
from tui.language import gettext, later
from tui.serve.client import Client

IDLE = later("Summit Explorer has ended this session: no key was pressed for long.")
INPUT_ENDED = later("Summit Explorer has ended this session: its input was closed, so that no key could come any more.")
STOPPING = later("Summit Explorer is closing on this host, or starting anew.")
"""Why a session ends without its user's wish."""


def offer(command: str, term: str | None) -> str:
    """Return what is said to who asks in vain, for a command or for the explorer, and what there is to ask for.

    `term` is what the client's terminal calls itself; None where there is no terminal.
    """
    if term is not None:
        reason = gettext(
            "the explorer needs a terminal that can be drawn on, and this one’s TERM is “{term}”", term=term
        )
    elif command:
        reason = gettext("this host shows Summit Explorer and runs nothing else")
    else:
        reason = gettext("the explorer needs a terminal; use: {command}", command="ssh -t HOST")
    commands = (
        ("ssh HOST", gettext("opens it; with -t QUERY, on a query")),
        ("ssh HOST search QUERY", gettext("prints an answer; --json too")),
        ("ssh HOST show ID", gettext("prints a record; --json too")),
        ("ssh HOST brief ID", gettext("prints a briefing of a meeting; --markdown too")),
        (
            "ssh HOST export QUERY --to F",
            gettext("prints the answer in a format: markdown, csv, ics, bibtex"),
        ),
        ("ssh HOST check", gettext("prints what is wrong in the library")),
    )
    lines = (f"  {command:<29} {meaning}" for command, meaning in commands)
    return "\n".join([reason, *lines])


def lines(text: str, client: Client, *, terminal: bool) -> bytes:
    """Return lines without control characters, each with its end as a client's terminal or its pipe has it."""
    # A client's terminal is raw: nothing on the way turns the end of a line into a carriage return.
    ending = "\r\n" if terminal else "\n"
    shown = (" " * (len(line) - len(line.lstrip())) + printable(line.lstrip()) for line in text.splitlines())
    written = "".join(line + ending for line in shown)
    if client.terminal.encoding == "ascii":
        written = Signs(plain=True, encoding="ascii").drawn(written)
    return written.encode("utf-8", "replace")


def farewell(word: str, query: str) -> str:
    """Return the last line of a session that ends without its user's wish: why, and how to go on."""
    shown = printable(query.strip())
    command = f"ssh -t HOST {shlex.quote(shown)}"
    again = gettext("Connect again to go on, or with: {command}").format(command=command) if shown else ""
    return f"{gettext(word)} {again}".strip()


def apology(number: str, *, connect_again: bool) -> str:
    """Return what is said of a fault; its number is the one in the log."""
    said = gettext("sorry, this is a fault of ours; it is in the host's log as {number}.").format(number=number)
    return f"{said} {gettext('Connect again to go on.')}" if connect_again else said
