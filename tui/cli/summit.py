"""The `summit` command: its subcommands, their options, and which of them the given words mean.

Only the explorer needs Textual, so it is imported when it is opened: `summit search` answers without it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from tui import __version__
from tui.cli.commands import COMMANDS
from tui.cli.explore import Explorer
from tui.cli.explore import explore as open_explorer
from tui.cli.mistake import Mistake
from tui.cli.routing import EXPLORE, Commands, ExploreCommand, SummitGroup, WordsCommand
from tui.cli.run import run
from tui.cli.settings import own_settings, speak
from tui.cli.words import SpokenOption, command, option
from tui.personal.settings import THEMES

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

library_option = option(
    "--library",
    type=click.Path(path_type=Path),
    envvar="SUMMIT_LIBRARY",
    show_envvar=True,
    help="The file or folder to read. The shipped library if not given.",
)
cache_option = option(
    "--cache",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    envvar="SUMMIT_CACHE",
    show_envvar=True,
    help="Where the index is kept. The user's cache folder if not given.",
)
json_option = option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(cls=SummitGroup, commands=Commands(COMMANDS))
def summit() -> None:
    """Explore diplomatic summits."""


def complete_words(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return what may follow on the command line: a subcommand as the first word, a field of the query anywhere."""
    from click.shell_completion import CompletionItem

    from tui.cli.completion import field_names

    names = []
    if ctx.command is explore and not ctx.params.get("words"):
        names = [
            CompletionItem(name, help=command.get_short_help_str())
            for name, command in summit.commands.items()
            if name.startswith(incomplete)
        ]
    fields = [CompletionItem(f"{name}:") for name in field_names() if name.startswith(incomplete)]
    return names + fields


@summit.otherwise
@command(EXPLORE, cls=ExploreCommand, options_metavar="[OPTIONS]")
@click.argument("words", nargs=-1, metavar="[LIBRARY] [QUERY]...", shell_complete=complete_words)
@library_option
@cache_option
@option("--theme", type=click.Choice(THEMES), help="The colours to use.")
@option("--light/--no-light", default=None, help="Send as little as can be. On over SSH if not given.")
@option("--fresh", is_flag=True, help="Begin with the whole library, not where you left.")
@option("--guest", is_flag=True, help="For a guest of this machine: write, edit, open and keep nothing.")
@click.version_option(
    __version__,
    prog_name="summit",
    message="%(prog)s %(version)s",
    cls=SpokenOption,
    help="Show the version and exit.",
)
def explore(
    words: tuple[str, ...],
    library: Path | None,
    cache: Path | None,
    theme: str | None,
    light: bool | None,
    fresh: bool,
    guest: bool,
) -> int:
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
    named = click.get_current_context().get_parameter_source("library") is ParameterSource.COMMANDLINE
    return open_explorer(Explorer(words, library, cache, theme, light, fresh, guest, named))


@command("search", cls=WordsCommand, short_help="Print what answers a query.")
@click.argument("words", nargs=-1, required=True, metavar="QUERY...", shell_complete=complete_words)
@library_option
@cache_option
@option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="Rows of each list, 0 for all. 20 if not given, all as JSON.",
)
@json_option
def search(words: tuple[str, ...], library: Path | None, cache: Path | None, limit: int | None, as_json: bool) -> int:
    """Print the summits, leaders, topics and agreements that answer a query.

    Exit status: 0 with results, 1 with none, 2 on a mistake.

    \b
    summit search izmir
    summit search 'leader:erdogan status:signed' --limit 0
    summit search country:IT 2015.. --json | jq '.summits[].title'
    """
    from tui.cli.as_json import print_view_json
    from tui.cli.as_text import hint_text, print_view
    from tui.cli.library import opened

    speak(own_settings())
    with opened(library, cache) as index:
        view = index.view(" ".join(words))
        if any(problem.reason == "field" for problem in view.query.problems):
            raise Mistake("; ".join(hint_text(hint) for hint in view.hints))
        if as_json:
            print_view_json(view, limit or None)
        else:
            print_view(view, 20 if limit is None else limit)
        return 0 if any(listing.total for listing in view.lists.values()) else 1


@command("show", short_help="Print one record with its sources.")
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
    from tui.cli.as_json import print_record_json
    from tui.cli.as_text import print_record
    from tui.cli.library import opened, record_of, unknown_id

    speak(own_settings())
    with opened(library, cache) as index:
        record = record_of(record_id, index)
        if record is None:
            raise unknown_id(record_id, index)
        (print_record_json if as_json else print_record)(record, index)
    return 0


@command("check", short_help="Look for mistakes in a library.")
@click.argument("library", required=False, type=click.Path(path_type=Path), envvar="SUMMIT_LIBRARY")
@json_option
def check(library: Path | None, as_json: bool) -> int:
    """Look for mistakes in a library: ids, links, dates, words, missing sources.

    Prints a line each: file, record, field, what is wrong. Exit status: 0 with none, 1 with some.

    \b
    summit check
    summit check ~/summits --json
    """
    from tui.cli.check import print_check
    from tui.cli.library import chosen

    return print_check(chosen(library), as_json)


@command("completion", short_help="Print the script for a shell's completion.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the script that completes `summit` in a shell.

    \b
    bash   eval "$(summit completion bash)"     in ~/.bashrc
    zsh    eval "$(summit completion zsh)"      in ~/.zshrc
    fish   summit completion fish | source      in ~/.config/fish/config.fish
    """
    from tui.cli.completion import completion_script

    click.echo(completion_script(summit, shell), nl=False)
    return 0


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(summit, sys.argv[1:] if arguments is None else arguments))
