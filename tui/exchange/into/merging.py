"""Lays what arrives beside what the library has, and says of each record what is to be done with it.

The same id with the same content is left alone, so a second import changes nothing. The same id with other content
is never decided here: it takes a stated side, or it is refused and listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import msgspec

from tui.exchange.into.arrival import Arrival, Doubt, Progress, Refusal, keep_still
from tui.exchange.into.uncertain import near_names, same_meetings
from tui.index.folding import fold
from tui.language import gettext
from tui.library.links import links, relinked
from tui.library.rules import faults
from tui.library.slugs import name_key, slug
from tui.records import Leader, Record, Source, Summit, Topic, kind_of
from tui.vocabulary import a_kind

Side = Literal["", "ours", "theirs"]


class Renewed(NamedTuple):
    """A record of the library that is to become another."""

    old: Record
    new: Record


class Conflict(NamedTuple):
    """A record that is in the library with other content."""

    old: Record
    new: Record
    fields: tuple[str, ...]
    """The fields that differ."""


@dataclass
class Plan:
    """What an import will do."""

    new: list[Record] = field(default_factory=list)
    completed: list[Renewed] = field(default_factory=list)
    """Leaders and topics that are given what the file adds."""
    replaced: list[Renewed] = field(default_factory=list)
    kept: list[Conflict] = field(default_factory=list)
    """Records that stay as they are because *ours* was asked for."""
    conflicts: list[Conflict] = field(default_factory=list)
    same: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many records will be written."""
        return len(self.new) + len(self.completed) + len(self.replaced)


_STEP = 200
"""How many records are compared between two reports of progress."""


def plan_import(arrival: Arrival, library: dict[str, Record], side: Side = "", progress: Progress = keep_still) -> Plan:
    """Return what is to be done with each record that arrives; `library` has every record by its id."""
    plan = Plan(refusals=list(arrival.refusals), doubts=list(arrival.doubts))
    names = _Names(library.values())
    people = _People(plan, library, names) if arrival.completes else None
    other_ids: dict[str, str] = {}
    unlinked: set[str] = set()
    arriving: list[Record] = []
    for record in sorted(arrival.records, key=lambda one: not isinstance(one, Source)):
        known = people.known(relinked(record, other_ids, set())) if people and isinstance(record, Leader) else record
        if known is None:
            unlinked.add(record.id)
            continue
        owner = None if known.id in library else names.owner(known)
        if owner and not isinstance(record, Source):
            plan.doubts.append(Doubt(gettext("one name under another id; the library's id is used"), owner.id))
        if (now := owner.id if owner else known.id) != record.id:
            other_ids[record.id] = now
        arriving.append(known)
    for number, record in enumerate(arriving):
        if number % _STEP == 0:
            progress(number, len(arriving))
        record = relinked(record, other_ids, unlinked)
        if record.id in other_ids:
            record = msgspec.structs.replace(record, id=other_ids[record.id])
        _place(plan, record, library.get(record.id), side, arrival, names)
    _refuse_what_leads_nowhere(plan, library)
    _tell_doubts(plan, library)
    return plan


class _People:
    """Tells whether someone who arrives is the person whom the library has under the same name."""

    def __init__(self, plan: Plan, library: dict[str, Record], names: _Names) -> None:
        self._plan = plan
        self._library = library
        self._names = names

    def known(self, leader: Record) -> Record | None:
        """Return the leader: as given where that is one person, under a name with the office where it may be two.

        None where nothing tells the two apart; then the name stays as it is printed.
        """
        held = self._library.get(leader.id) or self._names.owner(leader)
        if not (isinstance(held, Leader) and isinstance(leader, Leader)) or _one_person(held, leader):
            return leader
        mark = next((office.title or office.country for office in leader.offices), "")
        if not mark:
            sort = gettext("a name that the library has, perhaps for someone else; left as a printed name")
            country = leader.country or gettext("no country")
            self._plan.doubts.append(Doubt(sort, f"{leader.name} ({country}) · {held.id}"))
            return None
        apart = msgspec.structs.replace(leader, name=f"{leader.name} ({mark})", id=slug(f"{leader.name} {mark}"))
        sort = gettext("a name that the library has, perhaps for someone else; kept apart")
        self._plan.doubts.append(Doubt(sort, f"{apart.name} · {held.id}"))
        return apart


def _one_person(held: Leader, arriving: Leader) -> bool:
    """Return whether two leaders of one name are surely one: by number, country or source, or nothing is added."""
    if held.wikidata and arriving.wikidata:
        return held.wikidata == arriving.wikidata
    if held.country and arriving.country:
        return held.country == arriving.country
    sources = {evidence.source for evidence in held.evidence}
    return any(evidence.source in sources for evidence in arriving.evidence) or completed(held, arriving) == held


class _Names:
    """Which record a name or an address leads to: a name leads to one record of a kind."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._owners: dict[tuple[str, str], Record] = {}
        for record in records:
            self.enter(record)

    def enter(self, record: Record) -> None:
        for name in _names_of(record):
            self._owners.setdefault((kind_of(record), name_key(name)), record)

    def owner(self, record: Record) -> Record | None:
        """Return the record of another id that the record's own name leads to; None when there is none."""
        for name in _names_of(record)[:1]:
            found = self._owners.get((kind_of(record), name_key(name)))
            if found is not None and found.id != record.id:
                return found
        return None

    def free(self, record: Leader | Topic) -> Record:
        """Return the record without the aliases that lead to another one."""
        kept = []
        for alias in record.aliases:
            found = self._owners.get((kind_of(record), name_key(alias)))
            if found is None or found.id == record.id:
                kept.append(alias)
        return record if len(kept) == len(record.aliases) else msgspec.structs.replace(record, aliases=tuple(kept))


def _place(plan: Plan, record: Record, held: Record | None, side: Side, arrival: Arrival, names: _Names) -> None:
    """Put one record into the plan."""
    where = arrival.places.get(record.id, record.id)
    if isinstance(record, Leader | Topic):
        owner = names.owner(record)
        if owner is not None:
            plan.refusals.append(
                Refusal(where, gettext("its name is that of {id}; a name leads to one record", id=owner.id))
            )
            return
        free = names.free(record)
        if free != record:
            plan.doubts.append(Doubt(gettext("an alias that is another's name; left out"), record.id))
        record = free
    problem = next((f"{path}: {message}" for path, message in faults(record)), "")
    if problem:
        plan.refusals.append(Refusal(where, f"{record.id}: {problem}"))
    elif held is None:
        plan.new.append(record)
        names.enter(record)
    elif held == record:
        plan.same += 1
    elif type(held) is not type(record):
        reason = gettext("its id {id} is that of {kind} in the library", id=record.id, kind=a_kind(kind_of(held)))
        plan.refusals.append(Refusal(where, reason))
    elif arrival.completes and (whole := completed(held, record)) is not None:
        if whole == held:
            plan.same += 1
        else:
            plan.completed.append(Renewed(held, whole))
            names.enter(whole)
    else:
        _take_side(plan, Conflict(held, record, differing(held, record)), side, names)


def _take_side(plan: Plan, conflict: Conflict, side: Side, names: _Names) -> None:
    if side == "theirs":
        plan.replaced.append(Renewed(conflict.old, conflict.new))
        names.enter(conflict.new)
    elif side == "ours":
        plan.kept.append(conflict)
    else:
        plan.conflicts.append(conflict)


def differing(one: Record, other: Record) -> tuple[str, ...]:
    """Return the fields in which two records of a kind differ."""
    return tuple(name for name in one.__struct_fields__ if getattr(one, name) != getattr(other, name))


def completed(held: Record, arriving: Record) -> Record | None:
    """Return the held record with what the arriving one adds, or None when they contradict each other.

    Only leaders and topics are added to; any other record is returned as it is, if it says all that arrives.
    """
    whole: dict[str, Any] = {}
    for name in held.__struct_fields__:
        ours, theirs = getattr(held, name), getattr(arriving, name)
        if ours == theirs or not theirs or (isinstance(held, Source) and name in ("id", "title")):
            continue
        if isinstance(ours, tuple):
            missing = [one for one in theirs if one not in ours]
            whole[name] = (*ours, *missing)
        elif name == "name" and fold(ours) == fold(theirs):
            continue
        elif ours:
            return None
        else:
            whole[name] = theirs
    changed = {name: value for name, value in whole.items() if value != getattr(held, name)}
    if changed and not isinstance(held, Leader | Topic):
        return None
    if isinstance(held, Leader | Topic) and name_key(arriving.name) not in map(name_key, _names_of(held)):  # type: ignore[union-attr]
        changed["aliases"] = (*changed.get("aliases", held.aliases), arriving.name)  # type: ignore[union-attr]
    return msgspec.structs.replace(held, **changed) if changed else held


def _refuse_what_leads_nowhere(plan: Plan, library: dict[str, Record]) -> None:
    """Drop links to people who did not come in where a name remains, and refuse what has any other dead link."""
    held = {name: kind_of(record) for name, record in library.items()}
    while True:
        there = held | {record.id: kind_of(record) for record in plan.new}
        plan.new = [_without_dead_people(record, there) for record in plan.new]
        dead = {record.id: reason for record in plan.new if (reason := _dead_link(record, there))}
        for changes in (plan.replaced, plan.completed):
            for change in list(changes):
                if reason := _dead_link(change.new, there):
                    changes.remove(change)
                    plan.refusals.append(Refusal(change.new.id, reason))
        if not dead:
            return
        plan.refusals += (Refusal(name, reason) for name, reason in dead.items())
        plan.new = [record for record in plan.new if record.id not in dead]


def _dead_link(record: Record, there: dict[str, str]) -> str:
    for link in links(record):
        if there.get(link.target) != link.kind:
            return gettext(
                "{field}: there is no {kind} {target}", field=link.field, kind=link.kind, target=repr(link.target)
            )
    return ""


def _without_dead_people(record: Record, there: dict[str, str]) -> Record:
    if not isinstance(record, Summit) or all(there.get(one.leader) == "leader" for one in record.participants):
        return record
    mended = tuple(
        msgspec.structs.replace(one, leader="") if one.name and there.get(one.leader) != "leader" else one
        for one in record.participants
    )
    return msgspec.structs.replace(record, participants=mended)


def _tell_doubts(plan: Plan, library: dict[str, Record]) -> None:
    held_people = [record for record in library.values() if isinstance(record, Leader)]
    held_summits = [record for record in library.values() if isinstance(record, Summit)]
    plan.doubts += near_names([one for one in plan.new if isinstance(one, Leader)], held_people)
    plan.doubts += same_meetings([one for one in plan.new if isinstance(one, Summit)], held_summits)


def _names_of(record: Record) -> tuple[str, ...]:
    if isinstance(record, Leader | Topic):
        return (record.name, *record.aliases)
    return (record.url,) if isinstance(record, Source) else ()
