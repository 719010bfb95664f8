"""The palette: every command of the registry by its name."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.explorer.commands import QUERY, Command, chosen, shown
from tui.language import gettext


class CommandProvider(Provider):
    """Offers the registry's commands to Textual's palette."""

    async def discover(self) -> Hits:
        """Offer all commands."""
        for command in _offered():
            yield DiscoveryHit(Content(_title(command)), self._run(command), help=gettext(command.help))

    async def search(self, query: str) -> Hits:
        """Offer the commands that match what was typed."""
        matcher = self.matcher(query)
        for command in _offered():
            score = matcher.match(f"{_title(command)} {gettext(command.help)} {command.help}")
            if score > 0:
                yield Hit(score, matcher.highlight(_title(command)), self._run(command), help=gettext(command.help))

    def _run(self, command: Command) -> partial[Coroutine[Any, Any, bool]]:
        return partial(self.app.run_action, command.action)


def _offered() -> list[Command]:
    """The commands that make sense away from the query line, each once."""
    found = {command.action: command for command in reversed(chosen()) if command.where != frozenset({QUERY})}
    found.pop("command_palette", None)
    return list(reversed(found.values()))


def _title(command: Command) -> str:
    keys = " ".join(map(shown, command.keys))
    return f"{command.name}  {keys}".strip()
