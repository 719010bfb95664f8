"""Reads the config file: each mistake in it is told with its line and the nearest right name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tui.language import gettext, later, number, system_said
from tui.personal.places import CONFIG_VARIABLE, config_file
from tui.personal.settings import LISTS, SETTINGS, TABLES, USUAL, Setting, Settings, orders

_LARGEST = 1_000_000
"""Bytes: no config file is larger, and a device may have no end."""


class ConfigError(Exception):
    """The config file cannot be used; its text names the file, each place and the way out."""

    def __init__(self, path: Path, problems: Iterable[str]) -> None:
        self.path = path
        self.problems = tuple(problems)
        way_out = gettext("Mend it, or leave it out for once: {command}", command=f"{CONFIG_VARIABLE}= summit")
        head = gettext("{path} cannot be used", path=path)
        super().__init__("\n".join([head, *(f"  {said}" for said in self.problems), f"  {way_out}"]))


def settings() -> Settings:
    """Return what the user has set; what holds by itself where there is no file. Raises ConfigError."""
    path = config_file()
    return read(path) if path is not None else USUAL


def read(path: Path) -> Settings:
    """Return the settings of a file, those that hold by themselves when it is not there. Raises ConfigError."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise ConfigError(path, [gettext("it cannot be read: {reason}", reason=system_said(error))]) from error
    if len(raw) > _LARGEST:
        raise ConfigError(path, [gettext("it is larger than {size} bytes", size=number(_LARGEST))])
    import tomllib

    try:
        text = raw.decode("utf-8-sig")
        given = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ConfigError(path, [gettext("line {line}: it is not UTF-8 text", line=line)]) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, [gettext("it is not TOML: {reason}", reason=error)]) from error
    checked = _Checked(text)
    found = checked.settings(given)
    if checked.problems:
        raise ConfigError(path, [said for _, said in sorted(checked.problems)])
    return found


def near(wrong: str, names: Iterable[str]) -> str:
    """Return *; did you mean “theme”?* for a name that is nearly one of `names`, else the names if they are few."""
    from rapidfuzz import fuzz, process

    known = list(names)
    found = process.extractOne(wrong.lower(), known, scorer=fuzz.ratio, score_cutoff=60)
    if found:
        return gettext("; did you mean “{name}”?", name=found[0])
    return gettext("; there is {names}", names=", ".join(known)) if len(known) <= 12 else ""


class _Checked:
    """Takes what a file says for settings, and notes what is wrong with it, each with its line."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self.problems: list[tuple[int, str]] = []

    def settings(self, given: dict[str, Any]) -> Settings:
        known = {setting.name: setting for setting in SETTINGS}
        taken: dict[str, Any] = {}
        for name, value in given.items():
            if name in known:
                taken[name] = self._value(known[name], value)
            elif name not in TABLES:
                self._wrong(name, gettext("unknown setting “{name}”", name=name) + near(name, [*known, *TABLES]))
        sort = {LISTS[name]: order for name, order in self._table(given, "sort") if self._sorts(name, order)}
        keys = {name: self._keys(name, value) for name, value in self._table(given, "keys")}
        lines = {name: self._line(name, "keys") for name in keys}
        return Settings(**taken, sort=sort, keys=keys, key_lines=lines)

    def _value(self, setting: Setting, value: object) -> object:
        default = getattr(USUAL, setting.name)
        if type(value) is not type(default):
            wanted = (
                later("{name} is true or false") if isinstance(default, bool) else later("{name} is a text in quotes")
            )
            self._wrong(setting.name, gettext(wanted, name=setting.name))
        elif setting.choices and value not in setting.choices:
            said = gettext("{name} has no “{value}”", name=setting.name, value=value)
            self._wrong(setting.name, said + near(str(value), setting.choices))
        return value

    def _table(self, given: dict[str, Any], name: str) -> list[tuple[str, Any]]:
        table = given.get(name, {})
        if not isinstance(table, dict):
            self._wrong(name, gettext("{name} is a table: [{name}], then a line for each", name=name))
            return []
        return list(table.items())

    def _sorts(self, name: str, order: object) -> bool:
        if name not in LISTS:
            self._wrong(name, gettext("{table} has no “{name}”", table="[sort]", name=name) + near(name, LISTS), "sort")
        elif order not in orders(name):
            said = gettext("{list} cannot be sorted by “{order}”", list=name, order=order)
            self._wrong(name, said + near(str(order), orders(name)), "sort")
        else:
            return True
        return False

    def _keys(self, name: str, value: object) -> tuple[str, ...]:
        keys = value if isinstance(value, list) else [value]
        if not all(isinstance(key, str) and key for key in keys):
            self._wrong(name, gettext("the keys of “{name}” are a text in quotes or a list of them", name=name), "keys")
            return ()
        return tuple(keys)

    def _wrong(self, name: str, said: str, table: str = "") -> None:
        line = self._line(name, table)
        self.problems.append((line, gettext("line {line}: {message}", line=line, message=said) if line else said))

    def _line(self, name: str, table: str = "") -> int:
        """The number of the line that sets a name; 0 where it cannot be told, as in a table on one line."""
        wanted = re.escape(name)
        sets = re.compile(rf"""\s*(["']?){wanted}\1\s*(=|\.)|\s*\[\s*{wanted}\s*[].]""")
        dotted = re.compile(rf"""\s*{table}\s*\.\s*(["']?){wanted}\1\s*=""") if table else None
        here = ""
        for place, line in enumerate(self._lines, 1):
            if dotted and dotted.match(line):
                return place
            if here == table and sets.match(line):
                return place
            heading = re.match(r"\s*\[\s*([\w-]+)\s*\]", line)
            here = heading[1] if heading else here
        return 0
