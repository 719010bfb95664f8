"""The orders in which each list may be read, and where each record stands in them."""

from __future__ import annotations

SORTS: dict[str, tuple[str, ...]] = {
    "summit": ("newest", "oldest", "name"),
    "leader": ("meetings", "name", "country"),
    "topic": ("meetings", "name", "sector"),
    "agreement": ("newest", "oldest", "status", "title"),
}
"""How each list may be sorted; the first is the default."""

RELEVANCE = "relevance"
"""The order of a list that words narrow, unless another is asked for: the likest names and the weightiest first."""

IMPORTANCE = "count DESC, date DESC, by_name, id"
"""What tells records apart that match alike: how often they met or what they agreed, then the newest."""

_ORDERS = {
    "newest": "date DESC, by_name, id",
    "oldest": "date = '', date, by_name, id",
    "name": "by_name, date DESC, id",
    "title": "by_name, date DESC, id",
    "country": "by_group = '', by_group, by_name, id",
    "sector": "by_group, by_name, id",
    "status": "by_group, date DESC, by_name, id",
    "meetings": "count DESC, by_name, id",
}

LISTS: dict[tuple[str, str], int] = {
    (kind, sort): at * 10 + place
    for at, (kind, sorts) in enumerate(SORTS.items(), 1)
    for place, sort in enumerate(sorts)
}
"""The number of each list in `placed`, by kind and sort."""

STEP = 1 << 20
"""How far apart a build places neighbours, so that others fit between them."""


def order(sort: str) -> str:
    """Return the ORDER BY of a sort, over the columns of `record`."""
    return _ORDERS[sort]
