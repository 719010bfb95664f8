"""The themes: dark, light, high contrast, the terminal's own sixteen colours, and plain.

The plain one has no colours and no boxes, for screen readers and poor terminals; `signs` gives it signs of ASCII.
"""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

_TONES = ("rule", "thumb", "dim", "label", "link", "cursor", "cursor-away", "hit", "pending", "agreed", "settled")
_ROLES = (*_TONES, "active", "ended", "mark")


def _ansi(name: str, *, accent: str, **variables: str) -> Theme:
    """Return a theme of the terminal's own colours; what is not given is the terminal's own foreground."""
    own = "ansi_default"
    return Theme(
        name=name,
        ansi=True,
        primary=own,
        secondary=own,
        accent=accent,
        warning=own,
        error=own,
        success=own,
        foreground=own,
        background=own,
        surface=own,
        panel=own,
        boost=own,
        variables={
            **BUILTIN_THEMES["ansi-dark"].variables,
            **dict.fromkeys(_ROLES, own),
            **_FRAMES,
            **variables,
        },
    )


_FRAMES = {"box": "round", "here": "bold"}
"""How panes are framed, and how the title of the one with the keys is set off."""

THEMES: dict[str, Theme] = {
    "dark": Theme(
        name="summit-dark",
        primary="#7cb7ff",
        secondary="#56b6c2",
        accent="#7cb7ff",
        warning="#e5b567",
        error="#ee8b86",
        success="#8fce7e",
        foreground="#d8dee7",
        background="#12161c",
        surface="#12161c",
        panel="#1a2029",
        variables={
            "rule": "#333d4b",
            "thumb": "#667487",
            "dim": "#9ba7b6",
            "label": "#9fb3c8",
            "link": "#a9cdfb",
            "cursor": "#1f3d5a",
            "cursor-away": "#202934",
            "hit": "#ffd479",
            "pending": "#e5b567",
            "agreed": "#63c5cf",
            "settled": "#8fce7e",
            "active": "#7cb7ff",
            "ended": "#f19893",
            "mark": "#f0a35e",
        },
    ),
    "light": Theme(
        name="summit-light",
        dark=False,
        primary="#0b5cad",
        secondary="#0e7580",
        accent="#0b5cad",
        warning="#6f4e00",
        error="#a61e1e",
        success="#25722b",
        foreground="#1d242c",
        background="#fcfcfa",
        surface="#fcfcfa",
        panel="#eff1f3",
        variables={
            "rule": "#c3cad2",
            "thumb": "#858f9a",
            "dim": "#54606c",
            "label": "#41566b",
            "link": "#0b4f96",
            "cursor": "#d3e3ff",
            "cursor-away": "#e7ecf1",
            "hit": "#8b2f00",
            "pending": "#6f4e00",
            "agreed": "#0b6a74",
            "settled": "#216a27",
            "active": "#0b5cad",
            "ended": "#a61e1e",
            "mark": "#8f2a00",
        },
    ),
    "contrast": Theme(
        name="summit-contrast",
        primary="#ffffff",
        secondary="#00e5ff",
        accent="#ffff00",
        warning="#ffd700",
        error="#ff9e9e",
        success="#7dff7d",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        variables={
            "rule": "#ffffff",
            "thumb": "#ffffff",
            "dim": "#d8d8d8",
            "label": "#ffffff",
            "link": "#8fd3ff",
            "cursor": "#000087",
            "cursor-away": "#333333",
            "hit": "#ffff00",
            "pending": "#ffd700",
            "agreed": "#00e5ff",
            "settled": "#7dff7d",
            "active": "#9ecbff",
            "ended": "#ff9e9e",
            "mark": "#ffb366",
        },
    ),
    "terminal": _ansi("summit-terminal", accent="ansi_default"),
    "plain": _ansi("summit-plain", accent="ansi_default", box="blank", here="bold reverse"),
}
"""The themes by the name a user gives; each sets the colours of the tones and of the lists' parts."""

SUITED: dict[tuple[str, str], Theme] = {
    ("terminal", "dark"): _ansi(
        "summit-terminal-dark",
        accent="ansi_bright_cyan",
        rule="ansi_bright_black",
        thumb="ansi_bright_black",
        hit="ansi_bright_magenta",
        pending="ansi_bright_yellow",
        agreed="ansi_bright_cyan",
        settled="ansi_bright_green",
        active="ansi_green",
        ended="ansi_bright_red",
        mark="ansi_bright_red",
    ),
    ("terminal", "light"): _ansi(
        "summit-terminal-light",
        accent="ansi_blue",
        rule="ansi_bright_black",
        thumb="ansi_bright_black",
        hit="ansi_magenta",
        pending="ansi_magenta",
        agreed="ansi_blue",
        active="ansi_blue",
        ended="ansi_red",
        mark="ansi_red",
    ),
}
"""What suits a terminal whose ground is known. The brighter colours but for blue, and green, are readable on a dark one
in every common palette; blue, magenta and red on a light one; none on both. So where the ground is not known, words are
set off by bold, underline and reverse, which hold on any."""


BY_NAME: dict[str, Theme] = {made.name: made for made in (*THEMES.values(), *SUITED.values())}
"""All of them, by the names that Textual knows them by."""


def suited(name: str, ground: str) -> Theme:
    """Return a theme by the name a user gives, as it suits a ground: `dark`, `light` or not known."""
    return SUITED.get((name, ground), THEMES[name])


VARIABLES: dict[str, str] = _FRAMES | THEMES["dark"].variables
"""Fallbacks for the variables that the style sheet names."""
