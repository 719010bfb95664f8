"""One person alone: from the connection to the screen, from each key to its answer, and what goes over the wire."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.ssh.guests import Guest, arrived, listen, silence
from benchmarks.ssh.hosts import Host
from benchmarks.ssh.relay import Relay

_SILENCE = 0.25
"""Seconds without a byte after which a key is answered."""

KEYS = (
    ("cursor move", "j" * 16),
    ("page", "\x04\x15" * 5),
    ("pane change", "\t" * 8),
    ("to the query line", "/"),
    ("search letter", "migration"),
)
"""What is done, and the keys that do it."""


class Answer(NamedTuple):
    """What came after a key, the median of several."""

    wire: float
    """Bytes of TCP's payload, with what SSH adds."""
    terminal: float
    """Bytes that the terminal got."""
    milliseconds: float
    """From the key to the last of them."""
    worst: float
    """The longest of these times."""


def came(host: Host, key: Path, size: tuple[int, int] = (80, 24)) -> Answer:
    """Connect, and return what it took from the opening of the TCP connection to the full first screen."""
    relay = Relay(host.port)
    guest = Guest(relay.port, key, host.someone(), size)
    try:
        arrived([guest])
        silence(guest, _SILENCE)
        taken = (guest.painted() - relay.opened) * 1000
        return Answer(relay.count, guest.count, taken, taken)
    finally:
        guest.hang_up()
        relay.close()


def stayed(host: Host, favour: Callable[[Sequence[int]], None], key: Path) -> dict[str, Answer]:
    """Connect, press each of the keys alone, and leave; `favour` is called with the guest's process at the start."""
    relay = Relay(host.port)
    guest = Guest(relay.port, key, host.someone())
    try:
        arrived([guest])
        favour([guest.process.pid])
        silence(guest, _SILENCE)
        return {name: _middle([_pressed(relay, guest, one) for one in keys]) for name, keys in KEYS}
    finally:
        guest.hang_up()
        relay.close()


def _pressed(relay: Relay, guest: Guest, key: str) -> Answer:
    guest.forget()
    before = relay.count
    pressed = guest.type(key)
    silence(guest, _SILENCE, 10.0)
    taken = (guest.chunks[-1].when - pressed) * 1000 if guest.chunks else 0.0
    return Answer(relay.count - before, guest.count, taken, taken)


def _middle(answers: list[Answer]) -> Answer:
    wire, terminal, taken = (median(column) for column in list(zip(*answers, strict=True))[:3])
    return Answer(wire, terminal, taken, max(answer.worst for answer in answers))


def idled(host: Host, key: Path, seconds: float) -> tuple[float, float]:
    """Return the bytes and the host's wake-ups of an idle minute, with one person there."""
    relay = Relay(host.port)
    guest = Guest(relay.port, key, host.someone())
    try:
        arrived([guest])
        listen([guest], 5.0)
        count, wakeups, began = relay.count, host.wakeups(), time.perf_counter()
        listen([guest], seconds)
        minutes = (time.perf_counter() - began) / 60
        return (relay.count - count) / minutes, (host.wakeups() - wakeups) / minutes
    finally:
        guest.hang_up()
        relay.close()
