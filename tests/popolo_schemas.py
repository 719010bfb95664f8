"""What Popolo's JSON schemas ask of its objects (popoloproject.com, CC BY 4.0), as facts: fields, types, patterns.

Draft 3 of JSON Schema, as Popolo has it, and stricter in one point: a field that Popolo does not know is refused.
"""

from __future__ import annotations

from typing import Any

DATE = r"^[0-9]{4}(-[0-9]{2}){0,2}$"
TIME = r"^[0-9]{4}((-[0-9]{2}){0,2}|(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){0,2}(Z|[+-][0-9]{2}(:[0-9]{2})?))$"


def _text(**more: Any) -> dict[str, Any]:
    return {"type": ["string", "null"], **more}


def _needed(**more: Any) -> dict[str, Any]:
    return {"type": "string", "required": True, **more}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _texts(names: str) -> dict[str, Any]:
    return {name: _text() for name in names.split()}


_NAMES = _texts("family_name given_name additional_name honorific_prefix honorific_suffix patronymic_name")
IDENTIFIER = _object(identifier=_needed(), scheme=_text())
LINK = _object(url=_needed(format="uri"), note=_text())
_DATES = {name: _text(pattern=DATE) for name in ("start_date", "end_date")}
OTHER_NAME = _object(name=_needed(), note=_text(), **_DATES, **_NAMES)
PERSON = _object(
    other_names=_list(OTHER_NAME),
    identifiers=_list(IDENTIFIER),
    email=_text(format="email"),
    birth_date=_text(pattern=DATE),
    death_date=_text(pattern=DATE),
    image=_text(format="uri"),
    links=_list(LINK),
    sources=_list(LINK),
    **_texts("id name sort_name gender summary biography national_identity"),
    **_NAMES,
)
ORGANIZATION = _object(
    other_names=_list(OTHER_NAME),
    identifiers=_list(IDENTIFIER),
    founding_date=_text(pattern=DATE),
    dissolution_date=_text(pattern=DATE),
    image=_text(format="uri"),
    links=_list(LINK),
    sources=_list(LINK),
    **_texts("id name classification parent_id area_id"),
)
MEMBERSHIP = _object(
    start_date=_text(pattern=DATE),
    end_date=_text(pattern=DATE),
    links=_list(LINK),
    sources=_list(LINK),
    **_texts("id label role person_id organization_id post_id on_behalf_of_id area_id"),
)
EVENT = _object(
    start_date=_text(pattern=TIME),
    end_date=_text(pattern=TIME),
    identifiers=_list(IDENTIFIER),
    attendees=_list(PERSON),
    sources=_list(LINK),
    **_texts("id name description location status classification organization_id parent_id"),
)
DOCUMENT = {
    "$schema": "http://json-schema.org/draft-03/schema#",
    **_object(
        persons=_list(PERSON),
        organizations=_list(ORGANIZATION),
        memberships=_list(MEMBERSHIP),
        events=_list(EVENT),
    ),
}
"""A whole file, in the lists that its appendix on files gives."""
