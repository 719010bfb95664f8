"""Dates as a person reads them; partial dates stay as partial as they are."""

from __future__ import annotations

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def spoken(date: str) -> str:
    """Return an ISO date in words: `2025-04-29` as *29 April 2025*, `2025-04` as *April 2025*."""
    parts = date.split("-")
    if len(parts) == 1:
        return date
    month = _MONTHS[int(parts[1]) - 1] if 1 <= int(parts[1]) <= 12 else parts[1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"


def spoken_span(start: str, end: str) -> str:
    """Return a span of days in words, with what both ends share said once: *5–6 July 2022*."""
    if not end or end == start:
        return spoken(start)
    if not start:
        return f"until {spoken(end)}"
    first, last = start.split("-"), end.split("-")
    if len(first) != 3 or len(last) != 3 or first[0] != last[0]:
        return f"{spoken(start)} – {spoken(end)}"
    if first[1] == last[1]:
        return f"{int(first[2])}–{spoken(end)}"
    return f"{spoken(start).rsplit(' ', 1)[0]} – {spoken(end)}"


def ordinal(number: int) -> str:
    """Return *1st*, *2nd*, *11th*."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
