"""`summit init` and `summit import`: a library of one's own, and what comes into it from elsewhere."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from tui.cli.library import drawn_bar
from tui.cli.mistake import Mistake
from tui.cli.words import command, option
from tui.exchange.printable import printable
from tui.language import gettext

if TYPE_CHECKING:
    from tui.exchange.into.merging import Side

_PATH = click.Path(path_type=Path)
_PATIENCE = 0.5
"""Seconds of work after which a progress bar appears."""

_READ, _COMPARED = 0.6, 0.75
"""Which share of the work is done when the file is read, and when all of it is compared with the library."""


@command("init", short_help="Make an empty library.")
@click.argument("library", type=_PATH)
@option("--shipped", is_flag=True, help="Begin with the records of the shipped library.")
def init(library: Path, shipped: bool) -> int:
    """Make an empty library: a folder, or one file where the name ends in .json.

    \b
    summit init ~/summits
    summit init ~/summits --shipped
    summit import c.json --into ~/summits --source https://example.org/c.json
    """
    from tui.exchange.into.arrival import CannotImportError
    from tui.exchange.into.keeping import make_library

    if shipped:
        from tui.library import shipped_library
        from tui.library.own import copy_library

        copied = copy_library(shipped_library(), library.expanduser())
        click.echo(gettext("a library of your own: {folder}", folder=printable(str(copied))))
        return 0
    try:
        file = make_library(library.expanduser())
    except CannotImportError as error:
        raise Mistake(str(error)) from error
    click.echo(gettext("an empty library: {file}", file=printable(str(file))))
    return 0


@command("import", short_help="Bring a table, Popolo or another library into a library.")
@click.argument("files", type=_PATH, nargs=-1, required=True, metavar="FILE...")
@option("--into", type=_PATH, required=True, metavar="LIBRARY", help="The library that takes it in.")
@option("--new", is_flag=True, help="Make the library first, where there is none.")
@option("--mapping", metavar="MAP.toml", help="What the columns of a table are. One that fits, if not given.")
@option("--source", default="", metavar="ADDRESS", help="Where a Popolo file comes from, if it does not say.")
@option("--side", type=click.Choice(["ours", "theirs"]), help="Which to keep where a record differs.")
@option("--dry-run", is_flag=True, help="Say what would come in, and write nothing.")
@option("--all", "everything", is_flag=True, help="List all that was refused or is uncertain.")
def import_(
    files: tuple[Path, ...],
    into: Path,
    new: bool,
    mapping: str | None,
    source: str,
    side: Side | None,
    dry_run: bool,
    everything: bool,
) -> int:
    """Bring files into a library: tables (CSV, TSV, JSON), Popolo, other libraries, or what `export` wrote as JSON.

    A second import of the same file changes nothing. What is uncertain is listed, not merged.
    A table of which no mapping is known is answered with one to begin with.

    Exit status: 0 when all came in, 1 when something was refused or differs, 2 on a mistake.

    \b
    summit import us-travels.json us-visits.json --into ~/trips --new
    summit import visits.csv --mapping visits.toml --into ~/summits --dry-run
    summit import ~/colleague/summits --into ~/summits --side ours
    """
    from tui.exchange.into.arrival import CannotImportError
    from tui.exchange.into.keeping import make_library

    into = into.expanduser()
    try:
        with ExitStack() as ending:
            if new and not into.exists():
                # What is only tried comes into an empty library that nobody keeps.
                place = Path(ending.enter_context(TemporaryDirectory())) / into.name if dry_run else into
                make_library(place)
                into = place
            left = [_import_one(file, into, mapping or "", source, side or "", dry_run, everything) for file in files]
    except CannotImportError as error:
        raise Mistake(str(error)) from error
    return 1 if any(left) else 0


def _import_one(file: Path, into: Path, named: str, source: str, side: Side, dry_run: bool, everything: bool) -> int:
    """Import one file, print its report, and return how much of it did not come in."""
    from tui.exchange.into.keeping import keep, read_library
    from tui.exchange.into.merging import plan_import
    from tui.exchange.into.opening import arrival_of, chosen_mapping
    from tui.exchange.into.report import report_lines
    from tui.library.writable import refuse_read_only

    file = file.expanduser()
    if not into.exists():
        said = gettext("{folder}: there is no library yet", folder=into)
        make = f"summit init {shlex.quote(str(into))}"
        remedy = gettext("Make one first, or import with --new: {command}", command=make)
        raise Mistake(f"{said}\n  {remedy}")
    refuse_read_only(into)
    library, places = read_library(into)
    mapping = chosen_mapping(named, file)
    bar = _Bar(gettext("Importing {file}", file=printable(file.name)))
    try:
        whole = _COMPARED if dry_run else 1
        arrival = arrival_of(file, mapping, source, bar.part(0, _READ / whole))
        plan = plan_import(arrival, library, side, bar.part(_READ / whole, _COMPARED / whole))
        if not dry_run:
            keep(plan, into, places, arrival.name, mapping.by if mapping else "", bar.part(_COMPARED, 1))
    finally:
        bar.clear()
    shown = printable(str(file))
    click.echo(gettext("{file} by {mapping}", file=shown, mapping=printable(mapping.file.name)) if mapping else shown)
    for line in report_lines(arrival, plan, dry=dry_run, everything=everything):
        click.echo(f"  {line}")
    return len(plan.refusals) + len(plan.conflicts)


class _Bar:
    """A bar on the error stream, drawn only on a terminal and only once the work has taken a while."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._started = time.monotonic()
        self._wanted = sys.stderr.isatty()
        self._drawn = ""

    def part(self, start: float, end: float) -> Callable[[int, int], None]:
        """Return what draws the part of the work between two shares of the whole."""
        return lambda done, total: self._show(start + (end - start) * (done / total if total else 1))

    def _show(self, share: float) -> None:
        if not self._wanted or time.monotonic() - self._started < _PATIENCE:
            return
        self._drawn = f"{self._label}  {drawn_bar(share)}  {share:4.0%}"
        click.echo(f"\r{self._drawn}", err=True, nl=False)

    def clear(self) -> None:
        """Take the bar off the terminal, if it was drawn."""
        if self._drawn:
            click.echo("\r" + " " * len(self._drawn) + "\r", err=True, nl=False)
            self._drawn = ""
