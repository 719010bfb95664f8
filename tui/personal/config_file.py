"""Reads the config file: each mistake in it is told with its line and the nearest right name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tui.personal.places import CONFIG_VARIABLE, config_file
from tui.personal.settings import LISTS, SETTINGS, TABLES, Setting, Settings, orders

_LARGEST = 1_000_000
"""Bytes: no config file is larger, and a device may have no end."""


class ConfigError(Exception):
    """The config file cannot be used; its text names the file, each place and the way out."""

    def __init__(self, path: Path, problems: Iterable[str]) -> None:
        self.path = path
        self.problems = tuple(problems)
        way_out = f"Mend it, or leave it out for once: {CONFIG_VARIABLE}= summit"
        super().__init__(
            "\n".join([f"{path} cannot be used", *(f"  {said}" for said in self.problems), f"  {way_out}"])
        )


def settings() -> Settings:
    """Return what the user has set; what holds by itself where there is no file. Raises ConfigError."""
    path = config_file()
    return read(path) if path is not None else Settings()


def read(path: Path) -> Settings:
    """Return the settings of a file, those that hold by themselves when it is not there. Raises ConfigError."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise ConfigError(path, [f"it cannot be read: {error.strerror or error}"]) from error
    if len(raw) > _LARGEST:
        raise ConfigError(path, [f"it is larger than {_LARGEST:,} bytes"])
    import tomllib

    try:
        text = raw.decode("utf-8-sig")
        given = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ConfigError(path, [f"line {line}: it is not UTF-8 text"]) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(path, [f"it is not TOML: {error}"]) from error
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
        return f"; did you mean “{found[0]}”?"
    return f"; there is {', '.join(known)}" if len(known) <= 12 else ""


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
                self._wrong(name, f"unknown setting “{name}”{near(name, [*known, *TABLES])}")
        sort = {LISTS[name]: order for name, order in self._table(given, "sort") if self._sorts(name, order)}
        keys = {name: self._keys(name, value) for name, value in self._table(given, "keys")}
        lines = {name: self._line(name, "keys") for name in keys}
        return Settings(**taken, sort=sort, keys=keys, key_lines=lines)

    def _value(self, setting: Setting, value: object) -> object:
        default = Settings._field_defaults[setting.name]
        if type(value) is not type(default):
            wanted = "true or false" if isinstance(default, bool) else "a text in quotes"
            self._wrong(setting.name, f"{setting.name} is {wanted}")
        elif setting.choices and value not in setting.choices:
            self._wrong(setting.name, f"{setting.name} has no “{value}”{near(str(value), setting.choices)}")
        return value

    def _table(self, given: dict[str, Any], name: str) -> list[tuple[str, Any]]:
        table = given.get(name, {})
        if not isinstance(table, dict):
            self._wrong(name, f"{name} is a table: [{name}], then a line for each")
            return []
        return list(table.items())

    def _sorts(self, name: str, order: object) -> bool:
        if name not in LISTS:
            self._wrong(name, f"[sort] has no “{name}”{near(name, LISTS)}", "sort")
        elif order not in orders(name):
            self._wrong(name, f"{name} cannot be sorted by “{order}”{near(str(order), orders(name))}", "sort")
        else:
            return True
        return False

    def _keys(self, name: str, value: object) -> tuple[str, ...]:
        keys = value if isinstance(value, list) else [value]
        if not all(isinstance(key, str) and key for key in keys):
            self._wrong(name, f"the keys of “{name}” are a text in quotes or a list of them", "keys")
            return ()
        return tuple(keys)

    def _wrong(self, name: str, said: str, table: str = "") -> None:
        line = self._line(name, table)
        self.problems.append((line, f"line {line}: {said}" if line else said))

    def _line(self, name: str, table: str = "") -> int:
        """The number of the line that sets a name; 0 where it cannot be told, as in a table on one line."""
        wanted = re.escape(name)
        sets = re.compile(rf"""\s*(["']?){wanted}\1\s*(=|\.)|\s*\[\s*{wanted}\s*[].]""")
        dotted = re.compile(rf"""\s*{table}\s*\.\s*(["']?){wanted}\1\s*=""") if table else None
        here = ""
        for number, line in enumerate(self._lines, 1):
            if dotted and dotted.match(line):
                return number
            if here == table and sets.match(line):
                return number
            heading = re.match(r"\s*\[\s*([\w-]+)\s*\]", line)
            here = heading[1] if heading else here
        return 0
