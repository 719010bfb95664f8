"""Finds what may be one thing under several names. It tells and never merges: a person decides.

Countries in several names, values in several spellings, people of one country with nearly the same name, and
records that stand for the same days and place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz import fuzz

from tui.exchange.into.arrival import Doubt
from tui.index import countries
from tui.index.folding import fold
from tui.language import gettext
from tui.records import Leader, Summit

_ALIKE = 88
"""Percent, in rapidfuzz's measure, from which two names of one country are shown side by side."""
_ALIKE_ANYWHERE = 94
"""The same for people of whom no country is known."""
_CROWD = 400
"""People of one country from which on only those are compared whose last names begin alike."""


class Spellings:
    """Counts under which names a table speaks of countries, and how it spells the values to be compared."""

    def __init__(self) -> None:
        self._countries: dict[str, Counter[str]] = defaultdict(Counter)
        self._values: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def add_country(self, country: str, printed: str) -> None:
        """Take in that `printed` was understood as `country`."""
        if country:
            self._countries[country][printed] += 1

    def add_value(self, name: str, value: str) -> None:
        """Take in one value of those to be compared."""
        if value:
            self._values[name, fold(value)][value] += 1

    def doubts(self) -> Iterator[Doubt]:
        """Yield what stands in several names or spellings, and the countries that are not known."""
        for country, printed in sorted(self._countries.items()):
            if len(printed) > 1:
                text = f"{countries.name(country)}: {_counted(printed)}"
                yield Doubt(gettext("one country, several names; taken as one"), text)
        for country, printed in sorted(self._countries.items()):
            if countries.code(country) != country:
                yield Doubt(gettext("no country of today; kept by its name"), _counted(printed))
        for (name, _), spelled in sorted(self._values.items()):
            if len(spelled) > 1:
                yield Doubt(gettext("one {name}, several spellings; kept as printed", name=name), _counted(spelled))


def _counted(spelled: Counter[str]) -> str:
    return ", ".join(f"{text} {count}" for text, count in spelled.most_common())


def near_names(new: Iterable[Leader], held: Iterable[Leader]) -> Iterator[Doubt]:
    """Yield pairs of people of one country who may be one, at least one of each pair new."""
    by_country: dict[str, list[tuple[str, Leader]]] = defaultdict(list)
    fresh = set()
    for leader in new:
        fresh.add(leader.id)
        by_country[leader.country].append((fold(leader.name), leader))
    for leader in held:
        if leader.id not in fresh and leader.country in by_country:
            by_country[leader.country].append((fold(leader.name), leader))
    for country, people in sorted(by_country.items()):
        for (name, one), (other_name, other) in _pairs(people):
            if (one.id in fresh or other.id in fresh) and _alike(
                name, other_name, _ALIKE if country else _ALIKE_ANYWHERE
            ):
                where = f" ({country})" if country else ""
                yield Doubt(gettext("perhaps one person; kept apart"), f"{one.name} · {other.name}{where}")


def _pairs(people: list[tuple[str, Leader]]) -> Iterator[tuple[tuple[str, Leader], tuple[str, Leader]]]:
    if len(people) <= _CROWD:
        yield from combinations(people, 2)
        return
    blocks: dict[str, list[tuple[str, Leader]]] = defaultdict(list)
    for person in people:
        last = person[0].rpartition(" ")[2]
        blocks[last[:4]].append(person)
    for block in blocks.values():
        yield from combinations(block, 2)


def _alike(name: str, other: str, least: int) -> bool:
    """Say whether two folded names are spelled nearly alike, or one is the other with some words left out."""
    words, others = name.split(), other.split()
    if _numerals(words) != _numerals(others):
        return False
    if len(words) != len(others):
        fewer, more = sorted((words, others), key=len)
        return len(fewer) > 1 and set(fewer) < set(more)
    return fuzz.ratio(name, other) >= least and all(
        fuzz.ratio(word, found) >= 60 for word, found in zip(words, others, strict=True)
    )


def _numerals(words: list[str]) -> list[str]:
    """Return the numbers of kings and popes in a name: John Paul II is not John Paul I."""
    return [word for word in words if set(word) <= set("ivx")]


def same_meetings(new: Iterable[Summit], held: Iterable[Summit]) -> Iterator[Doubt]:
    """Yield records that share days and city and so may be one meeting, at least one of each group new."""
    groups: dict[tuple[str, str, str, str], list[tuple[bool, Summit]]] = defaultdict(list)
    for fresh, summits in ((True, new), (False, held)):
        for summit in summits:
            if len(summit.start) == 10 and summit.city:
                groups[summit.start, summit.end or summit.start, summit.country, fold(summit.city)].append(
                    (fresh, summit)
                )
    for (start, _, _, _), found in sorted(groups.items()):
        if len(found) > 1 and any(fresh for fresh, _ in found):
            names = " · ".join(summit.id for _, summit in found)
            yield Doubt(gettext("perhaps one meeting; kept apart"), f"{start} {found[0][1].city}: {names}")
