"""A line of 300 ms and 64 kbit/s between two network namespaces, and someone who finds and reads an agreement over it.

The kernel's own emulator, `tc netem`, is tried first. Where the kernel has it not, the packets go through this process
instead: two TUN devices, one in each namespace, between which every packet waits as long as it would on such a line.
TCP, its windows and its acknowledgements are the kernel's in both cases. Only root can make namespaces.
"""

from __future__ import annotations

import fcntl
import os
import select
import struct
import subprocess
import threading
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.ssh.guests import Guest, arrived, silence
from benchmarks.ssh.hosts import WHOLE, serving

ROUND_TRIP = 0.3
"""Seconds there and back."""

RATE = 64_000 / 8
"""Bytes a second, each way."""

_MOST_PACKETS = 1_000
_HERE, _THERE = "10.214.77.1", "10.214.77.2"
_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
_SILENCE = 0.9

KEYS = ("/", *"rome 2025", "\r", "4", "j", "j", "\r")
"""Find the meeting of Rome in 2025, go to its agreements, and read one."""


class Answered(NamedTuple):
    """A key and the milliseconds to the last byte of its answer."""

    key: str
    milliseconds: float
    size: int


class SlowLine:
    """The two ends of the line: namespaces of this run's own, taken away when it ends."""

    def __init__(self) -> None:
        self.host, self.guest = (f"summit-{side}-{os.getpid()}" for side in ("host", "guest"))
        self.emulator = "a relay of packets between two TUN devices, since this kernel has no netem"
        self._ended = threading.Event()
        self._files: list[int] = []

    def __enter__(self) -> SlowLine:
        for space in (self.host, self.guest):
            _ip("netns", "add", space)
        if not self._netem():
            self._files = [_tun(self.host, "line0", _HERE), _tun(self.guest, "line1", _THERE)]
            threading.Thread(target=self._carry, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for space in (self.host, self.guest):
            subprocess.run(["ip", "netns", "del", space], check=False, capture_output=True)

    def within(self, space: str) -> list[str]:
        """Return what runs a command at one end."""
        return ["ip", "netns", "exec", space]

    def _netem(self) -> bool:
        """Join the ends by the kernel's emulator; False where it has none."""
        _ip("-n", self.host, "link", "add", "line0", "type", "veth", "peer", "name", "line1", "netns", self.guest)
        for space, name, address in ((self.host, "line0", _HERE), (self.guest, "line1", _THERE)):
            delay = ["netem", "delay", f"{ROUND_TRIP * 500:.0f}ms", "rate", "64kbit"]
            command = ["tc", "-n", space, "qdisc", "add", "dev", name, "root", *delay]
            if subprocess.run(command, check=False, capture_output=True).returncode:
                _ip("-n", self.host, "link", "del", "line0")
                return False
            _raise(space, name, address)
        self.emulator = "tc netem"
        return True

    def _carry(self) -> None:
        """Carry packets both ways, each when it would have come through."""
        under_way: list[deque[tuple[float, bytes]]] = [deque(), deque()]
        free = [0.0, 0.0]
        while not self._ended.is_set():
            due = min((queue[0][0] for queue in under_way if queue), default=time.monotonic() + 0.2)
            ready = select.select(self._files, [], [], max(0.0, due - time.monotonic()))[0]
            now = time.monotonic()
            for file in ready:
                way = self._files.index(file)
                try:
                    packet = os.read(file, 65_536)
                except OSError:
                    # Its namespace has been taken away.
                    return
                if len(under_way[way]) < _MOST_PACKETS:
                    free[way] = max(free[way], now) + len(packet) / RATE
                    under_way[way].append((free[way] + ROUND_TRIP / 2, packet))
            for way, queue in enumerate(under_way):
                while queue and queue[0][0] <= now:
                    os.write(self._files[1 - way], queue.popleft()[1])


def job(folder: Path, line: SlowLine, *, diff: bool, packed: bool) -> list[Answered]:
    """Find and read the agreement over the line, waiting for each answer.

    With the screen diff or Textual's own output; `packed` as by `ssh -C`, or not.
    """
    program = ("-m", "tui") if diff else WHOLE
    name = f"slow-line{'' if diff else '-whole'}{'-packed' if packed else ''}"
    host = serving(folder, "--listen", _HERE, program=program, before=line.within(line.host), name=name)
    try:
        guest = Guest(host.port, folder / "key", host.someone(_HERE), before=line.within(line.guest), packed=packed)
        try:
            arrived([guest])
            silence(guest, 2.0)
            return [_pressed(guest, key) for key in KEYS]
        finally:
            guest.hang_up()
    finally:
        host.stop()


def _pressed(guest: Guest, key: str) -> Answered:
    guest.forget()
    pressed = guest.type(key)
    silence(guest, _SILENCE, 20.0)
    taken = (guest.chunks[-1].when - pressed) * 1000 if guest.chunks else 0.0
    return Answered(key, taken, guest.count)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def _tun(space: str, name: str, address: str) -> int:
    """Make a TUN device at one end, and return the file by which its packets are read and written here."""
    file = os.open("/dev/net/tun", os.O_RDWR)
    own = f"{name}-{os.getpid()}"[:15]
    fcntl.ioctl(file, _TUNSETIFF, struct.pack("16sH22x", own.encode(), _IFF_TUN | _IFF_NO_PI))
    _ip("link", "set", own, "netns", space)
    _raise(space, own, address)
    return file


def _raise(space: str, name: str, address: str) -> None:
    _ip("-n", space, "addr", "add", f"{address}/30", "dev", name)
    _ip("-n", space, "link", "set", name, "up")
    _ip("-n", space, "link", "set", "lo", "up")


class Jobs(NamedTuple):
    """The answers of the same job done in four ways: with the screen diff or without, packed (`ssh -C`) or not."""

    emulator: str
    """What carried the line."""
    packed: Sequence[Answered]
    plain: Sequence[Answered]
    whole_packed: Sequence[Answered]
    whole: Sequence[Answered]


def measured(folder: Path) -> Jobs:
    """Do the job in all four ways over one line."""
    with SlowLine() as line:
        ways = [(diff, packed) for diff in (True, False) for packed in (True, False)]
        done = [job(folder, line, diff=diff, packed=packed) for diff, packed in ways]
        return Jobs(line.emulator, *done)
