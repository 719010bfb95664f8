"""Letters beside links are told apart by typing alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tui.explorer.widgets.link_hints import LinkHints


def links(count: int) -> list[tuple[int, int, str]]:
    return [(number, 5, f"target-{number}") for number in range(count)]


@pytest.mark.parametrize("count", [1, 25, 26, 27, 51, 52, 100, 400, 676])
def test_every_link_is_reached_and_no_label_begins_another(count: int) -> None:
    hints = LinkHints(links(count))
    assert set(hints.targets.values()) == {f"target-{number}" for number in range(count)}
    labels = sorted(hints.targets)
    assert not [one for one, other in pairwise(labels) if other.startswith(one)]
    assert len(next(iter(hints.targets))) == 1 or count > 650


def test_letters_are_typed_one_after_the_other() -> None:
    hints = LinkHints(links(60))
    label, target = next((label, target) for label, target in hints.targets.items() if len(label) == 2)
    assert hints.typed(label[0]) is None
    assert hints.waiting
    assert hints.typed(label[1]) == target


def test_a_key_that_is_no_letter_of_a_label_ends_the_choice() -> None:
    hints = LinkHints(links(3))
    assert hints.typed("!") is None
    assert not hints.waiting


def test_a_target_in_sight_twice_has_the_same_letters() -> None:
    hints = LinkHints([(0, 3, "rome"), (4, 9, "rome"), (5, 1, "izmir")])
    assert len(hints.targets) == 2
