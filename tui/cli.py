"""The `summit` command: its subcommands, their options, and which of them the given words mean.

Only the explorer needs Textual, so it is imported when it is opened: `summit search` answers without it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from tui import __version__
from tui.cli_completion import completion_script, field_names
from tui.cli_run import Mistake, run

EXPLORE = "explore"
"""The command that no word names: what `summit` does when its first word is no subcommand."""

_LIBRARY_HELP = "The library to read: a file, or a folder of files. The shipped one if not given."

library_option = click.option(
    "--library", type=click.Path(path_type=Path), envvar="SUMMIT_LIBRARY", show_envvar=True, help=_LIBRARY_HELP
)
cache_option = click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="SUMMIT_CACHE",
    show_envvar=True,
    help="Where the index is kept. The user's cache folder if not given.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class WordsCommand(click.Command):
    """A command that takes a query: `-word` is a term of it, while an unknown `--option` is a mistake."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options and leave everything else, in its order, as words of the query."""
        if args == ["-h"]:
            args = ["--help"]
        literal = args[args.index("--") + 1 :] if "--" in args else []
        ctx.ignore_unknown_options = True
        rest = super().parse_args(ctx, args)
        for word in ctx.params.get("words") or ():
            if word.startswith("--") and word not in literal and not ctx.resilient_parsing:
                raise click.NoSuchOption(word.partition("=")[0], ctx=ctx)
        return rest


class ExploreCommand(WordsCommand):
    """`summit` without a subcommand; its help is the help of the whole."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Make a context of its own, so that messages say `summit` and not the hidden name."""
        return super().make_context(parent.info_name if parent else info_name, args, **extra)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the options, then the subcommands."""
        super().format_options(ctx, formatter)
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str()) for name, command in summit.commands.items()])


class SummitGroup(click.Group):
    """Sends a subcommand to its own parser and any other words to the explorer.

    Options before a subcommand are read as options of it, so `summit --json search x` is `summit search --json x`.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the command that `args` mean in front of them."""
        first = self._first_word(args)
        if first < len(args) and args[first] in self.commands:
            args = [args[first], *args[:first], *args[first + 1 :]]
        else:
            args = [EXPLORE, *args]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that `parse_args` chose, and its arguments."""
        if args[0] == EXPLORE:
            return EXPLORE, explore, args[1:]
        return super().resolve_command(ctx, args)

    def _first_word(self, args: list[str]) -> int:
        """Return where the first argument stands that is neither an option nor the value of one."""
        commands = [explore, *self.commands.values()]
        options = [option for command in commands for option in command.params if isinstance(option, click.Option)]
        valued = {name for option in options if not option.is_flag for name in option.opts}
        position = 0
        while position < len(args) and args[position].startswith("--") and args[position] != "--":
            position += 2 if args[position] in valued else 1
        return position


@click.group(cls=SummitGroup)
def summit() -> None:
    """Explore diplomatic summits."""


def complete_words(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return what may follow on the command line: a subcommand as the first word, a field of the query anywhere."""
    names = []
    if ctx.command is explore and not ctx.params.get("words"):
        names = [
            CompletionItem(name, help=command.get_short_help_str())
            for name, command in summit.commands.items()
            if name.startswith(incomplete)
        ]
    fields = [CompletionItem(f"{name}:") for name in field_names() if name.startswith(incomplete)]
    return names + fields


@click.command(EXPLORE, cls=ExploreCommand, options_metavar="[OPTIONS]")
@click.argument("words", nargs=-1, metavar="[LIBRARY] [QUERY]...", shell_complete=complete_words)
@library_option
@cache_option
@click.option("--theme", default="", metavar="NAME", help="The colours to use; the explorer's palette lists them.")
@click.version_option(__version__, prog_name="summit", message="%(prog)s %(version)s")
def explore(words: tuple[str, ...], library: Path | None, cache: Path | None, theme: str) -> int:
    """Explore diplomatic summits: who met, on what, what was agreed, and who says so.

    Opens LIBRARY, the shipped one if none is given, on QUERY. LIBRARY is a file or a folder that
    exists, or a word with a slash or the ending .json; any other first word begins the query.

    \b
    summit                                    the whole shipped library
    summit leader:erdogan topic:migration     what links with both
    summit 2015..2020 -greece                 years, and a word to leave out
    summit ~/summits status:expected          a library of your own
    summit -- search                          the word `search`, not the command
    """
    if library is None and words and _names_library(words[0]):
        library, words = Path(words[0]), words[1:]
    _need_terminal(" ".join(words))
    from tui.cli_library import chosen
    from tui.explorer.app import run as open_explorer

    return open_explorer(chosen(library), " ".join(words), theme=theme, cache=cache)


def _names_library(word: str) -> bool:
    """Say whether the first word is a library: it exists, or looks like a path rather than like a query."""
    if Path(word).expanduser().exists():
        return True
    if " " in word or ":" in word.partition("/")[0]:
        return False
    return "/" in word or word.endswith(".json")


def _need_terminal(query: str) -> None:
    import os
    import shlex

    streams = (sys.__stdin__, sys.__stdout__, sys.__stderr__)
    if os.environ.get("TERM") == "dumb" or not all(stream and stream.isatty() for stream in streams):
        raise Mistake(f"the explorer needs a terminal; use: summit search {shlex.quote(query or 'erdogan')}")


@summit.command("search", cls=WordsCommand)
@click.argument("words", nargs=-1, required=True, metavar="QUERY...", shell_complete=complete_words)
@library_option
@cache_option
@click.option("--limit", type=click.IntRange(min=0), help="Rows of each list; 0 for all. 20 as text, all as JSON.")
@json_option
def search(words: tuple[str, ...], library: Path | None, cache: Path | None, limit: int | None, as_json: bool) -> int:
    """Print the summits, leaders, topics and agreements that answer a query.

    Exit status: 0 with results, 1 with none, 2 on a mistake.

    \b
    summit search izmir
    summit search 'leader:erdogan status:signed' --limit 0
    summit search country:IT 2015.. --json | jq '.summits[].title'
    """
    from tui.cli_library import opened
    from tui.cli_print import print_view, print_view_json

    with opened(library, cache) as index:
        view = index.view(" ".join(words))
        if as_json:
            print_view_json(view, limit or None)
        else:
            print_view(view, 20 if limit is None else limit)
        return 0 if any(listing.total for listing in view.lists.values()) else 1


@summit.command("show")
@click.argument("record_id", metavar="ID")
@library_option
@cache_option
@json_option
def show(record_id: str, library: Path | None, cache: Path | None, as_json: bool) -> int:
    """Print one record with its links and sources; `summit search` prints the ids.

    \b
    summit show recep-tayyip-erdogan
    summit show recep-tayyip-erdogan --json
    """
    from tui.cli_library import opened, unknown_id
    from tui.cli_print import print_record, print_record_json

    with opened(library, cache) as index:
        record = index.record(record_id)
        if record is None:
            raise unknown_id(record_id, index)
        (print_record_json if as_json else print_record)(record, index)
    return 0


@summit.command("check")
@click.argument("library", required=False, type=click.Path(path_type=Path), envvar="SUMMIT_LIBRARY")
@json_option
def check(library: Path | None, as_json: bool) -> int:
    """Look for mistakes in a library: ids, links, dates, words, missing sources.

    Prints a line each: file, record, field, what is wrong. Exit status: 0 with none, 1 with some.

    \b
    summit check
    summit check ~/summits --json
    """
    from tui.cli_check import print_check
    from tui.cli_library import chosen

    return print_check(chosen(library), as_json)


@summit.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the script that completes `summit` in a shell.

    \b
    bash   eval "$(summit completion bash)"               in ~/.bashrc
    zsh    eval "$(summit completion zsh)"                in ~/.zshrc
    fish   summit completion fish | source                in ~/.config/fish/config.fish
    """
    click.echo(completion_script(summit, shell), nl=False)
    return 0


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(summit, sys.argv[1:] if arguments is None else arguments))
