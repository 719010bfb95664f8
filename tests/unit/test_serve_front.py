"""Who is turned away at the door: whoever failed to log in too often, by network."""

from __future__ import annotations

import pytest

from tui.serve import front as module
from tui.serve.front import Failures, network


@pytest.mark.parametrize(
    ("address", "household"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("no address", "no address"),
    ],
)
def test_a_household_is_one_address_however_many_it_has(address: str, household: str) -> None:
    assert network(address) == household


def test_who_fails_too_often_waits_and_no_one_else() -> None:
    now = [0.0]
    failures = Failures(3, clock=lambda: now[0])
    for _ in range(3):
        assert not failures.too_many("here")
        failures.note("here")
    assert failures.too_many("here")
    assert not failures.too_many("elsewhere")
    now[0] += 40
    assert not failures.too_many("here")
    failures.note("here")
    assert failures.too_many("here")
    now[0] += 1000
    for _ in range(3):
        assert not failures.too_many("here")
        failures.note("here")


def test_a_host_may_count_no_failures() -> None:
    failures = Failures(0)
    for _ in range(1000):
        failures.note("here")
    assert not failures.too_many("here")


def test_what_is_known_of_failures_takes_a_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_SOURCES", 50)
    now = [0.0]
    failures = Failures(1, clock=lambda: now[0])
    for number in range(500):
        failures.note(f"place {number}")
    assert len(failures._buckets) == 50
    now[0] += 1000
    failures.note("later")
    assert failures.too_many("later")
    assert len(failures._buckets) == 1
