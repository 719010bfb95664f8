"""What undo and redo would do, and the two versions of a record that two people changed, as pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tui.exchange.changes_page import changes_page, differences
from tui.exchange.dates import spoken
from tui.exchange.form.choosing import Versions
from tui.exchange.page import Block, Page, Row, Span, column, row
from tui.language import gettext, later
from tui.library.history import Noted
from tui.records import Record, title_of

_OVERTAKEN = later("Someone else has changed it while you did. Nothing is lost: choose.")


def deed_page(noted: Noted, word: str) -> Page:
    """Return what `undo` or `redo` (the `word`) of a change does to each record, with who made it and when."""
    deed = noted.deed
    turns = [turn.turned() for turn in deed.turns] if word == "undo" else deed.turns
    said = gettext("made by {who} {when}") if deed.who else gettext("made {when}")
    about = said.format(who=deed.who, when=_local(deed.when)).strip()
    title = f"{gettext(word).capitalize()}: {deed.told}"
    return changes_page(title, about, ((turn.old, turn.new) for turn in turns))


def versions_page(versions: Versions) -> Page:
    """Return what each of two people changed in a record, one below the other."""
    known = versions.mine or versions.theirs or versions.base
    blocks = [Block("", (row(Span(gettext(_OVERTAKEN), "dim")),))]
    blocks.append(Block(gettext("Theirs"), tuple(_rows(versions.base, versions.theirs))))
    blocks.append(Block(gettext("Mine"), tuple(_rows(versions.base, versions.mine))))
    return Page("versions", row(Span(title_of(known), "title")), tuple(blocks))


def _rows(base: Record, version: Record | None) -> Iterable[Row]:
    if version is None:
        return (row(Span(gettext("removed"), "ended")),)
    found = []
    for name, gone, come in differences(base, version):
        lead = Span(name, "label")
        for sign, role, texts in (("−", "ended", gone), ("+", "settled", come)):
            for text in texts:
                found.append((lead, [Span(f"{sign} ", role), Span(text)]))
                lead = Span("", "label")
    return column(found) or (row(Span(gettext("as it was"), "dim")),)


def _local(when: str) -> str:
    """Return a time as it was on this machine's clock: *on 25 November 2026 at 22:01*."""
    try:
        then = datetime.fromisoformat(when).astimezone()
    except ValueError:
        return ""
    return gettext("on {date} at {time}").format(date=spoken(f"{then:%Y-%m-%d}"), time=f"{then:%H:%M}")
