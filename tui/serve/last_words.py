"""What a session says to its client when the explorer is not there to say it: refusals, excuses, farewells."""

from __future__ import annotations

import shlex

from tui.exchange.printable import printable

OFFER = """this host shows Summit Explorer and runs nothing else
  ssh HOST                      opens it; with -t QUERY, on a query
  ssh HOST search QUERY         prints an answer; --json too
  ssh HOST show ID              prints a record; --json too
  ssh HOST export QUERY --to F  prints the answer in a format: markdown, csv, ics, bibtex and others
  ssh HOST check                prints what is wrong in the library"""
"""What is said to who asks for something else."""


def lines(text: str, terminal: bool) -> bytes:
    """Return lines without control characters, each with its end as a client's terminal or its pipe has it."""
    # A client's terminal is raw: nothing on the way turns the end of a line into a carriage return.
    ending = "\r\n" if terminal else "\n"
    shown = (" " * (len(line) - len(line.lstrip())) + printable(line.lstrip()) for line in text.splitlines())
    return "".join(line + ending for line in shown).encode("utf-8", "replace")


def farewell(word: str, query: str) -> bytes:
    """Return the last line of a session that ends without its user's wish: why, and how to go on."""
    shown = printable(query.strip())
    again = f" Connect again to go on, or with: ssh -t HOST {shlex.quote(shown)}" if shown else ""
    return lines(word + again, terminal=True)


def apology(number: str) -> str:
    """Return what is said of a fault; its number is the one in the log."""
    return f"sorry, this is a fault of ours; it is in the host's log as {number}. Connect again to go on."
