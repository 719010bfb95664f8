"""`summit export`: what answers a query, in a format that others read, to the standard output or to a file."""

from __future__ import annotations

import codecs
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.mistake import Mistake
from tui.cli.routing import WordsCommand
from tui.cli.words import command, option
from tui.exchange.printable import printable
from tui.language import gettext, system_said

if TYPE_CHECKING:
    from tui.exchange.out import Selection
    from tui.index import Index

FORMS = ("markdown", "json", "jsonl", "csv", "ics", "bibtex", "csl", "ris", "popolo")
"""The names of the formats, which only an export needs to load; a test holds them to `exchange.out.FORMATS`."""

_KINDS = ("summit", "leader", "topic", "agreement", "source")
_FILE = click.Path(path_type=Path)
_PORTION = 1 << 16
"""Bytes written at once."""


@command("export", cls=WordsCommand, short_help="Write what answers a query in another format.")
@click.argument("words", nargs=-1, metavar="[QUERY]...")
@option("--to", "form", type=click.Choice(FORMS), required=True, help="The format.")
@option("--kind", type=click.Choice(_KINDS), help="One list of the answer alone.")
@option("--id", "ids", multiple=True, metavar="ID", help="One record, instead of a query; may be repeated.")
@option("--output", type=_FILE, metavar="FILE", help="Write to a file, which must not exist.")
@option("--force", is_flag=True, help="Replace the file if it exists.")
@option("--bom", is_flag=True, help="Begin CSV with the mark by which Excel knows UTF-8.")
@option("--safe-formulas", is_flag=True, help="In CSV, put ' before a text that begins with = + - or @.")
@option("--library", type=_FILE, envvar="SUMMIT_LIBRARY", show_envvar=True, help="The file or folder to read.")
@option("--cache", type=_FILE, metavar="FOLDER", envvar="SUMMIT_CACHE", help="Where the index is kept.")
def export(
    words: tuple[str, ...],
    form: str,
    kind: str | None,
    ids: tuple[str, ...],
    output: Path | None,
    force: bool,
    bom: bool,
    safe_formulas: bool,
    library: Path | None,
    cache: Path | None,
) -> int:
    """Write what answers a query in another format; the whole library if no query is given.

    markdown is a briefing of each meeting, csv a table of one kind: both take the first list of the
    answer that has records, or the one that --kind names. json and jsonl hold every field. bibtex, csl
    and ris hold the sources. ics holds the meetings of which the day is known, popolo people and meetings.

    A spreadsheet may run a text that begins with = + - or @ as a formula; --safe-formulas prevents
    that, and is not the default because it changes the text. Exit status: 0 with results, 1 with
    none, 2 on a mistake.

    \b
    summit export leader:erdogan 2025 --to markdown --output briefing.md
    summit export --id it-tr-2025-rome --to markdown
    summit export status:signed --to csv --kind agreement | head
    summit export --to jsonl > library.jsonl
    """
    from tui.cli.library import opened
    from tui.exchange.out import FORMATS, carried, notes, pieces
    from tui.exchange.out.tabular import table

    if (bom or safe_formulas) and form != "csv":
        raise Mistake(gettext("--bom and --safe-formulas are for --to csv"))
    if output and not force and os.path.lexists(output):
        raise Mistake(gettext("{file} exists; --force replaces it", file=output))
    with opened(library, cache) as index:
        chosen = _by_id(ids, words, kind, index) if ids else _by_query(" ".join(words), kind or "", index)
        for note in notes(chosen, form):
            click.echo(gettext("note: {note}", note=printable(note)), err=True)
        text = table(chosen, guard_formulas=safe_formulas) if form == "csv" else pieces(chosen, form)
        count = carried(chosen, form)
        written = _portions(text, codecs.BOM_UTF8 if bom else b"")
        if output:
            _write(output.expanduser(), written, force)
            click.echo(
                gettext("wrote {format}: {file}", format=gettext(FORMATS[form].name), file=printable(str(output))),
                err=True,
            )
        else:
            for portion in written:
                click.echo(portion, nl=False)
        return 0 if count else 1


def _by_query(text: str, kind: str, index: Index) -> Selection:
    from tui.cli.as_text import hint_text
    from tui.exchange.out import of_view

    view = index.view(text)
    if any(problem.reason == "field" for problem in view.query.problems):
        raise Mistake("; ".join(hint_text(hint) for hint in view.hints))
    for hint in view.hints:
        click.echo(gettext("hint: {hint}", hint=hint_text(hint)), err=True)
    return of_view(view, index, kind)


def _by_id(ids: Iterable[str], words: tuple[str, ...], kind: str | None, index: Index) -> Selection:
    from tui.cli.library import unknown_id
    from tui.exchange.out import of_records

    if words or kind:
        raise Mistake(gettext("--id names the records itself: no query and no --kind beside it"))
    found = index.records(ids)
    for wanted in ids:
        if wanted not in found:
            raise unknown_id(wanted, index)
    return of_records(found.values(), index)


def _portions(text: Iterable[str], start: bytes) -> Iterator[bytes]:
    """Yield text as UTF-8, in portions that are worth a write."""
    held = bytearray(start)
    for piece in text:
        held += piece.encode("utf-8")
        if len(held) >= _PORTION:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def _write(target: Path, portions: Iterator[bytes], force: bool) -> None:
    """Write a file as a whole or not at all: under another name first, then in one step to its own."""
    try:
        handle, fresh = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(portions)
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(fresh, 0o666 & ~mask)
            _put(fresh, target, force)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(fresh)
    except FileExistsError as error:
        raise Mistake(gettext("{file} exists; --force replaces it", file=target)) from error
    except OSError as error:
        raise Mistake(gettext("{path} cannot be written: {reason}", path=target, reason=system_said(error))) from error


def _put(fresh: str, target: Path, force: bool) -> None:
    if force:
        os.replace(fresh, target)
        return
    try:
        os.link(fresh, target)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, as some sticks and shares are
        if os.path.lexists(target):
            raise FileExistsError from None
        os.rename(fresh, target)
