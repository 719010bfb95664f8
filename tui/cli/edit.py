"""`summit new`, `edit`, `set`, `link`, `merge`, `delete`, `undo` and `redo`: a library changed from the shell."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tui.cli.routing import FollowedCommand
from tui.cli.run import Mistake
from tui.cli.words import command, option
from tui.exchange.printable import printable
from tui.language import Told, gettext, later

if TYPE_CHECKING:
    from tui.exchange.form.sitting import Outcome
    from tui.exchange.page import Page
    from tui.library.history import Noted
    from tui.library.writer import Change, LibraryWriter, OvertakenError
    from tui.records import Record

KINDS = ("summit", "leader", "topic", "agreement", "source")
_Command = TypeVar("_Command", bound=Callable[..., Any])
_WIDTH = 100

library_option = option(
    "--library",
    type=click.Path(path_type=Path),
    envvar="SUMMIT_LIBRARY",
    show_envvar=True,
    help="The library to change. The shipped one is read-only.",
)
yes_option = option("--yes", is_flag=True, help="Do not ask.")


@command("new", cls=FollowedCommand, followed_by=KINDS, short_help="Add a record.")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("assignments", nargs=-1, metavar="[FIELD=VALUE]...")
@library_option
def new(kind: str, assignments: tuple[str, ...], library: Path | None) -> int:
    """Add a record: in your editor, or at once from FIELD=VALUE.

    \b
    summit new topic
    summit new topic name='Hydrogen' sector=energy
    summit new agreement title='Gas accord' summit=rome-2025 history=[signed]
    summit new summit name='Athens talks' start=2026-03 evidence=https://…

    A leader, a topic or a source may be named by its id, its name or its address; an address that no source
    has makes a new one.
    """
    from tui.exchange.form.assigning import assigned
    from tui.exchange.form.drafts import Draft
    from tui.exchange.form.starting import identified, starting
    from tui.personal.places import state_folder

    writer = _writer(library)
    if not assignments:
        return _sit(writer, None, starting(kind), Draft(writer.library, f"new-{kind}", state_folder()))
    from tui.exchange.form.naming import Naming
    from tui.library.history import ADDED
    from tui.library.writer import Change

    naming = Naming(writer.catalogue)
    made = _can(lambda: identified(assigned(starting(kind), assignments, naming)))
    changes = (*naming.changes, Change(None, made))
    return _write(writer, changes, Told(ADDED[kind], {"record": _named(made)}), made.id)


@command("edit", short_help="Edit a record in your editor.")
@click.argument("record_id", metavar="ID")
@library_option
def edit(record_id: str, library: Path | None) -> int:
    """Open a record in $VISUAL or $EDITOR as a short form, and keep it when it is right.

    What is wrong is shown in the form, above its line. What you typed is never lost: a form that was not
    kept is there again at the next edit.

    \b
    summit edit rome-2025
    EDITOR=nano summit edit rome-2025
    """
    from tui.exchange.form.drafts import Draft
    from tui.personal.places import state_folder

    writer = _writer(library)
    record = _found(writer, record_id)
    return _sit(writer, record, record, Draft(writer.library, record.id, state_folder()))


@command("set", short_help="Set fields of a record.")
@click.argument("record_id", metavar="ID")
@click.argument("assignments", nargs=-1, required=True, metavar="FIELD=VALUE...")
@library_option
def set_(record_id: str, assignments: tuple[str, ...], library: Path | None) -> int:
    """Set fields of a record: FIELD=VALUE, FIELD= for unknown, FIELD+=VALUE to add to a list.

    A leader, a topic or a source may be named by its id, its name or its address.

    \b
    summit set rome-2025 city=Rome edition=4
    summit set migration 'aliases+=irregular arrivals'
    summit set space-2025 'history+={status: in_force, date: 2026-01}'
    """
    from tui.exchange.form.assigning import assigned
    from tui.exchange.form.naming import Naming
    from tui.library.writer import Change

    writer = _writer(library)
    record = _found(writer, record_id)
    naming = Naming(writer.catalogue)
    after = _can(lambda: assigned(record, assignments, naming))
    fields = ", ".join(name for name in record.__struct_fields__ if getattr(record, name) != getattr(after, name))
    return _write(
        writer,
        (*naming.changes, Change(record, after)),
        Told(later("edited {record}: {fields}"), {"record": _named(record), "fields": fields}),
    )


@command("link", short_help="Link two records.")
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
@library_option
def link(one: str, other: str, library: Path | None) -> int:
    """Link two records, in the one that holds such links.

    A leader takes part in a summit or signs an agreement, a topic is on an agenda or what an agreement is
    about, an agreement belongs to a summit, a source is evidence for any of them.

    \b
    summit link rome-2025 energy
    """
    from tui.library.curating import link as linking

    writer = _writer(library)
    first, second = _found(writer, one), _found(writer, other)
    change = _can(lambda: linking(first, second))
    return _write(
        writer,
        (change,),
        Told(later("linked {record} and {other}"), {"record": _named(first), "other": _named(second)}),
    )


@command("merge", short_help="Merge two records into one.")
@click.argument("kept_id", metavar="KEPT")
@click.argument("other_id", metavar="OTHER")
@yes_option
@library_option
def merge(kept_id: str, other_id: str, yes: bool, library: Path | None) -> int:
    """Merge OTHER into KEPT: what it adds, its name and its id as others of KEPT, and every link to it.

    Where the two differ, KEPT stays. `summit undo` takes it back.

    \b
    summit merge energy gas-and-power
    """
    from tui.library.curating import merge as merging

    writer = _writer(library)
    kept, other = _found(writer, kept_id), _found(writer, other_id)
    merger = _can(lambda: merging(kept, other, writer.catalogue.linked_with(other.id)))
    gaps = {"other": _named(other), "id": other.id, "record": _named(kept)}
    said = Told(later("merged {other} ({id}) into {record}"), gaps)
    _show(_page(str(said), "", merger.changes))
    for name, stays, goes in merger.dropped:
        click.echo(
            gettext(
                "note: {field} differs: {stays} stays, {goes} goes", field=name, stays=_words(stays), goes=_words(goes)
            ),
            err=True,
        )
    _confirm(gettext("Merge them?"), yes)
    return _write(writer, merger.changes, said)


@command("delete", short_help="Remove a record.")
@click.argument("record_id", metavar="ID")
@option("--links-to", "instead_id", default="", metavar="ID", help="Where the links to it are to go.")
@yes_option
@library_option
def delete(record_id: str, instead_id: str, yes: bool, library: Path | None) -> int:
    """Remove a record. Refused while others link to it, unless --links-to says where these links are to go.

    \b
    summit delete energy
    summit delete gas-and-power --links-to energy
    """
    from tui.library.curating import delete as deleting

    writer = _writer(library)
    record = _found(writer, record_id)
    instead = _found(writer, instead_id) if instead_id else None
    changes = _can(lambda: deleting(record, writer.catalogue.linked_with(record.id), instead))
    said = Told(later("removed {record}"), {"record": _named(record)})
    _show(_page(str(said), "", changes))
    _confirm(gettext("Remove it?"), yes)
    return _write(writer, changes, said)


@command("undo", short_help="Take back the last change.")
@yes_option
@library_option
def undo(yes: bool, library: Path | None) -> int:
    """Show the last change of a library, ask, and take it back; again for the one before. Works across restarts.

    \b
    summit undo
    summit undo --yes --library ~/summits
    """
    writer = _writer(library)
    return _turn(writer.next_undo(), "undo", yes, writer.undo)


@command("redo", short_help="Make a change again that was undone.")
@yes_option
@library_option
def redo(yes: bool, library: Path | None) -> int:
    """Show the change that was undone last, ask, and make it again.

    \b
    summit redo
    summit redo --yes --library ~/summits
    """
    writer = _writer(library)
    return _turn(writer.next_redo(), "redo", yes, writer.redo)


def _writer(library: Path | None) -> LibraryWriter:
    from tui.cli.library import chosen
    from tui.library.writer import LibraryWriter

    writer = LibraryWriter(chosen(library))
    writer.catalogue.refresh()
    return writer


def _found(writer: LibraryWriter, record_id: str) -> Record:
    """Return the record that has an id, or the only one that has this name or address."""
    owners = (writer.catalogue.owner(kind, record_id) for kind in ("leader", "topic", "source"))
    record = writer.find(record_id) or next((writer.find(owner) for owner in owners if owner), None)
    if record is not None:
        return record
    from tui.cli.near import unknown_id

    raise unknown_id(record_id, writer.catalogue.ids())


def _can(make: Callable[[], Any]) -> Any:
    from tui.library.curating import CannotError

    try:
        return make()
    except CannotError as error:
        raise Mistake(str(error)) from error


def _write(writer: LibraryWriter, changes: Iterable[Change], said: Told, new_id: str = "") -> int:
    """Make a change and say so, with the id of what is new."""
    noted = writer.write(tuple(changes), said)
    told = noted.deed.told if noted else gettext("nothing to change")
    click.echo(printable(f"{told} ({new_id})" if new_id else told))
    return 0


def _turn(noted: Noted | None, word: str, yes: bool, turn: Callable[[int], Noted | None]) -> int:
    from tui.exchange.history_page import deed_page

    if noted is None:
        click.echo(gettext("nothing to undo") if word == "undo" else gettext("nothing to redo"), err=True)
        return 1
    _show(deed_page(noted, word))
    _confirm(gettext("Undo this?") if word == "undo" else gettext("Redo this?"), yes)
    done = turn(noted.number)
    turned = later("undone: {change}") if word == "undo" else later("made again: {change}")
    click.echo(printable(gettext(turned, change=(done or noted).deed.told)))
    return 0


def _sit(writer: LibraryWriter, before: Record | None, start: Record, draft: Any) -> int:
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
    from tui.library.writer import Change

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
    code = _write(
        writer,
        (Change(versions.theirs, chosen),),
        Told(later("edited {record}: kept {version}"), {"record": _named(versions.base)}, {"version": word}),
    )
    draft.drop()
    return code


def _confirm(question: str, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise Mistake(gettext("nothing was changed; without a terminal to ask on, say --yes"))
    if not click.confirm(question):
        raise Mistake(gettext("nothing was changed"))


def _page(title: str, about: str, changes: Iterable[Change]) -> Page:
    from tui.exchange.changes_page import changes_page

    return changes_page(title, about, ((change.before, change.after) for change in changes))


def _show(page: Page) -> None:
    from tui.exchange.text import plain

    click.echo(plain(page, _WIDTH), nl=False)


def _named(record: Record) -> str:
    from tui.records import title_of

    return title_of(record)


def _words(value: Any) -> str:
    from tui.exchange.changes_page import in_words

    return printable(in_words(value)) or "nothing"
