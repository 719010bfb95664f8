"""What single objects of a Popolo file say: their texts, their ids, and what others they hold."""

from __future__ import annotations

from typing import Any

from tui.exchange.into.rows import as_text
from tui.exchange.into.values import clean
from tui.exchange.out.popolo import SCHEME
from tui.index import countries
from tui.library.slugs import slug
from tui.vocabulary import SUMMIT_STATUSES

Object = dict[str, Any]

_STATUSES = {
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "tentative": "scheduled",
    "scheduled": "scheduled",
    "confirmed": "scheduled",
    "postponed": "postponed",
}


def own_id(one: Object) -> str:
    """Return the id or code that this program gave to an object when it wrote the file; empty for others' files."""
    return next(
        (text(mark, "identifier") for mark in objects_in(one, "identifiers") if text(mark, "scheme") == SCHEME), ""
    )


def slug_of(one: Object) -> str:
    """Return the id of a record of ours; one that is no id is ignored."""
    found = own_id(one)
    return found if found and slug(found) == found else ""


def status_of(word: str, ours: str) -> str:
    """Return the status of a meeting for the word of an event; `ours` is the id of a record of ours, or empty."""
    return word if ours and word in SUMMIT_STATUSES else _STATUSES.get(word, "held")


def place_of(location: str) -> tuple[str, str, str]:
    """Return venue, city and code of the country of a place as this program writes it: `Villa, Rome, Italy`."""
    *rest, last = location.split(", ")
    country = countries.code(last)
    if not country:
        rest, country = [*rest, last], ""
    return ", ".join(rest[:-1]), rest[-1] if rest else "", country


def text(one: Object, field: str) -> str:
    """Return the clean text of a field; empty where it is missing or no plain value."""
    value = one.get(field)
    return "" if isinstance(value, dict | list) else clean(as_text(value))


def objects_in(one: Object, field: str) -> list[Object]:
    """Return the objects in a list of another; nothing for what is no list."""
    value = one.get(field)
    return [inner for inner in value if isinstance(inner, dict)] if isinstance(value, list) else []


def person_of(membership: Object) -> str:
    """Return the id of the person whose membership it is, in the file; empty when it is not said."""
    person = membership.get("person")
    return text(membership, "person_id") or (text(person, "id") if isinstance(person, dict) else "")


def wikidata_of(person: Object) -> str:
    """Return the id by which Wikidata knows a person; empty when it is not said."""
    for one in objects_in(person, "identifiers"):
        if text(one, "scheme").casefold() == "wikidata":
            return text(one, "identifier").rpartition("/")[2]
    return ""
