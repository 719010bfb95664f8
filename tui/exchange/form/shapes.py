"""What the record model says of the fields of a form."""

from __future__ import annotations

import types
import typing
from functools import cache
from typing import Any

from tui.records import AgendaItem, Evidence, Part, Participant, Signatory, Step

SHORT: dict[type[Any], str] = {
    Evidence: "source",
    AgendaItem: "topic",
    Participant: "leader",
    Signatory: "leader",
    Step: "status",
}
"""The field that may stand alone for the whole item: `agenda: [migration, energy]`."""


@cache
def types_of(shape: type[Part]) -> dict[str, Any]:
    """Return the type of each field."""
    return typing.get_type_hints(shape)


@cache
def exact_types_of(shape: type[Part]) -> dict[str, Any]:
    """Return the type of each field with the patterns that its text must fit."""
    return typing.get_type_hints(shape, include_extras=True)


def fields_of(shape: type[Part]) -> tuple[str, ...]:
    """Return the names of the fields."""
    return shape.__struct_fields__


def item_of(shape: type[Part], name: str) -> type[Part] | None:
    """Return the shape of the items of a list field, or of a field that is an object; None for plain values."""
    found = inner(types_of(shape)[name])
    return found if isinstance(found, type) and issubclass(found, Part) else None


def is_list(kind: Any) -> bool:
    """Return whether a type is that of a list."""
    return typing.get_origin(kind) is tuple


def inner(kind: Any) -> Any:
    """Return a type without `| None`, and for a list that of its items."""
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return next(part for part in typing.get_args(kind) if part is not type(None))
    return typing.get_args(kind)[0] if is_list(kind) else kind
