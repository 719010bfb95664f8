"""What an import does, or would do, in lines for people: by kind and field, what was refused, what is uncertain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tui.exchange.into.arrival import Arrival
from tui.exchange.into.merging import Conflict, Plan
from tui.exchange.printable import printable
from tui.language import gettext, later, ngettext, number, plural
from tui.records import KINDS, TABLES, Record, kind_of
from tui.vocabulary import COUNTED

SHOWN = 8
"""Lines of one sort that are shown, unless all are asked for."""


_NEW = {
    "summit": plural("{count} new summit", "{count} new summits"),
    "leader": plural("{count} new leader", "{count} new leaders"),
    "topic": plural("{count} new topic", "{count} new topics"),
    "agreement": plural("{count} new agreement", "{count} new agreements"),
    "source": plural("{count} new source", "{count} new sources"),
}


def report_lines(arrival: Arrival, plan: Plan, *, dry: bool, everything: bool = False) -> Iterator[str]:
    """Yield the report of an import; `dry` says that nothing was written, `everything` that no list is cut."""
    most = 0 if everything else SHOWN
    yield ngettext("{count} row read", "{count} rows read", arrival.rows)
    yield from _kinds(later("would come in: {records}") if dry else later("came in: {records}"), plan.new, _NEW)
    completed = later("would be completed: {records}") if dry else later("completed: {records}")
    yield from _kinds(completed, [renewed.new for renewed in plan.completed])
    replaced = later("would be replaced: {records}") if dry else later("replaced: {records}")
    yield from _kinds(replaced, [renewed.new for renewed in plan.replaced])
    if plan.same:
        yield gettext("already there: {records}", records=_many(plan.same))
    if plan.kept:
        yield gettext("kept as they are, though the file differs: {records}", records=_many(len(plan.kept)))
    if plan.conflicts:
        yield gettext(
            "differ from the library, and were left: {records}; --side ours or theirs",
            records=_many(len(plan.conflicts)),
        )
        yield from _cut([_conflict(conflict) for conflict in plan.conflicts], most)
    if plan.refusals:
        yield gettext("refused: {count}", count=number(len(plan.refusals)))
        yield from _cut([f"{refusal.where}: {refusal.reason}" for refusal in plan.refusals], most)
    yield from _doubts(plan, most)
    if not plan.changes:
        yield gettext("nothing to change") if dry else gettext("nothing changed")


def _kinds(said: str, records: Sequence[Record], counted: dict[str, tuple[str, str]] = COUNTED) -> Iterator[str]:
    """Yield a line for each kind, and below it how many of its records have each field."""
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_kind[kind_of(record)].append(record)
    for made in TABLES.values():
        found = [record for record in records if isinstance(record, made)]
        if found:
            yield gettext(said, records=ngettext(*counted[KINDS[made]], len(found)))
            counts = _fields(found)
            yield "  " + " · ".join(f"{name} {number(count)}" for name, count in counts.items())


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
        yield gettext("for you to decide: {count}", count=number(sum(map(len, by_sort.values()))))
    for sort, texts in by_sort.items():
        yield f"  {sort}: {number(len(texts))}"
        yield from (f"  {line}" for line in _cut(texts, most))


def _cut(texts: list[str], most: int) -> Iterator[str]:
    shown = texts[:most] if most else texts
    yield from (f"  {printable(text)}" for text in shown)
    if len(shown) < len(texts):
        yield "  … " + ngettext(
            "{count} more; --all lists it", "{count} more; --all lists them", len(texts) - len(shown)
        )


def _many(count: int) -> str:
    return ngettext("{count} record", "{count} records", count)
