"""Many people at once: each presses a key twice a second, and each key has its answer timed."""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.ssh.guests import Guest, arrived, listen
from benchmarks.ssh.hosts import Host
from benchmarks.timing import Spread

PAUSE = 0.5
"""Seconds between two keys of one person."""

AT_ONCE = 10
"""People who connect at the same time."""

TURNS = 5
"""How often hosts take turns: what disturbs a machine for a while then disturbs all of them."""

REST = 3.0
"""Seconds between turns: an explorer has things to do a moment after a key, which would be in the turn of another."""

Keys = Callable[[int], str]
"""Returns the key that is the n-th of a person."""


class Outcome(NamedTuple):
    """What a crowd met with."""

    times: Spread
    """Milliseconds from each key to the last byte of its answer."""
    unanswered: int
    """Keys after which nothing came."""
    processor: float
    """Milliseconds of processor time of the host for each key."""


def moving(number: int) -> str:
    """Go down the list, and after a while up again."""
    return "j" if number // 20 % 2 == 0 else "k"


def typing(number: int) -> str:
    """Type a word into the query line and take it back, letter by letter."""
    word = "migration"
    place = number % (2 * len(word))
    return word[place] if place < len(word) else "\x7f"


def gathered(host: Host, key: Path, count: int) -> list[Guest]:
    """Return so many people who see the explorer."""
    guests: list[Guest] = []
    while len(guests) < count:
        more = [Guest(host.port, key, host.someone()) for _ in range(min(AT_ONCE, count - len(guests)))]
        arrived(more, 180)
        guests += more
    for guest in guests:
        guest.forget()
    return guests


def dispersed(guests: Sequence[Guest]) -> None:
    """Cut all lines."""
    for guest in guests:
        guest.hang_up()


def in_turns(crowds: Sequence[tuple[Host, Sequence[Guest]]], keys: Keys, seconds: float) -> list[Outcome]:
    """Let the crowds of several hosts press keys turn by turn, each for a time in all; return what each met with."""
    parts: list[list[Outcome]] = [[] for _ in crowds]
    count = max(int(seconds / TURNS / PAUSE), 2)
    for turn in range(TURNS):
        order = list(zip(parts, crowds, strict=True))
        for part, (host, guests) in order if turn % 2 == 0 else reversed(order):
            time.sleep(REST)
            part.append(pressed(host, guests, keys, count * PAUSE, turn * count))
    return [_together(part) for part in parts]


def _together(parts: Sequence[Outcome]) -> Outcome:
    times = tuple(time for part in parts for time in part.times.times)
    unanswered = sum(part.unanswered for part in parts)
    return Outcome(Spread(times), unanswered, sum(part.processor for part in parts) / len(parts))


def pressed(host: Host, guests: Sequence[Guest], keys: Keys, seconds: float, first: int = 0) -> Outcome:
    """Let everyone press keys for a time, evenly spread over each half second, from the key of a number on."""
    for guest in guests:
        guest.forget()
    due = sorted((PAUSE * place / len(guests), place) for place in range(len(guests)))
    began, before = time.perf_counter(), host.processor()
    typed: list[list[float]] = [[] for _ in guests]
    with select.epoll() as poll:
        by_file = {guest.master: guest for guest in guests}
        for file in by_file:
            poll.register(file, select.EPOLLIN)
        for number in range(int(seconds / PAUSE)):
            for offset, place in due:
                _take_until(poll, by_file, began + number * PAUSE + offset)
                typed[place].append(guests[place].type(keys(first + number)))
        _take_until(poll, by_file, time.perf_counter() + PAUSE)
    processor = host.processor() - before
    return _outcome(guests, typed, processor)


def _outcome(guests: Sequence[Guest], typed: Sequence[Sequence[float]], processor: float) -> Outcome:
    times, unanswered = [], 0
    for guest, presses in zip(guests, typed, strict=True):
        ends = [*presses[1:], float("inf")]
        # The first key of each is a warm-up.
        for key, end in list(zip(presses, ends, strict=True))[1:]:
            last = guest.last(key, end)
            if last is None:
                unanswered += 1
            else:
                times.append((last - key) * 1000)
    count = sum(map(len, typed))
    return Outcome(Spread(tuple(times or [float("nan")])), unanswered, processor * 1000 / count)


def _take_until(poll: select.epoll, by_file: dict[int, Guest], when: float) -> None:
    while (left := when - time.perf_counter()) > 0:
        for file, _ in poll.poll(left):
            by_file[file].take()


def in_query_line(guests: Sequence[Guest]) -> None:
    """Take everyone to the query line."""
    for guest in guests:
        guest.type("/")
    listen(guests, 2.0)


def in_lists(guests: Sequence[Guest]) -> None:
    """Take everyone from the query line, or a list, to all summits, which are more than `moving` goes down."""
    for guest in guests:
        guest.type("/\x15\r")
    listen(guests, 2.0)


def in_pages(guests: Sequence[Guest]) -> None:
    """Take everyone from the list to the page of its record, which `moving` scrolls."""
    for guest in guests:
        guest.type("l")
    listen(guests, 2.0)
