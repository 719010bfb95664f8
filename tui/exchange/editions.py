"""A summit among the editions of its series: the one before, the one after, and what changed on the agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.exchange.page import Row, Span, joined
from tui.language import agreeing
from tui.records import Record, Summit, title_of

if TYPE_CHECKING:
    from tui.index import Index
    from tui.index import Row as IndexRow


def neighbour(summit: Summit, index: Index, step: int) -> IndexRow | None:
    """Return the edition before (-1) or after (1) a summit in its series."""
    editions = index.editions(summit.series) if summit.series else []
    place = next((place for place, item in enumerate(editions) if item.id == summit.id), None)
    if place is None or not 0 <= place + step < len(editions):
        return None
    return editions[place + step]


class AgendaChange(NamedTuple):
    """The topics of an agenda against another's, by id; what was kept off an agenda is on none."""

    new: tuple[str, ...]
    again: tuple[str, ...]
    dropped: tuple[str, ...]

    @property
    def groups(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        """What there is, as (word, role, topics)."""
        given = (
            (agreeing("new"), "settled", self.new),
            (agreeing("again"), "plain", self.again),
            (agreeing("dropped"), "ended", self.dropped),
        )
        return tuple(group for group in given if group[2])


def agenda_change(earlier: Summit, later: Summit) -> AgendaChange:
    """Return what a later agenda has that an earlier one had not, has again, and has no more."""
    then = [item.topic for item in earlier.agenda if item.role != "excluded"]
    now = [item.topic for item in later.agenda if item.role != "excluded"]
    return AgendaChange(
        tuple(topic for topic in now if topic not in then),
        tuple(topic for topic in now if topic in then),
        tuple(topic for topic in then if topic not in now),
    )


def links(ids: tuple[str, ...], known: dict[str, Record]) -> Row:
    """Return records by name on one row, each a link where the library has it."""
    return joined([[Span(title_of(known[id]), "link", id) if id in known else Span(id)] for id in ids])  # noqa: A001
