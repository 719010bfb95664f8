"""A walk through every screen of the explorer, for terminals of all kinds: what is seen on each, and what never is."""

from __future__ import annotations

import time

from tests.terminal.terminals import Visit

ESCAPE, ENTER = "\x1b", "\r"

_STILL = 0.1
"""Seconds without a change after which a screen is taken to be whole."""

WALK: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("start", "H", ("Upcoming", "Latest")),
    ("lists", "h1", ("1 Summits 3", "High-Level Council  ")),
    ("reader", "l", ("Giorgia Meloni", "30 April 2025")),
    ("link hints", "f", ("type the letters beside a link",)),
    ("lists again", ESCAPE + "h", ("High-Level Council  ",)),
    ("timeline", "t", ("Energy", "persistence")),
    ("timeline by years", "z", ("2008", "Migration")),
    ("compare", ESCAPE + "cGc", ("Compared", "only 2008 1", "only 2025 2")),
    ("pictures", ESCAPE + "p", ("Meetings", "Agreements", "settled")),
    ("tables", "T", ("T pictures", "2008")),
    ("disagreements", ESCAPE + "d", ("Disagreements 2", "29 April 2025")),
    ("evidence", ESCAPE + "gv", ("Who says so",)),
    ("brief", ESCAPE + "b", ("In short",)),
    ("search in the page", "/meloni" + ENTER, ("Meloni",)),
    ("a mark", ESCAPE + ESCAPE + "ma", ("marked as a",)),
    ("places", "'", ("Places to go back to",)),
    ("palette", ESCAPE + ":pict", ("pictures",)),
    ("help", ESCAPE + "?", ("Move down a line",)),
    ("search", ESCAPE + "/status:si", ("signed",)),
    ("a hint", "gned zzz" + ENTER, ("1 Summits 0",)),
)
"""Each screen with the keys that lead to it from the one before, and what is to be read there (of the tiny library)."""

NEVER = ("Traceback", "\\u", "\\x", "\N{REPLACEMENT CHARACTER}", "^[", "[<")
"""What no screen shows: errors, escapes of Python, control sequences that were not understood."""


def settled(visit: Visit) -> str:
    """Wait until nothing more is drawn, and return what is shown."""
    before = ""
    while before != (now := visit.terminal.screen()):
        before = now
        time.sleep(_STILL)
    return before


def walk(visit: Visit) -> dict[str, str]:
    """Go through all screens, and return what each shows; fails where a word is missing or what is never shown is."""
    seen = {}
    for name, keys, wanted in WALK:
        for key in keys:
            before = settled(visit) if key == ESCAPE else ""
            visit.type(key)
            if key == ESCAPE:
                # With the next key at its heels it would be the beginning of another one.
                visit.waits_for(lambda before=before: visit.terminal.screen() != before, f"Esc did nothing, to {name}")
                settled(visit)
        screen = visit.sees(*wanted)
        assert not [bad for bad in NEVER if bad in screen], f"{name} shows:\n{screen}"
        # A question mark is the key of the help, and stands for no letter that could not be drawn.
        marks = screen.replace("? help", "").replace("did you mean", "").count("?")
        assert name in {"help", "a hint"} or not marks, f"{name} shows:\n{screen}"
        seen[name] = screen
    return seen
