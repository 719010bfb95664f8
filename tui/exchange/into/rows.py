"""The rows of a table, whatever it is written in: CSV, TSV, JSON Lines, a JSON array or a YAML list.

Every row is a flat mapping of column to value: the object `{"from": {"id": 1}}` has the column `from.id`. A value
is a text, or a list where JSON has one.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from tui.exchange.into.arrival import CannotImportError, Refusal
from tui.language import gettext, later, system_said

Row = dict[str, Any]
ENDINGS = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json"}
ENDINGS |= {".yaml": "yaml", ".yml": "yaml"}
DELIMITERS = ",;\t|"
_DEEPEST = 20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Place(NamedTuple):
    """One row and where it stands."""

    where: str
    """`row 2`, counted as a person counts: from 1, the line of headings not among them."""
    row: Row


def read_rows(file: Path, form: str = "", delimiter: str = "", encoding: str = "") -> list[Place | Refusal]:
    """Return the rows of a file in its order; those that are no rows come as refusals.

    `form` is `csv`, `tsv`, `jsonl`, `json` or `yaml`, taken from the file's ending where it is empty. Raises
    CannotImportError when the file cannot be read as a table at all.
    """
    form = form or ENDINGS.get(file.suffix.lower(), "")
    if not form:
        raise CannotImportError(
            file,
            gettext("what it is written in cannot be told; its name ends in none of {endings}", endings=_endings()),
        )
    text = read_text(file, encoding)
    if form == "json":
        return _array(file, text)
    if form == "yaml":
        return _listed(file, read_yaml(file, text), later("a YAML table is a list of objects, one for each row"))
    if form == "jsonl":
        return [_json_line(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return _separated(file, text, delimiter or ("\t" if form == "tsv" else ""))


def read_text(file: Path, encoding: str = "") -> str:
    """Return the text of a file, in UTF-8 unless it is marked otherwise. Raises CannotImportError."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise CannotImportError(file, gettext("cannot be read ({reason})", reason=system_said(error))) from error
    marked = next((name for mark, name in _MARKS if raw.startswith(mark)), "")
    try:
        return raw.decode(encoding or marked or "utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reason = gettext(
            "is not {encoding} (line {line}); save it as UTF-8, or name its encoding in the mapping",
            encoding=error.encoding.upper(),
            line=line,
        )
        raise CannotImportError(file, reason) from error


def read_json(file: Path, text: str) -> Any:
    """Return what a JSON text holds. Raises CannotImportError."""
    try:
        return msgspec.json.decode(text.encode("utf-8", "surrogatepass"))
    except (msgspec.DecodeError, UnicodeError) as error:
        raise CannotImportError(file, gettext("is no JSON: {reason}", reason=error)) from error
    except RecursionError as error:
        raise CannotImportError(file, gettext("is nested too deeply")) from error


def read_yaml(file: Path, text: str) -> Any:
    """Return what a YAML text holds, every value in it as text. Raises CannotImportError.

    Parts that are used again by reference are refused: a few lines of them can stand for more than fits in memory.
    """
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=loader)):
            raise CannotImportError(file, gettext("has references (*name), which are not read; write the values out"))
        return yaml.load(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise CannotImportError(
            file,
            gettext("is no YAML: {problem}", problem=error.problem),
            gettext("line {number}", number=mark.line + 1) if mark else "",
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise CannotImportError(file, gettext("is no YAML: {problem}", problem=" ".join(str(error).split()))) from error
    except RecursionError as error:
        raise CannotImportError(file, gettext("is nested too deeply")) from error


def _endings() -> str:
    return " ".join(ENDINGS)


def _array(file: Path, text: str) -> list[Place | Refusal]:
    return _listed(file, read_json(file, text), later("a JSON table is an array of objects, one for each row"))


def _listed(file: Path, values: Any, told: str) -> list[Place | Refusal]:
    if not isinstance(values, list):
        raise CannotImportError(file, gettext(told))
    return [_object(gettext("row {number}", number=number), value) for number, value in enumerate(values, 1)]


def _json_line(number: int, line: str) -> Place | Refusal:
    try:
        return _object(
            gettext("line {number}", number=number), msgspec.json.decode(line.encode("utf-8", "surrogatepass"))
        )
    except (msgspec.DecodeError, UnicodeError) as error:
        return Refusal(gettext("line {number}", number=number), gettext("is no JSON: {reason}", reason=error))
    except RecursionError:
        return Refusal(gettext("line {number}", number=number), gettext("is nested too deeply"))


def _object(where: str, value: Any) -> Place | Refusal:
    if not isinstance(value, dict):
        return Refusal(where, gettext("is no object with named values"))
    return Place(where, dict(flat(value)))


def flat(value: dict[str, Any], path: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield the columns of an object and their values; what lies within is named by its path."""
    for name, inner in value.items():
        column = f"{path}.{name}" if path else name
        if isinstance(inner, dict) and depth < _DEEPEST:
            yield from flat(inner, column, depth + 1)
        else:
            yield column, inner if isinstance(inner, list) else as_text(inner)


def as_text(value: Any) -> str:
    """Return a JSON value as it would stand in a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _separated(file: Path, text: str, delimiter: str) -> list[Place | Refusal]:
    first = text.partition("\n")[0]
    delimiter = delimiter or max(DELIMITERS, key=first.count)
    found: list[Place | Refusal] = []
    heading: list[str] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not heading:
                heading = _heading(file, cells)
            elif len(cells) == len(heading):
                found.append(
                    Place(gettext("row {number}", number=len(found) + 1), dict(zip(heading, cells, strict=True)))
                )
            else:
                reason = gettext(
                    "has {cells} cells for {columns} columns (line {line})",
                    cells=len(cells),
                    columns=len(heading),
                    line=reader.line_num,
                )
                found.append(Refusal(gettext("row {number}", number=len(found) + 1), reason))
    except csv.Error as error:
        raise CannotImportError(
            file,
            gettext("cannot be read as a table ({reason})", reason=error),
            gettext("line {number}", number=reader.line_num),
        ) from error
    if not heading:
        raise CannotImportError(file, gettext("is empty; the first line names the columns"))
    return found


def _heading(file: Path, cells: list[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CannotImportError(
            file,
            gettext("two columns are called {name}; each needs a name of its own", name=repr(twice[0])),
            gettext("line {number}", number=1),
        )
    return names
