"""What is kept in memory of an index: the last answers, and no more than a bound."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.index.recent import Recent


def test_a_value_is_read_once_while_it_is_kept() -> None:
    read: list[str] = []

    def read_as(value: str) -> str:
        read.append(value)
        return value

    recent = Recent[int, str](2)
    assert [recent.get(1, lambda: read_as("one")) for _ in range(3)] == ["one"] * 3
    recent.get(2, lambda: read_as("two"))
    recent.get(1, lambda: read_as("one again"))
    recent.get(3, lambda: read_as("three"))
    assert recent.get(1, lambda: read_as("one again")) == "one", "asked for later than two"
    assert recent.get(2, lambda: read_as("two again")) == "two again"
    assert read == ["one", "two", "three", "two again"]


def test_nothing_is_kept_after_it_was_cleared() -> None:
    recent = Recent[str, int](10, int)
    recent.get("heavy", lambda: 9)
    recent.clear()
    recent.get("light", lambda: 4)
    recent.get("other", lambda: 6)
    assert list(recent) == ["light", "other"], "what was cleared weighs nothing"


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12)), max_size=60))
def test_what_is_kept_weighs_no_more_than_the_bound_but_for_the_last(asked: list[tuple[int, int]]) -> None:
    weights: dict[int, int] = {}
    recent = Recent[int, int](10, lambda key: weights[key])
    for key, weight in asked:
        weights.setdefault(key, weight)
        assert recent.get(key, lambda key=key: key) == key  # type: ignore[misc]
        kept = list(recent)
        assert kept[-1] == key
        assert len(kept) == 1 or sum(weights[other] for other in kept) <= 10


def test_a_value_may_ask_for_others_while_it_is_read() -> None:
    recent = Recent[str, int](2)

    def read() -> int:
        return recent.get("a", lambda: 1) + recent.get("b", lambda: 2)

    assert recent.get("both", read) == 3
    assert list(recent) == ["b", "both"]
