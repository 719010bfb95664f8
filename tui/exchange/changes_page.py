"""A change as a page: what becomes of each field, before it is made or taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from tui.exchange.page import Block, Page, Row, Span, column, row
from tui.language import gettext, later, ngettext
from tui.library.curating import defaults_of
from tui.records import Record, kind_of, title_of

IN_FULL, NAMED = 3, 12
"""Records that are shown in full (what is new or goes comes first), and those that are named; the rest is counted."""
_LONGEST = 300

Pair = tuple[Record | None, Record | None]
"""A record before and after; None before it is there, or when it is gone."""


def changes_page(title: str, about: str, pairs: Iterable[Pair]) -> Page:
    """Return a page of what becomes of records; `about` is a dim line under the title, such as who did it when."""
    blocks = [Block("", (row(Span(about, "dim")),))] if about else []
    ordered = sorted(enumerate(pairs), key=lambda one: (one[0] > 0 and None not in one[1], one[0]))
    whole, others = ordered[:IN_FULL], [after or before for _, (before, after) in ordered[IN_FULL:]]
    blocks += [_block(before, after) for _, (before, after) in whole]
    if others:
        named = [
            row(title_of(record), Span(f"  {gettext(kind_of(record))}", "dim")) for record in others[:NAMED] if record
        ]
        if len(others) > NAMED:
            named.append(row(Span(ngettext("and {count} more", "and {count} more", len(others) - NAMED), "dim")))
        blocks.append(Block("", (row(Span(gettext("and in the same way"), "dim")), *named)))
    return Page("changes", row(Span(title, "title")), tuple(blocks))


def _block(before: Record | None, after: Record | None) -> Block:
    record = after or before
    assert record is not None
    word = later("new") if before is None else later("removed") if after is None else later("changed")
    head = row(Span(title_of(record), "title"), Span(f"  {gettext(kind_of(record))}, {gettext(word)}", "dim"))
    return Block("", (head, *_rows(before, after)))


def _rows(before: Record | None, after: Record | None) -> tuple[Row, ...]:
    found = []
    for name, gone, come in differences(before, after):
        lead = Span(name, "label")
        for sign, role, texts in (("−", "ended", gone), ("+", "settled", come)):
            for text in texts:
                found.append((lead, [Span(f"{sign} ", role), Span(_cut(text))]))
                lead = Span("", "label")
    return column(found)


def differences(before: Record | None, after: Record | None) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield for each field that differs its name, and as texts what goes and what comes."""
    record = after or before
    unset = defaults_of(type(record)) if record is not None else {}
    for name in record.__struct_fields__ if record is not None else ():
        old = getattr(before, name) if before is not None else unset.get(name, "")
        new = getattr(after, name) if after is not None else unset.get(name, "")
        if old == new:
            continue
        if isinstance(old, tuple) or isinstance(new, tuple):
            gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
            if not gone and not come:
                gone, come = list(old), list(new)  # the same ones in another order
            yield name, [in_words(one) for one in gone], [in_words(one) for one in come]
        else:
            yield name, _known(old) if before else [], _known(new) if after else []


def _known(value: Any) -> list[str]:
    return [in_words(value)] if value not in ("", None) else []


def in_words(value: Any) -> str:
    """Return a value as a line: the fields of an object that are known, with their names where these tell more."""
    if isinstance(value, msgspec.Struct):
        unset = defaults_of(type(value))
        parts = []
        for number, name in enumerate(value.__struct_fields__):
            held = getattr(value, name)
            if name not in unset or held != unset[name]:
                parts.append(in_words(held) if number == 0 else f"{name} {in_words(held)}")
        return " · ".join(parts)
    if isinstance(value, tuple):
        return ", ".join(map(in_words, value))
    return f"{value:g}" if isinstance(value, float) else " ".join(str(value).split())


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
