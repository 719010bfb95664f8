"""`summit brief`: a meeting on one page, made from its record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.mistake import Mistake
from tui.cli.typed import typed
from tui.cli.words import command, option
from tui.exchange.printable import printable
from tui.language import gettext, ngettext

if TYPE_CHECKING:
    from tui.index import Index, Listing
    from tui.records import Summit

_WIDTH = 100
"""Cells: a page is never wider, however wide the terminal."""

_MOST = 10
"""How many meetings are named at most, where words lead to several."""

_FILE = click.Path(path_type=Path)


@command("brief", short_help="Print a briefing of one meeting.")
@click.argument("words", metavar="ID|WORD...", nargs=-1, required=True)
@option("--markdown", is_flag=True, help="Print Markdown.")
@option("--library", type=_FILE, envvar="SUMMIT_LIBRARY", show_envvar=True, help="The file or folder to read.")
@option("--cache", type=_FILE, metavar="FOLDER", envvar="SUMMIT_CACHE", help="Where the index is kept.")
def brief(words: tuple[str, ...], markdown: bool, library: Path | None, cache: Path | None) -> int:
    """Print a briefing of one meeting: what came of it, what changed since the last edition, what is open.

    Everything on the page is counted or copied from the record; `summit show ID` prints all of it. Words or a query
    that find one meeting stand for its id; the meetings are named where they find several.

    \b
    summit brief it-tr-2025-rome
    summit brief italy turkey rome 2025
    summit brief it-tr-2025-rome --markdown > rome.md
    """
    from tui.cli.as_text import Paper
    from tui.cli.library import opened
    from tui.exchange.briefing import briefing
    from tui.exchange.out.markdown import written
    from tui.exchange.text import plain

    with opened(library, cache) as index:
        page = briefing(_meeting(" ".join(words), index), index)
        text = written(page, index) if markdown else plain(page, min(Paper.found().width or _WIDTH, _WIDTH))
        click.echo(text, nl=False)
    return 0


def _meeting(wanted: str, index: Index) -> Summit:
    """Return the meeting that has an id, else the only one that a query finds."""
    from tui.cli.library import record_of, unknown_id
    from tui.records import Summit, kind_of

    record = None if " " in wanted else record_of(wanted, index)
    if record is None:
        found = index.view(wanted, {"summit": "newest"}).lists["summit"]
        if found.total > 1:
            raise _several(wanted, found)
        record = index.record(found.rows(0, 1)[0].id) if found.total else None
    if record is None:
        raise unknown_id(wanted, index)
    if not isinstance(record, Summit):
        said = gettext("a brief is made of a summit; {command} prints the {kind}")
        raise Mistake(said.format(command=typed("show", record.id), kind=gettext(kind_of(record))))
    return record


def _several(wanted: str, found: Listing) -> Mistake:
    from tui.exchange.dates import edition

    rows = found.rows(0, _MOST)
    width = max(len(row.id) for row in rows)
    said = gettext(
        "{words} finds {count} meetings; add a word, or name one by its id", words=repr(wanted), count=found.total
    )
    titles = (f"{edition(row.mark)} {row.title}".strip() for row in rows)
    named = [f"  {row.id:{width}}  {row.date:10}  {title}" for row, title in zip(rows, titles, strict=True)]
    left = found.total - len(rows)
    more = [f"  … {ngettext('{count} more', '{count} more', left)}"] if left else []
    return Mistake("\n".join([said, *map(printable, named), *more]))
