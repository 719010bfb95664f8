"""A leader: the offices, the meetings with the office held at each, and the agreements they signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.exchange.dates import spoken
from tui.exchange.page import Block, Page, Row, Span, joined, row
from tui.exchange.parts import agreement_rows, notes, rest, summit_rows
from tui.exchange.references import References
from tui.index.countries import name
from tui.language import gettext, ngettext
from tui.records import Leader, Office, Record, Summit
from tui.vocabulary import ROLES, label

if TYPE_CHECKING:
    from tui.index import Index
    from tui.index.rows import Linked


def leader_page(leader: Leader, index: Index, most: int | None = None) -> Page:
    """Return the page of a leader, with so many of the newest meetings and agreements (None: all)."""
    references = References()
    meetings = index.newest_linked(leader.id, "summit", most)
    records = index.records([item.id for item in meetings.rows])
    agreements = index.newest_linked(leader.id, "agreement", most)
    blocks = [Block("", (counted,))] if (counted := _counted(leader, meetings, agreements.total)).spans else []
    if leader.offices:
        blocks.append(Block(gettext("Offices"), tuple(row(_office(office)) for office in leader.offices)))
    if leader.aliases:
        blocks.append(Block(gettext("Also"), (row(Span(", ".join(leader.aliases), "dim")),)))
    if meetings.total:
        said = ((item, _part(leader.id, records.get(item.id))) for item in meetings.rows)
        blocks.append(rest(summit_rows(gettext("Meetings"), said), meetings, f"leader:{leader.id}"))
    if agreements.total:
        signed = replace(agreement_rows(agreements.rows, dated=True), label=gettext("Signatory of"))
        # What was agreed at the leader's meetings is found by a query, and is more than what bears the leader's name.
        blocks.append(rest(signed, agreements))
    if leader.wikidata:
        blocks.append(Block("Wikidata", (row(leader.wikidata),)))
    blocks += notes(leader.note)
    for item in leader.evidence:
        references.mark(item.source)
    return Page(leader.id, row(Span(leader.name, "title")), (*blocks, *references.block(index)))


def _counted(leader: Leader, meetings: Linked, agreements: int) -> Row:
    """The country, how many meetings from the first year to the last, and how many agreements were signed."""
    parts: list[list[Span | str]] = [[name(leader.country)]] if leader.country else []
    if meetings.total:
        years = "–".join(dict.fromkeys((meetings.oldest[:4], meetings.newest[:4])))
        counted = ngettext("{count} meeting", "{count} meetings", meetings.total)
        parts.append([f"{counted}, {years}" if years else counted])
    if agreements:
        parts.append([ngettext("signatory of {count} agreement", "signatory of {count} agreements", agreements)])
    return joined(parts)


def _office(office: Office) -> str:
    years = f", {spoken(office.start)} – {spoken(office.end)}" if office.start or office.end else ""
    return office.title + years


def _part(leader: str, meeting: Record | None) -> list[Span | str]:
    """How the leader took part in a meeting: the office held then, and any part but a chair's or a leader's."""
    if not isinstance(meeting, Summit):
        return []
    for person in meeting.participants:
        if person.leader == leader:
            said = [person.office] if person.office else []
            said += [label(ROLES, person.role)] if person.role not in {"chair", "participant"} else []
            said += [person.capacity] if person.capacity else []
            return [Span(f"  {' · '.join(dict.fromkeys(said))}", "dim")] if said else []
    return []
