"""The view in pictures: meetings a year, agreements by sector and status, and what figures say over the years.

A picture is a page of bars in text. Each bar stands beside its number and its source, so that the picture is its own
table: it can be copied, read aloud and shown without colour.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tui.exchange.page import Block, Page, Span, column, row
from tui.exchange.parts import number
from tui.exchange.references import References
from tui.records import Agreement, Figure, Summit
from tui.vocabulary import SECTORS, STATUSES, Tone, label

if TYPE_CHECKING:
    from tui.index import Index, View

_CELLS = 28
"""The length of the longest bar."""

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_MOST = 5_000
"""Of a larger view, so many records are counted, and the page says so."""

_STANDINGS: tuple[tuple[str, tuple[Tone, ...], str], ...] = (
    ("in effect", ("active",), "active"),
    ("settled", ("settled",), "settled"),
    ("agreed", ("agreed",), "agreed"),
    ("pending", ("pending",), "pending"),
    ("ended", ("ended", "plain"), "ended"),
)
"""How the statuses are put together: the name of the group, the tones of its statuses, and its own role."""


def pictures(view: View, index: Index) -> Page:
    """Return the page of pictures of a view."""
    references = References()
    meetings = view.lists["summit"]
    agreements = view.lists["agreement"]
    summits = index.records([row.id for row in meetings.rows(0, min(meetings.total, _MOST))])
    texts = index.records([row.id for row in agreements.rows(0, min(agreements.total, _MOST))])
    held = [record for record in summits.values() if isinstance(record, Summit)]
    blocks = [
        *_meetings(held),
        *_agreements([record for record in texts.values() if isinstance(record, Agreement)]),
        *_figures(held, references),
    ]
    if max(meetings.total, agreements.total) > _MOST:
        blocks.append(Block("Note", (row(f"of each list the first {_MOST:,} are counted"),)))
    head = row(Span(view.query.text.strip() or "The whole library", "title"))
    return Page("pictures", head, (*blocks, *references.block(index)))


def bar(value: float, most: float, cells: int = _CELLS) -> str:
    """Return a bar whose length is to `cells` as `value` is to `most`; what is more than nothing is always seen."""
    if value <= 0 or most <= 0:
        return ""
    eighths = max(1, round(value / most * cells * 8))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _meetings(summits: list[Summit]) -> list[Block]:
    years = Counter(summit.start[:4] for summit in summits if summit.start)
    if not years:
        return []
    first, last = int(min(years)), int(max(years))
    most = max(years.values())
    rows = column(
        (Span(str(year), "dim"), [Span(bar(years[str(year)], most), "active"), f" {years[str(year)] or '–'}"])
        for year in range(first, last + 1)
    )
    return [Block("Meetings", rows)]


def _agreements(agreements: list[Agreement]) -> list[Block]:
    """A bar a sector, parted by how its agreements stand; the numbers stand beside it in the same order."""
    sectors: dict[str, Counter[str]] = defaultdict(Counter)
    for agreement in agreements:
        sectors[agreement.sector][_standing(agreement.status)] += 1
    if not sectors:
        return []
    most = max(sum(counts.values()) for counts in sectors.values())
    ordered = sorted(sectors.items(), key=lambda item: -sum(item[1].values()))
    rows = column(
        ((Span(label(SECTORS, sector)), _parted(counts, most)) for sector, counts in ordered),
        most=max(len(word.label) for word in SECTORS.values()),
    )
    key = row(*(Span(f"{name}  ", role) for name, _, role in _STANDINGS))
    return [Block("Agreements", (key, *rows))]


def _standing(status: str) -> str:
    tone = STATUSES[status].tone if status in STATUSES else "plain"
    return next(name for name, tones, _ in _STANDINGS if tone in tones)


def _parted(counts: Counter[str], most: int) -> list[Span | str]:
    given = [(name, role, counts[name]) for name, _, role in _STANDINGS if counts[name]]
    spans: list[Span | str] = [Span("█" * max(1, round(count / most * _CELLS)), role) for _, role, count in given]
    spans.append(f" {sum(counts.values())}: ")
    for place, (name, role, count) in enumerate(given):
        spans += [", " if place else "", Span(f"{count} {name}", role)]
    return spans


def _figures(summits: list[Summit], references: References) -> list[Block]:
    """What the meetings of a series say of one thing in one unit, by year, where it is said twice or more."""
    groups: dict[tuple[str, str, str], list[tuple[Summit, Figure]]] = defaultdict(list)
    for summit in summits:
        for figure in summit.figures:
            groups[summit.series or summit.name, figure.unit, _subject(figure)].append((summit, figure))
    blocks = []
    for (series, unit, _), given in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(given) > 1:
            most = max(figure.high or figure.value for _, figure in given)
            given.sort(key=lambda pair: (_year(*pair), pair[0].start))
            rows = column((Span(_year(*pair), "dim"), _drawn(pair[1], most, references)) for pair in given)
            blocks.append(Block(unit or "Figures", (row(Span(series, "strong")), *rows)))
    if any(not figure.year for given in groups.values() for _, figure in given) and blocks:
        blocks.append(Block("", (row(Span("* no year is named: the year in which it was said", "dim")),)))
    return blocks


def _subject(figure: Figure) -> str:
    """What a figure is about: trade and its targets are one subject, else the label says it."""
    wanted = figure.label.casefold()
    return "trade" if "trade" in wanted.split() else wanted


def _year(summit: Summit, figure: Figure) -> str:
    """The year that a figure is about; for one that names none, the year in which it was said."""
    return str(figure.year) if figure.year else f"{summit.start[:4]}*"


def _drawn(figure: Figure, most: float, references: References) -> list[Span | str]:
    """A figure as a bar: hollow for a target, with the open end of a range in light."""
    aimed = "target" in figure.label.casefold()
    solid = bar(figure.value, most)
    spans: list[Span | str] = [Span(solid.replace("█", "░") if aimed else solid, "pending" if aimed else "active")]
    if figure.high is not None:
        spans.append(Span("▒" * (len(bar(figure.high, most)) - len(solid)), "dim"))
    value = number(figure.value) + (f"–{number(figure.high)}" if figure.high is not None else "")
    spans += [Span(f" {figure.qualifier} {value}".replace("  ", " "), "strong"), Span(f"  {figure.label}", "dim")]
    return spans + references.marks(figure.evidence)
