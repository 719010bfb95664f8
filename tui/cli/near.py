"""Which ids may be meant by one that no record has: those that are near it, and no others."""

from __future__ import annotations

from collections.abc import Iterable

from tui.cli.mistake import Mistake
from tui.cli.typed import typed
from tui.language import gettext

_MOST = 3
"""How many ids are proposed at most."""

_BEGINNING = 3
"""Letters from which on a word may be the beginning of one."""

_SHOWN = 120
"""Characters of an id that are shown of what was typed; no id is longer."""


def unknown_id(wanted: str, ids: Iterable[str]) -> Mistake:
    """Return the mistake of asking for an id that is not among those of a library."""
    shown = wanted if len(wanted) <= _SHOWN else f"{wanted[:_SHOWN]}…"
    lines = [gettext("no record has the id {id}").format(id=repr(shown))]
    near = near_ids(wanted, ids) if shown == wanted else []
    if near:
        lines.append(f"  {gettext('nearest')}: {', '.join(near)}")
    search = f"`{typed('search', 'WORD')}`"
    return Mistake("\n".join([*lines, f"  {gettext('{command} prints ids', command=search)}"]))


def near_ids(wanted: str, ids: Iterable[str]) -> list[str]:
    """Return the ids that have each word of `wanted`, a slip or an end of a word aside, the shortest first.

    Before them comes one that is `wanted` but for a slip.
    """
    from tui.index.folding import words
    from tui.index.hints import nearest

    known = list(ids)
    parts = frozenset(part for each in known for part in each.split("-"))
    meant = [_meant(word, parts) for word in words(wanted)]
    may_be = known if meant and all(meant) else []
    having = [each for each in may_be if all(word.intersection(each.split("-")) for word in meant)]
    having.sort(key=lambda each: (each.count("-"), each))
    slipped = nearest(wanted.lower(), known)
    return list(dict.fromkeys([slipped, *having] if slipped else having))[:_MOST]


def _meant(word: str, parts: frozenset[str]) -> frozenset[str]:
    """Return the parts of ids for which a word may stand: itself, else those that it begins, else the nearest."""
    from tui.index.hints import nearest

    if word in parts:
        return frozenset({word})
    begun = frozenset(part for part in parts if len(word) >= _BEGINNING and part.startswith(word))
    return begun or frozenset({nearest(word, parts)} - {""})
