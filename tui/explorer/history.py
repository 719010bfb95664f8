"""Where the user has been: queries with the place in each, to go back and forward through."""

from __future__ import annotations

from msgspec import Struct

from tui.index.query import parse, pin
from tui.personal.kept import Where


class Place(Struct, frozen=True):
    """A query and where the user stood in its view."""

    query: str
    pane: str = "summit"
    cursors: tuple[tuple[str, str], ...] = ()
    """The record under the cursor of each list, by kind."""
    shown: str = ""
    """The record in the reader, where it is not the one under the cursor."""


def kept(place: Place) -> Where:
    """Return a place as it is kept between runs."""
    return Where(place.query, place.pane, dict(place.cursors), place.shown)


def found(where: Where) -> Place:
    """Return a place that was kept."""
    return Place(where.query, where.pane, tuple(where.cursors.items()), where.shown)


class History:
    """Places behind and ahead; going somewhere new forgets what was ahead."""

    def __init__(self) -> None:
        self._behind: list[Place] = []
        self._ahead: list[Place] = []

    def leave(self, place: Place) -> None:
        """Note the place that is being left for a new one."""
        if not self._behind or self._behind[-1] != place:
            self._behind.append(place)
        self._ahead.clear()

    def replaced_by(self, query: str) -> Place | None:
        """Return the place whose words gave way to the last term of a query, which they had found; None for none."""
        terms = parse(query).terms
        before = (one for one in reversed(self._behind) if one.query != query and not one.query.startswith(f"{query} "))
        place = next(before, None)
        if not terms or place is None or not parse(place.query).free:
            return None
        return place if pin(place.query, terms[-1].field, terms[-1].value) == query else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place behind."""
        return bool(self._behind)

    def back(self, here: Place) -> Place | None:
        """Return the place before, or None at the first."""
        return self._turn(self._behind, self._ahead, here)

    def forward(self, here: Place) -> Place | None:
        """Return the place that was left by going back, or None."""
        return self._turn(self._ahead, self._behind, here)

    @staticmethod
    def _turn(origin: list[Place], other: list[Place], here: Place) -> Place | None:
        while origin:
            place = origin.pop()
            if place.query != here.query or place.shown != here.shown:
                other.append(here)
                return place
        return None
