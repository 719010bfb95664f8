"""How a command that changes a library goes on: it shows what it would do, asks, writes, and says what was done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.cli.mistake import Mistake
from tui.exchange.printable import printable
from tui.language import Told, gettext, later

if TYPE_CHECKING:
    from tui.exchange.form.sitting import Outcome
    from tui.exchange.page import Page
    from tui.library.changes import Change, OvertakenError
    from tui.library.history import Noted
    from tui.library.writer import LibraryWriter
    from tui.records import Record

_WIDTH = 100
"""Cells of a page that is printed."""


def open_writer(library: Path | None) -> LibraryWriter:
    """Return what writes the library that was chosen. Raises LibraryError for one that is not to be written."""
    from tui.cli.library import chosen
    from tui.library.writer import LibraryWriter

    writer = LibraryWriter(chosen(library))
    writer.catalogue.refresh()
    return writer


def found(writer: LibraryWriter, record_id: str) -> Record:
    """Return the record that has an id, or the only one that has this name or address.

    Raises Mistake, with the nearest ids, when there is none.
    """
    owners = (writer.catalogue.owner(kind, record_id) for kind in ("leader", "topic", "source"))
    record = writer.find(record_id) or next((writer.find(owner) for owner in owners if owner), None)
    if record is not None:
        return record
    from tui.cli.near import unknown_id

    raise unknown_id(record_id, writer.catalogue.ids())


def attempt(make: Callable[[], Any]) -> Any:
    """Return what is made; raises Mistake for what cannot be done to these records."""
    from tui.library.curating import CannotError

    try:
        return make()
    except CannotError as error:
        raise Mistake(str(error)) from error


def write(writer: LibraryWriter, changes: Iterable[Change], said: Told, new_id: str = "") -> int:
    """Make a change and say so, with the id of what is new; return the exit code."""
    noted = writer.write(tuple(changes), said)
    told = noted.deed.told if noted else gettext("nothing to change")
    click.echo(printable(f"{told} ({new_id})" if new_id else told))
    return 0


def turn(noted: Noted | None, word: str, yes: bool, carry_out: Callable[[int], Noted | None]) -> int:
    """Show a change that was noted, ask, and `undo` or `redo` it as the `word` says; return the exit code."""
    from tui.exchange.history_page import deed_page

    if noted is None:
        click.echo(gettext("nothing to undo") if word == "undo" else gettext("nothing to redo"), err=True)
        return 1
    _show(deed_page(noted, word))
    confirm(gettext("Undo this?") if word == "undo" else gettext("Redo this?"), yes)
    done = carry_out(noted.number)
    turned = later("undone: {change}") if word == "undo" else later("made again: {change}")
    click.echo(printable(gettext(turned, change=(done or noted).deed.told)))
    return 0


def edit_in_form(writer: LibraryWriter, before: Record | None, start: Record, draft: Any) -> int:
    """Let the user write a record in an editor, beginning with `start`, and return the exit code."""
    from tui.exchange.form.editor import edit as open_editor
    from tui.exchange.form.sitting import Sitting

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Mistake(
            gettext("an editor needs a terminal; use: summit set ID FIELD=VALUE, summit new KIND FIELD=VALUE")
        )
    outcome = Sitting(writer, before, start, draft).run(open_editor)
    if outcome.overtaken is not None:
        return _choose(writer, outcome.overtaken, draft)
    return _end(outcome)


def _end(outcome: Outcome) -> int:
    click.echo(printable(outcome.said), err=outcome.failed)
    return 1 if outcome.failed else 0


def _choose(writer: LibraryWriter, overtaken: OvertakenError, draft: Any) -> int:
    """Show both versions of a record and let the user choose."""
    from tui.exchange.form.choosing import Versions
    from tui.exchange.history_page import versions_page
    from tui.library.changes import Change

    versions = Versions.of(overtaken)
    _show(versions_page(versions))
    offered = {"mine": "m", "theirs": "t"} | ({"both": "b"} if versions.both else {})
    letters = {letter: word for word, letter in offered.items()}
    answer = click.prompt(
        gettext(
            "Keep {choices}, or later [l]",
            choices=", ".join(f"{gettext(word)} [{letter}]" for word, letter in offered.items()),
        )
    )
    word = letters.get(answer.strip().lower()[:1], "")
    if not word:
        click.echo(printable(gettext("nothing was changed; what you typed waits in {path}", path=draft.path)), err=True)
        return 1
    chosen = {"mine": versions.mine, "theirs": versions.theirs, "both": versions.both}[word]
    code = write(
        writer,
        (Change(versions.theirs, chosen),),
        Told(later("edited {record}: kept {version}"), {"record": named(versions.base)}, {"version": word}),
    )
    draft.drop()
    return code


def confirm(question: str, yes: bool) -> None:
    """Ask, unless the answer was given. Raises Mistake when it is no, or there is nobody to ask."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise Mistake(gettext("nothing was changed; without a terminal to ask on, say --yes"))
    if not click.confirm(question):
        raise Mistake(gettext("nothing was changed"))


def show_changes(said: str, changes: Iterable[Change]) -> None:
    """Print what a change does to each record."""
    from tui.exchange.changes_page import changes_page

    _show(changes_page(said, "", ((change.before, change.after) for change in changes)))


def _show(page: Page) -> None:
    from tui.exchange.text import plain

    click.echo(plain(page, _WIDTH), nl=False)


def named(record: Record) -> str:
    """Return what a record is called."""
    from tui.records import title_of

    return title_of(record)
