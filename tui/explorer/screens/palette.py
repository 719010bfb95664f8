"""The palette: the commands of the registry, by name, that the screen under it can carry out."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from textwrap import wrap
from typing import Any

from textual.app import App
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen
from textual.widgets.option_list import Option

from tui.exchange.printable import printable
from tui.explorer.commands import APP, QUERY, Command, chosen, shown
from tui.language import gettext

_MOVES = ("Move", "Panes")
"""The groups of the commands that go from line to line and from pane to pane."""

_NAME, _KEY = 15, 10
"""Cells of the columns of names and keys."""
_LEAST_HELP = 40
"""Cells that a help needs to stand beside them; where there are fewer, it stands below."""
_MARGIN = 4


def open_palette(app: App[Any]) -> None:
    """Show the palette, which asks in the user's language, unless it is there."""
    if not CommandPalette.is_open(app):
        app.push_screen(Palette(placeholder=gettext("a command, or what it does"), id="--command-palette"))


class Palette(CommandPalette):
    """Textual's palette, which says in the user's language that there is no such command."""

    # Private API of Textual 8, whose own says "No matches found" to everyone; the pin holds it still.
    def _start_no_matches_countdown(self, search_value: str) -> None:
        self._stop_no_matches_countdown()

        def say() -> None:
            if search_value:
                said = Content(gettext("nothing matches “{value}”").format(value=printable(search_value)))
                self.query_one(CommandList).add_option(Option(said, disabled=True, id=self._NO_MATCHES))
            self._list_visible = bool(search_value)

        self._no_matches_timer = self.set_timer(self._NO_MATCHES_COUNTDOWN, say)


class CommandProvider(Provider):
    """Offers the registry's commands to Textual's palette."""

    async def discover(self) -> Hits:
        """Offer all commands, last those that everyone has in the fingers."""
        for command in sorted(self._offered(), key=lambda command: command.group in _MOVES):
            beside, below = self._told(command)
            yield DiscoveryHit(Content(_title(command)) + beside, self._run(command), help=below)

    async def search(self, query: str) -> Hits:
        """Offer the commands that match what was typed."""
        matcher = self.matcher(query)
        for command in self._offered():
            score = matcher.match(f"{_title(command)} {gettext(command.help)} {command.help}")
            if score > 0:
                # Whose name begins with what was typed comes before all whose helps have its letters somewhere.
                score += command.name.startswith(query.strip().casefold())
                beside, below = self._told(command)
                yield Hit(score, matcher.highlight(_title(command)) + beside, self._run(command), help=below)

    def _told(self, command: Command) -> tuple[Content, str | None]:
        """What a command does, to stand beside its name, in lines under each other, or below it."""
        room = self.app.size.width - _NAME - _KEY - _MARGIN
        said = gettext(command.help)
        if room < _LEAST_HELP:
            return Content(""), said
        lines = f"\n{' ' * (_NAME + _KEY)}".join(wrap(said, room))
        return Content.styled(lines, "not bold $dim"), None

    def _run(self, command: Command) -> partial[Coroutine[Any, Any, bool]]:
        return partial(self.app.run_action, command.action, self._doer(command))

    def _doer(self, command: Command) -> App[object] | Screen[object]:
        return self.app if command.group == APP else self.screen

    def _offered(self) -> list[Command]:
        """The commands that make sense away from the query line and on this screen, each once."""
        found = {command.action: command for command in reversed(chosen()) if command.where != frozenset({QUERY})}
        found.pop("command_palette", None)
        return [command for command in reversed(found.values()) if _can(self._doer(command), command)]


def _can(doer: App[object] | Screen[object], command: Command) -> bool:
    return hasattr(doer, f"action_{command.action.partition('(')[0]}")


def _title(command: Command) -> str:
    key = shown(command.keys[0]) if command.keys else ""
    return f"{command.name:<{_NAME}}{key:<{_KEY}}"
