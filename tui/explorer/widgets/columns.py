"""How a row of each list is cut into columns, by the width there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tui.exchange.dates import edition
from tui.exchange.page import Span
from tui.exchange.printable import cell_width, fit, printable
from tui.index import Row
from tui.index.countries import name
from tui.language import gettext
from tui.vocabulary import INSTRUMENTS, OUTCOME_UNKNOWN, SECTORS, STATUSES, SUMMIT_STATUSES, Word, label

_BARS = "▁▂▃▄▅▆▇"


def cells(row: Row, width: int, *, lean: bool = False, axis: tuple[int, int] | None = None) -> list[Span]:
    """Return a row as spans that take exactly `width` cells; the first span with role `name` is its title.

    A `lean` row is for a slow line: short columns side by side, which a terminal can be sent without going to and fro.
    `axis` has the first and the last year of the bars of a topic: those of its list, so that bars compare.
    """
    if lean:
        return _lean(row, width)
    return _topic(row, width, axis or axis_of([row])) if row.kind == "topic" else _LAYOUTS[row.kind](row, width)


def axis_of(rows: Iterable[Row]) -> tuple[int, int] | None:
    """Return the first and the last year of rows; None where they have none."""
    ends = [year for row in rows if row.years for year in (row.years[0][0], row.years[-1][0])]
    return (min(ends), max(ends)) if ends else None


def _lean(row: Row, width: int) -> list[Span]:
    mark = Span("≠ " if row.disputed else "  ", "mark")
    if row.kind == "summit":
        lead = [Span(f"{fit(row.date or gettext('undated'), 10)} {fit(row.country, 3)}", "dim"), mark]
        return _line(lead, row, _outcome(row), width)
    if row.kind == "agreement":
        word = STATUSES.get(row.status, Word(row.status))
        lead = [Span(fit(row.date[:4], 5), "dim"), Span(fit(word.shown, 11) + " ", word.tone), mark]
        return _line(lead, row, [], width)
    country = f" {fit(row.country, 3)}" if row.kind == "leader" else " "
    return _line([Span(f"{row.count or '':>4}{country}", "dim")], row, [], width)


def _summit(row: Row, width: int) -> list[Span]:
    tail = [_disputed(row), *(_outcome(row) or [Span(" " * 5)])]
    if width >= 64:
        tail.append(Span("  " + fit(name(row.country), 16), "dim"))
    return _line([Span(fit(row.date or gettext("undated"), 10) + " ", "dim")], row, tail, width)


def _outcome(row: Row) -> list[Span]:
    """The edition of a meeting that was held, or what became of another."""
    if row.status in {"held", ""}:
        return [Span(f"{edition(row.mark):>5}", "dim")] if row.mark else []
    word = OUTCOME_UNKNOWN if row.status == "outcome_unknown" else SUMMIT_STATUSES.get(row.status, Word(row.status))
    return [Span(f" {word.shown}", word.tone)]


def _disputed(row: Row) -> Span:
    """The mark of a record on which sources differ, in a column of its own."""
    return Span(" ≠" if row.disputed else "  ", "mark")


def _leader(row: Row, width: int) -> list[Span]:
    country = fit(name(row.country), 18) if width >= 56 else fit(row.country, 4)
    tail = [Span(f" {country}", "dim"), Span(f"{row.count or '':>4}", "dim")]
    return _line([], row, tail, width)


def _topic(row: Row, width: int, axis: tuple[int, int] | None) -> list[Span]:
    tail = []
    if width >= 60:
        tail.append(Span(" " + fit(label(SECTORS, row.mark), 22), "dim"))
    if width >= 34:
        tail.append(Span(" " + fit(trend(row.years, axis), 8), "dim"))
    tail.append(Span(f"{row.count or '':>4}", "dim"))
    return _line([], row, tail, width)


def _agreement(row: Row, width: int) -> list[Span]:
    word = STATUSES.get(row.status, Word(row.status))
    tail = [_disputed(row)] if row.disputed else []
    tail += [Span(" " + (fit(row.date, 10) if width >= 64 else fit(row.date[:4], 4)), "dim")]
    if width >= 80:
        tail.insert(-1, Span(" " + fit(label(INSTRUMENTS, row.mark) if row.mark != "unspecified" else "", 20), "dim"))
    return _line([Span(fit(word.shown, 11 if width >= 48 else 9) + " ", word.tone)], row, tail, width)


def _line(lead: list[Span], row: Row, tail: list[Span], width: int) -> list[Span]:
    """Put the title between the columns before and after it; on a very narrow line the title alone."""
    taken = sum(cell_width(span.text) for span in (*lead, *tail))
    if width - taken < 8:
        lead, tail, taken = [], [], 0
    return [*lead, Span(fit(printable(row.title), width - taken), "name"), *tail]


def trend(years: Sequence[tuple[int, int]], axis: tuple[int, int] | None, bars: int = 8) -> str:
    """Return in small bars how often something came up, given for each year, from the first to the last of an axis."""
    if axis is None or sum(times for _, times in years) < 2:
        return ""
    first, last = axis
    slots = min(bars, last - first + 1)
    counts = [0] * slots
    for year, times in years:
        counts[(min(max(year, first), last) - first) * slots // (last - first + 1)] += times
    most = max(counts)
    return "".join(_BARS[(count * (len(_BARS) - 1) + most - 1) // most] for count in counts)


_LAYOUTS: dict[str, Callable[[Row, int], list[Span]]] = {
    "summit": _summit,
    "leader": _leader,
    "agreement": _agreement,
}
