"""Refuses a change that would break a rule which the library kept before: of the record, of its links, of names.

Only what changes is looked at: what was wrong before is no reason to refuse, and the rest of the library is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from tui.language import gettext, later, shortened
from tui.library.catalogue import Catalogue, names_of
from tui.library.changes import Change
from tui.library.errors import RefusedError
from tui.library.links import links
from tui.library.rules import faults
from tui.library.slugs import name_key
from tui.records import Record, kind_of
from tui.vocabulary import a_kind

SHOWN = 5
"""How many records that link to another are named."""
_STEP = 100


Progress = Callable[[int, int], None]
"""Is told how many records are done, and of how many."""


def keep_still(done: int, total: int) -> None:
    """Take progress and show nothing."""


def refuse_what_breaks(changes: Sequence[Change], catalogue: Catalogue, progress: Progress = keep_still) -> None:
    """Raise RefusedError for the first record of a change that breaks a rule; `progress` is told how far it is."""
    world = _World(changes, catalogue)
    for number, change in enumerate(changes):
        if number % _STEP == 0:
            progress(number, len(changes))
        found = tuple(world.breaks(change.before, change.after))
        if found:
            raise RefusedError(change.file or catalogue.library, change.id, found)


class _World:
    """The library as it would be after a change."""

    def __init__(self, changes: Sequence[Change], catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._after = {change.after.id: change.after for change in changes if change.after}
        self._changed = {change.before.id for change in changes if change.before} | set(self._after)
        removed = {change.before.id for change in changes if change.before and not change.after}
        self._linking = catalogue.linking(removed) if removed else {}
        self._linked_after: dict[str, list[str]] = {}
        for record in self._after.values() if removed else ():
            for target in {link.target for link in links(record)} & removed:
                self._linked_after.setdefault(target, []).append(record.id)
        self._names: dict[tuple[str, str], str] = {}
        for record in self._after.values():
            for _, name in names_of(record):
                self._names.setdefault((kind_of(record), name_key(name)), record.id)

    def breaks(self, before: Record | None, after: Record | None) -> Iterator[tuple[str, str]]:
        """Yield field and message of what a change of one record breaks."""
        if after is None:
            assert before is not None
            yield from self._left_behind(before)
            return
        known = set(self._wrong(before, after)) if before else set()
        yield from (fault for fault in self._wrong(after, before) if fault not in known)

    def _wrong(self, record: Record, other: Record | None) -> Iterator[tuple[str, str]]:
        """Yield field and message of what is wrong with a record, apart from what an `other` says in the same place.

        What does not change is judged alike before and after, so it need not be looked up.
        """
        yield from _shape_faults(record)
        yield from faults(record)
        same = set(links(other)) if other else set()
        for field, kind, target in (link for link in links(record) if link not in same):
            found = self._kind(target)
            if not found:
                now = self._catalogue.now(target)
                said = gettext("there is no {kind} {target}", kind=gettext(kind), target=repr(target))
                yield field, said if now == target else gettext("{said}; it is {now} now", said=said, now=repr(now))
            elif found != kind:
                yield (
                    field,
                    gettext(
                        "{target} is {found}, not {kind}", target=repr(target), found=a_kind(found), kind=a_kind(kind)
                    ),
                )
        named = set(names_of(other)) if other else set()
        for field, name in (one for one in names_of(record) if one not in named):
            owner = self._owner(kind_of(record), name)
            if owner and owner != record.id:
                said = (
                    later("{name} is also the address of {owner}")
                    if field == "url"
                    else later("{name} also names {owner}")
                )
                yield field, gettext(said, name=repr(name), owner=owner)
        gone = set(enumerate(other.former_ids)) if other else set()
        for number, former in (one for one in enumerate(record.former_ids) if one not in gone):
            if self._kind(former):
                yield f"former_ids[{number}]", gettext("{id} is the id of another record", id=repr(former))

    def _left_behind(self, removed: Record) -> Iterator[tuple[str, str]]:
        """Yield a message when records that stay still link to one that is removed."""
        still = [name for name in self._linking.get(removed.id, ()) if name not in self._changed]
        still += self._linked_after.get(removed.id, ())
        if still and removed.id not in self._after:
            yield "", gettext("is still linked from {records}", records=shortened(still, SHOWN))

    def _kind(self, record_id: str) -> str:
        if record_id in self._after:
            return kind_of(self._after[record_id])
        card = None if record_id in self._changed else self._catalogue.card(record_id)
        return card.kind if card else ""

    def _owner(self, kind: str, name: str) -> str:
        """Return whom a name leads to: in the change, else in the library as far as the change leaves it."""
        found = self._catalogue.owner(kind, name)
        if not found or found in self._changed:
            return self._names.get((kind, name_key(name)), "")
        return found


def _shape_faults(record: Record) -> Iterator[tuple[str, str]]:
    """Yield what does not fit the record model, which a record made in Python need not keep."""
    try:
        msgspec.json.decode(msgspec.json.encode(record), type=type(record))
    except msgspec.ValidationError as error:
        message, _, at = str(error).partition(" - at `$.")
        yield at.rstrip("`"), message.lower()
