"""How the figures of a run are said in its tables."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.report import Row, at_most, plain
from benchmarks.ssh.crowd import Outcome
from benchmarks.ssh.one import Answer
from benchmarks.ssh.slow_line import Answered

WIRE = {"cursor move": 400, "page": 900, "search letter": 900, "pane change": 900}
"""Bytes on the wire that a key may cost."""

TIMES = {"cursor move": 12.0, "search letter": 25.0}
"""Milliseconds to its last byte."""


def middle(answers: Sequence[Answer]) -> Answer:
    """Return the answer that took the middle time."""
    return sorted(answers, key=lambda answer: answer.milliseconds)[len(answers) // 2]


def typical(stays: Sequence[dict[str, Answer]]) -> dict[str, Answer]:
    """Return the middle of several stays, key by key."""
    return {name: middle([stay[name] for stay in stays]) for name in stays[0]}


def of_key(name: str, answer: Answer, other: Answer) -> list[Row]:
    """Return what a key took at both hosts, beside its bounds."""
    said = f"{answer.milliseconds:.1f} ms; sshd {other.milliseconds:.1f} ms"
    wire = f"{answer.wire:.0f} B, of them {answer.terminal:.0f} for the terminal; sshd {other.wire:.0f} B"
    rows = []
    if name in TIMES:
        rows.append(at_most(f"{name}: key to last byte", said, answer.milliseconds, TIMES[name], "ms"))
        ratio = answer.milliseconds / other.milliseconds
        rows.append(at_most(f"{name}: key to last byte / sshd + process", f"{ratio:.2f} ×", ratio, 1))
    else:
        rows.append(plain(f"{name}: key to last byte", said))
    if name in WIRE:
        rows.append(at_most(f"{name}: on the wire", wire, answer.wire, WIRE[name], "B"))
    return rows


def tails(outcome: Outcome) -> str:
    """Return how a crowd fared, in words."""
    times = outcome.times
    said = f"median {times.median:.1f}, p95 {times.p95:.1f}, most {times.most:.0f} ms"
    said += f"; {outcome.processor:.1f} ms CPU a key"
    return said + (f"; {outcome.unanswered} keys without an answer" if outcome.unanswered else "")


def within(answers: Sequence[Answered], limit: float) -> str:
    """Return how many keys of a job were answered in time, and what all took together."""
    count = sum(one.milliseconds <= limit for one in answers)
    worst = max(answers, key=lambda answer: answer.milliseconds)
    said = f"{count} of {len(answers)} keys within; longest {worst.milliseconds:.0f} ms for {worst.key!r}"
    return f"{said}; all {sum(one.milliseconds for one in answers) / 1000:.1f} s"


def beside(answers: Sequence[Answered]) -> str:
    """Return what one key took in the four ways to do a job."""
    packed, unpacked, whole_packed, whole = (f"{one.milliseconds:.0f}" for one in answers)
    said = f"{packed} ms, without -C {unpacked}; no diff {whole_packed}, without -C {whole}"
    return f"{said}; {answers[1].size} B to the terminal, no diff {answers[3].size}"
