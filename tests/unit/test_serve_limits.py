"""The bounds of a served session, with a clock of the test's own."""

from __future__ import annotations

import pytest

from tui.serve.limits import Bucket, clamped


@pytest.mark.parametrize(
    ("claimed", "used"),
    [
        ((80, 24), (80, 24)),
        ((0, 0), (80, 24)),
        ((1, 1), (20, 5)),
        ((4_294_967_295, 4_294_967_295), (500, 200)),
        ((500, 200), (500, 200)),
    ],
)
def test_a_window_has_a_size_that_can_be_drawn(claimed: tuple[int, int], used: tuple[int, int]) -> None:
    assert clamped(*claimed) == used


def test_a_bucket_lets_a_burst_pass_and_then_so_many_a_second() -> None:
    now = [100.0]
    bucket = Bucket(10, 3, clock=lambda: now[0])
    passed = 0
    while not bucket.wait():
        bucket.take()
        passed += 1
    assert passed == 3
    now[0] += bucket.wait()
    assert bucket.wait() == 0
    for _ in range(1000):
        wait = bucket.wait()
        now[0] += wait
        bucket.take()
    assert now[0] - 100 == pytest.approx(1000 / 10, rel=0.02)


def test_what_is_taken_at_once_beyond_the_burst_is_waited_for() -> None:
    now = [0.0]
    bucket = Bucket(16_000, 64_000, clock=lambda: now[0])
    bucket.take(1_000_000)
    assert bucket.wait() == pytest.approx((1_000_000 - 64_000) / 16_000, rel=0.01)
    now[0] += 3600
    assert bucket.wait() == 0
    bucket.take(64_000)
    assert bucket.wait() > 0
