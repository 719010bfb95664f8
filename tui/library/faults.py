"""Says in plain words why a record cannot be read: which record, which field, what was expected, the way out."""

from __future__ import annotations

import difflib
import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tui.language import either, gettext, later
from tui.library.errors import LibraryError
from tui.library.jsontext import Entry
from tui.records import KINDS, TABLES, Id, PartialDate, Record
from tui.vocabulary import a_kind

AT = re.compile(r" - at `\$([^`]*)`$")
NAMED = re.compile(r"Object (missing required|contains unknown) field `(.*)`$", re.DOTALL)
WRONG_TYPE = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")
STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")
LONGEST_VALUE = 60

TYPES = {
    "str": later("text"),
    "int": later("a whole number"),
    "float": later("a number"),
    "bool": later("true or false"),
    "array": later("a list"),
    "object": later("an object"),
    "null": "null",
}


class Fault(NamedTuple):
    """Why a record cannot be read."""

    field: str
    """The path to the field in the record: `participants[0].leader`; empty for the record as a whole."""
    reason: str
    remedy: str


def too_deep() -> Fault:
    """Return the fault of a record whose JSON is nested without an end."""
    return Fault("", gettext("the JSON is nested too deeply for a record"), gettext("Mend the record."))


def fault_of(entry: Entry, error: msgspec.MsgspecError) -> Fault:
    """Return what `error`, raised on decoding `entry`, means to the person who wrote the record."""
    message = str(error)
    at = AT.search(message)
    path = at.group(1).lstrip(".") if at else ""
    if named := NAMED.match(message.removesuffix(at.group()) if at else message):
        return _named_field_fault(entry, path, named.group(2), missing=named.group(1).startswith("missing"))
    found = _shown(_value_at(_plain(entry), path)) if path else ""
    if wrong := WRONG_TYPE.search(message):
        wanted = [TYPES.get(part, part) for part in wrong.group(1).split(" | ") if part != "null"]
        got = TYPES.get(wrong.group(2), wrong.group(2))
        reason = gettext("expected {expected}, found {got}", expected=either(wanted), got=gettext(got))
        remedy = (
            gettext("A field that is not known is left out.")
            if path
            else gettext("Write {kind} as {{…}}.", kind=_kind(entry))
        )
        return Fault(path, f"{reason}: {found}" if found and got != "null" else reason, remedy)
    if "matching regex" in message or "of length" in message:
        return _shape_fault(entry, path, found)
    reason = message.partition(" - at ")[0].lower()
    said = gettext("cannot be read ({reason})", reason=reason)
    return Fault(path, f"{said}: {found}" if found else said, gettext("Mend the record."))


def record_error(file: Path, entry: Entry, fault: Fault) -> LibraryError:
    """Return the LibraryError for a fault in a record of a file."""
    where = entry.where(id_of(entry)) + (f": {fault.field}" if fault.field else "")
    return LibraryError(file, fault.reason, where=where, remedy=fault.remedy)


def id_of(entry: Entry) -> str:
    """Return the id that a record gives itself, shortened; empty when it gives none that can be read."""
    try:
        value = _plain(entry)
    except RecursionError:
        return ""
    record_id = value.get("id") if isinstance(value, dict) else None
    return record_id[:LONGEST_VALUE] if isinstance(record_id, str) else ""


def _named_field_fault(entry: Entry, path: str, name: str, *, missing: bool) -> Fault:
    field = f"{path}.{name}" if path else name
    if missing:
        return Fault(
            field,
            gettext("the field is missing"),
            gettext("Give it a value; {kind} is not complete without it.", kind=_kind(entry)),
        )
    known = _fields_at(TABLES[entry.table], path)
    near = difflib.get_close_matches(name, known, 1, 0.6)
    remedy = (
        gettext("Did you mean {near}?", near=repr(near[0]))
        if near
        else gettext("The fields here are {fields}.", fields=", ".join(known))
    )
    return Fault(field, gettext("there is no such field"), remedy)


def _shape_fault(entry: Entry, path: str, found: str) -> Fault:
    if _type_at(TABLES[entry.table], path) == PartialDate:
        return Fault(
            path,
            gettext("{found} is no date", found=found),
            gettext("Write 2025, 2025-04 or 2025-04-29; leave it out when unknown."),
        )
    return Fault(
        path,
        gettext("{found} is no id", found=found),
        gettext("An id is at most 120 of a-z, 0-9 and single hyphens between words: rome-2025."),
    )


def _kind(entry: Entry) -> str:
    return a_kind(KINDS[TABLES[entry.table]])


def _plain(entry: Entry) -> Any:
    """Return the record as plain values, also where it holds a number too large for the record model."""
    return json.loads(bytes(entry.raw))


def _value_at(value: Any, path: str) -> Any:
    for name, index in STEP.findall(path):
        value = value[int(index)] if index else value[name]
    return value


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _type_at(shape: Any, path: str) -> Any:
    """Return the type that the record model gives to a path, without its `| None` and list wrappings."""
    for name, _ in STEP.findall(path):
        if name:
            shape = _unwrapped({field.name: field.type for field in msgspec.structs.fields(shape)}[name])
    return shape


def _unwrapped(shape: Any) -> Any:
    if shape in (Id, PartialDate):
        return shape
    for inner in getattr(shape, "__args__", ()):
        if inner not in (type(None), ...):
            return inner
    return shape


def _fields_at(record: type[Record], path: str) -> list[str]:
    return [field.name for field in msgspec.structs.fields(_type_at(record, path))]
