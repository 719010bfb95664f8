"""`python -m benchmarks.ssh`, or `make bench-ssh`: measures everything, prints the tables and keeps them.

Needs OpenSSH's client and server. The slow line needs root, and so does `--ahead`, by which both hosts and all guests
go before other work on the machine, for machines that are never quiet.
"""

from __future__ import annotations

import argparse
import functools
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import Row, at_most, document, missing, plain, table
from benchmarks.ssh import hostile, rude, slow_line
from benchmarks.ssh.ahead import go_ahead
from benchmarks.ssh.crowd import (
    TURNS,
    Outcome,
    dispersed,
    gathered,
    in_lists,
    in_pages,
    in_query_line,
    in_turns,
    moving,
    pressed,
    typing,
)
from benchmarks.ssh.guests import Guest
from benchmarks.ssh.hosts import SSHD, Host, serving, sshd
from benchmarks.ssh.one import came, idled, stayed
from benchmarks.ssh.rows import beside, middle, of_key, tails, typical, within

_SOME, _MANY = 50, 100
"""People who type, and who move."""

RESULTS = Path(__file__).parents[1] / "results-ssh.md"


class Bench:
    """One run: its folder, and how long its parts take."""

    def __init__(self, folder: Path, given: argparse.Namespace) -> None:
        self.folder, self.seconds, self.ahead = folder, float(given.seconds), bool(given.ahead)
        self.counts = [int(count) for count in given.sessions.split(",")]
        self.visits, self.idle = int(given.visits), float(given.idle)
        self.key = folder / "key"

    def alone(self) -> list[Row]:
        """Measure one person alone, at both hosts."""
        hosts: list[Host] = []
        try:
            hosts += [serving(self.folder)]
            hosts += [sshd(self.folder)]
            for host in hosts:
                came(host, self.key)
            # Turn by turn, so that both meet with the same machine. Whoever logs in to sshd begins a process that could
            # not go ahead yet, so here nobody does.
            turns = [[came(host, self.key) for host in hosts] for _ in range(7)]
            arrivals = [middle(column) for column in zip(*turns, strict=True)]
            favours = [functools.partial(self._favour, host) for host in hosts]
            rounds = [[stayed(*one, self.key) for one in zip(hosts, favours, strict=True)] for _ in range(7)]
            stays = [typical(column) for column in zip(*rounds, strict=True)]
            quiet = idled(hosts[0], self.key, self.idle)
        finally:
            for host in hosts:
                host.stop()
        (first, other), (here, there) = arrivals, stays
        said, ratio = (
            f"{first.milliseconds:.0f} ms / {other.milliseconds:.0f} ms",
            first.milliseconds / other.milliseconds,
        )
        size = first.terminal
        rows = [
            at_most("TCP connect to first full paint / sshd + process", f"{said} = {ratio:.3f} ×", ratio, 0.2),
            at_most("first paint at 80x24, bytes to the terminal", f"{size:.0f}", size, 12_000, "B"),
            plain("the same with log-in, bytes on the wire", f"{first.wire:.0f}; sshd {other.wire:.0f}"),
        ]
        for name, answer in here.items():
            rows += of_key(name, answer, there[name])
        rows.append(at_most("idle, bytes on the wire a minute", f"{quiet[0]:.0f}", quiet[0], 0, "B"))
        rows.append(at_most("idle, wake-ups a minute of all processes", f"{quiet[1]:.0f}", quiet[1], 10, ""))
        return rows

    def crowds(self) -> list[Row]:
        """Measure the memory of many sessions, and their tails, at both hosts."""
        hosts: list[Host] = []
        try:
            hosts.append(serving(self.folder))
            here, memory = self._filled(hosts[0])
            hosts.append(sshd(self.folder))
            turns = self._in_turns((hosts[0], here), hosts[1])
        finally:
            for host in hosts:
                host.stop()
        rows = []
        for count in self.counts:
            nearest = min(turns.memory, key=lambda known: abs(known - count))
            one, other = memory[count] / 1e6, turns.memory[nearest] / 1e6
            said = f"{one:.2f} MB; sshd {other:.1f} MB at {nearest}, {one / other:.3f} ×"
            rows.append(at_most(f"memory of one more session, {count} sessions (PSS)", said, one, 3, "MB"))
            rows.append(at_most(f"the same / sshd + process, {count} sessions", said, one / other, 0.125))
        for name, (ours, others), limit in (
            ("100 sessions moving at 2 keys a second, p95", turns.moving, 50),
            ("50 sessions typing at 2 keys a second, p95", turns.typing, 60),
        ):
            rows.append(at_most(name, tails(ours), ours.times.p95, limit, "ms"))
            said = f"{ours.times.p95:.0f} ms / {others.times.p95:.0f} ms; sshd: {tails(others)}"
            rows.append(at_most(f"{name}, / sshd + process", said, ours.times.p95 / others.times.p95, 1.2))
        said = f"{tails(turns.reading[0])}; sshd: {tails(turns.reading[1])}"
        return [*rows, plain("100 sessions scrolling a page at 2 keys a second", said)]

    def _filled(self, host: Host) -> tuple[list[Guest], dict[int, int]]:
        """Return a hundred people of a host, and the bytes of one more session by how many there are, all used."""
        # The first sessions make what all others share.
        dispersed(gathered(host, self.key, 4))
        base, memory = host.memory(), {}
        guests: list[Guest] = []
        for count in self.counts:
            guests += self._joined(host, count - len(guests))
            in_query_line(guests)
            pressed(host, guests, typing, self.seconds / TURNS)
            in_lists(guests)
            pressed(host, guests, moving, self.seconds / TURNS)
            memory[count] = self._told(host, count, base)
        dispersed(guests[_MANY:])
        return guests[:_MANY], memory

    def _in_turns(self, ours: tuple[Host, list[Guest]], sshd: Host) -> _Turns:
        """Let the people of both hosts press keys by turns."""
        here = ours[1]
        dispersed(gathered(sshd, self.key, 4))
        base, memory = sshd.memory(), {}
        there = self._joined(sshd, _SOME)
        for crowd in (here[:_SOME], there):
            in_query_line(crowd)
        typed = in_turns([(ours[0], here[:_SOME]), (sshd, there)], typing, self.seconds)
        memory[_SOME] = self._told(sshd, _SOME, base)
        there += self._joined(sshd, _MANY - _SOME)
        for crowd in (here, there):
            in_lists(crowd)
        moved = in_turns([(ours[0], here), (sshd, there)], moving, self.seconds)
        for crowd in (here, there):
            in_pages(crowd)
        read = in_turns([(ours[0], here), (sshd, there)], moving, self.seconds)
        memory[_MANY] = self._told(sshd, _MANY, base)
        dispersed([*here, *there])
        return _Turns(memory, typed, moved, read)

    def _joined(self, host: Host, count: int) -> list[Guest]:
        guests = gathered(host, self.key, count)
        self._favour(host, [guest.process.pid for guest in guests])
        return guests

    def _told(self, host: Host, count: int, base: int) -> int:
        memory = (host.memory() - base) // count
        say(f"{host.name}: {count} sessions, {memory / 1e6:.2f} MB each")
        return memory

    def _favour(self, host: Host, others: Sequence[int]) -> None:
        if self.ahead:
            go_ahead([*host.processes(), *others])

    def rudeness(self) -> list[Row]:
        """Measure what is left of thousands of visits."""
        first, last = rude.visited(self.folder, self.visits, self.visits // 10)
        title = f"{self.visits:,} visits, half of them cut off"
        said = f"{last.memory / 1e6:.1f} MB, {first.memory / 1e6:.1f} MB after {first.visits:,}"
        more, things = max(0, last.files - first.files), last.sessions + last.explorers
        return [
            at_most(f"{title}: memory / after {first.visits:,}", said, last.memory / first.memory, 1.05),
            at_most(
                "sessions and explorers left",
                f"{last.sessions} and {last.explorers}",
                things,
                0,
                "",
            ),
            at_most("tasks left but the server's own", f"{last.tasks} tasks", last.tasks - 3, 0, ""),
            at_most("files and sockets more", f"{last.files} open, {first.files} before", more, 0, ""),
        ]

    def harm(self) -> list[Row]:
        """Measure what twenty people notice of someone who does their worst."""
        rows = []
        for harm in hostile.suffered(self.folder, self.seconds, ahead=self.ahead):
            ratio = harm.outcome.times.p95 / harm.alone.times.p95
            said = f"{tails(harm.outcome)}; just before {tails(harm.alone)}; {ratio:.2f} ×"
            rows.append(at_most(f"{hostile.BESIDE} sessions moving beside {harm.name}: p95 / alone", said, ratio, 2))
        return rows

    def far_away(self) -> list[Row]:
        """Measure a person at the end of a slow line."""
        if os.geteuid():
            return [missing("a line of 300 ms and 64 kbit/s", "needs root, for its network namespaces")]
        jobs = slow_line.measured(self.folder)
        limit = slow_line.ROUND_TRIP * 1000 + 150
        worst = max(jobs.packed, key=lambda answer: answer.milliseconds)
        title = "find and read an agreement of Rome 2025 by `ssh -C`: key to its whole paint"
        return [
            plain("the line", f"round trip 300 ms, 64 kbit/s each way, by {jobs.emulator}"),
            at_most(title, within(jobs.packed, limit), worst.milliseconds, limit, "ms"),
            plain("the same without `-C`", within(jobs.plain, limit)),
            plain("the same without the screen diff, by `ssh -C`", within(jobs.whole_packed, limit)),
            plain("the same without the screen diff and without `-C`", within(jobs.whole, limit)),
            *(
                plain(f"key {answers[0].key!r}", beside(answers))
                for answers in zip(jobs.packed, jobs.plain, jobs.whole_packed, jobs.whole, strict=True)
            ),
        ]


class _Turns(NamedTuple):
    """What was measured of many sessions at both hosts: of ours, and of sshd."""

    memory: dict[int, int]
    """Bytes of one more session at sshd, by how many there are."""
    typing: list[Outcome]
    moving: list[Outcome]
    reading: list[Outcome]


def say(line: str) -> None:
    """Tell on the error stream how far the run is."""
    print(line, file=sys.stderr, flush=True)


def versions() -> dict[str, str]:
    """Return the versions that matter."""
    said = subprocess.run(["ssh", "-V"], check=False, capture_output=True, text=True).stderr.split(",")[0]
    return {"textual": version("textual"), "asyncssh": version("asyncssh"), "OpenSSH": said.removeprefix("OpenSSH_")}


def main() -> None:
    """Measure what was asked for, print the tables and keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", default="50,100,200", help="how many at a time; the last at least 100")
    parser.add_argument("--seconds", type=float, default=15, help="that people press keys in each part")
    parser.add_argument("--visits", type=int, default=2000)
    parser.add_argument("--idle", type=float, default=60, help="seconds")
    parser.add_argument("--ahead", action="store_true", help="go before other work on the machine, both hosts alike")
    parser.add_argument("--only", default="", help="parts, by comma: alone, crowds, rude, hostile, slow")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args()
    if SSHD is None:
        sys.exit("this needs OpenSSH's server: apt install openssh-server")
    with tempfile.TemporaryDirectory(prefix="bench-ssh-", ignore_cleanup_errors=True) as folder:
        bench = Bench(Path(folder), given)
        parts: dict[str, tuple[str, Callable[[], list[Row]]]] = {
            "alone": ("One person, 80x24", bench.alone),
            "crowds": ("Many people", bench.crowds),
            "hostile": ("Someone who does their worst", bench.harm),
            "slow": ("A slow line", bench.far_away),
            "rude": ("People who come and go", bench.rudeness),
        }
        wanted = given.only.split(",") if given.only else list(parts)
        sections = {}
        for name in wanted:
            title, measure = parts[name]
            say(f"{title} …")
            if bench.ahead:
                go_ahead([os.getpid()])
            sections[title] = measure()
            print(f"\n{title}\n\n{table(sections[title])}", flush=True)
    command = " ".join(["make bench-ssh", *(["AHEAD=--ahead"] if bench.ahead else [])])
    given.results.write_text(
        document("The explorer over SSH, measured", command, versions(), sections), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
