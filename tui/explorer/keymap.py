"""The keys that a user has chosen for commands, checked: each key does one thing in a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from tui.explorer.commands import APP, COMMANDS, LIST, QUERY, READER, Command, chosen
from tui.explorer.key_names import NAMED, NoKeyError, named
from tui.language import both, gettext

_ALWAYS = {key for command in COMMANDS if {QUERY, LIST} <= command.where for key in command.keys}
"""Keys that no one may take away: one can always leave."""


def action_of(command: Command) -> str:
    """Return the action of a command with whose it is: the app's or the screen's."""
    return f"{'app' if command.group == APP else 'screen'}.{command.action}"


def configurable() -> dict[str, Command]:
    """Return the commands by the names that a config file has for them; leaving is always possible by ctrl+c."""
    found: dict[str, Command] = {}
    for command in COMMANDS:
        if not _ALWAYS & set(command.keys):
            found.setdefault(_name(command), command)
    return found


def _name(command: Command) -> str:
    """The name of a command; one of a single screen has that before it: `timeline` and `grid-left`."""
    place = next(iter(command.where)) if len(command.where) == 1 else LIST
    return command.name if place in {LIST, READER} else f"{place}-{command.name}"


def keymap(wanted: Mapping[str, tuple[str, ...]], lines: Mapping[str, int]) -> tuple[tuple[Command, ...], list[str]]:
    """Return the commands with the keys that are `wanted`, and what is wrong with these, a line each.

    `lines` has the line of the config file for each name. A name or key that is wrong changes nothing.
    """
    known = configurable()
    problems: list[tuple[int, str]] = []
    given: dict[Command, tuple[str, ...]] = {}
    for name, written in wanted.items():
        if name not in known:
            unknown = gettext("{table} has no command “{name}”", table="[keys]", name=name)
            problems.append((lines.get(name, 0), unknown + _near(name, known)))
            continue
        keys, refused = _read(known[name], name, written)
        problems += [(lines.get(name, 0), said) for said in refused]
        if keys or not written:
            given[known[name]] = keys
    commands = tuple(replace(command, keys=given.get(command, command.keys)) for command in COMMANDS)
    names = {_name(command): lines.get(_name(command), 0) for command in given}
    problems += _clashes(commands, names)
    said = [
        gettext("line {line}: {message}", line=line, message=text) if line else text for line, text in sorted(problems)
    ]
    return commands, said


def _read(command: Command, name: str, written: Iterable[str]) -> tuple[tuple[str, ...], list[str]]:
    keys, refused = [], []
    for one in written:
        try:
            key = named(one)
        except ValueError as error:
            near = _near(one, NAMED) if isinstance(error, NoKeyError) else ""
            refused.append(f"{name}: {error}{near}")
            continue
        if key in _ALWAYS:
            refused.append(gettext("{command}: “{key}” always leaves the explorer", command=name, key=one))
        elif QUERY in command.where and (len(key) == 1 or len(one) == 1 or key == "space"):
            refused.append(
                gettext(
                    "{command}: “{key}” is typed into the query line there; choose ctrl and a letter",
                    command=name,
                    key=one,
                )
            )
        else:
            keys.append(key)
    return tuple(dict.fromkeys(keys)), refused


def _near(wrong: str, names: Iterable[str]) -> str:
    from tui.personal.config_file import near

    return near(wrong, names)


def _clashes(commands: tuple[Command, ...], chosen: Mapping[str, int]) -> list[tuple[int, str]]:
    """What is said of each key that two commands of one place would have, at the line of the later one."""
    found: dict[tuple[str, frozenset[str]], int] = {}
    places = {where for command in commands for where in command.where}
    for where in places:
        owners: dict[str, list[str]] = {}
        for command in commands:
            if where in command.where:
                for key in command.keys:
                    owners.setdefault(key, []).append(_name(command))
        for key, names in owners.items():
            if len(names) > 1 and any(name in chosen for name in names):
                found[key, frozenset(names)] = max(chosen.get(name, 0) for name in names)
    return [
        (
            line,
            gettext(
                "“{key}” is the key of both {commands}; give one of them another",
                key=_written(key),
                commands=both(sorted(names)),
            ),
        )
        for (key, names), line in found.items()
    ]


def _written(key: str) -> str:
    from tui.explorer.key_names import SIGNS

    return SIGNS.get(key, key)


def turned_keys() -> dict[tuple[str, str], str]:
    """Return the action of each key that is not as usual, by (place, key); empty for a key that lost its own."""
    commands = chosen()
    turned: dict[tuple[str, str], str] = {}
    changed = [(usual, now) for usual, now in zip(COMMANDS, commands, strict=True) if usual.keys != now.keys]
    for usual, _ in changed:
        turned |= {(where, key): "" for where in usual.where for key in usual.keys}
    for _, now in changed:
        turned |= {(where, key): action_of(now) for where in now.where for key in now.keys}
    return turned
