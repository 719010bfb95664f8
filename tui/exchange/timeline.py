"""Topics across meetings as a grid: what recurs, what is new, what was dropped, and where something was agreed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tui.records import Agreement, Summit, Topic
from tui.vocabulary import PENDING

if TYPE_CHECKING:
    from tui.index import Index, View
    from tui.index import Row as IndexRow

SORTS = ("recurring", "first", "latest", "name")
"""How the topics may be sorted: by how often they come up, by when first, by when last, by name."""

MOST_MEETINGS = 500
"""Of a view with more meetings the newest are shown."""

_MOST_AGREEMENTS = 5_000


class Cell(NamedTuple):
    """How a topic stands at a meeting."""

    role: str = ""
    """A word of `vocabulary.AGENDA_ROLES`; empty when it is not on the agenda."""
    change: str = ""
    """`new` or `dropped` against the meeting before in the same series; empty for neither and for the first."""
    agreements: tuple[str, ...] = ()
    """The ids of the agreements on the topic that belong to the meeting."""
    foreseen: bool = False
    """Whether there are agreements, but none that is more than foreseen or talked of."""


class Line(NamedTuple):
    """A topic with its cells by the number of the meeting; meetings where nothing is to be said have none."""

    id: str
    name: str
    cells: dict[int, Cell]

    @property
    def held(self) -> list[int]:
        """The meetings that had the topic on the agenda, not counting those that kept it off."""
        return sorted(number for number, cell in self.cells.items() if cell.role not in {"", "excluded"})


class Timeline(NamedTuple):
    """The meetings of a view, the oldest first, and the topics on their agendas."""

    meetings: tuple[IndexRow, ...]
    lines: tuple[Line, ...]
    left_out: int
    """How many older meetings of the view are not shown."""

    def sorted(self, sort: str) -> Timeline:
        """Return it with its topics in one of the `SORTS`."""
        keys = {
            "recurring": lambda line: (-len(line.held), line.name),
            "first": lambda line: (line.held[0] if line.held else len(self.meetings), -len(line.held), line.name),
            "latest": lambda line: (-(line.held[-1] if line.held else -1), -len(line.held), line.name),
            "name": lambda line: (line.name.casefold(),),
        }
        return self._replace(lines=tuple(sorted(self.lines, key=keys[sort])))


def timeline(view: View, index: Index) -> Timeline:
    """Return the timeline of a view: its summits, and the topics that they had on the agenda or agreed on."""
    listing = view.lists["summit"]
    rows = sorted(listing.rows(0, listing.total), key=lambda row: (row.date, row.id))
    meetings = tuple(rows[-MOST_MEETINGS:])
    roles = _roles(meetings, index)
    agreed, settled = _agreed(view, index, {row.id: number for number, row in enumerate(meetings)})
    changes = _changes(meetings, roles)
    topics = index.records(list({topic for topic, _ in (*roles, *agreed, *changes)}))
    cells: dict[str, dict[int, Cell]] = defaultdict(dict)
    for topic, number in {*roles, *agreed, *changes}:
        place = (topic, number)
        foreseen = place in agreed and place not in settled
        cells[topic][number] = Cell(
            roles.get(place, ""), changes.get(place, ""), tuple(agreed.get(place, ())), foreseen
        )
    lines = [Line(topic, _name(topics.get(topic), topic), found) for topic, found in cells.items()]
    return Timeline(meetings, tuple(lines), len(rows) - len(meetings)).sorted(SORTS[0])


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
