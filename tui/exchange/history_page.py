"""What undo and redo would do, and the two versions of a record that two people changed, as pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tui.exchange.changes_page import changes_page, differences
from tui.exchange.form.choosing import Versions
from tui.exchange.page import Block, Page, Row, Span, column, row
from tui.library.history import Noted
from tui.records import Record, title_of


def deed_page(noted: Noted, word: str) -> Page:
    """Return what `undo` or `redo` (the `word`) of a change does to each record, with who made it and when."""
    deed = noted.deed
    turns = [turn.turned() for turn in deed.turns] if word == "undo" else deed.turns
    about = " ".join(filter(None, ("made", f"by {deed.who}" if deed.who else "", _local(deed.when))))
    return changes_page(f"{word.capitalize()}: {deed.said}", about, ((turn.old, turn.new) for turn in turns))


def versions_page(versions: Versions) -> Page:
    """Return what each of two people changed in a record, one below the other."""
    known = versions.mine or versions.theirs or versions.base
    blocks = [Block("", (row(Span("Someone else has changed it while you did. Nothing is lost: choose.", "dim")),))]
    blocks.append(Block("Theirs", tuple(_rows(versions.base, versions.theirs))))
    blocks.append(Block("Mine", tuple(_rows(versions.base, versions.mine))))
    return Page("versions", row(Span(title_of(known), "title")), tuple(blocks))


def _rows(base: Record, version: Record | None) -> Iterable[Row]:
    if version is None:
        return (row(Span("removed", "ended")),)
    found = []
    for name, gone, come in differences(base, version):
        lead = Span(name, "label")
        for sign, role, texts in (("−", "ended", gone), ("+", "settled", come)):
            for text in texts:
                found.append((lead, [Span(f"{sign} ", role), Span(text)]))
                lead = Span("", "label")
    return column(found) or (row(Span("as it was", "dim")),)


def _local(when: str) -> str:
    """Return a time as it was on this machine's clock: `on 2026-11-25 at 22:01`."""
    try:
        return datetime.fromisoformat(when).astimezone().strftime("on %Y-%m-%d at %H:%M")
    except ValueError:
        return ""
