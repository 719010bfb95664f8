"""Writes a record as a form."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

import msgspec
import yaml

from tui import vocabulary
from tui.exchange.form.shapes import SHORT, fields_of, item_of
from tui.language import gettext, later
from tui.library.curating import defaults_of
from tui.records import Agreement, Leader, Record, Source, Summit, Topic, kind_of, title_of

MESSAGE = "#! "
"""How a line begins that tells what is wrong with the next one; it is taken out when the form is read."""

_WIDTH = 100
_WORDS = {
    (Summit, "status"): vocabulary.SUMMIT_STATUSES,
    (Summit, "participants"): vocabulary.ROLES,
    (Summit, "agenda"): vocabulary.AGENDA_ROLES,
    (Summit, "statements"): vocabulary.STATEMENTS,
    (Topic, "sector"): vocabulary.SECTORS,
    (Agreement, "sector"): vocabulary.SECTORS,
    (Agreement, "instrument"): vocabulary.INSTRUMENTS,
    (Agreement, "level"): vocabulary.LEVELS,
    (Agreement, "history"): vocabulary.STATUSES,
    (Agreement, "statements"): vocabulary.STATEMENTS,
    (Source, "kind"): vocabulary.SOURCE_KINDS,
}
_WORD_FIELD = {"participants": "role", "agenda": "role", "statements": "kind", "history": "status"}
_ASKED: dict[type[Record], tuple[str, ...]] = {
    Summit: ("name", "series", "edition", "start", "city", "country", "participants", "agenda", "evidence"),
    Leader: ("name", "aliases", "country", "offices"),
    Topic: ("name", "aliases", "sector", "summary"),
    Agreement: ("title", "summit", "sector", "instrument", "parties", "topics", "history", "evidence"),
    Source: ("url", "title", "publisher", "published", "language", "kind"),
}
"""The fields that the form of a new record has, empty or not."""


class _Plain(yaml.SafeDumper):
    """Writes text without quotes wherever it can be read back: to the reader every value is text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - the name and the shape that PyYAML gives it

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists under their field."""
        super().increase_indent(flow, False)


class _Flow(list[Any]):
    """A list that is written on one line."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


def _flow(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


_Plain.add_representer(str, _text)
_Plain.add_representer(_Flow, _flow)


_NEW = {
    "summit": later("A new summit."),
    "leader": later("A new leader."),
    "topic": later("A new topic."),
    "agreement": later("A new agreement."),
    "source": later("A new source."),
}


def form_of(record: Record, *, new: bool = False) -> str:
    """Return the form of a record: its fields that are known, and as comments which others there are.

    For a `new` record, the fields that such a record mostly has stand there empty.
    """
    shape = type(record)
    unset = defaults_of(shape)
    asked = _ASKED[shape] if new else ()
    lines = [_heading(record, new)]
    others = []
    for name in shape.__struct_fields__:
        value = getattr(record, name)
        known = value != unset.get(name) if name in unset else bool(value)
        if not known and name not in asked and name != "id":
            if name != "former_ids":
                others.append(name)
            continue
        lines += _hint(shape, name)
        lines.append(_field(name, value) if known else f"{name}:\n")
    if others:
        lines.append("\n" + _comment(gettext("There may also be: {fields}.", fields=", ".join(others))))
    return "".join(lines)


def _heading(record: Record, new: bool) -> str:
    kind = kind_of(record)
    first = gettext(_NEW[kind]) if new else f"{gettext(kind).capitalize()}: {' '.join(title_of(record).split())}"
    ways = gettext("Save and leave to keep what is written here; leave without saving, or empty the file, to give up.")
    told = gettext(
        "Dates: 2025, 2025-04 or 2025-04-29. Countries: IT, Italy, or an organisation's name. Leaders, topics and"
        " sources: an id, a name or an address; a new address is a new source. What is unknown is left out."
    )
    own = gettext("The id is made from the name where it is left empty.") if new else ""
    return _comment(first) + _comment(ways) + _comment(" ".join(filter(None, (told, own)))) + "\n"


def _comment(text: str) -> str:
    return "".join(f"# {line}\n" for line in textwrap.wrap(text, _WIDTH - 2, break_long_words=False))


def _hint(shape: type[Record], name: str) -> Iterator[str]:
    """Yield a comment above a field: the words that it may have, and the fields of its items."""
    item = item_of(shape, name)
    if item is not None:
        short = SHORT.get(item)
        others = ", ".join(field for field in fields_of(item) if field != short)
        lead = (
            gettext("each {short}, or {short} and {others}", short=short, others=others)
            if short
            else gettext("each with {others}", others=others)
        )
        yield "\n" + _comment(f"{name}: {lead}.")
    words = _WORDS.get((shape, name))
    if words:
        what = f"{name}, {_WORD_FIELD[name]}" if name in _WORD_FIELD else name
        yield ("" if item else "\n") + _comment(f"{what}: {', '.join(words)}.")


def _field(name: str, value: Any) -> str:
    dumped: str = yaml.dump(
        {name: _shown(value)},
        Dumper=_Plain,
        allow_unicode=True,
        sort_keys=False,
        width=1_000_000,
        default_flow_style=False,
    )
    return dumped


def _shown(value: Any) -> Any:
    """Return a value as plain text, lists and mappings, as short as can be read back."""
    if isinstance(value, msgspec.Struct):
        unset = defaults_of(type(value))
        held = {
            name: getattr(value, name)
            for name in value.__struct_fields__
            if name not in unset or getattr(value, name) != unset[name]
        }
        short = SHORT.get(type(value))
        if short and set(held) == {short}:
            return held[short]
        return {name: _shown(inner) for name, inner in held.items()}
    if isinstance(value, tuple):
        items = [_shown(one) for one in value]
        brief = all(isinstance(one, str) for one in items) and sum(map(len, items)) < _WIDTH - 20
        return _Flow(items) if brief and not any("\n" in one for one in items) else items
    if isinstance(value, float) and value.is_integer():
        return str(int(value)) if abs(value) < 2**53 else repr(value)
    return value if isinstance(value, str) else str(value)
