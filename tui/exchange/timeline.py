"""Topics across meetings as a grid: what recurs, what is new, what was dropped, and where something was agreed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tui.language import later
from tui.records import Agreement, Summit, Topic
from tui.vocabulary import AGENDA_ROLES, PENDING

if TYPE_CHECKING:
    from tui.index import Index, View
    from tui.index import Row as IndexRow

SORTS = (later("persistence"), later("first appearance"), later("recency"), later("name"))
"""How the topics may be sorted: by how often they come up, by when first, by when last, by name."""

MANY = 48
"""From more meetings than this on, years are shown first."""

MOST_MEETINGS = 500
"""Of a view with more meetings the newest are shown."""

_MOST_AGREEMENTS = 5_000


class Cell(NamedTuple):
    """How a topic stands at a meeting, or at the meetings of a year."""

    role: str = ""
    """A word of `vocabulary.AGENDA_ROLES`; empty when it is not on the agenda."""
    change: str = ""
    """`new` or `dropped` against the meeting before in the same series; empty for neither and for the first."""
    agreements: tuple[str, ...] = ()
    """The ids of the agreements on the topic that belong to the meeting."""
    foreseen: bool = False
    """Whether there are agreements, but none that is more than foreseen or talked of."""
    times: int = 0
    """On how many agendas it stands, not counting those that kept it off."""


class Column(NamedTuple):
    """A meeting, or all meetings of a year."""

    year: str
    name: str
    """What stands under the year: the month of a meeting, or how many meetings the year has."""
    place: str
    """The host's country of a meeting; empty for a year."""
    meetings: tuple[IndexRow, ...]
    yearly: bool = False


class Line(NamedTuple):
    """A topic with its cells by the number of the column; columns where nothing is to be said have none."""

    id: str
    name: str
    cells: dict[int, Cell]

    @property
    def held(self) -> list[int]:
        """The columns that had the topic on an agenda, not counting those that only kept it off."""
        return sorted(number for number, cell in self.cells.items() if cell.times)

    @property
    def times(self) -> int:
        """On how many agendas the topic stands."""
        return sum(cell.times for cell in self.cells.values())


class Timeline(NamedTuple):
    """The meetings of a view in columns, the oldest first, and the topics on their agendas."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    left_out: int
    """How many older meetings of the view are not shown."""

    @property
    def meetings(self) -> tuple[IndexRow, ...]:
        """The meetings of all columns."""
        return tuple(meeting for column in self.columns for meeting in column.meetings)

    def sorted(self, sort: str) -> Timeline:
        """Return it with its topics in one of the `SORTS`."""
        keys = {
            "persistence": lambda line: (-line.times, line.name),
            "first appearance": lambda line: (
                line.held[0] if line.held else len(self.columns),
                -line.times,
                line.name,
            ),
            "recency": lambda line: (-(line.held[-1] if line.held else -1), -line.times, line.name),
            "name": lambda line: (line.name.casefold(),),
        }
        return self._replace(lines=tuple(sorted(self.lines, key=keys[sort])))

    def by_year(self) -> Timeline:
        """Return it with a column for each year that has meetings, and one for those of an unknown date."""
        years = list(dict.fromkeys(column.year for column in self.columns))
        place = {year: number for number, year in enumerate(years)}
        grouped: dict[str, list[IndexRow]] = {year: [] for year in years}
        for column in self.columns:
            grouped[column.year] += column.meetings
        columns = tuple(Column(year, str(len(met)), "", tuple(met), yearly=True) for year, met in grouped.items())
        return self._replace(columns=columns, lines=tuple(self._yearly(line, place) for line in self.lines))

    def _yearly(self, line: Line, place: dict[str, int]) -> Line:
        cells: dict[int, list[Cell]] = defaultdict(list)
        for number, cell in sorted(line.cells.items()):
            cells[place[self.columns[number].year]].append(cell)
        return line._replace(cells={number: _merged(found) for number, found in cells.items()})


def _merged(cells: list[Cell]) -> Cell:
    """The cells of a year as one: the strongest standing, all agreements, how often."""
    roles = {cell.role for cell in cells}
    agreements = tuple(text for cell in cells for text in cell.agreements)
    return Cell(
        next((role for role in AGENDA_ROLES if role in roles), ""),
        "",
        agreements,
        bool(agreements) and all(cell.foreseen for cell in cells if cell.agreements),
        sum(cell.times for cell in cells),
    )


def timeline(view: View, index: Index) -> Timeline:
    """Return the timeline of a view: its summits, and the topics that they had on the agenda or agreed on."""
    listing = view.lists["summit"]
    meetings = tuple(sorted(listing.newest(MOST_MEETINGS), key=lambda row: (row.date, row.id)))
    roles = _roles(meetings, index)
    agreed, settled = _agreed(view, index, {row.id: number for number, row in enumerate(meetings)})
    changes = _changes(meetings, roles)
    topics = index.records(list({topic for topic, _ in (*roles, *agreed, *changes)}))
    cells: dict[str, dict[int, Cell]] = defaultdict(dict)
    for topic, number in {*roles, *agreed, *changes}:
        place = (topic, number)
        foreseen = place in agreed and place not in settled
        role = roles.get(place, "")
        cells[topic][number] = Cell(
            role, changes.get(place, ""), tuple(agreed.get(place, ())), foreseen, int(role not in {"", "excluded"})
        )
    lines = [Line(topic, _name(topics.get(topic), topic), found) for topic, found in cells.items()]
    columns = tuple(Column(row.date[:4], row.date[5:7] or "--", row.country[:2], (row,)) for row in meetings)
    return Timeline(columns, tuple(lines), listing.total - len(meetings)).sorted(SORTS[0])


def _name(record: object, topic: str) -> str:
    return record.name if isinstance(record, Topic) else topic


def _roles(meetings: tuple[IndexRow, ...], index: Index) -> dict[tuple[str, int], str]:
    """How each topic stands on each agenda; of two standings the one that is more than *kept off* counts."""
    records = index.records([row.id for row in meetings])
    found: dict[tuple[str, int], str] = {}
    for number, row in enumerate(meetings):
        record = records.get(row.id)
        for item in record.agenda if isinstance(record, Summit) else ():
            if found.get((item.topic, number), "excluded") == "excluded":
                found[item.topic, number] = item.role
    return found


def _agreed(
    view: View, index: Index, numbers: dict[str, int]
) -> tuple[dict[tuple[str, int], list[str]], set[tuple[str, int]]]:
    """The agreements on each topic at each meeting, and where at least one is more than pending."""
    listing = view.lists["agreement"]
    ids = [row.id for row in listing.rows(0, min(listing.total, _MOST_AGREEMENTS))]
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    settled = set()
    for record in index.records(ids).values():
        if isinstance(record, Agreement) and record.summit in numbers:
            for topic in record.topics:
                place = (topic, numbers[record.summit])
                found[place].append(record.id)
                if record.status not in PENDING:
                    settled.add(place)
    return found, settled


def _changes(meetings: tuple[IndexRow, ...], roles: dict[tuple[str, int], str]) -> dict[tuple[str, int], str]:
    """What is new and what was dropped at each meeting against the one before of the same series."""
    agendas: dict[int, set[str]] = defaultdict(set)
    for (topic, number), role in roles.items():
        if role != "excluded":
            agendas[number].add(topic)
    before: dict[str, int] = {}
    found: dict[tuple[str, int], str] = {}
    for number, row in enumerate(meetings):
        if not agendas[number]:
            continue
        if row.title in before:
            earlier = agendas[before[row.title]]
            found |= {(topic, number): "new" for topic in agendas[number] - earlier}
            found |= {(topic, number): "dropped" for topic in earlier - agendas[number]}
        before[row.title] = number
    return found
