"""The small changes that keep a library in order, each as what becomes of which records; the writer makes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from tui.language import gettext, shortened
from tui.library.changes import Change
from tui.library.dates import backwards
from tui.library.links import relinked
from tui.library.slugs import name_key
from tui.records import (
    AgendaItem,
    Agreement,
    Claim,
    Evidence,
    Leader,
    Participant,
    Record,
    Signatory,
    Source,
    Step,
    Summit,
    Topic,
    kind_of,
)
from tui.vocabulary import a_kind


class CannotError(ValueError):
    """Something that cannot be done with these records; the message says why."""


class Merger(NamedTuple):
    """What merging two records does."""

    changes: tuple[Change, ...]
    dropped: tuple[tuple[str, Any, Any], ...]
    """Fields in which the two differ: the name, the value that stays, the value that goes."""


def add_step(agreement: Record, status: str, date: str, source: str) -> Change:
    """Return the change that adds a step to an agreement's history, where its date puts it."""
    if not isinstance(agreement, Agreement):
        raise CannotError(gettext("{kind} has no status history; an agreement has", kind=a_kind(kind_of(agreement))))
    step = Step(status=status, date=date, evidence=_evidence(source))
    return Change(agreement, msgspec.structs.replace(agreement, history=_with_step(agreement.history, step)))


def add_source(record: Record, source: str) -> Change:
    """Return the change that names a source as evidence for a whole record."""
    if not isinstance(record, Summit | Leader | Agreement):
        raise CannotError(gettext("{kind} carries no evidence of its own", kind=a_kind(kind_of(record))))
    if any(evidence.source == source for evidence in record.evidence):
        raise CannotError(gettext("{source} is a source of it already", source=source))
    return Change(record, msgspec.structs.replace(record, evidence=(*record.evidence, *_evidence(source))))


def link(one: Record, other: Record) -> Change:
    """Return the change that links two records, in the record that holds such links. Raises CannotError."""
    for holder, held in ((one, other), (other, one)):
        made = _linked(holder, held)
        if made is not None:
            if made == holder:
                raise CannotError(gettext("{one} and {other} are linked already", one=holder.id, other=held.id))
            return Change(holder, made)
    raise CannotError(
        gettext("{one} and {other} have no link of their own", one=a_kind(kind_of(one)), other=a_kind(kind_of(other)))
    )


def _linked(holder: Record, held: Record) -> Record | None:
    match holder, held:
        case Summit(), Leader():
            if any(one.leader == held.id for one in holder.participants):
                return holder
            new = Participant(leader=held.id, country=held.country)
            return msgspec.structs.replace(holder, participants=(*holder.participants, new))
        case Summit(), Topic():
            if any(item.topic == held.id for item in holder.agenda):
                return holder
            return msgspec.structs.replace(holder, agenda=(*holder.agenda, AgendaItem(topic=held.id)))
        case Agreement(), Topic():
            return msgspec.structs.replace(holder, topics=tuple(dict.fromkeys((*holder.topics, held.id))))
        case Agreement(), Leader():
            if any(one.leader == held.id for one in holder.signatories):
                return holder
            signatory = Signatory(leader=held.id, country=held.country)
            return msgspec.structs.replace(holder, signatories=(*holder.signatories, signatory))
        case Agreement(), Summit():
            if holder.summit not in ("", held.id):
                raise CannotError(
                    gettext("{id} belongs to {summit} already; edit it to move it", id=holder.id, summit=holder.summit)
                )
            return msgspec.structs.replace(holder, summit=held.id)
        case ((Summit() | Agreement() | Leader()), Source()):
            if any(evidence.source == held.id for evidence in holder.evidence):
                return holder
            return msgspec.structs.replace(holder, evidence=(*holder.evidence, *_evidence(held.id)))
    return None


def merge(kept: Record, other: Record, linked: Mapping[str, Record]) -> Merger:
    """Return what merges `other` into `kept`: what it adds, its name and id as others of it, every link that follows.

    `linked` has the records that link to `other`, by id. Where the two differ, the value of `kept` stays.
    """
    if type(kept) is not type(other):
        raise CannotError(
            gettext("{one} and {other} cannot be merged", one=a_kind(kind_of(kept)), other=a_kind(kind_of(other)))
        )
    if kept.id == other.id:
        raise CannotError(gettext("a record cannot be merged with itself"))
    other_ids = {other.id: kept.id}
    fields, dropped = _united(kept, relinked(other, other_ids))
    fields["former_ids"] = tuple(dict.fromkeys((*kept.former_ids, other.id, *other.former_ids)))
    whole = relinked(msgspec.structs.replace(kept, **fields), other_ids)
    followers = [
        Change(record, relinked(record, other_ids))
        for record in linked.values()
        if record.id not in (kept.id, other.id)
    ]
    return Merger((Change(kept, whole), *followers, Change(other, None)), dropped)


def _united(kept: Record, other: Record) -> tuple[dict[str, Any], tuple[tuple[str, Any, Any], ...]]:
    """Return the fields that `other` adds to, and those in which the two differ."""
    added: dict[str, Any] = {}
    dropped = []
    unset = defaults_of(type(kept))
    for name in kept.__struct_fields__:
        ours, theirs = getattr(kept, name), getattr(other, name)
        if name in ("id", "former_ids") or theirs == ours or theirs == unset.get(name, ""):
            continue
        if isinstance(ours, tuple):
            added[name] = _joined(name, (*ours, *(one for one in theirs if one not in ours)))
        elif ours == unset.get(name, ""):
            added[name] = theirs
        elif not (name == "name" and isinstance(kept, Leader | Topic)):
            dropped.append((name, ours, theirs))
    if isinstance(kept, Leader | Topic) and isinstance(other, Leader | Topic):
        taken = {name_key(kept.name)}
        aliases = {name_key(name): name for name in (*kept.aliases, other.name, *other.aliases)}
        added["aliases"] = tuple(name for key, name in aliases.items() if key not in taken)
    return added, tuple(dropped)


def _joined(name: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the values of two records as one: claims of one value share their evidence, steps go from old to new."""
    if name == "claims":
        claims: dict[tuple[str, str], Claim] = {}
        for claim in values:
            held = claims.setdefault((claim.field, claim.value), claim)
            evidence = tuple(dict.fromkeys((*held.evidence, *claim.evidence)))
            claims[claim.field, claim.value] = msgspec.structs.replace(held, evidence=evidence)
        return tuple(claims.values())
    if name == "history":
        history: tuple[Step, ...] = ()
        for step in values:
            history = _with_step(history, step)
        return history
    return values


def _with_step(history: tuple[Step, ...], step: Step) -> tuple[Step, ...]:
    """Return a history with a step where its date puts it: after all that are not certainly later."""
    place = len(history)
    while place and backwards(history[place - 1].date, step.date):
        place -= 1
    return (*history[:place], step, *history[place:])


def delete(record: Record, linked: Mapping[str, Record], instead: Record | None = None) -> tuple[Change, ...]:
    """Return what removes a record; `linked` has the records that link to it, whose links go to `instead`.

    Raises CannotError while it is linked and nothing takes its place.
    """
    linked = {name: one for name, one in linked.items() if name != record.id}
    if linked and instead is None:
        said = gettext(
            "it is still linked from {records}; say where these links are to go, or take them off",
            records=shortened(list(linked), 5),
        )
        raise CannotError(said)
    if instead is not None and (type(instead) is not type(record) or instead.id == record.id):
        raise CannotError(gettext("links to {kind} can go to another one only", kind=a_kind(kind_of(record))))
    follow = {record.id: instead.id} if instead is not None else {}
    return (*(Change(one, relinked(one, follow)) for one in linked.values()), Change(record, None))


def renamed(record: Record, new_id: str, linked: Mapping[str, Record]) -> tuple[Change, ...]:
    """Return what gives a record another id: the old one still leads to it, and every link follows."""
    follow = {record.id: new_id}
    former = tuple(dict.fromkeys((*(one for one in record.former_ids if one != new_id), record.id)))
    whole = msgspec.structs.replace(relinked(record, follow), id=new_id, former_ids=former)
    followers = (Change(one, relinked(one, follow)) for one in linked.values() if one.id != record.id)
    return (Change(None, whole), *followers, Change(record, None))


def defaults_of(shape: type[msgspec.Struct]) -> dict[str, Any]:
    """Return by field what stands for unknown."""
    return {
        field.name: field.default for field in msgspec.structs.fields(shape) if field.default is not msgspec.NODEFAULT
    }


def _evidence(source: str) -> tuple[Evidence, ...]:
    return (Evidence(source=source),) if source else ()
