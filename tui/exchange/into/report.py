"""What an import does, or would do, in lines for people: by kind and field, what was refused, what is uncertain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tui.exchange.into.arrival import Arrival
from tui.exchange.into.merging import Conflict, Plan
from tui.exchange.printable import printable
from tui.records import TABLES, Record, kind_of

SHOWN = 8
"""Lines of one sort that are shown, unless all are asked for."""


def report_lines(arrival: Arrival, plan: Plan, *, dry: bool, everything: bool = False) -> Iterator[str]:
    """Yield the report of an import; `dry` says that nothing was written, `everything` that no list is cut."""
    most = 0 if everything else SHOWN
    yield f"{_many(arrival.rows, 'row')} read"
    verb = "would come in" if dry else "came in"
    yield from _kinds(verb, "new", plan.new)
    yield from _kinds("would be completed" if dry else "completed", "", [change.new for change in plan.completed])
    yield from _kinds("would be replaced" if dry else "replaced", "", [change.new for change in plan.replaced])
    if plan.same:
        yield f"already there: {_many(plan.same, 'record')}"
    if plan.kept:
        yield f"kept as they are, though the file differs: {_many(len(plan.kept), 'record')}"
    if plan.conflicts:
        yield f"differ from the library, and were left: {_many(len(plan.conflicts), 'record')}; --side ours or theirs"
        yield from _cut([_conflict(conflict) for conflict in plan.conflicts], most)
    if plan.refusals:
        yield f"refused: {len(plan.refusals):,}"
        yield from _cut([f"{refusal.where}: {refusal.reason}" for refusal in plan.refusals], most)
    yield from _doubts(plan, most)
    if not plan.changes:
        yield "nothing to change" if dry else "nothing changed"


def _kinds(verb: str, word: str, records: Sequence[Record]) -> Iterator[str]:
    """Yield a line for each kind, and below it how many of its records have each field."""
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_kind[kind_of(record)].append(record)
    for table, made in TABLES.items():
        found = [record for record in records if isinstance(record, made)]
        if found:
            yield f"{verb}: {len(found):,} {word} {table if len(found) > 1 else table[:-1]}".replace("  ", " ")
            counts = _fields(found)
            yield "  " + " · ".join(f"{name} {count:,}" for name, count in counts.items())


def _fields(records: Iterable[Record]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for record in records:
        defaults = dict(
            zip(record.__struct_fields__[-len(record.__struct_defaults__) :], record.__struct_defaults__, strict=True)
        )
        counts.update(name for name in record.__struct_fields__ if getattr(record, name) != defaults.get(name, ""))
    return dict(counts)


def _conflict(conflict: Conflict) -> str:
    return f"{conflict.old.id}: {', '.join(conflict.fields)}"


def _doubts(plan: Plan, most: int) -> Iterator[str]:
    by_sort: dict[str, list[str]] = defaultdict(list)
    for doubt in plan.doubts:
        by_sort[doubt.sort].append(doubt.text)
    if by_sort:
        yield f"for you to decide: {sum(map(len, by_sort.values())):,}"
    for sort, texts in by_sort.items():
        yield f"  {sort}: {len(texts):,}"
        yield from (f"  {line}" for line in _cut(texts, most))


def _cut(texts: list[str], most: int) -> Iterator[str]:
    shown = texts[:most] if most else texts
    yield from (f"  {printable(text)}" for text in shown)
    if len(shown) < len(texts):
        yield f"  … {len(texts) - len(shown):,} more; --all lists them"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
