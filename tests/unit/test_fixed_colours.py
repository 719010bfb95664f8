"""Colours brought down to what a terminal has: the nearest of its fixed ones, never one that its user has chosen."""

from __future__ import annotations

import pytest
from rich.color import Color, ColorSystem

from tui.explorer.drawing.fixed_colours import brought_down


@pytest.mark.parametrize(
    ("given", "number"), [("#000000", 16), ("#ffffff", 231), ("#5f87af", 67), ("#080808", 232), ("#06101a", 233)]
)
def test_of_256_colours_it_is_the_nearest_that_nobody_can_change(given: str, number: int) -> None:
    assert brought_down(Color.parse(given), ColorSystem.EIGHT_BIT) == Color.from_ansi(number)


@pytest.mark.parametrize("given", ["#000000", "#ffffff", "#5f87af", "#ff0000"])
def test_of_sixteen_colours_it_is_one_of_the_sixteen(given: str) -> None:
    number = brought_down(Color.parse(given), ColorSystem.STANDARD).number
    assert number is not None
    assert number < 16


@pytest.mark.parametrize("system", [ColorSystem.STANDARD, ColorSystem.EIGHT_BIT, ColorSystem.TRUECOLOR])
def test_the_terminals_own_colours_stay(system: ColorSystem) -> None:
    for own in (Color.default(), Color.parse("red")):
        assert brought_down(own, system) == own
