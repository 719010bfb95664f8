"""`summit new`, `edit`, `set`, `link`, `merge`, `delete`, `undo` and `redo`: a library changed from the shell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tui.cli.changing import attempt, confirm, edit_in_form, found, named, open_writer, show_changes, turn, write
from tui.cli.routing import FollowedCommand
from tui.cli.words import command, option
from tui.exchange.printable import printable
from tui.language import Told, gettext, later

KINDS = ("summit", "leader", "topic", "agreement", "source")

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

    writer = open_writer(library)
    if not assignments:
        return edit_in_form(writer, None, starting(kind), Draft(writer.library, f"new-{kind}", state_folder()))
    from tui.exchange.form.naming import Naming
    from tui.library.changes import Change
    from tui.library.history import ADDED

    naming = Naming(writer.catalogue)
    made = attempt(lambda: identified(assigned(starting(kind), assignments, naming)))
    changes = (*naming.changes, Change(None, made))
    return write(writer, changes, Told(ADDED[kind], {"record": named(made)}), made.id)


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

    writer = open_writer(library)
    record = found(writer, record_id)
    return edit_in_form(writer, record, record, Draft(writer.library, record.id, state_folder()))


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
    from tui.library.changes import Change

    writer = open_writer(library)
    record = found(writer, record_id)
    naming = Naming(writer.catalogue)
    after = attempt(lambda: assigned(record, assignments, naming))
    fields = ", ".join(name for name in record.__struct_fields__ if getattr(record, name) != getattr(after, name))
    return write(
        writer,
        (*naming.changes, Change(record, after)),
        Told(later("edited {record}: {fields}"), {"record": named(record), "fields": fields}),
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

    writer = open_writer(library)
    first, second = found(writer, one), found(writer, other)
    change = attempt(lambda: linking(first, second))
    return write(
        writer,
        (change,),
        Told(later("linked {record} and {other}"), {"record": named(first), "other": named(second)}),
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

    writer = open_writer(library)
    kept, other = found(writer, kept_id), found(writer, other_id)
    merger = attempt(lambda: merging(kept, other, writer.catalogue.linked_with(other.id)))
    gaps = {"other": named(other), "id": other.id, "record": named(kept)}
    said = Told(later("merged {other} ({id}) into {record}"), gaps)
    show_changes(str(said), merger.changes)
    for name, stays, goes in merger.dropped:
        click.echo(
            gettext(
                "note: {field} differs: {stays} stays, {goes} goes",
                field=name,
                stays=_in_line(stays),
                goes=_in_line(goes),
            ),
            err=True,
        )
    confirm(gettext("Merge them?"), yes)
    return write(writer, merger.changes, said)


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

    writer = open_writer(library)
    record = found(writer, record_id)
    instead = found(writer, instead_id) if instead_id else None
    changes = attempt(lambda: deleting(record, writer.catalogue.linked_with(record.id), instead))
    said = Told(later("removed {record}"), {"record": named(record)})
    show_changes(str(said), changes)
    confirm(gettext("Remove it?"), yes)
    return write(writer, changes, said)


@command("undo", short_help="Take back the last change.")
@yes_option
@library_option
def undo(yes: bool, library: Path | None) -> int:
    """Show the last change of a library, ask, and take it back; again for the one before. Works across restarts.

    \b
    summit undo
    summit undo --yes --library ~/summits
    """
    writer = open_writer(library)
    return turn(writer.next_undo(), "undo", yes, writer.undo)


@command("redo", short_help="Make a change again that was undone.")
@yes_option
@library_option
def redo(yes: bool, library: Path | None) -> int:
    """Show the change that was undone last, ask, and make it again.

    \b
    summit redo
    summit redo --yes --library ~/summits
    """
    writer = open_writer(library)
    return turn(writer.next_redo(), "redo", yes, writer.redo)


def _in_line(value: Any) -> str:
    from tui.exchange.changes_page import in_words

    return printable(in_words(value))
