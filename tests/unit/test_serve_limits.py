"""The bounds of a served session, with a clock of the test's own."""

from __future__ import annotations

import pytest

from tui.serve.limits import WAITING_AT_MOST, Bucket, Outlet, clamped


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


class Line:
    """A channel with its connection, in which `held` bytes are under way."""

    held = asked = 0
    _transport = None

    def get_connection(self) -> Line:
        return self

    def get_extra_info(self, name: str) -> None:
        return None

    def is_closing(self) -> bool:
        return False

    def get_write_buffer_size(self) -> int:
        self.asked += 1
        return self.held

    def write(self, data: bytes) -> None:
        self.held += len(data)


def test_it_is_looked_for_what_has_arrived_only_when_much_may_be_under_way() -> None:
    line = Line()
    outlet = Outlet(line)
    for _ in range(100):
        assert not outlet.is_fuller_than(30_000)
        outlet.write(b"x" * 300)
    assert line.asked == 0
    outlet.write(b"x" * 300)
    assert outlet.is_fuller_than(30_000)
    line.held = 0
    assert not outlet.is_fuller_than(30_000)
    looked = line.asked
    outlet.write(b"x" * 300)
    assert not outlet.is_fuller_than(30_000)
    assert line.asked == looked


def test_of_what_a_reader_does_not_take_no_more_is_sent_than_may_wait() -> None:
    line = Line()
    outlet = Outlet(line)
    for _ in range(3_000):
        outlet.write(b"x" * 1_000)
    assert line.held == outlet.sent == WAITING_AT_MOST + 1_000
