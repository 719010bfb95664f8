"""Dates and ordinals as a person reads them; partial dates stay as partial as they are."""

from __future__ import annotations

from tui.language import ENGLISH, current, gettext, locale


def spoken(date: str) -> str:
    """Return an ISO date in words: `2025-04-29` as *29 April 2025*, `2025-04` as *April 2025*."""
    parts = date.split("-")
    if len(parts) == 1:
        return date
    month = locale()["months"][int(parts[1]) - 1] if 1 <= int(parts[1]) <= 12 else parts[1]
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{int(parts[2])} {month} {parts[0]}"


def spoken_span(start: str, end: str) -> str:
    """Return a span of days in words, with what both ends share said once: *5–6 July 2022*."""
    if not end or end == start:
        return spoken(start)
    if not start:
        return gettext("until {date}").format(date=spoken(end))
    first, last = start.split("-"), end.split("-")
    if len(first) != 3 or len(last) != 3 or first[0] != last[0]:
        return f"{spoken(start)} – {spoken(end)}"
    if first[1] == last[1]:
        return f"{int(first[2])}–{spoken(end)}"
    return f"{spoken(start).rsplit(' ', 1)[0]} – {spoken(end)}"


def ordinal(number: int) -> str:
    """Return *1st*, *2nd*, *11th*; in another language as that writes it."""
    if current() != ENGLISH:
        return locale()["ordinal"].format(number)
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def edition(mark: str) -> str:
    """Return the edition of a row, which the index has in English, as the language of the screens writes it."""
    figures = mark.rstrip("stndrh")
    return ordinal(int(figures)) if figures != mark and figures.isdecimal() else mark
