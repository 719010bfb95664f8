"""`summit brief`: a meeting on one page, made from its record."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.run import Mistake
from tui.cli.typed import typed
from tui.cli.words import command, option
from tui.language import gettext

_WIDTH = 100
"""Cells: a page is never wider, however wide the terminal."""

_FILE = click.Path(path_type=Path)


@command("brief", short_help="Print a briefing of one meeting.")
@click.argument("summit_id", metavar="ID")
@option("--markdown", is_flag=True, help="Print Markdown.")
@option("--library", type=_FILE, envvar="SUMMIT_LIBRARY", show_envvar=True, help="The file or folder to read.")
@option("--cache", type=_FILE, metavar="FOLDER", envvar="SUMMIT_CACHE", help="Where the index is kept.")
def brief(summit_id: str, markdown: bool, library: Path | None, cache: Path | None) -> int:
    """Print a briefing of one meeting: what came of it, what changed since the last edition, what is open.

    Everything on the page is counted or copied from the record; `summit show ID` prints all of it.

    \b
    summit brief it-tr-2025-rome
    summit brief it-tr-2025-rome --markdown > rome.md
    """
    from tui.cli.as_text import Paper
    from tui.cli.library import opened, unknown_id
    from tui.exchange.briefing import briefing
    from tui.exchange.out.markdown import written
    from tui.exchange.text import plain
    from tui.records import Summit, kind_of

    with opened(library, cache) as index:
        record = index.record(summit_id)
        if record is None:
            raise unknown_id(summit_id, index)
        if not isinstance(record, Summit):
            said = gettext("a brief is made of a summit; {command} prints the {kind}")
            raise Mistake(said.format(command=typed("show", record.id), kind=gettext(kind_of(record))))
        page = briefing(record, index)
        text = written(page, index) if markdown else plain(page, min(Paper.found().width or _WIDTH, _WIDTH))
        click.echo(text, nl=False)
    return 0
