"""A mapping, as people write it in TOML: which columns of a table make which fields of which records.

    [source]                        where the table comes from; every record says so
    url = "https://example.org/visits.csv"

    [values]                        names for what several fields need
    person = { from = "{visitor}", remove = "^(President|King) " }

    [summit]                        one for each row; `[[leader]]`, `[[topic]]`, `[[agreement]]` for as many as wanted
    id = "visit-{number}"
    name = "{visitor} in {city}"
    start = { from = "{first day}", dates = ["%d/%m/%Y"] }
    [[summit.participants]]
    leader = "{person}"

`values.Rule` says what a rule may do. A mistake is told with the file, the key and the reason.
"""

from __future__ import annotations

import difflib
import re
import tomllib
import types
import typing
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from tui.exchange.into.arrival import CannotImportError
from tui.exchange.into.mapping import Mapping, PartRule, RecordRule
from tui.exchange.into.values import Rule
from tui.language import gettext, system_said
from tui.library.rules import faults
from tui.library.slugs import slug
from tui.records import KINDS, Part, Record, Source

TYPES: dict[str, type[Record]] = {kind: made for made, kind in KINDS.items() if made is not Source}
GROUPINGS = ("decade", "year", "series", "")
_STEPS = ("from", "pattern", "remove", "map", "dates", "split", "country", "odd_country", "default")
_FILE_KEYS = ("format", "delimiter", "encoding")
_INTO_KEYS = ("name", "by")
_SECTIONS = ("source", "file", "into", "values", "compare", *TYPES)


def read_mapping(file: Path) -> Mapping:
    """Return the mapping in a TOML file. Raises CannotImportError, which names the key that is wrong."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        return _Reading(file).mapping(tomllib.loads(text))
    except OSError as error:
        raise CannotImportError(file, gettext("cannot be read ({reason})", reason=system_said(error))) from error
    except UnicodeDecodeError as error:
        raise CannotImportError(file, gettext("is not UTF-8")) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CannotImportError(file, gettext("is no TOML: {reason}", reason=error)) from error


def nearest(word: str, known: typing.Iterable[str]) -> str:
    """Return `; the nearest is …` for a word that is not among the known ones, or nothing."""
    found = difflib.get_close_matches(word, list(known), 1)
    return gettext("; the nearest is {name}", name=repr(found[0])) if found else ""


class _Reading:
    """Turns plain TOML values into a mapping and says at which key they are wrong."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def mapping(self, given: dict[str, Any]) -> Mapping:
        self._known("", given, _SECTIONS)
        source = self._source(self._table("source", given.get("source", {})))
        file = self._texts("file", given.get("file", {}), _FILE_KEYS)
        into = self._texts("into", given.get("into", {}), _INTO_KEYS)
        self._among("file.format", file.get("format", ""), ("csv", "tsv", "jsonl", "json", "yaml", ""))
        self._among("into.by", into.get("by", ""), GROUPINGS)
        if len(file.get("delimiter", "")) > 1 or file.get("delimiter") in ("\n", "\r", '"', " "):
            self._wrong("file.delimiter", gettext("is one character between the cells"))
        self._encoding(file.get("encoding", ""))
        values = self._table("values", given.get("values", {}))
        rules = {name: self.rule(f"values.{name}", value) for name, value in values.items()}
        compare = self._table("compare", given.get("compare", {})).get("values", [])
        if not isinstance(compare, list) or any(name not in rules for name in compare):
            self._wrong(
                "compare.values", gettext("is a list of names that stand in [values]: {names}", names=", ".join(rules))
            )
        records = tuple(self._record(kind, one) for kind in TYPES for one in self._tables(kind, given.get(kind, [])))
        if not records:
            self._wrong(
                "summit",
                gettext("the mapping makes no record; it needs [summit], [[leader]], [[topic]] or [[agreement]]"),
            )
        return Mapping(
            file=self._file,
            source=source,
            form=file.get("format", ""),
            delimiter=file.get("delimiter", ""),
            encoding=file.get("encoding", ""),
            name=slug(into.get("name", "")) or source.id,
            by=into.get("by", ""),
            values=rules,
            compare=tuple(compare),
            records=records,
        )

    def rule(self, key: str, given: Any) -> Rule:
        if isinstance(given, bool):
            self._wrong(key, gettext("is a text, or a table with `from`"))
        if isinstance(given, str | int | float):
            return Rule(str(given))
        steps = self._table(key, given)
        self._known(key, steps, _STEPS)
        if not isinstance(steps.get("from"), str):
            self._wrong(f"{key}.from", gettext('says what the value is made of, as a text: "{column}"'))
        mapped = self._table(f"{key}.map", steps.get("map", {}))
        for word, value in mapped.items():
            if not isinstance(value, str):
                self._wrong(f"{key}.map.{word}", gettext("is a text"))
        dates = steps.get("dates", [])
        if not isinstance(dates, list) or not all(isinstance(form, str) for form in dates):
            self._wrong(f"{key}.dates", gettext('is a list of forms: ["iso", "%d.%m.%Y"]'))
        return Rule(
            text=steps["from"],
            pattern=self._pattern(f"{key}.pattern", steps.get("pattern")),
            remove=self._pattern(f"{key}.remove", steps.get("remove")),
            map=mapped,
            dates=tuple(dates),
            split=self._pattern(f"{key}.split", steps.get("split")),
            country=self._switch(f"{key}.country", steps.get("country", False)),
            odd_country=self._switch(f"{key}.odd_country", steps.get("odd_country", False)),
            default=self._text(f"{key}.default", steps.get("default", "")),
        )

    def _record(self, kind: str, given: dict[str, Any]) -> RecordRule:
        made = TYPES[kind]
        parts_of = _lists_of_parts(made)
        self._known(kind, given, ["each", *(field for field in made.__struct_fields__ if field != "amount")])
        given = dict(given)
        each = self._text(f"{kind}.each", given.pop("each", ""))
        for needed in ("id", "title" if kind == "agreement" else "name"):
            if needed not in given:
                self._wrong(f"{kind}.{needed}", gettext("is missing"))
        fields = {field: self.rule(f"{kind}.{field}", value) for field, value in given.items() if field not in parts_of}
        parts = {
            field: [
                self._part(f"{kind}.{field}", parts_of[field], one) for one in self._tables(f"{kind}.{field}", value)
            ]
            for field, value in given.items()
            if field in parts_of
        }
        return RecordRule(made, each, fields, parts)

    def _part(self, key: str, made: type[Part], given: dict[str, Any]) -> PartRule:
        plain = [field for field in made.__struct_fields__ if field != "evidence"]
        self._known(key, given, ["each", *plain])
        each = self._text(f"{key}.each", given.get("each", ""))
        return PartRule(each, {field: self.rule(f"{key}.{field}", given[field]) for field in plain if field in given})

    def _source(self, given: dict[str, Any]) -> Source:
        self._known("source", given, Source.__struct_fields__)
        if "url" not in given:
            self._wrong("source.url", gettext("is missing: every record says where it comes from, by a web address"))
        named = slug(str(given.get("id") or given.get("title") or given["url"]))
        try:
            source = msgspec.convert({**given, "id": named}, Source)
        except msgspec.ValidationError as error:
            self._wrong("source", str(error))
        for field, message in faults(source):
            self._wrong(f"source.{field}", message)
        return source

    def _pattern(self, key: str, given: Any) -> re.Pattern[str] | None:
        if given is None:
            return None
        try:
            return re.compile(self._text(key, given))
        except (re.error, OverflowError, RecursionError) as error:
            self._wrong(key, gettext("is no regular expression: {reason}", reason=error))

    def _encoding(self, name: str) -> None:
        try:
            "".encode(name or "utf-8")
            b"".decode(name or "utf-8")
        except (LookupError, ValueError):
            self._wrong("file.encoding", gettext("{name} is no encoding that is known here", name=repr(name)))

    def _tables(self, key: str, given: Any) -> list[dict[str, Any]]:
        return [self._table(key, one) for one in (given if isinstance(given, list) else [given])]

    def _table(self, key: str, given: Any) -> dict[str, Any]:
        if not isinstance(given, dict):
            self._wrong(key, gettext("is a table of keys and values"))
        return given

    def _texts(self, key: str, given: Any, keys: typing.Iterable[str]) -> dict[str, str]:
        self._known(key, self._table(key, given), keys)
        return {name: self._text(f"{key}.{name}", value) for name, value in given.items()}

    def _text(self, key: str, given: Any) -> str:
        if not isinstance(given, str):
            self._wrong(key, gettext("is a text"))
        return given

    def _switch(self, key: str, given: Any) -> bool:
        if not isinstance(given, bool):
            self._wrong(key, gettext("is true or false"))
        return given

    def _known(self, key: str, given: dict[str, Any], known: typing.Iterable[str]) -> None:
        words = list(known)
        for name in given:
            if name not in words:
                place = f"{key}.{name}" if key else name
                self._wrong(place, gettext("there is no such key") + nearest(name, words))

    def _among(self, key: str, word: str, words: typing.Iterable[str]) -> None:
        if word not in words:
            known = ", ".join(filter(None, words))
            self._wrong(key, gettext("{word} is not one of {words}", word=repr(word), words=known))

    def _wrong(self, key: str, reason: str) -> typing.NoReturn:
        raise CannotImportError(self._file, reason, key)


def _lists_of_parts(made: type[Record]) -> dict[str, type[Part]]:
    """Return the fields of a record that hold parts, and what they hold: `participants` → Participant."""
    found: dict[str, type[Part]] = {}
    for field, hint in get_type_hints(made).items():
        inner = get_args(hint)[0] if get_origin(hint) is tuple else None
        if isinstance(inner, type) and not isinstance(inner, types.GenericAlias) and issubclass(inner, Part):
            found[field] = inner
    return found
