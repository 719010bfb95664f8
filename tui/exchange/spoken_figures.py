"""What the meetings of a series say of one thing over the years: each value with who says it, and where they differ."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from tui.exchange.parts import number
from tui.records import Claim, Evidence, Figure, Summit

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_AMOUNT = re.compile(rf"{_NUMBER}(?:\s*(?:to|or|–|-)\s*{_NUMBER})?\s*(bn|billion|m|million)?\s*([A-Z]{{3}})\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SCALES = {"bn": "bn", "billion": "bn", "m": "m", "million": "m", "": ""}


class Value(NamedTuple):
    """A number as one meeting's record has it."""

    low: float
    high: float
    text: str
    """As it was said: *exceeded 21.3*."""
    evidence: tuple[Evidence, ...]
    meeting: str
    """The id of the meeting at which it was said."""


class Point(NamedTuple):
    """A thing in a year, and what is said of it: one value, or several that differ."""

    year: int
    named: bool
    """Whether the year is the one the figure is about; else it is the year in which it was said."""
    label: str
    values: tuple[Value, ...]
    other: tuple[Claim, ...]
    """What else is said of it that is no number in the same unit."""

    @property
    def low(self) -> float:
        """The lowest of all that is said."""
        return min(value.low for value in self.values)

    @property
    def high(self) -> float:
        """The highest of all that is said."""
        return max(value.high for value in self.values)

    @property
    def aimed(self) -> bool:
        """Whether it is a target and not a count."""
        return is_aimed(self.label)


class Course(NamedTuple):
    """One thing in one unit over the years."""

    series: str
    unit: str
    points: tuple[Point, ...]


def is_aimed(label: str) -> bool:
    """Return whether a figure of this name is a target."""
    return not {"target", "goal"}.isdisjoint(re.findall(r"\w+", label.casefold()))


def courses(summits: Iterable[Summit]) -> list[Course]:
    """Return what is said twice or more, the longest course first."""
    groups: dict[tuple[str, str, str], list[tuple[Summit, Figure]]] = defaultdict(list)
    for summit in summits:
        for figure in summit.figures:
            groups[summit.series or summit.name, figure.unit, _subject(figure.label)].append((summit, figure))
    found = [
        Course(series, unit, _points(given, subject))
        for (series, unit, subject), given in groups.items()
        if len(given) > 1
    ]
    return sorted(found, key=lambda course: (-len(course.points), course.series, course.unit))


def _subject(label: str) -> str:
    """What a figure is about: trade and its targets are one subject, else the label says it."""
    wanted = label.casefold()
    return "trade" if "trade" in re.findall(r"\w+", wanted) else wanted


def _points(given: list[tuple[Summit, Figure]], subject: str) -> tuple[Point, ...]:
    places: dict[tuple[int, bool, str], list[Value]] = defaultdict(list)
    for summit, figure in given:
        year = figure.year or int(summit.start[:4] or 0)
        _add(places[year, figure.year is not None, figure.label], _value(summit, figure))
    points = [Point(year, named, label, tuple(values), ()) for (year, named, label), values in places.items()]
    for summit in {summit.id: summit for summit, _ in given}.values():
        for claim in summit.claims:
            if _subject(_without_year(claim.field)) == subject:
                points = _with(points, summit, claim, given[0][1].unit)
    return tuple(sorted(points, key=lambda point: (point.year, point.aimed, point.values[0].meeting)))


def _add(values: list[Value], value: Value) -> None:
    """Add a value, or its evidence to the one that says the same."""
    for place, known in enumerate(values):
        if (known.low, known.high, known.text) == (value.low, value.high, value.text):
            values[place] = known._replace(evidence=(*known.evidence, *value.evidence))
            return
    values.append(value)


def _value(summit: Summit, figure: Figure) -> Value:
    high = figure.high if figure.high is not None else figure.value
    value = number(figure.value) + (f"–{number(high)}" if figure.high is not None else "")
    return Value(figure.value, high, f"{figure.qualifier} {value}".strip(), figure.evidence, summit.id)


def _with(points: list[Point], summit: Summit, claim: Claim, unit: str) -> list[Point]:
    """Add a claim to the point of the same meeting that it is about, where there is exactly one."""
    field = claim.field.replace("_", " ")
    year = next((int(found) for found in _YEAR.findall(field) or _YEAR.findall(claim.value)), None)
    about = [
        place
        for place, point in enumerate(points)
        if any(value.meeting == summit.id for value in point.values)
        and point.aimed == is_aimed(claim.field)
        and (year is None or year == point.year)
    ]
    if len(about) != 1:
        return points
    point = points[about[0]]
    amount = _amount(claim, unit)
    if amount is None:
        point = point._replace(other=(*point.other, claim))
    elif all((amount.low, amount.high) != (value.low, value.high) for value in point.values):
        point = point._replace(values=(*point.values, amount._replace(meeting=summit.id)))
    return [*points[: about[0]], point, *points[about[0] + 1 :]]


def _amount(claim: Claim, unit: str) -> Value | None:
    """The one amount that a claim names in a unit, with its words; None for none, several, or another unit."""
    found = _AMOUNT.findall(claim.value)
    if len(found) != 1:
        return None
    low, high, scale, currency = found[0]
    if f"{currency} {_SCALES[scale]}".strip() != unit:
        return None
    text = re.sub(r"\s*(bn|billion|m|million)?\s*[A-Z]{3}\b", "", claim.value).strip()
    first = float(low.replace(",", ""))
    return Value(first, float(high.replace(",", "")) if high else first, text, claim.evidence, "")


def _without_year(field: str) -> str:
    return _YEAR.sub("", field.replace("_", " ")).strip()
