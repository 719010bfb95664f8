"""Someone who does their worst, beside twenty who go on with their work: how much do these notice?"""

from __future__ import annotations

import fcntl
import struct
import termios
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from benchmarks.ssh.ahead import go_ahead
from benchmarks.ssh.crowd import Outcome, dispersed, gathered, moving, pressed
from benchmarks.ssh.guests import Guest, arrived
from benchmarks.ssh.hosts import FAULTY, serving

BESIDE = 20


class Harm(NamedTuple):
    """What someone did, and what the others met with then."""

    name: str
    alone: Outcome
    """Just before."""
    outcome: Outcome


def _fault(guest: Guest, ended: threading.Event) -> None:
    """Press the key that has a fault."""
    guest.type("s")
    ended.wait()


def _endless_keys(guest: Guest, ended: threading.Event) -> None:
    """Press keys as fast as the line takes them, at most 400,000."""
    for _ in range(2_000):
        if ended.is_set():
            return
        guest.type(b"jk" * 100)


def _endless_letters(guest: Guest, ended: threading.Event) -> None:
    """Type letters into the query line as fast as the line takes them, at most 400,000."""
    guest.type("/")
    for _ in range(2_000):
        if ended.is_set():
            return
        guest.type(b"energy\x7f\x7f\x7f\x7f\x7f\x7f" * 16)


def _paste(guest: Guest, ended: threading.Event) -> None:
    """Paste a megabyte."""
    guest.type(b"/\x1b[200~")
    for _ in range(1_000):
        if ended.is_set():
            return
        guest.type(b"migration " * 100)
    guest.type(b"\x1b[201~")


def _windows(guest: Guest, ended: threading.Event) -> None:
    """Change the window's size a hundred times a second, between the least and the most that a client can claim."""
    number = 0
    while not ended.wait(0.01) and number < 3_000:
        number += 1
        size = (65_535, 65_535) if number % 2 else (1, 1)
        fcntl.ioctl(guest.master, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        # The client has no controlling terminal, whose kernel would send it this.
        guest.process.send_signal(28)


DEEDS: dict[str, Callable[[Guest, threading.Event], None]] = {
    "an exception": _fault,
    "an endless loop of keys": _endless_keys,
    "an endless loop of search letters": _endless_letters,
    "a paste of 1 MB": _paste,
    "a window-size bomb": _windows,
}


def suffered(folder: Path, seconds: float, *, ahead: bool) -> list[Harm]:
    """Return how twenty people fare beside each of the deeds, and alone just before each."""
    host = serving(folder, program=FAULTY, name="hostile")
    try:
        guests = gathered(host, folder / "key", BESIDE)
        if ahead:
            go_ahead([*host.processes(), *(guest.process.pid for guest in guests)])
        pressed(host, guests, moving, 3)
        harms = []
        for name, deed in DEEDS.items():
            alone = pressed(host, guests, moving, seconds)
            other = Guest(host.port, folder / "key", host.someone())
            arrived([other])
            ended = threading.Event()
            doing = threading.Thread(target=_done, args=(deed, other, ended), daemon=True)
            reading = threading.Thread(target=_read, args=(other, ended), daemon=True)
            for thread in (reading, doing):
                thread.start()
            harms.append(Harm(name, alone, pressed(host, guests, moving, seconds)))
            ended.set()
            other.process.kill()
            for thread in (reading, doing):
                thread.join(10)
            other.hang_up()
            time.sleep(2.0)
        dispersed(guests)
        return harms
    finally:
        host.stop()


def _done(deed: Callable[[Guest, threading.Event], None], guest: Guest, ended: threading.Event) -> None:
    with suppress(OSError):
        deed(guest, ended)


def _read(guest: Guest, ended: threading.Event) -> None:
    while not ended.is_set() and guest.take():
        guest.forget()
