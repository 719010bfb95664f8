"""`field=value` as people type it in a shell, put into a record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from tui.exchange.form.reading import FormError, read_value
from tui.exchange.form.shapes import fields_of, inner, is_list, types_of
from tui.language import gettext, later
from tui.library.curating import CannotError, defaults_of
from tui.records import Part, Record

if TYPE_CHECKING:
    from tui.exchange.form.naming import Naming


def assigned(record: Record, assignments: Iterable[str], naming: Naming | None = None) -> Record:
    """Return a record with fields set: `city=Rome`, `city=` for unknown, `aliases+=Another name`.

    A list or an object is written as in the form: `parties=[IT, TR]`, `history+={status: signed, date: 2025}`;
    `naming` finds ids for names. Raises CannotError.
    """
    for assignment in assignments:
        name, sign, text = assignment.partition("=")
        adds = name.endswith("+")
        name = name.removesuffix("+").strip()
        if not sign:
            raise CannotError(gettext("{assignment} is not field=value", assignment=repr(assignment)))
        record = msgspec.structs.replace(record, **{name: _value(record, name, text, naming, adds=adds)})
    return record


def _value(record: Record, name: str, text: str, naming: Naming | None, *, adds: bool) -> Any:
    shape = type(record)
    kinds = types_of(shape)
    if name not in kinds or name in ("id", "former_ids"):
        if name in kinds:
            said = later("{name} cannot be set; summit edit changes an id; the fields are {fields}")
        else:
            said = later("{name} is no field of it; the fields are {fields}")
        raise CannotError(gettext(said, name=repr(name), fields=", ".join(fields_of(shape))))
    many = is_list(kinds[name])
    if adds and not many:
        raise CannotError(gettext("{name} holds one value; write {name}={text}", name=name, text=text))
    if not text:
        if adds or name not in defaults_of(shape):
            raise CannotError(gettext("{name} cannot be empty", name=name))
        return defaults_of(shape)[name]
    value = _read(shape, name, text, naming, plain=_is_plain(inner(kinds[name]), text, many=many))
    return (*getattr(record, name), *value) if adds else value


def _is_plain(wanted: Any, text: str, *, many: bool) -> bool:
    """Return whether a text is taken as it stands, and not as a form writes lists and objects."""
    whole = isinstance(wanted, type) and issubclass(wanted, Part)
    return not whole and not (many and text.lstrip().startswith("["))


def _read(shape: type[Record], name: str, text: str, naming: Naming | None, *, plain: bool) -> Any:
    try:
        node = yaml.ScalarNode("tag:yaml.org,2002:str", text, _START, _START, "'") if plain else yaml.compose(text)
        if node is None:
            raise CannotError(gettext("{name} cannot be empty", name=name))
        return read_value(node, shape, name, naming)
    except FormError as error:
        raise CannotError("; ".join(message for _, message in error.wrongs)) from error
    except (yaml.YAMLError, RecursionError) as error:
        said = gettext("{name}: {text} cannot be read as the form writes it", name=name, text=repr(text))
        raise CannotError(said) from error


_START = yaml.Mark("", 0, 0, 0, None, 0)
