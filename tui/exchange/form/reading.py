"""Reads a form back into a record, and says at which line what is wrong."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import yaml

from tui.exchange.form.shapes import SHORT, exact_types_of, fields_of, inner, is_list, types_of
from tui.exchange.form.starting import identified
from tui.exchange.form.writing import MESSAGE
from tui.language import gettext, later
from tui.library.curating import CannotError
from tui.library.rules import faults
from tui.records import Part, Record

if TYPE_CHECKING:
    from tui.exchange.form.naming import Naming

_NUMBERS = {
    int: (later("a whole number"), re.compile(r"[+-]?\d+")),
    float: (later("a number"), re.compile(r"[+-]?[\d.]+([eE][+-]?\d+)?")),
}
_MOST_NODES = 200_000


class Wrong(NamedTuple):
    """Something that is wrong in a form."""

    line: int
    """Counted from one."""
    message: str


class FormError(Exception):
    """A form that holds no record. `wrongs` says why, from top to bottom."""

    def __init__(self, wrongs: list[Wrong]) -> None:
        super().__init__(
            "; ".join(gettext("line {line}: {message}", line=line, message=message) for line, message in wrongs)
        )
        self.wrongs = sorted(wrongs)


class Form(NamedTuple):
    """A form that was read."""

    record: Record
    lines: dict[str, int]
    """By path of a field (`participants[0].leader`) the line it stands on; `` for the record as a whole."""

    def line_of(self, path: str) -> int:
        """Return the line of a field, or of the nearest that holds it."""
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get(path, 1)


def is_empty(text: str) -> bool:
    """Return whether a form has nothing but comments."""
    return all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines())


def without_messages(text: str) -> str:
    """Return a form without the lines that told what was wrong."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(MESSAGE))


def with_messages(text: str, wrongs: list[Wrong]) -> tuple[str, int]:
    """Return a form with a line above each that is wrong, and the number of the first line that is."""
    lines = text.splitlines(keepends=True)
    first = 0
    for number, (line, message) in enumerate(sorted(wrongs)):
        told = " ".join(message.split())
        lines.insert(min(line - 1, len(lines) - number) + number, f"{MESSAGE}{told}\n")
        first = first or min(line, len(lines)) + 1
    return "".join(lines), first


def read_form(text: str, shape: type[Record], naming: Naming | None = None) -> Form:
    """Return the record in a form, with the line of each field; `naming` finds ids for names. Raises FormError."""
    node = _composed(text)
    reading = _Reading(naming)
    values = reading.fields(node, shape, "")
    if reading.wrongs:
        raise FormError(reading.wrongs)
    made = not values.get("id")
    try:
        record = msgspec.convert(values | {"id": "made-from-its-name"} if made else values, shape)
        if made:
            record = msgspec.convert(msgspec.to_builtins(identified(record)), shape)
    except msgspec.ValidationError as error:
        raise FormError([_misfit(error, reading)]) from error
    except CannotError as error:
        raise FormError([Wrong(1, str(error))]) from error
    form = Form(record, reading.lines)
    wrongs = [Wrong(form.line_of(path), f"{path}: {message}") for path, message in faults(record)]
    if wrongs:
        raise FormError(wrongs)
    return form


def read_value(node: yaml.Node, shape: type[Record], name: str, naming: Naming | None = None) -> Any:
    """Return the value of one field, of the type that the record model gives it. Raises FormError."""
    reading = _Reading(naming)
    value = reading.value(node, types_of(shape)[name], name)
    if reading.wrongs:
        raise FormError(reading.wrongs)
    try:
        return msgspec.convert(value, exact_types_of(shape)[name])
    except msgspec.ValidationError as error:
        raise FormError([_misfit(error, reading, name)]) from error


def _composed(text: str) -> yaml.MappingNode:
    """Return the outermost node. Raises FormError for what is no YAML, or no mapping of fields."""
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or gettext("cannot be read")
        raise FormError(
            [Wrong(mark.line + 1 if mark else 1, gettext("cannot be read here: {problem}", problem=problem))]
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise FormError(
            [Wrong(_line_of_character(text, error), gettext("cannot be read: {reason}", reason=_brief(error)))]
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise FormError([Wrong(1, gettext("is no form: each line is `field: value`"))])
    return node


def _line_of_character(text: str, error: Exception) -> int:
    position = getattr(error, "position", 0)
    return text.count("\n", 0, position if isinstance(position, int) else 0) + 1


def _brief(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else gettext("it is nested too deeply")


class _Reading:
    """Turns nodes into plain values by the types of the fields, and notes lines and mistakes."""

    def __init__(self, naming: Naming | None) -> None:
        self.lines: dict[str, int] = {"": 1}
        self.wrongs: list[Wrong] = []
        self._naming = naming
        self._seen = 0

    def fields(self, node: yaml.MappingNode, shape: type[Part], path: str) -> dict[str, Any]:
        """Return the values of an object by field."""
        kinds = types_of(shape)
        values: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            where = f"{path}.{name}" if path else name
            if name not in kinds:
                self._note(line, _no_field(name, fields_of(shape)))
            elif name in values:
                self._note(line, gettext("{name} stands here a second time", name=name))
            else:
                self.lines[where] = line
                values[name] = self.value(value, kinds[name], where)
        return {name: value for name, value in values.items() if value is not None}

    def value(self, node: yaml.Node, kind: Any, path: str) -> Any:
        """Return the value of a node as its field's type wants it; None where nothing is written."""
        self._seen += 1
        if self._seen > _MOST_NODES:
            raise FormError([Wrong(1, gettext("is too large for a form"))])
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if isinstance(node, yaml.ScalarNode) and not node.value.strip() and node.style is None:
            return None
        wanted = inner(kind)
        if is_list(kind):
            nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
            items = [self._one(one, wanted, f"{path}[{number}]") for number, one in enumerate(nodes)]
            return [item for item in items if item is not None]
        return self._one(node, wanted, path)

    def _one(self, node: yaml.Node, wanted: Any, path: str) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        if isinstance(wanted, type) and issubclass(wanted, Part):
            if isinstance(node, yaml.MappingNode):
                return self.fields(node, wanted, path)
            if isinstance(node, yaml.ScalarNode) and wanted in SHORT:
                named = self._meant(SHORT[wanted], node.value, line, path)
                return {SHORT[wanted]: named} if named and named.strip() else None
            said = later("{path}: write it as `field: value` lines, with {fields}")
            self._note(line, gettext(said, path=path, fields=", ".join(fields_of(wanted))))
            return None
        if not isinstance(node, yaml.ScalarNode):
            self._note(line, gettext("{path}: one value is expected here, not several", path=path))
            return None
        return self._scalar(node.value.rstrip("\n"), wanted, line, path)

    def _scalar(self, text: str, wanted: Any, line: int, path: str) -> Any:
        expected = _NUMBERS.get(wanted)
        if expected is None:
            return self._meant(_field_of(path), text, line, path)
        told, pattern = expected
        try:
            if pattern.fullmatch(text):
                return wanted(text)
        except ValueError:
            pass
        self._note(
            line,
            gettext("{path}: {expected} is expected, not {text}", path=path, expected=gettext(told), text=repr(text)),
        )
        return None

    def _meant(self, field: str, text: str, line: int, path: str) -> str | None:
        """Return what is kept for a text: the id for a name, where names are known; None for one that none has."""
        if self._naming is None:
            return text
        try:
            return self._naming.meant(field, text)
        except ValueError as error:
            self._note(line, f"{path}: {error}")
            return None

    def _note(self, line: int, message: str) -> None:
        self.wrongs.append(Wrong(line, message))


def _field_of(path: str) -> str:
    """Return the last field of a path: `parties` of `parties[0]`, `leader` of `participants[0].leader`."""
    return path.rpartition(".")[2].partition("[")[0]


def _no_field(name: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, known, 1, 0.6)
    named = repr(name or gettext("like this"))
    if near:
        return gettext("there is no field {name}; did you mean {near}?", name=named, near=near[0])
    return gettext("there is no field {name}; there are {fields}", name=named, fields=", ".join(known))


def _misfit(error: msgspec.ValidationError, reading: _Reading, within: str = "") -> Wrong:
    """Return where and why values do not fit the record model."""
    message, _, at = str(error).partition(" - at `$")
    path = within + at.rstrip("`") if within else at.rstrip("`").lstrip(".")
    form = Form(None, reading.lines)  # type: ignore[arg-type]
    missing = re.search(r"required field `(\w+)`", message)
    if missing:
        said = gettext("{field} is missing; the record is not complete without it", field=missing.group(1))
        return Wrong(form.line_of(path), said)
    last = path.rpartition(".")[2]
    if "matching regex" in message or "of length" in message:
        told = gettext("an id is at most 120 of a-z, 0-9 and single hyphens between words: rome-2025")
        dated = last in ("start", "end", "date", "published")
        return Wrong(form.line_of(path), f"{path}: {gettext('write 2025, 2025-04 or 2025-04-29') if dated else told}")
    return Wrong(form.line_of(path), f"{path}: {message.lower()}")
