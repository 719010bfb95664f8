"""Which command a line of words means: a subcommand, or the explorer on a query; and how click's errors are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from io import StringIO
from typing import Any

import click

from tui.cli.mistake import COMPLETE_VARIABLE, MISTAKE, Mistake
from tui.cli.settings import speak_as_set
from tui.cli.typed import program
from tui.cli.words import SpokenCommand, speak_with_click
from tui.exchange.printable import printable
from tui.language import gettext

EXPLORE = "explore"
"""The command that no word names: what `summit` does when its first word is no subcommand."""


def carry_out(command: click.Command, arguments: list[str]) -> int:
    """Complete a command line or carry one out, and return the exit code. Raises Mistake for one that cannot be.

    `click.Command.main` is not used, for it turns a closed pipe and an interrupt into an exit code of its own.
    """
    if arguments != ["--version"]:  # which has no words, and should be the quickest of all
        speak_as_set()
    speak_with_click()
    instruction = os.environ.get(COMPLETE_VARIABLE)
    if instruction:
        from tui.cli.completion import complete

        return complete(command, instruction)
    try:
        with command.make_context(program(), list(arguments)) as context:
            return command.invoke(context) or 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.UsageError as error:
        said = StringIO()
        error.show(said)
        print(*map(printable, said.getvalue().splitlines()), sep="\n", file=sys.stderr)
        return MISTAKE
    except click.ClickException as error:
        raise Mistake(error.format_message()) from error
    except click.Abort:
        raise KeyboardInterrupt from None


class Commands(MutableMapping[str, click.Command]):
    """Subcommands by name, each imported when it is asked for."""

    def __init__(self, places: Mapping[str, tuple[str, str]]) -> None:
        self._places = places
        self._made: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._made:
            module, attribute = self._places[name]
            self._made[name] = getattr(import_module(module), attribute)
        return self._made[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        raise TypeError("a subcommand stays")

    def __iter__(self) -> Iterator[str]:
        return iter({**self._places, **self._made})

    def __len__(self) -> int:
        return len({**self._places, **self._made})


class WordsCommand(SpokenCommand):
    """A command that takes a query: `-word` is a term of it, while an unknown `--option` is a mistake."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options and leave everything else, in its order, as words of the query."""
        literal = args[args.index("--") + 1 :] if "--" in args else []
        ctx.ignore_unknown_options = True
        rest = super().parse_args(ctx, args)
        for word in ctx.params.get("words") or ():
            if word.startswith("--") and word not in literal and not ctx.resilient_parsing:
                raise click.NoSuchOption(word.partition("=")[0], ctx=ctx)
        return rest


class FollowedCommand(SpokenCommand):
    """A command that is meant only with one of some words, or an option, after it: `new topic`, but not `new delhi`."""

    def __init__(self, *args: Any, followed_by: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self._followed_by = followed_by

    def is_meant(self, following: list[str]) -> bool:
        """Return whether the words after its name can follow it."""
        return not following or following[0].startswith("-") or following[0] in self._followed_by


class ExploreCommand(WordsCommand):
    """`summit` without a subcommand; its help is the help of the whole."""

    group: click.Group
    """The subcommands that its help lists."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Make a context of its own, so that messages say `summit` and not the hidden name."""
        return super().make_context(parent.info_name if parent else info_name, args, **extra)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options, then the subcommands."""
        super().format_options(ctx, formatter)
        with formatter.section(gettext("Commands")):
            formatter.write_dl([(name, command.get_short_help_str()) for name, command in self.group.commands.items()])


class SummitGroup(click.Group):
    """Sends a subcommand to its own parser and any other words to the explorer.

    Options before a subcommand are read as options of it, so `summit --json search x` is `summit search --json x`.
    """

    explore: ExploreCommand
    """What any words mean that begin with no subcommand."""

    def otherwise(self, command: ExploreCommand) -> ExploreCommand:
        """Take a command as the one that no word names."""
        self.explore, command.group = command, self
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the command that `args` mean in front of them."""
        first = self._first_word(args)
        if first < len(args) and self._is_command(args[first], args[first + 1 :]):
            args = [args[first], *args[:first], *args[first + 1 :]]
        else:
            args = [EXPLORE, *args]
        if args[1:] == ["-h"]:
            args[1:] = ["--help"]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that `parse_args` chose, and its arguments."""
        if args[0] == EXPLORE:
            return EXPLORE, self.explore, args[1:]
        return super().resolve_command(ctx, args)

    def _is_command(self, word: str, following: list[str]) -> bool:
        command = self.commands.get(word)
        return command is not None and (not isinstance(command, FollowedCommand) or command.is_meant(following))

    def _first_word(self, args: list[str]) -> int:
        """Return where the first argument stands that is neither an option nor the value of one."""
        if not args or not args[0].startswith("--"):
            return 0
        commands = [self.explore, *self.commands.values()]
        options = [option for command in commands for option in command.params if isinstance(option, click.Option)]
        valued = {name for option in options if not option.is_flag for name in option.opts}
        position = 0
        while position < len(args) and args[position].startswith("--") and args[position] != "--":
            position += 2 if args[position] in valued else 1
        return position
