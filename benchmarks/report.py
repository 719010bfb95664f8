"""Rows of a report: what was measured, the bound it must keep, and whether it does."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

NOT_MEASURED = "not measured"


class Row(NamedTuple):
    """A figure beside its bound."""

    figure: str
    measured: str
    bound: str
    verdict: str


def at_most(figure: str, measured: str, value: float, limit: float, unit: str = "×") -> Row:
    """Return the row of a value that must not pass a limit."""
    verdict = "met" if value <= limit else f"missed: {_short(value)} for {_short(limit)}"
    return Row(figure, measured, f"≤ {_short(limit)} {unit}".rstrip(), verdict)


def at_least(figure: str, measured: str, value: float, limit: float, unit: str = "") -> Row:
    """Return the row of a value that must reach a limit."""
    verdict = "met" if value >= limit else f"missed: {_short(value)} for {_short(limit)}"
    return Row(figure, measured, f"≥ {_short(limit)} {unit}".rstrip(), verdict)


def missing(figure: str, why: str) -> Row:
    """Return the row of what could not be measured."""
    return Row(figure, why, "", NOT_MEASURED)


def plain(figure: str, measured: str) -> Row:
    """Return the row of a figure without a bound."""
    return Row(figure, measured, "", "")


def _short(value: float) -> str:
    return f"{value:.4f}" if 0 < abs(value) < 0.1 else f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def machine() -> str:
    """Return a line on the machine, its load and its Python."""
    model = ""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    except OSError:
        pass
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{os.cpu_count()} × {model or platform.machine()}, {platform.system()} {platform.release()},"
        f" Python {platform.python_version()}, load {load}"
    )


def table(rows: Iterable[Row]) -> str:
    """Return rows as a Markdown table."""
    lines = ["| figure | measured | at least | |", "|---|---|---|---|"]
    lines += [f"| {row.figure} | {row.measured} | {row.bound} | {row.verdict} |" for row in rows]
    return "\n".join(lines)


def document(title: str, command: str, versions: Mapping[str, str], sections: Mapping[str, Iterable[Row]]) -> str:
    """Return a whole report in Markdown."""
    day = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    said = ", ".join(f"{name} {version}" for name, version in versions.items())
    parts = [f"# {title}", f"{day}. {machine()}.", f"{said}.", f"Command: `{command}`"]
    for name, rows in sections.items():
        parts += [f"## {name}", table(rows)]
    return "\n\n".join(parts) + "\n"
