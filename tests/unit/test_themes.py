"""Everything that is written can be read: each role on each ground has the contrast that WCAG 2.2 asks for (AA)."""

from __future__ import annotations

import pytest
from textual.color import Color

from tui.explorer.inks import inks
from tui.explorer.themes import THEMES, suited

_TEXT, _MARK = 4.5, 3.0
"""What WCAG asks for text, and for what is no text: the mark of the scroll bar."""

_ON_CURSOR = sorted(
    {"", "name", "dim", "hit", "mark", "link", "strong", "plain"} | {"pending", "agreed", "settled", "active", "ended"}
)
"""The roles that a row of a list may have, which the cursor's ground comes under."""

COLOURED = [name for name, theme in THEMES.items() if not theme.ansi]


def luminance(colour: Color) -> float:
    """Relative luminance as WCAG defines it."""
    parts = (part / 255 for part in colour.rgb)
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(Color.parse("#ffffff"), Color.parse("#000000")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", COLOURED)
def test_every_role_can_be_read_on_its_ground(name: str) -> None:
    theme = THEMES[name]
    assert theme.background
    assert theme.foreground
    weak = {}
    for role, style in inks(theme.name).items():
        colour = Color.from_rich_color(style.color) if style.color else Color.parse(theme.foreground)
        ground = Color.from_rich_color(style.bgcolor) if style.bgcolor else Color.parse(theme.background)
        found = contrast(colour, ground)
        if role != "rule" and found < (_MARK if role == "thumb" else _TEXT):  # lines between parts say nothing
            weak[role] = round(found, 2)
    assert weak == {}


@pytest.mark.parametrize("name", COLOURED)
@pytest.mark.parametrize("cursor", ["cursor", "cursor-away"])
def test_every_role_of_a_row_can_be_read_under_the_cursor(name: str, cursor: str) -> None:
    theme = THEMES[name]
    assert theme.foreground
    made = inks(theme.name)
    ground = made[cursor].bgcolor
    assert ground is not None
    weak = {}
    for role in _ON_CURSOR:
        style = made.get(role)
        colour = Color.from_rich_color(style.color) if style and style.color else Color.parse(theme.foreground)
        found = contrast(colour, Color.from_rich_color(ground))
        if found < _TEXT:
            weak[role] = round(found, 2)
    assert weak == {}


@pytest.mark.parametrize("ground", ["", "dark", "light"])
def test_the_terminal_theme_sets_no_ground_of_its_own(ground: str) -> None:
    assert not [role for role, style in inks(suited("terminal", ground).name).items() if style.bgcolor]


def test_where_the_ground_is_not_known_the_terminal_theme_has_no_colours_but_sets_words_off() -> None:
    made = inks(suited("terminal", "").name)
    assert not [role for role, style in made.items() if style.color]
    assert made["settled"].bold
    assert made["link"].underline
    assert made["mark"].bold
