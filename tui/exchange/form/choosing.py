"""Two versions of one record, made by two people at once: what each changed, and what may stay."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from tui.library.changes import OvertakenError
from tui.records import Record


class Versions(NamedTuple):
    """A record as both began with it, as the user left it, and as the library has it now."""

    base: Record
    mine: Record | None
    """None when the user removed it."""
    theirs: Record | None
    """None when the other removed it."""

    @classmethod
    def of(cls, error: OvertakenError) -> Versions:
        """Return the versions that an overtaken change is about."""
        base = error.change.before
        assert base is not None
        return cls(base, error.change.after, error.current)

    @property
    def both(self) -> Record | None:
        """Their version with the fields that the user changed; None when both changed one field, or one is gone."""
        if self.mine is None or self.theirs is None:
            return None
        ours, others = changed_fields(self.base, self.mine), changed_fields(self.base, self.theirs)
        if set(ours) & set(others):
            return None
        return msgspec.structs.replace(self.theirs, **{name: getattr(self.mine, name) for name in ours})


def changed_fields(old: Record, new: Record) -> tuple[str, ...]:
    """Return the fields in which two versions differ."""
    return tuple(name for name in old.__struct_fields__ if getattr(old, name) != getattr(new, name))
