"""A table becomes records by a mapping: each row a summit or an agreement, with the leaders and topics it names.

A row from which no sound record can be made is refused whole, with the reason. Leaders and topics that several rows
name become one record, where the rows leave no doubt that they mean one.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Columns
from pathlib import Path
from typing import Any

import msgspec

from tui.exchange.into.arrival import Arrival, CannotImportError, Progress, Refusal, keep_still
from tui.exchange.into.gathering import Gathering
from tui.exchange.into.mapping import Mapping, PartRule, RecordRule
from tui.exchange.into.mapping_file import nearest
from tui.exchange.into.rows import Place, Row, as_text, flat, read_rows
from tui.exchange.into.uncertain import Spellings
from tui.exchange.into.values import Rule, ValueRefusedError, cell, filled
from tui.language import gettext
from tui.library.slugs import slug
from tui.records import KINDS, Agreement, Leader, Record, Summit, Topic

LINKS = ("id", "leader", "topic", "topics", "summit")
"""The fields that hold ids; what a rule makes for them is turned into a slug."""
_STEP = 200
"""Rows between two words on the progress."""


def from_table(file: Path, mapping: Mapping, progress: Progress = keep_still) -> Arrival:
    """Return what a table brings. Raises CannotImportError when file and mapping do not fit each other at all."""
    places = read_rows(file, mapping.form, mapping.delimiter, mapping.encoding)
    rows = [place for place in places if isinstance(place, Place)]
    _refuse_unknown_columns(file, mapping, rows)
    arrival = Arrival(mapping.name, [mapping.source], {mapping.source.id: gettext("the mapping")}, rows=len(places))
    gathering = Gathering(arrival)
    spellings = Spellings()
    for number, place in enumerate(places):
        if number % _STEP == 0:
            progress(number, len(places))
        if isinstance(place, Refusal):
            arrival.refusals.append(place)
            continue
        try:
            row = _with_values(mapping, place.row, spellings)
            made = list(_records(mapping, row))
        except ValueRefusedError as refused:
            arrival.refusals.append(Refusal(place.where, str(refused)))
            continue
        gathering.add(place.where, made)
    gathering.settle()
    arrival.doubts += spellings.doubts()
    progress(len(places), len(places))
    return arrival


def _refuse_unknown_columns(file: Path, mapping: Mapping, rows: list[Place]) -> None:
    columns = {name: None for place in rows for name in place.row}
    known = columns | dict.fromkeys(mapping.values)
    for key, column in mapping.columns():
        if rows and column not in known:
            reason = gettext("{file} has no column {column}", file=file.name, column=repr(column))
            raise CannotImportError(mapping.file, reason + nearest(column, known), key)


def fits(mapping: Mapping, rows: list[Place]) -> bool:
    """Return whether a table has every column that a mapping reads."""
    columns = {name for place in rows for name in place.row}
    return bool(columns) and all(name in columns or name in mapping.values for _, name in mapping.columns())


def _with_values(mapping: Mapping, row: Row, spellings: Spellings) -> Row:
    whole = dict(row)
    for name, rule in mapping.values.items():
        whole[name] = rule.several(whole) if rule.split else _told(f"values.{name}", rule, whole)
        if rule.country and not rule.split:
            spellings.add_country(whole[name], filled(rule.text, whole))
        if name in mapping.compare:
            spellings.add_value(name, cell(whole[name]))
    return whole


def _told(key: str, rule: Rule, row: Columns[str, Any]) -> str:
    """Return one value of a row; a refusal says which field it was for."""
    try:
        return rule.one(row)
    except ValueRefusedError as refused:
        raise ValueRefusedError(f"{key}: {refused}") from refused


def _records(mapping: Mapping, row: Row) -> Iterator[Record]:
    """Yield the records of a row. Raises ValueRefusedError when one of them cannot be made."""
    for rule in mapping.records:
        for columns in _each(mapping, rule.each, row):
            record = _record(mapping, rule, columns)
            if record:
                yield record


def _record(mapping: Mapping, rule: RecordRule, row: Row) -> Record | None:
    """Return the record that a rule makes of a row; None for a leader or topic without a name."""
    kind = KINDS[rule.made]
    made = {field: _value(rule, field, one, row) for field, one in rule.fields.items()}
    plain: dict[str, Any] = {field: value for field, value in made.items() if value}
    if rule.made in (Leader, Topic) and not plain.get("name"):
        return None
    if not plain.get("id"):
        keys = ", ".join(rule.fields["id"].columns) or "it"
        raise ValueRefusedError(gettext("{kind}.id: nothing to make it of ({keys} is empty)", kind=kind, keys=keys))
    for field, parts in rule.parts.items():
        plain[field] = [one for part in parts for one in _parts(f"{kind}.{field}", mapping, part, row)]
    return _converted(kind, rule.made, plain, mapping)


def _converted(kind: str, made: type[Record], plain: dict[str, Any], mapping: Mapping) -> Record:
    if made in (Summit, Agreement, Leader):
        quotes = plain.get("evidence") or [{}]
        plain["evidence"] = [{"source": mapping.source.id, **quote} for quote in quotes]
    try:
        return msgspec.convert(plain, made, strict=False)
    except msgspec.ValidationError as error:
        raise ValueRefusedError(f"{kind}: {error}") from error


def _value(rule: RecordRule, field: str, one: Rule, row: Row) -> str | list[str]:
    key = f"{KINDS[rule.made]}.{field}"
    if isinstance(getattr(rule.made, field, None), property):
        raise ValueRefusedError(gettext("{key} follows from other fields", key=key))
    many = field in _LISTS[rule.made]
    try:
        made: str | list[str] = one.several(row) if many else one.one(row)
    except ValueRefusedError as refused:
        raise ValueRefusedError(f"{key}: {refused}") from refused
    if field not in LINKS:
        return made
    return [slug(text) for text in made] if isinstance(made, list) else slug(made)


def _parts(key: str, mapping: Mapping, part: PartRule, row: Row) -> Iterator[dict[str, Any]]:
    """Yield the parts of one list that a row makes, without those of which every column is empty."""
    for columns in _each(mapping, part.each, row):
        made: dict[str, str] = {}
        for field, rule in part.fields.items():
            text = _told(f"{key}.{field}", rule, columns)
            made[field] = slug(text) if field in LINKS else text
        told = [field for field, rule in part.fields.items() if rule.columns]
        if not told or any(made[field] for field in told):
            yield {field: text for field, text in made.items() if text}


def _each(mapping: Mapping, each: str, row: Row) -> Iterator[Row]:
    """Yield the row itself, or one for each thing in the column `each`, with the values that follow from it."""
    if not each:
        yield row
        return
    items = row.get(each)
    for item in items if isinstance(items, list) else [items] if items else []:
        inner = flat(item, each) if isinstance(item, dict) else [(each, as_text(item))]
        columns = {**row, **dict(inner)}
        for name, rule in mapping.values.items():
            if any(column == each or column.startswith(f"{each}.") for column in rule.columns):
                columns[name] = _told(f"values.{name}", rule, columns)
        yield columns


_LISTS: dict[type[Record], frozenset[str]] = {
    made: frozenset(
        field.name
        for field in msgspec.structs.fields(made)
        if field.default == () and field.name in ("aliases", "parties", "invited", "venue_aliases", "topics")
    )
    for made in KINDS
}
"""The fields of each record that hold several texts."""
